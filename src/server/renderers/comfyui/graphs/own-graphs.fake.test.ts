import { afterEach, describe, expect, it } from 'vitest'
import { type Bench, createBench } from '../../../testing/comfyui/bench.ts'
import {
  EVERY_FILE,
  type FileKey,
  fakeNodes,
  filesByFolder,
  knownServer,
} from '../../../testing/comfyui/known-server.ts'
import { createOwnGraphs } from './own-graphs.ts'

const benches: Bench[] = []
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close()
})

/** A server with the nodes of a real one and these files. */
const bench = async (version: '0.3.64' | '0.33.0', keys: readonly FileKey[]): Promise<Bench> => {
  const server = { version, files: filesByFolder(keys), nodes: fakeNodes(knownServer(version)), vramBytes: 25e9 }
  const made = await createBench({ server, sources: [createOwnGraphs()] })
  benches.push(made)
  return made
}

describe('our graphs on a server', () => {
  it('run, from the upload to the take', async () => {
    const { server, order, fetched } = await bench('0.33.0', EVERY_FILE)
    for (const model of ['lucy-pro-t2i', 'lucy-image-2', 'lucy-pro-t2v', 'lucy-dev-i2v', 'lucy-clip'])
      expect((await fetched(await order(model))).byteLength, model).toBeGreaterThan(0)
    expect(server.orders).toHaveLength(5)
  })

  it('are offered by what it has', async () => {
    const { connection, signal } = await bench(
      '0.3.64',
      EVERY_FILE.filter((key) => key !== 't2vLow'),
    )
    const facts = await connection.look(signal())
    if (facts.state !== 'ready') throw new Error(facts.note)
    expect(facts.offers['lucy-pro-i2v']).toMatchObject({ ready: true, engine: { name: 'Wan 2.2 14B lightx2v' } })
    expect(facts.offers['lucy-pro-t2v']).toMatchObject({ ready: true, engine: { name: 'Wan 2.2 5B' } })
    expect(facts.offers['lucy-clip']?.reason).toMatch(/update ComfyUI to 0\.25\.0 or newer \(it is 0\.3\.64\)$/)
  })
})
