import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { type Bench, type BenchOptions, createBench } from '../../testing/comfyui/bench.ts'
import type { ApiGraph } from './graph-source.ts'

/** Against a real ComfyUI, where one is named. It needs no weights: its own nodes load, scale and save. */
const LIVE = process.env['RUSHES_LIVE_COMFYUI_URL']

const benches: Bench[] = []
const bench = async (options: BenchOptions = {}): Promise<Bench> => {
  const limits = { connect: 10_000, answer: 60_000, pace: { bytes: 1000, within: 30_000 } }
  const made = await createBench({ ...options, limits, pollMs: 500, url: () => LIVE ?? '' })
  benches.push(made)
  return made
}
afterEach(async () => {
  for (const made of benches.splice(0).toReversed()) await made.close()
})
const failure = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error)

/** Many large steps one after another, each of which can be interrupted before the next. */
const long = (graph: ApiGraph): ApiGraph => {
  const steps = Array.from({ length: 40 }, (_, index): [string, ApiGraph[string]] => {
    const size = { width: 3000 + index, height: 3000, upscale_method: 'bicubic', crop: 'disabled' }
    const image = [index === 0 ? '1' : String(99 + index), 0]
    return [String(100 + index), { class_type: 'ImageScale', inputs: { image, ...size } }]
  })
  return {
    ...graph,
    ...Object.fromEntries(steps),
    '2': { class_type: 'ImageScale', inputs: { ...graph['2']?.inputs, image: ['139', 0] } },
  }
}

describe.skipIf(LIVE === undefined)('a real ComfyUI', () => {
  it('is ready, and tells what it has', async () => {
    const { connection, signal } = await bench()
    const facts = await connection.look(signal())
    expect(facts).toMatchObject({ state: 'ready', note: expect.stringMatching(/^ComfyUI \d+\.\d+/) })
  })

  it('scales a picture, and a second time from what it kept', async () => {
    const { order, fetched, task, connection, signal } = await bench()
    expect(await sharp(await fetched(await order('lucy-pro-i2i'))).metadata()).toMatchObject({ width: 64, height: 36 })
    const prepared = await connection.prepare(await task('lucy-pro-i2i'), signal())
    for (const id of [crypto.randomUUID(), crypto.randomUUID()])
      expect(await sharp(await fetched(await prepared.send(id, signal()))).metadata()).toMatchObject({ width: 64 })
  })

  it('brings a clip back', async () => {
    const { order, fetched } = await bench()
    expect((await fetched(await order('lucy-pro-v2v'))).subarray(4, 8).toString()).toBe('ftyp')
  })

  it('says which file and which node it lacks, and which link leads nowhere', async () => {
    const files = await bench()
    expect(await failure(files.order('lucy-pro-t2i'))).toMatchObject({ code: 'MODEL_MISSING' })
    const nodes = await bench({ change: (graph) => ({ ...graph, '2': { class_type: 'NoSuchNode', inputs: {} } }) })
    expect(await failure(nodes.order('lucy-pro-i2i'))).toMatchObject({ code: 'NODE_MISSING' })
    const links = await bench({
      change: (graph) => ({
        ...graph,
        '2': { class_type: 'ImageScale', inputs: { ...graph['2']?.inputs, image: ['77', 0] } },
      }),
    })
    expect(await failure(links.order('lucy-pro-i2i'))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining("'77', which is not in the graph"),
    })
  })

  it('takes out what waits and stops what runs', async () => {
    const { order, ending, connection, signal } = await bench({ change: long })
    const [runs, waits] = [await order('lucy-pro-i2i'), await order('lucy-pro-i2i')]
    expect(await connection.find?.(waits.id, signal())).toEqual(waits)
    expect(await connection.cancel?.(waits, signal())).toEqual({ billed: 'no', note: null })
    expect(await connection.lookAt(waits, signal())).toEqual({ state: 'unknown' })
    let seen = 0
    const ends = ending(runs, (progress) => void (seen = Math.max(seen, progress ?? 0)))
    await expect.poll(() => seen).toBeGreaterThan(0)
    expect((await connection.cancel?.(runs, signal()))?.billed).toBe('no')
    expect(await ends).toMatchObject({ state: 'failed', error: { code: 'CANCELLED' } })
  })
})
