import { RushesError } from '../../../shared/errors.ts'
import type { Offer } from '../../../shared/renderers.ts'
import type { Task } from '../../../shared/models/index.ts'
import { registry } from '../../../shared/models/index.ts'
import type { ApiGraph, GraphRequest, GraphSource } from '../../renderers/comfyui/graph-source.ts'

/** The files that the graph for pictures loads. */
export const TINY_FILES = {
  diffusion_models: ['tiny.safetensors'],
  text_encoders: ['tiny-text.safetensors'],
  vae: ['tiny-vae.safetensors'],
} as const

const picture = ({ prefix, seed, inputs }: GraphRequest): ApiGraph => ({
  '1': { class_type: 'UNETLoader', inputs: { unet_name: 'tiny.safetensors', weight_dtype: 'default' } },
  '2': { class_type: 'CLIPLoader', inputs: { clip_name: 'tiny-text.safetensors', type: 'flux2' } },
  '3': { class_type: 'VAELoader', inputs: { vae_name: 'tiny-vae.safetensors' } },
  '4': { class_type: 'CLIPTextEncode', inputs: { text: inputs['prompt'] ?? '', clip: ['2', 0] } },
  '5': { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 512, batch_size: 1 } },
  '6': {
    class_type: 'KSampler',
    inputs: {
      model: ['1', 0],
      seed,
      steps: 4,
      cfg: 1,
      sampler_name: 'euler',
      scheduler: 'simple',
      positive: ['4', 0],
      negative: ['4', 0],
      latent_image: ['5', 0],
      denoise: 1,
    },
  },
  '7': { class_type: 'VAEDecode', inputs: { samples: ['6', 0], vae: ['3', 0] } },
  '8': { class_type: 'SaveImage', inputs: { images: ['7', 0], filename_prefix: prefix } },
})

const scaled = ({ prefix, files }: GraphRequest): ApiGraph => ({
  '1': { class_type: 'LoadImage', inputs: { image: files['data']?.name ?? '' } },
  '2': {
    class_type: 'ImageScale',
    inputs: { image: ['1', 0], upscale_method: 'area', width: 64, height: 36, crop: 'center' },
  },
  '8': { class_type: 'SaveImage', inputs: { images: ['2', 0], filename_prefix: prefix } },
})

const copied = ({ prefix, files }: GraphRequest): ApiGraph => ({
  '1': { class_type: 'LoadVideo', inputs: { file: files['data']?.name ?? '' } },
  '8': {
    class_type: 'SaveVideo',
    inputs: { video: ['1', 0], filename_prefix: prefix, format: 'auto', codec: 'auto' },
  },
})

const GRAPHS: Partial<Record<Task, (request: GraphRequest) => ApiGraph>> = {
  'text-to-image': picture,
  'image-edit': scaled,
  'video-edit': copied,
}

const offer = (isReady: boolean): Offer => ({
  ready: isReady,
  engine: { name: 'Tiny', licence: null },
  reason: isReady ? null : 'tiny.safetensors is missing.',
  missing: [],
  resolutions: ['480p'],
  seconds: null,
  fps: null,
  free: true,
  price: null,
  limits: [],
})

/**
 * Small graphs of ComfyUI's own nodes, for tests that are about how they are run and not about what they make. `change`
 * makes another graph of each. That a file is missing is offered, and found out by the server alone where ordered.
 */
export const tinyGraphs = (change: (graph: ApiGraph) => ApiGraph = (graph) => graph): GraphSource => ({
  offers: ({ files }) =>
    Object.fromEntries(
      registry
        .filter(({ task }) => GRAPHS[task])
        .map(({ id, task }) => [
          id,
          offer(task !== 'text-to-image' || (files.get('diffusion_models')?.has('tiny.safetensors') ?? false)),
        ]),
    ),
  build: (request, { nodes }) => {
    const graph = GRAPHS[request.model.task]
    if (!graph) return null
    if (!nodes.has('SaveImage')) throw new RushesError('NODE_MISSING', 'SaveImage is missing.')
    const { kind } = request.model
    return { graph: change(graph(request)), output: '8', engine: { name: 'Tiny' }, kind, warnings: [] }
  },
})
