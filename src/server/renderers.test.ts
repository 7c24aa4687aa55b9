import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import sharp from 'sharp'
import { createLocalRenderer } from '../engine/local-renderer.ts'
import { createProber } from '../engine/prober.ts'
import { inspectClip, makeClip } from '../engine/testing/clips.ts'
import type { InputFile } from '../shared/renderer.ts'
import { servedByRegistry } from './testing/served-by-registry.ts'
import { createDecartDialect } from './renderers/decart/dialect.ts'
import { createComfyuiDialect } from './renderers/comfyui/dialect.ts'
import { createOwnGraphs } from './renderers/comfyui/graphs/own-graphs.ts'
import { createFalDialect } from './renderers/fal/dialect.ts'
import { createOpenaiDialect } from './renderers/openai/dialect.ts'
import type { Dialect, Settings } from './renderers/order/dialect.ts'
import { createOrderRenderer } from './renderers/order/renderer.ts'
import { type Bench, describeRenderer } from './renderer-contract.ts'
import type { ComfyuiServer } from './testing/comfyui-server.ts'
import { NodeFailed } from './testing/comfyui/executor.ts'
import { startDecartServer } from './testing/decart-server.ts'
import { startEquippedComfyui } from './testing/equipped-comfyui.ts'
import { startFalServer } from './testing/fal-server.ts'
import { startGenerationServer } from './testing/generation-server.ts'

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
  const prober = createProber({ reads: [tmpdir()] })
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
  const renderer = createLocalRenderer({ version: '0.0.0', reads: [tmpdir()] })
  const close = async () => {
    await renderer.close()
    await clean()
  }
  return { renderer, clip, picture, measure, close }
})

/** A renderer of a dialect with these settings, and what a test of it needs beside the other side. */
const ordering = async (dialect: Dialect, settings: Partial<Settings>, given: Awaited<ReturnType<typeof inputs>>) => {
  const { clip, picture, prober, clean } = given
  const renderer = createOrderRenderer(dialect, {
    settings: { url: null, key: null, headers: {}, more: {}, ...settings },
    probe: prober.probe,
    logger: pino({ level: 'silent' }),
    pollMs: 5,
  })
  await renderer.look()
  const closeAnd = (server: { close: () => Promise<void> }) => async () => {
    await renderer.close()
    await server.close()
    await clean()
  }
  return { renderer, clip, picture, measure, closeAnd }
}
const bytesOf = async ({ clip, picture }: Awaited<ReturnType<typeof inputs>>) => ({
  video: await readFile(clip.path),
  image: await readFile(picture.path),
})

describeRenderer('decart', async () => {
  const given = await inputs()
  const made = await bytesOf(given)
  const result = (model: string) => (model.includes('image') ? made.image : made.video)
  const server = await startDecartServer({ apiKey: 'k', result })
  const dialect = createDecartDialect(() => servedByRegistry)
  const { closeAnd, ...bench } = await ordering(dialect, { url: server.url, key: 'k' }, given)
  return { ...bench, close: closeAnd(server) }
})

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

describeRenderer('comfyui', async () => {
  const given = await inputs()
  const made = await bytesOf(given)
  const readable = new Set(Object.values(made).map(sha256))
  const server: ComfyuiServer = await startEquippedComfyui({
    result: ({ graph, saves }) => {
      const names = Object.values(graph).flatMap((node) => Object.values(node.inputs))
      for (const [name, file] of server.uploads)
        if (names.includes(name) && !readable.has(file.sha256))
          throw new NodeFailed('ValueError', 'Invalid data found when processing input')
      const kind = saves === 'image' ? 'image' : 'video'
      return { extension: kind === 'image' ? 'png' : 'mp4', body: made[kind] }
    },
  })
  const dialect = createComfyuiDialect({ sources: [createOwnGraphs()] })
  const { closeAnd, ...bench } = await ordering(dialect, { url: server.url }, given)
  return { ...bench, close: closeAnd(server) }
})

describeRenderer('fal', async () => {
  const given = await inputs()
  const made = await bytesOf(given)
  const result = (endpoint: string) => (endpoint.includes('klein') ? made.image : made.video)
  const server = await startFalServer({ apiKey: 'k', result, readsInputs: true })
  const more = { FAL_QUEUE_URL: server.queueUrl, FAL_REST_URL: server.restUrl }
  const { closeAnd, ...bench } = await ordering(createFalDialect(), { key: 'k', more }, given)
  return { ...bench, close: closeAnd(server) }
})

describeRenderer('openai', async () => {
  const given = await inputs()
  const made = await bytesOf(given)
  const options = { result: (_: unknown, kind: 'video' | 'image') => made[kind], readsInputs: true }
  const [clips, pictures] = await Promise.all([
    startGenerationServer({ flavour: 'vllm-omni', model: 'decart-ai/Lucy-Edit-1.1-Dev', ...options }),
    startGenerationServer({ flavour: 'vllm-omni', model: 'Qwen/Qwen-Image-Edit-2511', ...options }),
  ])
  const url = `${clips.url}, ${pictures.url}`
  const { closeAnd, ...bench } = await ordering(createOpenaiDialect(), { url }, given)
  return {
    ...bench,
    close: closeAnd({ close: async () => void (await Promise.all([clips.close(), pictures.close()])) }),
  }
})
