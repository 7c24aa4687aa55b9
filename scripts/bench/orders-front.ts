import { createServer, request as send } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A clip of so many bytes, made while it is read: a short one, and a box of nothing in particular that players skip. */
export const largeClip = (clip: Buffer, bytes: number): Readable => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(bytes - clip.length)
  head.write('free', 4, 'latin1')
  const block = Buffer.alloc(64 * 1024)
  return Readable.from(
    (function* () {
      yield clip
      yield head
      for (let left = bytes - clip.length - head.length; left > 0; left -= block.length)
        yield block.subarray(0, Math.min(left, block.length))
    })(),
    { objectMode: false, highWaterMark: 1024 ** 2 },
  )
}

/** Stands in front of a ComfyUI and answers its results with a clip of `bytes()` bytes. It hands no sockets on. */
export const startFront = async (behind: string, clip: Buffer, bytes: () => number) => {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', behind)
    if (/^(\/api)?\/view$/.test(url.pathname)) {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes() })
      return void pipeline(largeClip(clip, bytes()), response).catch(() => response.destroy())
    }
    const on = send(url, { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    on.once('error', () => response.destroy())
    request.pipe(on)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
