import type { Size } from '../../../../shared/models/size.ts'
import { NEGATIVE } from './clip-words.ts'
import type { Engine, Made, Making } from './engine.ts'
import { FILES } from './files.ts'
import { fileOf, promptOf } from './inputs.ts'
import type { ModelFile } from './model-file.ts'
import { type Link, outputOf } from './node-graph.ts'
import * as nodes from './nodes.ts'
import { resultSize, workingSize } from './sizes.ts'
import { savedVideo } from './video-nodes.ts'

/** Pixels of the sides are multiples of this: 8 by the VAE, twice that by its patches. */
const MULTIPLE = 16
const CLIP = { frames: 81, fps: 16 } as const

/** The model's two halves: one from noise to the coarse, one from there to the fine; with LoRAs that take fewer steps. */
type Halves = { high: ModelFile; low: ModelFile; loras: { high: ModelFile; low: ModelFile } | null }

const T2V = { high: FILES.t2vHigh, low: FILES.t2vLow }
const T2V_LORAS = { high: FILES.t2vLoraHigh, low: FILES.t2vLoraLow }
const I2V = { high: FILES.i2vHigh, low: FILES.i2vLow }
const I2V_LORAS = { high: FILES.i2vLoraHigh, low: FILES.i2vLoraLow }

/** How the halves are run: `shift` of the schedule, and guidance, by what Comfy-Org's own templates set. */
type Sampling = { steps: number; shift: number; cfg: number }
const FEW_STEPS: Sampling = { steps: 4, shift: 5, cfg: 1 }
const ALL_STEPS: Sampling = { steps: 20, shift: 5, cfg: 3.5 }
const ALL_STEPS_BETWEEN_PICTURES: Sampling = { steps: 20, shift: 8, cfg: 4 }

type Prepared = { positive: Link<'CONDITIONING'>; negative: Link<'CONDITIONING'>; latent: Link<'LATENT'> }
type Texts = { positive: Link<'CONDITIONING'>; negative: Link<'CONDITIONING'>; vae: Link<'VAE'> }

/** No step ends later than this one. */
const TO_THE_END = 10_000

const clipOf = (
  { graph, request, pieces, name }: Making,
  { high, low, loras }: Halves,
  { steps, shift, cfg }: Sampling,
  { size, working, prepare }: { size: Size; working: Size; prepare: (texts: Texts) => Prepared },
): Made => {
  const half = (file: ModelFile, lora: ModelFile | undefined): Link<'MODEL'> => {
    const model = nodes.diffusionModel(graph, name(file))
    return nodes.shifted(graph, lora ? nodes.withLora(graph, model, name(lora), 1) : model, shift)
  }
  const coarse = half(high, loras?.high)
  const fine = half(low, loras?.low)
  const clip = nodes.textEncoder(graph, name(FILES.umt5), 'wan')
  const vae = nodes.vaeOf(graph, name(FILES.wan21Vae))
  const { positive, negative, latent } = prepare({
    positive: nodes.textOf(graph, clip, promptOf(request)),
    negative: nodes.textOf(graph, clip, NEGATIVE),
    vae,
  })
  const same = { steps, cfg, positive, negative, sampler_name: 'euler', scheduler: 'simple' } as const
  const middle = Math.floor(steps / 2)
  const begun = graph.add('KSamplerAdvanced', {
    ...same,
    model: coarse,
    add_noise: 'enable',
    noise_seed: request.seed,
    latent_image: latent,
    start_at_step: 0,
    end_at_step: middle,
    return_with_leftover_noise: 'enable',
  })
  const finished = graph.add('KSamplerAdvanced', {
    ...same,
    model: fine,
    add_noise: 'disable',
    noise_seed: 0,
    latent_image: outputOf(begun, 0, 'LATENT'),
    start_at_step: middle,
    end_at_step: TO_THE_END,
    return_with_leftover_noise: 'disable',
  })
  const frames = nodes.decoded(graph, outputOf(finished, 0, 'LATENT'), vae)
  const images = nodes.scaled(graph, frames, { from: working, to: size, by: 'stretch' })
  return savedVideo(graph, { images, fps: CLIP.fps }, { prefix: request.prefix, nodes: pieces.nodes })
}

const wan14b = {
  licence: 'Apache-2.0',
  since: '0.3.46',
  vram: 24e9,
  resolutions: ['480p', '720p'],
  clip: CLIP,
  reference: false,
  use: 'by default',
  limits: [],
} as const satisfies Partial<Engine>

const filesOf = ({ high, low, loras }: Halves): readonly ModelFile[] => [
  high,
  low,
  ...(loras ? [loras.high, loras.low] : []),
  FILES.umt5,
  FILES.wan21Vae,
]
const titleOf = ({ loras }: Halves): string => (loras ? 'Wan 2.2 14B lightx2v' : 'Wan 2.2 14B')

const textToVideo = (halves: Halves, sampling: Sampling): Engine => ({
  ...wan14b,
  name: titleOf(halves),
  files: filesOf(halves),
  nodes: [{ className: 'EmptyHunyuanLatentVideo', from: { version: '0.3.10' } }],
  build: (making) => {
    const size = resultSize(making.request.inputs, making.resolution, null)
    const working = workingSize(size, MULTIPLE)
    const { width, height } = working
    const empty = { width, height, length: CLIP.frames, batch_size: 1 }
    return clipOf(making, halves, sampling, {
      size,
      working,
      prepare: ({ positive, negative }) => {
        const latent = outputOf(making.graph.add('EmptyHunyuanLatentVideo', empty), 0, 'LATENT')
        return { positive, negative, latent }
      },
    })
  },
})

/** A clip from pictures: `fields` says which field of the model is which picture of the node. */
const fromPictures = (
  halves: Halves,
  sampling: Sampling,
  { since, ...node }: { className: string; from: { version: string }; since: string },
  fields: Readonly<Record<string, string>>,
): Engine => ({
  ...wan14b,
  since,
  name: titleOf(halves),
  files: filesOf(halves),
  nodes: [node],
  build: (making) => {
    const { graph, request } = making
    const pictures = Object.entries(fields).map(([input, field]) => [input, fileOf(request, field)] as const)
    const size = resultSize(request.inputs, making.resolution, pictures[0]?.[1].media ?? null)
    const working = workingSize(size, MULTIPLE)
    const images = pictures.map(([input, { name, media }], index) => {
      const by = index === 0 ? 'stretch' : 'crop'
      return [input, nodes.scaled(graph, nodes.imageFrom(graph, name), { from: media, to: working, by })] as const
    })
    return clipOf(making, halves, sampling, {
      size,
      working,
      prepare: (texts) => {
        const { width, height } = working
        const sized = { width, height, length: CLIP.frames, batch_size: 1 }
        const id = graph.add(node.className, { ...texts, ...sized, ...Object.fromEntries(images) })
        return {
          positive: outputOf(id, 0, 'CONDITIONING'),
          negative: outputOf(id, 1, 'CONDITIONING'),
          latent: outputOf(id, 2, 'LATENT'),
        }
      },
    })
  },
})

const IMAGE_TO_VIDEO = { className: 'WanImageToVideo', from: { version: '0.3.16' }, since: wan14b.since }
/** Before 0.3.48 the node wanted the pictures seen by another model as well. */
const FIRST_TO_LAST = { className: 'WanFirstLastFrameToVideo', from: { version: '0.3.29' }, since: '0.3.48' }
const ONE_PICTURE = { start_image: 'data' }
const TWO_PICTURES = { start_image: 'start', end_image: 'end' }

/** Clips from words, the quick one first. */
export const wan14bTextToVideo: readonly Engine[] = [
  textToVideo({ ...T2V, loras: T2V_LORAS }, FEW_STEPS),
  textToVideo({ ...T2V, loras: null }, ALL_STEPS),
]
/** Clips that begin on a picture, the quick one first. */
export const wan14bImageToVideo: readonly Engine[] = [
  fromPictures({ ...I2V, loras: I2V_LORAS }, FEW_STEPS, IMAGE_TO_VIDEO, ONE_PICTURE),
  fromPictures({ ...I2V, loras: null }, ALL_STEPS, IMAGE_TO_VIDEO, ONE_PICTURE),
]
/** Clips from a first picture to a last one, the quick one first. */
export const wan14bTransition: readonly Engine[] = [
  fromPictures({ ...I2V, loras: I2V_LORAS }, FEW_STEPS, FIRST_TO_LAST, TWO_PICTURES),
  fromPictures({ ...I2V, loras: null }, ALL_STEPS_BETWEEN_PICTURES, FIRST_TO_LAST, TWO_PICTURES),
]
