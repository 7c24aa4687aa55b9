import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { serve, type Served } from '../testing/serve.ts'

const lines: string[] = []
let server: Served
beforeAll(async () => {
  server = await serve({ log: (line) => lines.push(line) })
})
afterAll(() => server.close())

const post = (path: string, contentType: string) => {
  const { hostname, port } = new URL(server.url)
  const outgoing = request({ hostname, port, path, method: 'POST', headers: { 'content-type': contentType } })
  outgoing.on('error', () => undefined)
  return outgoing
}

it.each(['/v1/files', '/v1/models/resolve'])('does not keep a JSON body of any size in memory: %s', async (path) => {
  const outgoing = post(path, 'application/json')
  const answered = once(outgoing, 'response')
  // It never ends: the answer must not wait for that.
  outgoing.write(Buffer.alloc(1024 ** 2, ' '))
  const [response] = await answered
  expect(response.statusCode).toBe(413)
  outgoing.destroy()
})

it('does not log a client that vanishes as a defect of ours', async () => {
  const file = post('/v1/files', 'multipart/form-data; boundary=x')
  file.write(`--x\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n${'x'.repeat(2000)}`)
  const form = post('/v1/jobs/lucy-pro-t2i', 'multipart/form-data; boundary=x')
  form.write(`--x\r\ncontent-disposition: form-data; name="prompt"\r\n\r\n${'x'.repeat(2000)}`)
  await vi.waitFor(() => expect(readdirSync(join(server.dataDir, 'tmp'))).toHaveLength(1))
  file.destroy()
  form.destroy()
  await vi.waitFor(() =>
    expect(
      lines.filter((line) => /"path":"\/v1\/(files|jobs\/lucy-pro-t2i)"/.test(line) && /"status":409/.test(line)),
    ).toHaveLength(2),
  )
  expect(lines.filter((line) => line.includes('request broke'))).toEqual([])
})
