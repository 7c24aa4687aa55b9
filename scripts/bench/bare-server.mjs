// What an upload is measured against: Node's own server, writing each body to a new file in FOLDER and doing nothing
// else. DELETE removes it.
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

const pathOf = (/** @type {string} */ id) => join(process.env['FOLDER'] ?? '.', `${id}.bin`)
let uploads = 0

const server = createServer((request, response) => {
  const id = /bare-\d+$/.exec(request.url ?? '')?.[0]
  if (request.method === 'DELETE' && id) return void rm(pathOf(id)).then(() => response.end())
  const added = `bare-${++uploads}`
  const file = createWriteStream(pathOf(added), { highWaterMark: 1024 ** 2 })
  void pipeline(request, file).then(() => response.end(JSON.stringify({ id: added })))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) console.log(`ready: http://127.0.0.1:${address.port}`)
})
process.on('SIGTERM', () => process.exit(0))
