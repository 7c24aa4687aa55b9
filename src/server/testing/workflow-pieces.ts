import { readFileSync } from 'node:fs'
import { apiGraphSchema } from '../../shared/workflows.ts'
import type { ApiGraph, NodeInput, ServerPieces } from '../renderers/comfyui/graph-source.ts'

const FOLDER = new URL('fixtures/workflows/', import.meta.url)

/** A graph of the fixtures as text. */
export const workflowText = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8')

/** A graph of the fixtures in the API form. */
export const workflowGraph = (name: string): ApiGraph =>
  apiGraphSchema.parse(JSON.parse(workflowText(`${name}.api.json`)))

const link = (name: string, type: string, required = true): NodeInput => ({ name, required, type, choices: [] })
const whole = (name: string, min: number, max: number, step = 1): NodeInput => ({
  name,
  required: true,
  type: 'INT',
  choices: [],
  min,
  max,
  step,
})
const decimal = (name: string, min: number, max: number, step = 0.01): NodeInput => ({
  ...whole(name, min, max, step),
  type: 'FLOAT',
})
const text = (name: string): NodeInput => ({ name, required: true, type: 'STRING', choices: [] })
const yesNo = (name: string): NodeInput => ({ name, required: true, type: 'BOOLEAN', choices: [] })
const choice = (name: string, ...choices: string[]): NodeInput => ({ name, required: true, type: 'COMBO', choices })

const SEED = 2 ** 64 - 1
const SAMPLERS = ['euler', 'uni_pc', 'res_multistep']
const SCHEDULERS = ['normal', 'simple']
const conditioned = [link('positive', 'CONDITIONING'), link('negative', 'CONDITIONING')]
const sizes = [whole('width', 16, 16384, 16), whole('height', 16, 16384, 16)]
const clip = [...sizes, whole('length', 1, 16384, 4), whole('batch_size', 1, 4096)]

/** The files that the graphs of the fixtures load. */
export const WORKFLOW_FILES = {
  checkpoints: ['harbour-v3.safetensors', 'sd/painter.safetensors'],
  loras: ['fog.safetensors'],
  diffusion_models: [
    'wan2.2_ti2v_5B_fp16.safetensors',
    'wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors',
    'wan2.2_i2v_low_noise_14B_fp8_scaled.safetensors',
    'flux-2-klein-4b-fp8.safetensors',
  ],
  text_encoders: ['umt5_xxl_fp8_e4m3fn_scaled.safetensors', 'qwen_3_4b.safetensors'],
  vae: ['wan2.2_vae.safetensors', 'wan_2.1_vae.safetensors', 'flux2-vae.safetensors'],
} as const
type Files = Readonly<Record<keyof typeof WORKFLOW_FILES, readonly string[]>>

const nodesWith = (files: Files): Record<string, NodeInput[]> => ({
  CheckpointLoaderSimple: [choice('ckpt_name', ...files.checkpoints)],
  UNETLoader: [choice('unet_name', ...files.diffusion_models), choice('weight_dtype', 'default', 'fp8_e4m3fn')],
  CLIPLoader: [
    choice('clip_name', ...files.text_encoders),
    choice('type', 'wan', 'flux2'),
    { ...choice('device', 'default', 'cpu'), required: false },
  ],
  VAELoader: [choice('vae_name', ...files.vae)],
  LoraLoader: [
    link('model', 'MODEL'),
    link('clip', 'CLIP'),
    choice('lora_name', ...files.loras),
    decimal('strength_model', -100, 100),
    decimal('strength_clip', -100, 100),
  ],
  CLIPTextEncode: [text('text'), link('clip', 'CLIP')],
  EmptyLatentImage: [...sizes, whole('batch_size', 1, 4096)],
  EmptyFlux2LatentImage: [...sizes, whole('batch_size', 1, 4096)],
  KSampler: [
    link('model', 'MODEL'),
    whole('seed', 0, SEED),
    whole('steps', 1, 10000),
    decimal('cfg', 0, 100, 0.1),
    choice('sampler_name', ...SAMPLERS),
    choice('scheduler', ...SCHEDULERS),
    ...conditioned,
    link('latent_image', 'LATENT'),
    decimal('denoise', 0, 1),
  ],
  KSamplerAdvanced: [
    link('model', 'MODEL'),
    choice('add_noise', 'enable', 'disable'),
    whole('noise_seed', 0, SEED),
    whole('steps', 1, 10000),
    decimal('cfg', 0, 100, 0.1),
    choice('sampler_name', ...SAMPLERS),
    choice('scheduler', ...SCHEDULERS),
    ...conditioned,
    link('latent_image', 'LATENT'),
    whole('start_at_step', 0, 10000),
    whole('end_at_step', 0, 10000),
    choice('return_with_leftover_noise', 'disable', 'enable'),
  ],
  VAEDecode: [link('samples', 'LATENT'), link('vae', 'VAE')],
  VAEEncode: [link('pixels', 'IMAGE'), link('vae', 'VAE')],
  SaveImage: [link('images', 'IMAGE'), text('filename_prefix')],
  PreviewImage: [link('images', 'IMAGE')],
  LoadImage: [choice('image', 'example.png')],
  ModelSamplingSD3: [link('model', 'MODEL'), decimal('shift', 0, 100)],
  Wan22ImageToVideoLatent: [link('vae', 'VAE'), ...clip, link('start_image', 'IMAGE', false)],
  WanFirstLastFrameToVideo: [
    ...conditioned,
    link('vae', 'VAE'),
    ...clip,
    link('start_image', 'IMAGE', false),
    link('end_image', 'IMAGE', false),
  ],
  CreateVideo: [link('images', 'IMAGE'), decimal('fps', 1, 120, 1), link('audio', 'AUDIO', false)],
  SaveVideo: [
    link('video', 'VIDEO'),
    text('filename_prefix'),
    choice('format', 'auto', 'mp4'),
    choice('codec', 'auto', 'h264'),
  ],
  ImageScaleToTotalPixels: [
    link('image', 'IMAGE'),
    choice('upscale_method', 'nearest-exact', 'lanczos'),
    decimal('megapixels', 0.01, 16),
  ],
  GetImageSize: [link('image', 'IMAGE')],
  PrimitiveStringMultiline: [text('value')],
  ConditioningZeroOut: [link('conditioning', 'CONDITIONING')],
  ReferenceLatent: [link('conditioning', 'CONDITIONING'), link('latent', 'LATENT', false)],
  CFGGuider: [link('model', 'MODEL'), ...conditioned, decimal('cfg', 0, 100, 0.1)],
  KSamplerSelect: [choice('sampler_name', ...SAMPLERS)],
  Flux2Scheduler: [whole('steps', 1, 4096), ...sizes],
  RandomNoise: [whole('noise_seed', 0, SEED)],
  SamplerCustomAdvanced: [
    link('noise', 'NOISE'),
    link('guider', 'GUIDER'),
    link('sampler', 'SAMPLER'),
    link('sigmas', 'SIGMAS'),
    link('latent_image', 'LATENT'),
  ],
  VHS_LoadVideo: [
    choice('video', 'example.mp4'),
    decimal('force_rate', 0, 60, 1),
    whole('custom_width', 0, 8192, 8),
    whole('custom_height', 0, 8192, 8),
    whole('frame_load_cap', 0, 100000),
    whole('skip_first_frames', 0, 100000),
    whole('select_every_nth', 1, 100000),
    choice('format', 'None', 'AnimateDiff'),
  ],
  VHS_VideoCombine: [
    link('images', 'IMAGE'),
    decimal('frame_rate', 1, 120, 1),
    whole('loop_count', 0, 100),
    text('filename_prefix'),
    choice('format', 'image/gif', 'video/h264-mp4'),
    yesNo('pingpong'),
    yesNo('save_output'),
    link('audio', 'AUDIO', false),
  ],
})

/** A server that has what the graphs of the fixtures need, but for what is left out. */
export const workflowPieces = (options: { files?: Partial<Files>; without?: readonly string[] } = {}): ServerPieces => {
  const files: Files = { ...WORKFLOW_FILES, ...options.files }
  const nodes = Object.entries(nodesWith(files)).filter(([name]) => !options.without?.includes(name))
  return {
    version: '0.38.1',
    vram: 24 * 1024 ** 3,
    files: new Map(Object.entries(files).map(([folder, names]) => [folder, new Set(names)])),
    nodes: new Map(nodes),
  }
}
