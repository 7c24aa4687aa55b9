import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { registry } from '../../../../shared/models/index.ts'
import { EVERY_FILE, piecesWith } from '../../../testing/comfyui/known-server.ts'
import { requestFor, uploadedPicture } from '../../../testing/comfyui/graph-requests.ts'
import type { ServerPieces } from '../graph-source.ts'
import { nodesOf } from '../object-info.ts'
import { lackOf } from './choose.ts'
import { enginesOf } from './engines.ts'
import { createOwnGraphs } from './own-graphs.ts'

/** The address of a real ComfyUI: it is asked whether it takes our graphs, and runs none of them. */
const url = process.env['RUSHES_LIVE_COMFYUI_URL']

/** Its nodes, without the files that it has: of those that it had, it would begin to run graphs. */
const askNodes = async (): Promise<ServerPieces['nodes']> => {
  const nodes = nodesOf(await (await fetch(`${url}/object_info`)).json())
  if (!nodes) throw new Error('it does not tell its nodes')
  return new Map([...nodes].map(([name, inputs]) => [name, inputs.map((input) => ({ ...input, choices: [] }))]))
}

const refusalSchema = z.object({
  node_errors: z.record(
    z.string(),
    z.object({ errors: z.array(z.object({ type: z.string(), details: z.string(), message: z.string() })) }),
  ),
})
const statsSchema = z.object({ system: z.object({ comfyui_version: z.string() }) })

/** Files of weights, and files that were not uploaded: nothing else may be wrong with a graph. */
const FILES_ALONE = /^(unet_name|clip_name|vae_name|lora_name): |^(image|file|audio) - /

describe.skipIf(url === undefined)('our graphs on a real ComfyUI', () => {
  it('are taken, but for files that it does not have', { timeout: 60_000 }, async () => {
    const stats = statsSchema.parse(await (await fetch(`${url}/system_stats`)).json())
    const nodes = await askNodes()
    const known = { version: stats.system.comfyui_version, nodes, outputs: new Map() }
    // A name that no server has, so that nothing begins to run.
    const pieces = piecesWith(known, { files: EVERY_FILE, named: (file) => `not-there/${file}` })
    const seen: string[] = []
    for (const model of registry)
      for (const engine of enginesOf(model)) {
        const lack = lackOf(engine, pieces)
        if (lack.nodes.length > 0 || lack.version !== null) continue
        const reference = engine.reference && model.task !== 'text-to-image'
        const files = reference ? { reference_image: uploadedPicture('reference.png') } : {}
        const built = createOwnGraphs().build(requestFor(model.id, { engine: engine.name, files }), pieces)
        const answer = await fetch(`${url}/prompt`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ prompt: built?.graph }),
        })
        const refusal = refusalSchema.parse(await answer.json())
        const errors = Object.values(refusal.node_errors).flatMap((node) => node.errors)
        expect(errors.length).toBeGreaterThan(0)
        const others = errors.filter(({ details }) => !FILES_ALONE.test(details))
        expect(others, `${model.id} by ${engine.name}`).toEqual([])
        seen.push(engine.name)
      }
    expect(seen.length).toBeGreaterThan(0)
  })
})
