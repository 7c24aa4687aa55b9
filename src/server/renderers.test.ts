import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { createLocalRenderer } from '../engine/local-renderer.ts'
import { createProber } from '../engine/prober.ts'
import { inspectClip, makeClip } from '../engine/testing/clips.ts'
import type { InputFile } from '../shared/renderer.ts'
import { createDecartRenderer } from './decart/renderer.ts'
import { type Bench, describeRenderer } from './renderer-contract.ts'
import { startDecartServer } from './testing/decart-server.ts'

const measure: Bench['measure'] = async (path) => {
  if (path.endsWith('.png')) {
    // Reading every pixel is what shows that the file is whole.
    const { info } = await sharp(path, { failOn: 'truncated' }).raw().toBuffer({ resolveWithObject: true })
    return { mime_type: 'image/png', width: info.width, height: info.height, duration: null, fps: null }
  }
  const { width, height, duration, fps, times } = await inspectClip(path)
  if (Math.abs(times.length - duration * fps) > 1) throw new Error(`${times.length} frames in ${duration} s`)
  return { mime_type: 'video/mp4', width, height, duration, fps }
}

/** A small clip and a small picture, with what the server would know of them. */
const inputs = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-inputs-'))
  const prober = createProber()
  const input = async (name: string): Promise<InputFile> => {
    const path = join(folder, name)
    return { id: `file_${'0'.repeat(32)}`, path, filename: name, media: await prober.probe(path) }
  }
  await makeClip(join(folder, 'clip.mp4'), { seconds: 1, fps: 20 })
  const picture = { width: 160, height: 90, channels: 3, background: '#80a020' } as const
  await writeFile(join(folder, 'picture.png'), await sharp({ create: picture }).png().toBuffer())
  const clean = async () => {
    await prober.close()
    await rm(folder, { recursive: true })
  }
  return { clip: await input('clip.mp4'), picture: await input('picture.png'), prober, clean }
}

describeRenderer('local', async () => {
  const { clip, picture, clean } = await inputs()
  const renderer = createLocalRenderer({ version: '0.0.0' })
  const close = async () => {
    await renderer.close()
    await clean()
  }
  return { renderer, clip, picture, measure, close }
})

describeRenderer('decart', async () => {
  const { clip, picture, prober, clean } = await inputs()
  const made = { clip: await readFile(clip.path), picture: await readFile(picture.path) }
  const result = (model: string) => (model.includes('image') ? made.picture : made.clip)
  const server = await startDecartServer({ apiKey: 'k', result })
  const renderer = createDecartRenderer({ apiKey: 'k', baseUrl: server.url, probe: prober.probe, pollMs: 5 })
  const close = async () => {
    await renderer.close()
    await server.close()
    await clean()
  }
  return { renderer, clip, picture, measure, close }
})
