import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Model, registry } from '../../../../shared/models/index.ts'
import { graphFaults } from '../../../testing/comfyui/graph-faults.ts'
import { EVERY_FILE, knownServer, piecesWith } from '../../../testing/comfyui/known-server.ts'
import { requestFor, uploadedClip, uploadedPicture } from '../../../testing/comfyui/graph-requests.ts'
import type { ApiGraph } from '../graph-source.ts'
import { lackOf } from './choose.ts'
import { enginesOf } from './engines.ts'
import { createOwnGraphs } from './own-graphs.ts'

const NEW = knownServer('0.33.0')
const OLD = knownServer('0.3.64')
const graphs = createOwnGraphs()
const MODELS: readonly Model[] = registry

const built = (
  ...[request, pieces = piecesWith(NEW)]: [Parameters<typeof graphs.build>[0], ReturnType<typeof piecesWith>?]
) => {
  const graph = graphs.build(request, pieces)
  if (!graph) throw new Error('there is no graph')
  return graph
}

/** The inputs of the only node of a class. */
const inputsOf = (graph: ApiGraph, className: string): Record<string, unknown> => {
  const found = Object.values(graph).filter((node) => node.class_type === className)
  if (found.length !== 1 || !found[0]) throw new Error(`there are ${found.length} of ${className}`)
  return found[0].inputs
}
const classesOf = (graph: ApiGraph): string[] => Object.values(graph).map((node) => node.class_type)

/** Every engine of every task, with each kind of input that makes another graph of it. */
const CASES = MODELS.filter(
  ({ id, task }, at) => id === 'lucy-motion' || MODELS.findIndex((model) => model.task === task) === at,
).flatMap((model) =>
  enginesOf(model).flatMap((engine) =>
    (engine.reference ? [false, true] : [false]).flatMap((reference) =>
      (['480p', '720p', '1080p'] as const).flatMap((resolution) =>
        (model.task === 'video-edit' ? [50, 81, 240] : [0]).map(
          (frames) => [model.id, engine.name, { reference, resolution, frames }] as const,
        ),
      ),
    ),
  ),
)

describe.each([NEW, OLD])('graphs for ComfyUI $version', (server) => {
  it('have nothing that it finds fault with', () => {
    let count = 0
    for (const [id, engine, { reference, resolution, frames }] of CASES) {
      const model = MODELS.find((candidate) => candidate.id === id)
      const found = model && enginesOf(model).find(({ name }) => name === engine)
      const pieces = piecesWith(server, { vram: null })
      if (!found || lackOf(found, pieces).nodes.length > 0) continue
      const clip = uploadedClip('clip.mp4', {
        frame_count: frames,
        duration: frames / 30,
        fps: 30,
        width: 1078,
        height: 607,
      })
      const files = {
        ...(reference ? { reference_image: uploadedPicture('reference.png', [333, 777]) } : {}),
        ...(frames > 0 ? { data: clip } : {}),
      }
      const request = requestFor(id, { engine, files, inputs: { resolution, orientation: 'portrait' } })
      const { graph, output, kind } = built(request, pieces)
      expect(graphFaults(graph, server), `${id} by ${engine} at ${resolution}`).toEqual([])
      expect(graph[output]?.class_type).toBe(kind === 'video' ? 'SaveVideo' : 'SaveImage')
      expect(graph[output]?.inputs['filename_prefix']).toBe('rushes/job-1')
      expect(JSON.stringify(graph)).toContain('4294967295')
      count++
    }
    expect(count).toBeGreaterThan(20)
  })
})

describe('a graph', () => {
  it('names files as the server does, in folders and in another precision', () => {
    const request = requestFor('lucy-dev-i2v')
    const inFolders = built(request, piecesWith(NEW, { named: (file) => `wan\\${file}` }))
    expect(inputsOf(inFolders.graph, 'UNETLoader')['unet_name']).toBe('wan\\wan2.2_ti2v_5B_fp16.safetensors')
    const other = built(request, piecesWith(NEW, { named: (file) => file.replace('5B_fp16', '5B_bf16') }))
    expect(inputsOf(other.graph, 'UNETLoader')['unet_name']).toBe('wan2.2_ti2v_5B_bf16.safetensors')
  })

  it('is of the engine that was announced, or none', () => {
    const announced = built(requestFor('lucy-pro-t2v', { engine: 'Wan 2.2 5B' }))
    expect(announced.engine).toEqual({ name: 'Wan 2.2 5B' })
    const files = EVERY_FILE.filter((key) => key !== 'wan5b')
    const gone = () => built(requestFor('lucy-pro-t2v', { engine: 'Wan 2.2 5B' }), piecesWith(NEW, { files }))
    expect(gone).toThrow(expect.objectContaining({ code: 'MODEL_MISSING', billed: 'no' }))
    expect(gone).toThrow(/^Wan 2\.2 5B is missing: put wan2\.2_ti2v_5B_fp16\.safetensors .*\. Nothing was sent\.$/)
    expect(() => built(requestFor('lucy-pro-t2v', { engine: 'Wan 9' }))).toThrow(/^Wan 9 is none of the engines/)
    const old = () => built(requestFor('lucy-pro-v2v'), piecesWith(OLD))
    expect(old).toThrow(expect.objectContaining({ code: 'NODE_MISSING' }))
  })

  it.each([
    ['lucy-pro-t2v', 'Wan 2.2 14B', '720p', 'portrait', [720, 1280], null],
    ['lucy-pro-t2v', 'Wan 2.2 5B', '480p', 'landscape', [832, 480], null],
    ['lucy-pro-t2v', 'Wan 2.2 5B', '720p', 'landscape', [1280, 704], [1280, 720, 'center']],
    ['lucy-pro-t2v', 'Wan 2.2 5B', '1080p', 'landscape', [1280, 704], [1280, 720, 'center']],
    ['lucy-pro-t2i', 'FLUX.2 klein 4B', '1080p', 'landscape', [1920, 1088], [1920, 1080, 'center']],
  ] as const)('%s by %s has the size of %s, %s', (id, engine, resolution, orientation, working, result) => {
    const { graph, warnings } = built(requestFor(id, { engine, inputs: { resolution, orientation } }))
    const latent = Object.values(graph).find((node) => /Latent/.test(node.class_type) && 'width' in node.inputs)
    expect([latent?.inputs['width'], latent?.inputs['height']]).toEqual(working)
    if (result) {
      const { width, height, crop } = inputsOf(graph, 'ImageScale')
      expect([width, height, crop]).toEqual(result)
    } else expect(classesOf(graph)).not.toContain('ImageScale')
    const smaller = resolution === '1080p' && engine === 'Wan 2.2 5B'
    expect(warnings).toEqual(smaller ? ['Wan 2.2 5B makes 720p at most: 1080p comes as 720p.'] : [])
  })

  it("keeps an input picture's shape, and all of it", () => {
    const data = uploadedPicture('square.png', [1000, 1000])
    const { graph } = built(requestFor('lucy-dev-i2v', { files: { data } }))
    const { width, height } = inputsOf(graph, 'Wan22ImageToVideoLatent')
    expect([width, height]).toEqual([960, 960])
    const [before, ...others] = Object.values(graph).filter((node) => node.class_type === 'ImageScale')
    expect(before?.inputs).toMatchObject({ width: 960, height: 960, crop: 'disabled' })
    expect(others).toEqual([])
  })

  it('shows a reference image to the picture model beside the picture to change', () => {
    const seen = (files: Record<string, ReturnType<typeof uploadedPicture>>) =>
      classesOf(built(requestFor('lucy-image-2', { files })).graph).filter((name) => name === 'ReferenceLatent').length
    expect(seen({})).toBe(2)
    expect(seen({ reference_image: uploadedPicture('reference.png') })).toBe(4)
  })

  it('begins and ends on the two pictures of a transition', () => {
    const { graph } = built(requestFor('lucy-pro-flf2v', { inputs: { resolution: '480p' } }))
    const { start_image: start, end_image: end, length } = inputsOf(graph, 'WanFirstLastFrameToVideo')
    const nameBehind = (link: unknown): unknown => {
      const node = Array.isArray(link) ? graph[String(link[0])] : undefined
      return node?.class_type === 'LoadImage' ? node.inputs['image'] : nameBehind(node?.inputs['image'])
    }
    expect([nameBehind(start), nameBehind(end), length]).toEqual(['a.png', 'b.png', 81])
  })

  it('moves what is on a path through its places in time', () => {
    const trajectory = '[{"frame":0,"x":0.2,"y":0.5},{"frame":62,"x":0.2,"y":0.9},{"frame":100,"x":0.8,"y":0.9}]'
    const data = uploadedPicture('picture.png', [1600, 900])
    const { graph } = built(requestFor('lucy-motion', { files: { data }, inputs: { trajectory } }))
    const { tracks, width, height } = inputsOf(graph, 'WanTrackToVideo')
    expect([width, height]).toEqual([848, 480])
    const [track] = z.array(z.array(z.object({ x: z.number(), y: z.number() }))).parse(JSON.parse(String(tracks)))
    expect(track).toHaveLength(121)
    // 62 frames at 25 a second are 2.48 s, or place 59.5 at 24 a second; it rests from 4 s on.
    expect(track?.[0]).toEqual({ x: 170, y: 240 })
    expect(track?.[60]?.x).toBeLessThan(185)
    expect(track?.[60]?.y).toBe(432)
    expect([track?.[96], track?.[120]]).toEqual([
      { x: 678, y: 432 },
      { x: 678, y: 432 },
    ])
    const bad = () => built(requestFor('lucy-motion', { inputs: { trajectory: '[]' } }))
    expect(bad).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', fields: { trajectory: expect.any(String) } }))
  })

  it('is a WebM on a server that saves nothing else', () => {
    const pieces = piecesWith(OLD)
    const nodes = new Map([...pieces.nodes].filter(([name]) => name !== 'SaveVideo' && name !== 'CreateVideo'))
    const { graph, output } = built(requestFor('lucy-dev-i2v'), { ...pieces, nodes })
    expect(graph[output]).toMatchObject({ class_type: 'SaveWEBM', inputs: { codec: 'vp9', fps: 24 } })
  })

  it('leaves out what a node does not have, and fills in what a newer one requires', () => {
    const pieces = piecesWith(NEW)
    const loader = pieces.nodes.get('CLIPLoader') ?? []
    const nodes = new Map(pieces.nodes).set('CLIPLoader', [
      ...loader.filter(({ name }) => name !== 'device'),
      { name: 'pace', required: true, type: 'INT', choices: [], default: 7 },
    ])
    const { graph } = built(requestFor('lucy-pro-t2i'), { ...pieces, nodes })
    expect(inputsOf(graph, 'CLIPLoader')).toEqual({ clip_name: 'qwen_3_4b.safetensors', type: 'flux2', pace: 7 })
  })
})
