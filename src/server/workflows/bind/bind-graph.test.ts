import { describe, expect, it } from 'vitest'
import { workflowGraph, workflowPieces } from '../../testing/workflow-pieces.ts'
import { withValues } from '../graph.ts'
import { bindGraph } from './bind-graph.ts'

const { nodes } = workflowPieces()

const placesOf = (name: string, wanted?: string) => {
  const { bindings, kind, task, output } = bindGraph(workflowGraph(name), nodes, wanted)
  return {
    kind,
    task,
    output: output.node,
    places: bindings.map(({ role, field, node, key }) => `${role} ${field} ${node}.${key}`),
  }
}

describe('what a graph takes', () => {
  it('is found where words become a picture', () => {
    expect(placesOf('text-to-image')).toEqual({
      kind: 'image',
      task: 'text-to-image',
      output: '9',
      places: [
        'prompt prompt 6.text',
        'negative_prompt negative_prompt 7.text',
        'seed seed 3.seed',
        'width width 5.width',
        'height height 5.height',
        'steps num_inference_steps 3.steps',
      ],
    })
  })

  it('is found where a picture begins to move', () => {
    expect(placesOf('image-to-video')).toEqual({
      kind: 'video',
      task: 'image-to-video',
      output: '58',
      places: [
        'prompt prompt 6.text',
        'negative_prompt negative_prompt 7.text',
        'image data 56.image',
        'seed seed 3.seed',
        'width width 55.width',
        'height height 55.height',
        'frames frames 55.length',
        'fps fps 57.fps',
        'steps num_inference_steps 3.steps',
      ],
    })
  })

  it('is found between two pictures: which is first, both seeds, and no steps that two samplers share out', () => {
    expect(placesOf('transition')).toMatchObject({
      task: 'transition',
      places: [
        'prompt prompt 6.text',
        'negative_prompt negative_prompt 7.text',
        'image start 68.image',
        'last_image end 62.image',
        'seed seed 58.noise_seed',
        'seed seed 57.noise_seed',
        'width width 67.width',
        'height height 67.height',
        'frames frames 67.length',
        'fps fps 60.fps',
      ],
    })
  })

  it('is found behind guiders and primitives, and not where sizes are worked out or the negative is empty', () => {
    expect(placesOf('image-edit')).toMatchObject({
      kind: 'image',
      task: 'image-edit',
      places: [
        'prompt prompt 19.value',
        'image data 4.image',
        'seed seed 15.noise_seed',
        'steps num_inference_steps 14.steps',
      ],
    })
  })

  it('is found with the nodes of VideoHelperSuite', () => {
    expect(placesOf('video-edit')).toMatchObject({
      kind: 'video',
      task: 'video-edit',
      output: '8',
      places: [
        'prompt prompt 3.text',
        'negative_prompt negative_prompt 4.text',
        'video data 1.video',
        'seed seed 6.seed',
        'fps fps 8.frame_rate',
        'steps num_inference_steps 6.steps',
      ],
    })
  })

  it('says why, and tells ranges and choices where the nodes are known', () => {
    const { bindings, settable } = bindGraph(workflowGraph('text-to-image'), nodes)
    expect(bindings[0]).toMatchObject({
      title: '6 (What to see)',
      why: 'Its text reaches the input positive of node 3 (KSampler).',
      control: { type: 'text', value: 'a lighthouse in the fog' },
    })
    expect(settable.find(({ key }) => key === 'cfg')?.control).toEqual({
      type: 'number',
      value: 8,
      min: 0,
      max: 100,
      step: 0.1,
    })
    expect(settable.find(({ key }) => key === 'sampler_name')?.control).toEqual({
      type: 'choice',
      value: 'euler',
      choices: ['euler', 'uni_pc', 'res_multistep'],
    })
    const unknown = bindGraph(workflowGraph('text-to-image'), null)
    expect(unknown.bindings.map(({ node, key }) => node + key)).toEqual(bindings.map(({ node, key }) => node + key))
    expect(unknown.settable.find(({ key }) => key === 'sampler_name')?.control).toEqual({
      type: 'text',
      value: 'euler',
    })
  })

  it('is of the node that was chosen', () => {
    expect(placesOf('text-to-image', '10').output).toBe('10')
    expect(() => bindGraph(workflowGraph('text-to-image'), nodes, '8')).toThrow('Node 8 saves nothing')
  })
})

describe('a graph that cannot run', () => {
  const graph = workflowGraph('text-to-image')
  it('is refused with the node and the input that lead nowhere', () => {
    const broken = withValues(graph, [{ node: '8', key: 'samples', value: ['77', 0] }])
    expect(() => bindGraph(broken, nodes)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('Node 8 (VAEDecode) takes its input samples from node 77'),
      }),
    )
  })
  it('is refused where it runs in a circle, saves nothing, or is empty', () => {
    const circle = withValues(graph, [{ node: '5', key: 'width', value: ['8', 0] }])
    expect(() => bindGraph(circle, nodes)).toThrow('runs in a circle')
    const { 9: _, 10: __, ...nothing } = graph
    expect(() => bindGraph(nothing, nodes)).toThrow('saves nothing')
    expect(() => bindGraph({}, nodes)).toThrow('has no nodes')
  })
})
