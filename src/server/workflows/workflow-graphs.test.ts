import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkInputs } from '../../shared/models/check.ts'
import { fieldsOf } from '../../shared/models/describe.ts'
import { mediaInfoSchema } from '../../shared/media.ts'
import type { WorkflowChoices } from '../../shared/workflows.ts'
import type { GraphRequest } from '../renderers/comfyui/graph-source.ts'
import { workflowGraph, workflowPieces, workflowText } from '../testing/workflow-pieces.ts'
import { makeWorkflow } from './make-workflow.ts'
import { graphIn } from './read/graph-forms.ts'
import { createWorkflowGraphs } from './workflow-graphs.ts'
import { createWorkflowModels } from './workflow-model.ts'
import { createWorkflowStore } from './workflow-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'rushes-'))
afterAll(() => rmSync(folder, { recursive: true }))
const store = createWorkflowStore({ folder })
const graphs = createWorkflowGraphs(store)
const models = createWorkflowModels(store)
const pieces = workflowPieces()

const keep = async (name: string, choices: WorkflowChoices = {}) => {
  const found = { form: 'api' as const, graph: workflowGraph(name), editor: null }
  const { slug } = await store.add(makeWorkflow({ found, name }, pieces.nodes, choices, new Date()).workflow)
  const model = models.find(`workflow-${slug}`)
  if (!model) throw new Error('it is no model')
  return model
}
const media = mediaInfoSchema.parse({
  kind: 'image',
  mime_type: 'image/png',
  width: 4,
  height: 4,
  duration: null,
  fps: null,
  codec: 'png',
  has_audio: false,
})
const asked = (model: GraphRequest['model'], more: Partial<GraphRequest> = {}): GraphRequest => ({
  model,
  inputs: { prompt: 'a red boat' },
  seed: 42,
  files: {},
  prefix: 'rushes-1',
  engine: null,
  ...more,
})

describe('a workflow as a model', () => {
  it('has a form like every other', async () => {
    const model = await keep('image-to-video', { exposed: [{ node: '48', key: 'shift', name: 'Motion shift' }] })
    expect(model).toMatchObject({
      id: 'workflow-image-to-video',
      kind: 'video',
      task: 'image-to-video',
      fps: 24,
      width: 1280,
      height: 704,
    })
    expect(fieldsOf(model).map(({ name, required, meta }) => [name, meta.control, required])).toEqual([
      ['prompt', 'prompt', true],
      ['negative_prompt', 'text', false],
      ['data', 'media', true],
      ['seed', 'seed', false],
      ['width', 'number', false],
      ['height', 'number', false],
      ['frames', 'number', false],
      ['fps', 'number', false],
      ['num_inference_steps', 'number', false],
      ['motion_shift', 'number', false],
    ])
    expect(checkInputs(model, { prompt: 'x', data: 'file_1', motion_shift: 5.5 })).toMatchObject({ ok: true })
    expect(checkInputs(model, { prompt: 'x', width: 8 })).toMatchObject({
      ok: false,
      fields: { data: 'is required', width: 'must be at least 16' },
    })
    expect(models.find('workflow-none')).toBeUndefined()
  })
})

describe('a workflow as a graph', () => {
  it('runs only what the take needs, with the values of the form, the seed, and a name of its own', async () => {
    const model = await keep('text-to-image')
    const built = graphs.build(
      asked(model, { inputs: { prompt: 'a red boat', width: 640, num_inference_steps: 9 } }),
      pieces,
    )
    expect(built).toMatchObject({ output: '9', kind: 'image', engine: { name: 'harbour-v3' }, warnings: [] })
    expect(Object.keys(built?.graph ?? {})).not.toContain('10')
    expect(built?.graph).toMatchObject({
      3: { inputs: { seed: 42, steps: 9, cfg: 8, positive: ['6', 0] } },
      5: { inputs: { width: 640, height: 512 } },
      6: { inputs: { text: 'a red boat' } },
      7: { inputs: { text: 'blurry, text' } },
      9: { inputs: { filename_prefix: 'rushes-1' } },
    })
    // The kept graph stays as it was.
    expect(store.get('text-to-image')?.graph).toEqual(workflowGraph('text-to-image'))
  })

  it('takes uploaded files by the names that the server gave, and seeds every sampler', async () => {
    const model = await keep('transition')
    const files = { start: { name: 'a (1).png', media }, end: { name: 'b.png', media } }
    const built = graphs.build(asked(model, { files }), pieces)
    expect(built?.engine.name).toBe('wan2.2_i2v_low_noise_14B_fp8_scaled + wan2.2_i2v_high_noise_14B_fp8_scaled')
    expect(built?.graph).toMatchObject({
      68: { inputs: { image: 'a (1).png' } },
      62: { inputs: { image: 'b.png' } },
      57: { inputs: { noise_seed: 42 } },
      58: { inputs: { noise_seed: 42 } },
    })
  })

  it('is made before its files are sent, too, so that what is lacking is said first', async () => {
    const model = await keep('transition')
    expect(graphs.build(asked(model), pieces)?.graph['68']?.inputs['image']).toBe('day.png')
    const bare = workflowPieces({ files: { vae: [] } })
    expect(() => graphs.build(asked(model), bare)).toThrow('wan_2.1_vae.safetensors is missing')
  })

  it('finds files that lie in another folder there', async () => {
    const model = await keep('video-edit')
    const built = graphs.build(asked(model, { files: { data: { name: 'walk.mp4', media } } }), pieces)
    expect(built?.graph['2']?.inputs['ckpt_name']).toBe('sd/painter.safetensors')
  })

  it('gives a node that takes smaller seeds one of them, and says so', async () => {
    const model = await keep('text-to-image')
    const nodes = new Map(pieces.nodes)
    nodes.set(
      'KSampler',
      (nodes.get('KSampler') ?? []).map((input) => (input.name === 'seed' ? { ...input, max: 99 } : input)),
    )
    const built = graphs.build(asked(model, { seed: 1234 }), { ...pieces, nodes })
    expect(built?.graph['3']?.inputs['seed']).toBe(34)
    expect(built?.warnings).toEqual(['Node 3 (KSampler) takes no seed as large: it was given 34.'])
  })

  it('refuses a choice of the form that this server does not have, and tells the file that was chosen', async () => {
    const model = await keep('text-to-image', { exposed: [{ node: '4', key: 'ckpt_name', name: 'Checkpoint' }] })
    const chosen = { prompt: 'x', checkpoint: 'sd/painter.safetensors' }
    expect(graphs.build(asked(model, { inputs: chosen }), pieces)?.engine.name).toBe('painter')
    const bare = workflowPieces({ files: { checkpoints: ['harbour-v3.safetensors'] } })
    expect(() => graphs.build(asked(model, { inputs: chosen }), bare)).toThrow(
      'painter.safetensors is missing: put it into models/checkpoints. Nothing was ordered.',
    )
  })

  it('is none of ours for other models', async () => {
    const model = await keep('text-to-image')
    expect(graphs.build(asked({ ...model, id: 'lucy-pro-t2i' }), pieces)).toBeNull()
  })
})

describe('what a server makes of a workflow', () => {
  it('is ready where it has all nodes and files, though not the picture that comes with the job', async () => {
    const { id } = await keep('image-to-video')
    expect(graphs.offers(pieces)[id]).toEqual({
      ready: true,
      engine: { name: 'wan2.2_ti2v_5B_fp16', licence: null },
      reason: null,
      missing: [],
      resolutions: [],
      seconds: 5.04,
      fps: 24,
      free: true,
      price: null,
      limits: [],
    })
  })

  it('wants a picture of the graph itself, unless that input is exposed and one is sent along', async () => {
    const found = { form: 'api' as const, graph: workflowGraph('image-to-video'), editor: null }
    const made = (choices: WorkflowChoices) =>
      makeWorkflow({ found, name: 'Ship' }, pieces.nodes, choices, new Date()).workflow
    const { slug } = await store.add(made({ bindings: [] }))
    expect(graphs.offers(pieces)[`workflow-${slug}`]).toMatchObject({
      ready: false,
      reason: expect.stringContaining('ship.png is missing: put it into the folder input of ComfyUI, or expose'),
    })
    await store.update(slug, made({ bindings: [], exposed: [{ node: '56', key: 'image', name: 'Ship' }] }))
    expect(graphs.offers(pieces)[`workflow-${slug}`]?.ready).toBe(true)
    const model = models.find(`workflow-${slug}`)
    if (!model) throw new Error('it is no model')
    expect(checkInputs(model, {})).toMatchObject({ fields: { ship: 'is required' } })
    const built = graphs.build(asked(model, { files: { ship: { name: 'boat.png', media } } }), pieces)
    expect(built?.graph['56']?.inputs['image']).toBe('boat.png')
  })

  it('names what is missing, where it belongs and where it is to be had', async () => {
    const found = graphIn(JSON.parse(workflowText('text-to-image.editor.json')))
    if (!found) throw new Error('no graph')
    const { slug } = await store.add(makeWorkflow({ found, name: 'Harbour' }, pieces.nodes, {}, new Date()).workflow)
    const bare = workflowPieces({ files: { checkpoints: ['other.safetensors'] } })
    const file = 'harbour-v3.safetensors'
    expect(graphs.offers(bare)[`workflow-${slug}`]).toMatchObject({
      ready: false,
      reason: `${file} is missing: put it into models/checkpoints.`,
      missing: [{ file, folder: 'models/checkpoints', url: `https://models.example/${file}` }],
    })
    const model = models.find(`workflow-${slug}`)
    if (!model) throw new Error('it is no model')
    expect(() => graphs.build(asked(model), bare)).toThrow(expect.objectContaining({ code: 'MODEL_MISSING' }))
    // Also where it has none at all of that kind.
    const empty = workflowPieces({ files: { checkpoints: [] } })
    expect(graphs.offers(empty)[model.id]).toMatchObject({ ready: false, missing: [{ file }] })
    const without = workflowPieces({ without: ['VAEDecode'] })
    expect(graphs.offers(without)[model.id]).toMatchObject({
      reason: expect.stringContaining('This ComfyUI lacks the node VAEDecode'),
      missing: [{ file: 'VAEDecode', folder: 'custom_nodes' }],
    })
    expect(() => graphs.build(asked(model), without)).toThrow(expect.objectContaining({ code: 'NODE_MISSING' }))
  })
})
