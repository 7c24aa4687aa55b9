import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { type Bench, type BenchOptions, createBench } from '../../testing/comfyui/bench.ts'
import { CLIP } from '../../testing/clip.ts'
import { COMFYUI_VERSIONS } from '../../testing/comfyui-server.ts'

const benches: Bench[] = []
const bench = async (options: BenchOptions = {}): Promise<Bench> => {
  const made = await createBench(options)
  benches.push(made)
  return made
}
afterEach(async () => {
  for (const made of benches.splice(0).toReversed()) await made.close()
})

describe.each(COMFYUI_VERSIONS)('ComfyUI %s', (version) => {
  it('makes a picture of words', async () => {
    const { server, order, fetched } = await bench({ server: { version } })
    const sent = await order('lucy-pro-t2i')
    expect(await sharp(await fetched(sent)).metadata()).toMatchObject({ format: 'png', width: 64 })
    expect(server.orders).toHaveLength(1)
    expect(server.orders[0]?.id).toBe(sent.id)
  })

  it('edits a picture and a clip, each uploaded under a name of its own', async () => {
    const { server, order, fetched } = await bench({ server: { version } })
    await fetched(await order('lucy-pro-i2i'))
    expect(await fetched(await order('lucy-pro-v2v'))).toEqual(CLIP)
    const [still, clip] = [...server.uploads.keys()]
    expect(still).toMatch(/^rushes-[\w-]+-data\.png$/)
    expect(clip).toMatch(/^rushes-[\w-]+-data\.mp4$/)
    expect(server.uploads.get(clip ?? '')?.bytes).toBe(CLIP.length)
  })

  it('is found again by the id of ours, waiting, running and done, and else is not', async () => {
    const { server, order, connection, ending, signal } = await bench({ server: { version } })
    const [one, other] = [randomUUID(), randomUUID()]
    server.hold('running')
    const first = await order('lucy-pro-t2i', {}, one)
    const second = await order('lucy-pro-t2i', {}, other)
    await server.until(() => server.heldAt() === 'running')
    expect(await connection.find?.(one, signal())).toEqual(first)
    expect(await connection.find?.(other, signal())).toEqual(second)
    server.release()
    await ending(second)
    expect(await connection.find?.(one, signal())).toEqual(first)
    expect(await connection.find?.(randomUUID(), signal())).toBeNull()
  })
})
