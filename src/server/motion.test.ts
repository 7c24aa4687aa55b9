import { createDecartClient, models } from 'decart-sdk-0'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectClip } from '../engine/testing/clips.ts'
import { difference } from '../engine/testing/difference.ts'
import { drawDisc, findDisc } from '../engine/testing/disc.ts'
import { errorBodySchema, submittedSchema } from '../shared/routes.ts'
import { serve, type Served } from './testing/serve.ts'

// lucy-motion, as SDKs send it that Decart published before its cloud retired the model.
const [WIDTH, HEIGHT] = [640, 360]
const DISC = { x: 160, y: 200, radius: 32 }
const points = [
  { frame: 0, x: DISC.x / WIDTH, y: DISC.y / HEIGHT },
  { frame: 60, x: 0.6, y: 0.3 },
  { frame: 100, x: 0.8, y: 0.6 },
]

let server: Served
let folder: string
let picture: Blob
let source: ReturnType<typeof drawDisc>

beforeAll(async () => {
  server = await serve()
  folder = await mkdtemp(join(tmpdir(), 'rushes-'))
  source = drawDisc(WIDTH, HEIGHT, DISC)
  const png = await sharp(source.data, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } })
    .png()
    .toBuffer()
  picture = new Blob([new Uint8Array(png)], { type: 'image/png' })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

/** Where the disc is in a clip's frames, as shares of its sides, and what the clip is. */
const follow = async (clip: Blob, frames: readonly number[]) => {
  const path = join(folder, 'clip.mp4')
  await writeFile(path, Buffer.from(await clip.arrayBuffer()))
  const facts = await inspectClip(path, [...frames])
  const { width, height } = facts
  const places = frames.map((frame) => {
    const { x, y } = findDisc({ width, height, data: facts.pixels[frame] ?? new Uint8Array() })
    return { x: x / width, y: y / height }
  })
  return { facts, places, pixels: facts.pixels }
}

it('gives an SDK that still has the model a clip that begins on the picture, the thing where the path is', async () => {
  const client = createDecartClient({ apiKey: 'any key will do', baseUrl: server.url })
  const result = await client.queue.submitAndPoll({
    model: models.video('lucy-motion'),
    data: picture,
    trajectory: points,
    seed: 5,
  })
  if (result.status !== 'completed') throw new Error(`it ${result.status}`)
  const { facts, places, pixels } = await follow(result.data, [0, 60, 100, 124])
  expect(facts).toMatchObject({ codec: 'h264', pix_fmt: 'yuv420p', width: 1280, height: 720, fps: 25 })
  expect(facts.times).toHaveLength(125)
  const wanted = [points[0], points[1], points[2], points[2]]
  for (const [index, place] of places.entries()) {
    const { x, y } = wanted[index] ?? { x: 9, y: 9 }
    expect(Math.hypot((place.x - x) * 1280, (place.y - y) * 720), `look ${index}`).toBeLessThan(4)
  }
  const whole = await sharp(source.data, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } })
    .resize(1280, 720, { kernel: 'lanczos3' })
    .raw()
    .toBuffer()
  const seen = pixels['0'] ?? new Uint8Array()
  expect(difference(whole, seen)).toBeLessThan(5)
})

const refusal = async (answer: Response) => ({ status: answer.status, ...errorBodySchema.parse(await answer.json()) })

/** What Python's str() makes of a list of dicts: Decart's SDK for it sends that. */
const python = (list: readonly { frame: number; x: number; y: number }[]): string =>
  `[${list.map(({ frame, x, y }) => `{'frame': ${frame}, 'x': ${x}, 'y': ${y}}`).join(', ')}]`

describe('the wire', () => {
  const submitted = async (model: string, trajectory: string): Promise<string> => {
    const answer = await server.submit(model, { data: picture, trajectory, resolution: '480p' })
    expect(answer.status).toBe(200)
    return submittedSchema.parse(await answer.json()).job_id
  }

  it.each([
    ['lucy-motion', JSON.stringify(points)],
    ['lucy-motion-latest', python(points)],
  ])('%s keeps the points as one text', async (model, trajectory) => {
    const id = await submitted(model, trajectory)
    expect(await server.job(id)).toMatchObject({
      model: 'lucy-motion',
      requested_model: model,
      inputs: {
        resolution: '480p',
        trajectory: '[{"frame":0,"x":0.25,"y":0.55556},{"frame":60,"x":0.6,"y":0.3},{"frame":100,"x":0.8,"y":0.6}]',
      },
    })
    await fetch(`${server.url}/v1/jobs/${id}`, { method: 'DELETE' })
  })

  it('takes points as Python writes them, and tells how they were read', async () => {
    expect(await server.finished(await submitted('lucy-motion-latest', python(points)))).toMatchObject({
      status: 'completed',
      output: {
        reading: [
          { part: 'Path', value: '3 points, right and down, 0 to 4 s' },
          { part: 'Moves', value: 'what stands at its start' },
        ],
      },
    })
  })

  it('takes a thousand points as Python writes them', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({
      frame: index / 8.0610483019,
      x: 0.25 + index * 0.00050000000000013,
      y: 0.55 - index * 0.00030000000000017,
    }))
    expect(python(many).length).toBeGreaterThan(64 * 1024)
    expect((await server.finished(await submitted('lucy-motion', python(many)))).status).toBe('completed')
  })

  it.each([
    ['none', {}, 'is required'],
    ['no list', { trajectory: 'to the right' }, expect.stringMatching(/^must be a list of points/)],
    ['one point', { trajectory: JSON.stringify(points.slice(1, 2)) }, 'needs at least 2 points'],
    [
      'pixels',
      { trajectory: '[{"frame":0,"x":0,"y":0},{"frame":1,"x":100,"y":100}]' },
      "has a wrong point: x of point 2 is 100, and must be a share of the picture's width, 0 to 1",
    ],
  ])('says at its field what is wrong: %s', async (_what, fields, words) => {
    const answer = await server.submit('lucy-motion', { data: picture, ...fields })
    expect(await refusal(answer)).toMatchObject({
      status: 422,
      code: 'INVALID_INPUT',
      fields: { trajectory: words },
      detail: [{ loc: ['body', 'trajectory'] }],
    })
  })

  it('says who runs it where the cloud is asked for', async () => {
    const answer = await server.submit('lucy-motion', { data: picture, trajectory: '[]' }, { 'x-renderer': 'decart' })
    expect(await refusal(answer)).toMatchObject({ status: 401, detail: expect.stringMatching(/^Decart is not set/) })
  })
})
