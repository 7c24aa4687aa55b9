import { describe, expect, it } from 'vitest'
import { knownServer, piecesWith } from '../../../testing/comfyui/known-server.ts'
import { requestFor, uploadedClip, uploadedPicture } from '../../../testing/comfyui/graph-requests.ts'
import type { BuiltGraph, GraphRequest, ServerPieces } from '../graph-source.ts'
import { readingOf } from './edit-source.ts'
import { createOwnGraphs } from './own-graphs.ts'

const SERVER = knownServer('0.33.0')
const graphs = createOwnGraphs()
const built = (request: GraphRequest, pieces: ServerPieces = piecesWith(SERVER)): BuiltGraph => {
  const graph = graphs.build(request, pieces)
  if (!graph) throw new Error('there is no graph')
  return graph
}
const nodesOf = ({ graph }: BuiltGraph, className: string) =>
  Object.values(graph).filter((node) => node.class_type === className)
const only = (graph: BuiltGraph, className: string): Record<string, unknown> => {
  const [node, ...more] = nodesOf(graph, className)
  if (!node || more.length > 0) throw new Error(`not one ${className}`)
  return node.inputs
}

const reach = { frames: 81, fps: 16 }

describe('how a clip is read', () => {
  it.each([
    ['a short one whole', { fps: 25, duration: 3, frame_count: 75 }, true, 'all', 75, 3, false],
    ['one of which nobody counted the frames', { fps: 20, duration: 2, frame_count: null }, true, 'all', 40, 2, false],
    ['one of five seconds spread', { fps: 25, duration: 5, frame_count: 125 }, true, 'some', 81, 5, false],
    ['a long one spread and cut', { fps: 30, duration: 20, frame_count: 600 }, true, 'some', 81, 5.0625, true],
    ['a slow long one cut', { fps: 15, duration: 20, frame_count: 300 }, true, 'all', 81, 5.4, true],
    ['cut where a server spreads nothing', { fps: 25, duration: 5, frame_count: 125 }, false, 'all', 81, 3.24, true],
  ] as const)('%s', (_what, media, canSpread, take, frames, seconds, cut) => {
    expect(readingOf(media, reach, canSpread)).toEqual({ take, frames, seconds, cut })
  })
})

describe('an edit by Bernini-R', () => {
  it("keeps the clip's frames, rate and sound", () => {
    const data = uploadedClip('clip.mp4', { frame_count: 50, duration: 2, fps: 25 })
    const graph = built(requestFor('lucy-pro-v2v', { files: { data } }))
    expect(only(graph, 'BerniniConditioning')).toMatchObject({ length: 53, width: 1280, height: 720 })
    expect(nodesOf(graph, 'ImageFromBatch').map(({ inputs }) => inputs['length'])).toEqual([1, 50])
    const parts = Object.entries(graph.graph).find(([, node]) => node.class_type === 'GetVideoComponents')?.[0]
    expect(only(graph, 'CreateVideo')).toMatchObject({ audio: [parts, 1], fps: [parts, 2] })
    expect(graph.warnings).toEqual([])
  })

  it('fits five seconds into what it takes, with their sound, and says so', () => {
    const data = uploadedClip('clip.mp4', { frame_count: 300, duration: 10, fps: 30 })
    const graph = built(requestFor('lucy-clip', { files: { data } }))
    expect(only(graph, 'Video Slice')).toMatchObject({ start_time: 0, duration: 5.07 })
    expect(only(graph, 'VideoFrameSample')).toMatchObject({ num_frames: 81, strategy: 'uniform' })
    expect(only(graph, 'LoadAudio')).toEqual({ audio: 'clip.mp4' })
    expect(only(graph, 'CreateVideo')).toMatchObject({ fps: 16 })
    expect(graph.warnings).toEqual([
      'Bernini-R lightx2v edits 5.1 s at once: the clip of 10 s was cut to that.',
      'Bernini-R lightx2v edits 81 frames at once: the result has 16 a second of 30.',
    ])
  })

  it('has no sound where there was none', () => {
    const data = uploadedClip('clip.mp4', { has_audio: false })
    expect(only(built(requestFor('lucy-clip', { files: { data } })), 'CreateVideo')).not.toHaveProperty('audio')
  })

  it('follows a reference image, with and without a prompt', () => {
    const files = { reference_image: uploadedPicture('coat.png') }
    const worded = built(requestFor('lucy-vton-3.5', { files, inputs: { prompt: 'In this coat' } }))
    const input = only(worded, 'BerniniConditioning')['reference_images.reference_image_0']
    expect(Array.isArray(input) && worded.graph[String(input[0])]).toMatchObject({ inputs: { image: 'coat.png' } })
    expect(JSON.stringify(worded.graph)).toContain('specialized in video editing with reference. In this coat')
    const silent = built(requestFor('lucy-vton-3.5', { files, inputs: { prompt: '' } }))
    expect(silent.warnings).toEqual([
      expect.stringMatching(/^There was no prompt, so .* was told: “Replace the person's clothing/),
    ])
    const nothing = () => built(requestFor('lucy-2.5', { inputs: { prompt: '' } }))
    expect(nothing).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', fields: { prompt: expect.any(String) } }))
  })

  it.each([
    ['Bernini-R lightx2v', undefined, 6, 3, 1],
    ['Bernini-R', undefined, 40, 20, 5],
    ['Bernini-R', 25, 25, 12, 5],
    ['Bernini-R', 1, 2, 1, 5],
  ])('by %s, asked for %s steps, takes %i', (engine, asked, steps, step, cfg) => {
    const inputs = asked === undefined ? {} : { num_inference_steps: asked }
    const graph = built(requestFor('lucy-pro-v2v', { engine, inputs }))
    expect(only(graph, 'BasicScheduler')).toMatchObject({ steps })
    expect(only(graph, 'SplitSigmas')).toMatchObject({ step })
    expect(nodesOf(graph, 'SamplerCustom').map((node) => node.inputs['cfg'])).toEqual([cfg, cfg])
    expect(graph.warnings).toHaveLength(asked === 1 ? 1 : 0)
  })
})

describe('an edit by Lucy Edit Dev', () => {
  const withLucy = (): ServerPieces => {
    const pieces = piecesWith(SERVER, { files: ['lucyEdit', 'umt5', 'wan22Vae'] })
    const input = { required: true, choices: [] }
    const node = [
      { ...input, name: 'model', type: 'MODEL' },
      { ...input, name: 'concat_latent', type: 'LATENT' },
    ]
    return { ...pieces, nodes: new Map(pieces.nodes).set('LucyConditionConcatNode', node) }
  }

  it('is there only where it is asked for: its licence is non-commercial', () => {
    expect(graphs.offers(withLucy())['lucy-pro-v2v']).toMatchObject({
      ready: false,
      engine: { name: 'Bernini-R lightx2v' },
    })
    expect(() => built(requestFor('lucy-pro-v2v'), withLucy())).toThrow(
      expect.objectContaining({ code: 'MODEL_MISSING' }),
    )
    const asked = built(requestFor('lucy-pro-v2v', { engine: 'Lucy Edit Dev' }), withLucy())
    expect(asked.engine).toEqual({ name: 'Lucy Edit Dev' })
    expect(only(asked, 'KSampler')).toMatchObject({ seed: 4294967295 })
  })

  it('says which package has its node', () => {
    const lacking = () => built(requestFor('lucy-pro-v2v', { engine: 'Lucy Edit Dev' }))
    expect(lacking).toThrow(/install Lucy-Edit-ComfyUI from https:\/\/github\.com\/DecartAI\/Lucy-Edit-ComfyUI/)
    expect(lacking).toThrow(expect.objectContaining({ code: 'NODE_MISSING' }))
  })

  it('leaves a reference image out, and says so', () => {
    const request = requestFor('lucy-pro-v2v', {
      engine: 'Lucy Edit Dev',
      files: { reference_image: uploadedPicture('coat.png') },
    })
    expect(built(request, withLucy()).warnings).toEqual([
      'Lucy Edit Dev follows words alone: the reference image was left out.',
    ])
  })
})
