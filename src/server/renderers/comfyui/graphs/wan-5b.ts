import type { Size } from '../../../../shared/models/size.ts'
import { NEGATIVE } from './clip-words.ts'
import type { Engine, Made, Making } from './engine.ts'
import { FILES } from './files.ts'
import { fileOf, promptOf, stepsOf } from './inputs.ts'
import { type Link, outputOf } from './node-graph.ts'
import * as nodes from './nodes.ts'
import { resultSize, workingSize } from './sizes.ts'
import { savedVideo } from './video-nodes.ts'

/** Pixels of the sides are multiples of this: 16 by the VAE, twice that by its patches. */
const MULTIPLE = 32
const STEPS = 20
const CLIP = { frames: 121, fps: 24 } as const

const wan5b = {
  name: 'Wan 2.2 5B',
  licence: 'Apache-2.0',
  files: [FILES.wan5b, FILES.umt5, FILES.wan22Vae],
  nodes: [{ className: 'Wan22ImageToVideoLatent', from: { version: '0.3.46' } }],
  since: '0.3.46',
  vram: 8e9,
  resolutions: ['480p', '720p'],
  clip: CLIP,
  reference: false,
  use: 'by default',
  limits: [],
} as const satisfies Partial<Engine>

/** A clip of a size; with `start`, one that begins on that picture, which has the size that it is made at. */
const clipOf = (
  { graph, request, pieces, name }: Making,
  { size, working, start }: { size: Size; working: Size; start?: Link<'IMAGE'> | undefined },
): Made => {
  const model = nodes.shifted(graph, nodes.diffusionModel(graph, name(FILES.wan5b)), 8)
  const clip = nodes.textEncoder(graph, name(FILES.umt5), 'wan')
  const vae = nodes.vaeOf(graph, name(FILES.wan22Vae))
  const latent = graph.add('Wan22ImageToVideoLatent', {
    vae,
    width: working.width,
    height: working.height,
    length: CLIP.frames,
    batch_size: 1,
    start_image: start,
  })
  const samples = graph.add('KSampler', {
    model,
    positive: nodes.textOf(graph, clip, promptOf(request)),
    negative: nodes.textOf(graph, clip, NEGATIVE),
    latent_image: outputOf(latent, 0, 'LATENT'),
    seed: request.seed,
    steps: stepsOf(request) ?? STEPS,
    cfg: 5,
    sampler_name: 'uni_pc',
    scheduler: 'simple',
    denoise: 1,
  })
  const frames = nodes.decoded(graph, outputOf(samples, 0, 'LATENT'), vae)
  const images = nodes.scaled(graph, frames, { from: working, to: size, by: start ? 'stretch' : 'crop' })
  return savedVideo(graph, { images, fps: CLIP.fps }, { prefix: request.prefix, nodes: pieces.nodes })
}

/** A clip from words. */
export const wan5bTextToVideo: Engine = {
  ...wan5b,
  build: (making) => {
    const size = resultSize(making.request.inputs, making.resolution, null)
    return clipOf(making, { size, working: workingSize(size, MULTIPLE) })
  },
}

/** A clip that begins on a picture. */
export const wan5bImageToVideo: Engine = {
  ...wan5b,
  build: (making) => {
    const { graph, request } = making
    const { name, media } = fileOf(request, 'data')
    const size = resultSize(request.inputs, making.resolution, media)
    const working = workingSize(size, MULTIPLE)
    const start = nodes.scaled(graph, nodes.imageFrom(graph, name), { from: media, to: working, by: 'stretch' })
    return clipOf(making, { size, working, start })
  },
}
