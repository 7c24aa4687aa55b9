// What an upload is measured against: Node's own server, writing the body to a file and doing nothing else.
import { createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import { pipeline } from 'node:stream/promises'

const server = createServer((request, response) => {
  void pipeline(request, createWriteStream(process.env.TARGET ?? '/dev/null', { highWaterMark: 1024 ** 2 })).then(() =>
    response.end('{}'),
  )
})
server.listen(0, '127.0.0.1', () => console.log(`ready: http://127.0.0.1:${server.address().port}`))
process.on('SIGTERM', () => process.exit(0))
