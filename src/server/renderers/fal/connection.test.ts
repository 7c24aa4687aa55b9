import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { z } from 'zod'
import type { JobInputs } from '../../../shared/job.ts'
import type { InputFile } from '../../../shared/renderer.ts'
import { CLIP } from '../../testing/clip.ts'
import { type ConnectedFal, connectFal, failureOf, fetched, FAL_KEY, never, order } from '../../testing/fal/connect.ts'

const pictureOf = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .png()
    .toBuffer()
const PNG = await pictureOf('#a42')
const OTHER = await pictureOf('#24a')

let fal: ConnectedFal
beforeEach(async () => {
  fal = await connectFal({ result: (endpoint) => (endpoint.includes('klein') ? PNG : CLIP) })
})
afterEach(() => fal.close())

type Case = { inputs?: JobInputs; files?: Record<string, 'clip' | 'first' | 'second'>; warnings?: string[] }
const SEED = 4294967295
const NO_SEED =
  'The seed is not honoured: Lucy Edit Pro at fal takes none, so the same inputs give another result each time.'

const filesOf = async (files: Case['files'] = {}): Promise<Record<string, InputFile>> => {
  const made: Record<string, InputFile> = {}
  for (const [field, which] of Object.entries(files))
    made[field] = await (which === 'clip'
      ? fal.fileOf(CLIP, 'video')
      : fal.fileOf(which === 'first' ? PNG : OTHER, 'image'))
  return made
}
const bytesAt = (link: unknown) => fal.server.storage.files().find((file) => file.link === link)?.bytes

describe('each model of the Process API', () => {
  it.each<[string, string, Case, Record<string, unknown>]>([
    [
      'lucy-pro-t2v',
      'fal-ai/wan/v2.2-a14b/text-to-video/turbo',
      { inputs: { orientation: 'portrait', resolution: '480p' } },
      { seed: SEED, resolution: '480p', aspect_ratio: '9:16' },
    ],
    [
      'lucy-pro-i2v',
      'fal-ai/wan/v2.2-a14b/image-to-video/turbo',
      {
        files: { data: 'first' },
        inputs: { resolution: '1080p' },
        warnings: ['1080p was asked for; Wan 2.2 14B at fal makes 720p.'],
      },
      { seed: SEED, resolution: '720p', aspect_ratio: 'auto', image_url: PNG.length },
    ],
    [
      'lucy-dev-i2v',
      'fal-ai/wan/v2.2-5b/image-to-video',
      {
        files: { data: 'first' },
        inputs: { resolution: '480p' },
        warnings: ['480p was asked for; Wan 2.2 5B at fal makes 580p.'],
      },
      { seed: SEED, resolution: '580p', num_frames: 121, frames_per_second: 24, image_url: PNG.length },
    ],
    [
      'lucy-pro-flf2v',
      'fal-ai/wan/v2.2-a14b/image-to-video/turbo',
      { files: { start: 'first', end: 'second' } },
      { seed: SEED, resolution: '720p', image_url: PNG.length, end_image_url: OTHER.length },
    ],
    [
      'lucy-pro-v2v',
      'decart/lucy-edit/pro',
      {
        files: { data: 'clip', reference_image: 'first' },
        inputs: { enhance_prompt: false, num_inference_steps: 20 },
        warnings: [
          'The reference image is not honoured by Lucy Edit Pro at fal.',
          'The number of inference steps is not honoured by Lucy Edit Pro at fal.',
          NO_SEED,
        ],
      },
      { enhance_prompt: false, resolution: '720p', sync_mode: false, video_url: CLIP.length },
    ],
    [
      'lucy-dev-v2v',
      'decart/lucy-restyle',
      {
        files: { data: 'clip' },
        inputs: { resolution: '480p' },
        warnings: ['480p was asked for; Lucy Restyle at fal makes 720p.'],
      },
      { seed: SEED, enhance_prompt: true, resolution: '720p', sync_mode: false, video_url: CLIP.length },
    ],
    [
      'lucy-pro-t2i',
      'fal-ai/flux-2/klein/4b',
      { inputs: { resolution: '480p', orientation: 'portrait' } },
      { seed: SEED, image_size: { width: 480, height: 832 }, num_images: 1, sync_mode: false, output_format: 'png' },
    ],
    [
      'lucy-pro-i2i',
      'fal-ai/flux-2/klein/4b/edit',
      { files: { data: 'first', reference_image: 'second' }, inputs: { enhance_prompt: false } },
      { seed: SEED, image_size: { width: 1108, height: 832 }, image_urls: [PNG.length, OTHER.length], num_images: 1 },
    ],
  ])('%s runs as %s, with all that it honours and a word on the rest', async (model, endpoint, asked, input) => {
    const task = fal.taskOf(model, { prompt: 'snow', ...asked.inputs }, await filesOf(asked.files))
    const prepared = await fal.connection.prepare(task, never())
    expect([...prepared.warnings].toSorted()).toEqual((asked.warnings ?? []).toSorted())
    expect(fal.server.submissions()).toBe(0)
    const sent = await prepared.send('ours', never())
    const [job] = fal.server.queue.jobs()
    expect(job?.endpoint).toBe(endpoint)
    // Links are what was uploaded under them.
    const seen = Object.entries(job?.input ?? {}).map(([name, value]) => {
      if (Array.isArray(value)) return [name, value.map(bytesAt)] as const
      return [name, name.endsWith('_url') ? bytesAt(value) : value] as const
    })
    expect(Object.fromEntries(seen)).toMatchObject({ prompt: 'snow', ...input })
    const bytes = await fetched(fal.connection, sent)
    expect(bytes.equals(prepared.kind === 'video' ? CLIP : PNG)).toBe(true)
    expect(fal.server.submissions()).toBe(1)
  })

  it('is announced by the model that really runs, what it costs, and what it leaves out', async () => {
    const facts = await fal.connection.look(never())
    if (facts.state !== 'ready') throw new Error(facts.note)
    expect(facts.offers['lucy-pro-i2v']).toEqual({
      ready: true,
      engine: { name: 'Wan 2.2 14B', version: 'turbo', licence: 'Apache-2.0' },
      reason: null,
      missing: [],
      resolutions: ['480p', '720p'],
      seconds: 5,
      fps: 16,
      free: false,
      price: { perClip: { '480p': 0.05, '720p': 0.1, '1080p': 0.1 } },
      limits: ['Wan 2.2 14B at fal makes 720p where 1080p is asked for.'],
    })
    expect(facts.offers['lucy-pro-t2i']).toMatchObject({ price: { perMegapixel: 0.014 }, limits: [] })
    expect(facts.offers['lucy-pro-v2v']).toMatchObject({ price: null, engine: { name: 'Lucy Edit Pro' } })
    expect(facts.offers['lucy-pro-v2v']?.limits).toContain(NO_SEED)
    expect(Object.values(facts.offers).every(({ resolutions }) => resolutions.includes('480p'))).toBe(true)
  })

  it('makes a real clip with the media that fal makes by itself', async () => {
    const other = await connectFal({ onePort: true })
    try {
      const sent = await order(other.connection, other.taskOf('lucy-pro-t2v', { prompt: 'snow' }))
      expect((await fetched(other.connection, sent)).subarray(4, 8).toString()).toBe('ftyp')
    } finally {
      await other.close()
    }
  })
})

describe('the key', () => {
  it('goes to the queue and the rest host, and never to where files and results lie', async () => {
    const task = fal.taskOf('lucy-pro-i2v', { prompt: 'snow' }, await filesOf({ data: 'first' }))
    await fetched(fal.connection, await order(fal.connection, task))
    const keys = fal.server.requests.map(({ host, headers }) => `${host} ${headers.authorization ?? 'no key'}`)
    expect(new Set(keys)).toEqual(new Set([`rest Key ${FAL_KEY}`, 'cdn no key', `queue Key ${FAL_KEY}`]))
  })

  it('is not sent to links that lead elsewhere: the order is named and not repeated', async () => {
    fal.server.queue.mislead({ status_url: 'https://queue.fal.run.example.com/requests/1/status' })
    const { code, message, billed } = await failureOf(
      order(fal.connection, fal.taskOf('lucy-pro-t2v', { prompt: 'a' })),
    )
    const id = fal.server.queue.jobs()[0]?.id ?? 'none'
    expect([code, billed, message.includes(id), fal.server.submissions()]).toEqual(['CLOUD_FAILED', 'maybe', true, 1])
  })

  it('that no header can carry is refused before anything is sent', () => {
    expect(() => fal.connect({}, 'a key\nwith a line')).toThrow('holds characters that no key has')
  })
})

describe('an order', () => {
  it('goes on after a restart from what was kept of it', async () => {
    const sent = await order(fal.connection, fal.taskOf('lucy-pro-t2v', { prompt: 'snow' }))
    expect(await fal.connection.lookAt(sent, never())).toEqual({ state: 'waiting' })
    const details = z.record(z.string(), z.string()).parse(JSON.parse(JSON.stringify(sent.details)))
    const kept = { id: sent.id, details }
    const later = fal.connect()
    expect(await later.lookAt(kept, never())).toEqual({ state: 'running', progress: null })
    expect((await fetched(later, kept)).equals(CLIP)).toBe(true)
    expect(fal.server.submissions()).toBe(1)
  })

  it('that was made at another address is not asked for there, as the key is not for it', async () => {
    const sent = await order(fal.connection, fal.taskOf('lucy-pro-t2v', { prompt: 'snow' }))
    const moved = fal.connect({ FAL_QUEUE_URL: 'https://queue.fal.run' })
    const { code, billed } = await failureOf(moved.lookAt(sent, never()))
    expect([code, billed]).toEqual(['LOST', 'maybe'])
  })

  it('of a model that fal does not make is refused', async () => {
    const task = fal.taskOf('lucy-2.5', { prompt: 'snow' }, await filesOf({ data: 'clip' }))
    expect((await failureOf(fal.connection.prepare(task, never()))).code).toBe('MODEL_NOT_FOUND')
  })

  it('without a prompt is refused where the endpoint needs one, before anything goes up', async () => {
    const task = fal.taskOf('lucy-restyle-2', {}, await filesOf({ data: 'clip', reference_image: 'first' }))
    const { code, fields } = await failureOf(fal.connection.prepare(task, never()))
    expect([code, fields]).toEqual(['INVALID_INPUT', { prompt: 'is required by Lucy Restyle at fal' }])
    expect(fal.server.requests).toEqual([])
  })
})
