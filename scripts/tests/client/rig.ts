import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { makeClip } from '../../../src/engine/testing/clips.ts'
import { createImportUrl } from '../../../src/server/import-url.ts'
import { serve, type Served } from '../../../src/server/testing/serve.ts'
import { renderingOnce } from './rendering-once.ts'

export type Rig = {
  server: Served
  /** Paths of a picture of 64 by 48 pixels and of half a second of video. */
  picture: string
  clip: string
  /** An address outside of the server that has the picture, and one that has the clip. */
  pictureUrl: string
  clipUrl: string
  close: () => Promise<void>
}

/**
 * A real server with the real engine, which renders an order that many clients send once; media to send to it, and a web
 * server that it may fetch the same media from.
 */
export const startRig = async (): Promise<Rig> => {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-rig-'))
  const picture = join(folder, 'square.png')
  const pixels = { width: 64, height: 48, channels: 3, background: '#c03020' } as const
  writeFileSync(picture, await sharp({ create: pixels }).png().toBuffer())
  const clip = await makeClip(join(folder, 'clip.mp4'), { width: 160, height: 96, seconds: 0.5, fps: 20 })
  const web = createServer((request, response) =>
    response.end(readFileSync(request.url === '/clip.mp4' ? clip : picture)),
  )
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  const address = web.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const server = await serve({
    start: { importUrl: createImportUrl({ isAllowed: () => true }), aroundLocal: renderingOnce },
  })
  return {
    server,
    picture,
    clip,
    pictureUrl: `http://127.0.0.1:${address.port}/square.png`,
    clipUrl: `http://127.0.0.1:${address.port}/clip.mp4`,
    close: async () => {
      web.close()
      await server.close()
    },
  }
}
