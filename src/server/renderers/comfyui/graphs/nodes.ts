import type { Size } from '../../../../shared/models/size.ts'
import { type Link, type NodeGraph, outputOf } from './node-graph.ts'

/** Loads a diffusion model from `models/diffusion_models`, to be kept in its own precision, or in another. */
export const diffusionModel = (
  graph: NodeGraph,
  file: string,
  precision: 'default' | 'fp8_e4m3fn' = 'default',
): Link<'MODEL'> => outputOf(graph.add('UNETLoader', { unet_name: file, weight_dtype: precision }), 0, 'MODEL')

/** Loads a text encoder from `models/text_encoders`, for a family of models. */
export const textEncoder = (graph: NodeGraph, file: string, type: 'wan' | 'flux2'): Link<'CLIP'> =>
  outputOf(graph.add('CLIPLoader', { clip_name: file, type, device: 'default' }), 0, 'CLIP')

/** Loads a VAE from `models/vae`. */
export const vaeOf = (graph: NodeGraph, file: string): Link<'VAE'> =>
  outputOf(graph.add('VAELoader', { vae_name: file }), 0, 'VAE')

/** The model with a LoRA from `models/loras` on it. */
export const withLora = (graph: NodeGraph, model: Link<'MODEL'>, file: string, strength: number): Link<'MODEL'> =>
  outputOf(graph.add('LoraLoaderModelOnly', { model, lora_name: file, strength_model: strength }), 0, 'MODEL')

/** The model with its schedule of noise shifted: more of its steps go into the coarse. */
export const shifted = (graph: NodeGraph, model: Link<'MODEL'>, shift: number): Link<'MODEL'> =>
  outputOf(graph.add('ModelSamplingSD3', { model, shift }), 0, 'MODEL')

/** A text as the model reads it. */
export const textOf = (graph: NodeGraph, clip: Link<'CLIP'>, text: string): Link<'CONDITIONING'> =>
  outputOf(graph.add('CLIPTextEncode', { clip, text }), 0, 'CONDITIONING')

/** The same made empty, for models that know no negative prompt. */
export const zeroed = (graph: NodeGraph, conditioning: Link<'CONDITIONING'>): Link<'CONDITIONING'> =>
  outputOf(graph.add('ConditioningZeroOut', { conditioning }), 0, 'CONDITIONING')

/** A picture that was uploaded, under the name that the server gave it. */
export const imageFrom = (graph: NodeGraph, name: string): Link<'IMAGE'> =>
  outputOf(graph.add('LoadImage', { image: name }), 0, 'IMAGE')

/**
 * Pictures, or the frames of a clip, at a size in pixels. `stretch` keeps all of the picture and changes its shape where
 * that differs; `crop` keeps its shape and cuts what stands out. Nothing is added where the size is right.
 */
export const scaled = (
  graph: NodeGraph,
  image: Link<'IMAGE'>,
  { from, to, by }: { from: Size; to: Size; by: 'stretch' | 'crop' },
): Link<'IMAGE'> =>
  from.width === to.width && from.height === to.height
    ? image
    : outputOf(
        graph.add('ImageScale', {
          image,
          upscale_method: 'lanczos',
          width: to.width,
          height: to.height,
          crop: by === 'crop' ? 'center' : 'disabled',
        }),
        0,
        'IMAGE',
      )

/** A picture as the model sees it. */
export const encoded = (graph: NodeGraph, pixels: Link<'IMAGE'>, vae: Link<'VAE'>): Link<'LATENT'> =>
  outputOf(graph.add('VAEEncode', { pixels, vae }), 0, 'LATENT')

/** Pixels of what the model made. */
export const decoded = (graph: NodeGraph, samples: Link<'LATENT'>, vae: Link<'VAE'>): Link<'IMAGE'> =>
  outputOf(graph.add('VAEDecode', { samples, vae }), 0, 'IMAGE')

/** Saves a picture as PNG, and gives the node's id. */
export const savedImage = (graph: NodeGraph, images: Link<'IMAGE'>, prefix: string): string =>
  graph.add('SaveImage', { images, filename_prefix: prefix })

/** A way of stepping from noise to picture, by its name in ComfyUI. */
export const samplerNamed = (graph: NodeGraph, name: 'euler' | 'res_multistep'): Link<'SAMPLER'> =>
  outputOf(graph.add('KSamplerSelect', { sampler_name: name }), 0, 'SAMPLER')
