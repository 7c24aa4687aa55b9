import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type Bench, type BenchOptions, createBench } from '../../testing/comfyui/bench.ts'
import { TransientError } from '../order/transient-error.ts'

const benches: Bench[] = []
const bench = async (options: BenchOptions = {}): Promise<Bench> => {
  const made = await createBench(options)
  benches.push(made)
  return made
}
afterEach(async () => {
  for (const made of benches.splice(0).toReversed()) await made.close()
})

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  )

describe('uploads', () => {
  it('over the limit are refused before a byte goes out', async () => {
    const { server, order } = await bench({ server: { maxUploadBytes: 300 } })
    const error = await failure(order('lucy-pro-v2v'))
    expect(error).toMatchObject({ code: 'TOO_LARGE', fields: { data: expect.stringContaining('--max-upload-size 2') } })
    expect(server.count('POST')).toBe(0)
  })

  it('over a limit that an old version does not tell are refused by it, in words', async () => {
    const { server, order } = await bench({ server: { version: '0.3.40', maxUploadBytes: 300 } })
    expect(await failure(order('lucy-pro-v2v'))).toMatchObject({ code: 'TOO_LARGE' })
    expect(server.orders).toHaveLength(0)
  })

  it('that are renamed are loaded by the name that came back', async () => {
    const { server, task, connection, signal } = await bench()
    const asked = await task('lucy-pro-i2i')
    const name = `rushes-${asked.job.job_id}-data.png`
    server.uploads.set(name, { bytes: 1, sha256: 'other', mimeType: 'image/png' })
    await (await connection.prepare(asked, signal())).send(randomUUID(), signal())
    expect(server.orders[0]?.graph['1']?.inputs['image']).toBe(name.replace('.png', ' (1).png'))
  })
})

describe('a result', () => {
  it('that is not there at first is asked for again', async () => {
    const { server, order, ending, connection, signal } = await bench()
    const sent = await order('lucy-pro-i2i')
    const look = await ending(sent)
    if (look.state !== 'done') throw new Error(look.state)
    server.fail('GET /view', { kind: 'answer', status: 404 })
    expect(await failure(connection.content(sent, look.result, signal()))).toBeInstanceOf(TransientError)
    expect((await connection.content(sent, look.result, signal())).status).toBe(200)
  })

  it.each(['images', 'gifs', 'videos'] as const)('is found among %s', async (clipKey) => {
    const { server, order, ending } = await bench()
    server.putsClipsUnder(clipKey)
    expect(await ending(await order('lucy-pro-v2v'))).toMatchObject({
      state: 'done',
      result: { subfolder: 'rushes', type: 'output' },
    })
  })

  it.each([true, false])('of a graph that the server had made before is one all the same (told: %s)', async (tells) => {
    const { server, task, connection, signal, fetched } = await bench()
    if (!tells) server.hidesCached()
    const prepared = await connection.prepare(await task('lucy-pro-i2i'), signal())
    await fetched(await prepared.send(randomUUID(), signal()))
    const nodes = server.executed()
    expect(await fetched(await prepared.send(randomUUID(), signal()))).toBeInstanceOf(Buffer)
    expect(server.executed()).toBe(nodes)
  })
})

describe('a clip that is turned when it is played', () => {
  /** The matrix of its track says a quarter turn. */
  const lying = async ({ task }: Bench) => {
    const asked = await task('lucy-pro-v2v')
    const { data } = asked.files
    if (!data) throw new Error('no clip')
    const bytes = await readFile(data.path)
    const matrix = bytes.indexOf('tkhd') + 4 + 40
    for (const [at, value] of [0, 1, 0, -1, 0].entries()) bytes.writeInt32BE(value * 65536, matrix + 4 * at)
    await writeFile(data.path, bytes)
    return asked
  }

  it('goes up upright', async () => {
    const made = await bench({ upright: (_path, output) => writeFile(output, 'upright') })
    const { connection, server, signal } = made
    const { warnings } = await connection.prepare(await lying(made), signal())
    expect(warnings).toEqual([])
    expect([...server.uploads.values()][0]?.bytes).toBe('upright'.length)
  })

  it('has a warning where it cannot be turned', async () => {
    const made = await bench()
    const { warnings } = await made.connection.prepare(await lying(made), made.signal())
    expect(warnings).toEqual([expect.stringContaining('the result may lie on its side')])
  })
})
