import { describe, expect, it } from 'vitest'
import { workflowGraph, workflowPieces, workflowText } from '../../testing/workflow-pieces.ts'
import { partFor } from '../graph.ts'
import { downloadsIn, editorGraphSchema } from './editor-graph.ts'
import { toApi } from './to-api.ts'

const { nodes } = workflowPieces()
const raw = (name: string) => JSON.parse(workflowText(`${name}.json`))
const editor = (name: string) => editorGraphSchema.parse(raw(name))

/** The values and links of each node, which is all that runs. */
const inputsOf = (graph: ReturnType<typeof toApi>['graph']) =>
  Object.fromEntries(Object.entries(graph).map(([id, { class_type, inputs }]) => [id, { class_type, inputs }]))

describe("the editor's form of a graph", () => {
  const saved = inputsOf(partFor(workflowGraph('text-to-image'), '9'))

  it('becomes the form that runs: through reroutes, past what is bypassed, without what is muted', () => {
    const { graph, notes } = toApi(editor('text-to-image.editor'), nodes)
    expect(inputsOf(graph)).toEqual({
      ...saved,
      // The primitive and the values by position, with the extra one behind the seed left out.
      3: { ...saved[3], inputs: { ...saved[3]?.inputs, cfg: 8, steps: 20, seed: 7, denoise: 1 } },
    })
    expect(graph['6']?._meta?.title).toBe('What to see')
    expect(notes).toEqual([])
  })

  it('becomes it also as older versions saved it', () => {
    const { graph } = toApi(editor('text-to-image.old-editor'), nodes)
    expect(inputsOf(graph)).toEqual({ ...saved, 3: { ...saved[3], inputs: { ...saved[3]?.inputs, cfg: 8 } } })
  })

  it('tells where its files are to be had', () => {
    expect(downloadsIn(editor('text-to-image.editor'))).toEqual([
      {
        name: 'harbour-v3.safetensors',
        url: 'https://models.example/harbour-v3.safetensors',
        directory: 'checkpoints',
      },
    ])
  })

  it('is refused with how to export it where nobody can say what its nodes take', () => {
    expect(() => toApi(editor('text-to-image.editor'), null)).toThrow('export it with File → Export (API)')
  })

  it('becomes it with what stands inside of subgraphs, also of those within others, and the values given to them', () => {
    const { graph } = toApi(editor('text-to-image.subgraph-editor'), nodes)
    expect(inputsOf(graph)).toEqual({
      4: saved[4],
      5: saved[5],
      9: { ...saved[9], inputs: { ...saved[9]?.inputs, images: ['20:8', 0] } },
      '20:3': {
        class_type: 'KSampler',
        inputs: { ...saved[3]?.inputs, positive: ['20:6:1', 0], negative: ['20:7', 0], seed: 7, steps: 20 },
      },
      '20:6:1': saved[6],
      '20:7': saved[7],
      '20:8': { ...saved[8], inputs: { samples: ['20:3', 0], vae: ['4', 2] } },
    })
  })

  it('is refused where a subgraph cannot be read, or contains itself', () => {
    const form = raw('text-to-image.subgraph-editor')
    const [paint] = form.definitions.subgraphs
    const unread = { ...form, definitions: { subgraphs: [{ ...paint, nodes: 'none' }] } }
    expect(() => toApi(editorGraphSchema.parse(unread), nodes)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('subgraph 20 (Paint)') }),
    )
    const itself = { ...paint, nodes: [{ ...form.nodes[2], inputs: [] }] }
    const endless = { ...form, definitions: { subgraphs: [itself] } }
    expect(() => toApi(editorGraphSchema.parse(endless), nodes)).toThrow('contains itself')
  })

  it('is refused where the server lacks nodes, or values are of another version', () => {
    const { nodes: fewer } = workflowPieces({ without: ['VAEDecode'] })
    expect(() => toApi(editor('text-to-image.editor'), fewer)).toThrow(
      expect.objectContaining({ code: 'NODE_MISSING', message: expect.stringContaining('8 (VAEDecode)') }),
    )
    const odd = raw('text-to-image.old-editor')
    odd.nodes[5].widgets_values = [0, 'randomize', 'euler', 8, 20, 'normal', 1]
    expect(() => toApi(editorGraphSchema.parse(odd), nodes)).toThrow('steps would be "euler"')
  })

  it('leaves out what nothing is linked to, and says so', () => {
    const form = raw('text-to-image.editor')
    form.nodes[10].mode = 0
    form.nodes[10].inputs[0].link = null
    const { graph, notes } = toApi(editorGraphSchema.parse(form), nodes)
    expect(Object.keys(graph)).not.toContain('10')
    expect(notes).toEqual(['Node 10 (PreviewImage) was left out: nothing is linked to its input images.'])
  })

  it('is refused where a link leads to a node that is not there', () => {
    const form = raw('text-to-image.editor')
    form.nodes = form.nodes.filter(({ id }: { id: number }) => id !== 8)
    expect(() => toApi(editorGraphSchema.parse(form), nodes)).toThrow(
      'Node 9 (SaveImage) takes its input images from node 8, which is not in the graph',
    )
  })
})
