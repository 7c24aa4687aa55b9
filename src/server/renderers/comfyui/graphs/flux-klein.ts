import type { Size } from '../../../../shared/models/size.ts'
import type { UploadedFile } from '../graph-source.ts'
import type { Engine, Made, Making } from './engine.ts'
import { FILES } from './files.ts'
import { fileOf, promptOf, stepsOf } from './inputs.ts'
import { type Link, outputOf } from './node-graph.ts'
import * as nodes from './nodes.ts'
import { coveringSize, resultSize, workingSize } from './sizes.ts'

/** Pixels of the sides are multiples of this: 8 by the VAE, twice that by its patches. */
const MULTIPLE = 16
/** It is distilled to this many. */
const STEPS = 4
/** A reference image is seen at about as many pixels as it was trained on. */
const REFERENCE_PIXELS = 1024 ** 2

const FROM_0_3_72 = { version: '0.3.72' } as const

const klein = {
  name: 'FLUX.2 klein 4B',
  licence: 'Apache-2.0',
  files: [FILES.klein, FILES.qwen, FILES.fluxVae],
  nodes: [
    { className: 'EmptyFlux2LatentImage', from: FROM_0_3_72 },
    { className: 'Flux2Scheduler', from: FROM_0_3_72 },
  ],
  since: '0.9.2',
  vram: 8e9,
  resolutions: ['480p', '720p', '1080p'],
  clip: null,
  use: 'by default',
  limits: [],
} as const satisfies Partial<Engine>

type Parts = { prompt: Link<'CONDITIONING'>; vae: Link<'VAE'> }

/** Makes a picture of a size; `seen` are pictures that it looks at, the one to change first. */
const picture = (
  { graph, request, name }: Making,
  { size, seen }: { size: Size; seen: (parts: Parts) => readonly Link<'LATENT'>[] },
): Made => {
  const model = nodes.diffusionModel(graph, name(FILES.klein))
  const clip = nodes.textEncoder(graph, name(FILES.qwen), 'flux2')
  const vae = nodes.vaeOf(graph, name(FILES.fluxVae))
  const prompt = nodes.textOf(graph, clip, promptOf(request))
  const looking = (conditioning: Link<'CONDITIONING'>, latent: Link<'LATENT'>): Link<'CONDITIONING'> =>
    outputOf(graph.add('ReferenceLatent', { conditioning, latent }), 0, 'CONDITIONING')
  const latents = seen({ prompt, vae })
  const positive = latents.reduce(looking, prompt)
  const negative = latents.reduce(looking, nodes.zeroed(graph, prompt))
  const working = latents.length > 0 ? workingSize(size, MULTIPLE) : coveringSize(size, MULTIPLE)
  const { width, height } = working
  const steps = stepsOf(request) ?? STEPS
  const sampled = graph.add('SamplerCustomAdvanced', {
    noise: outputOf(graph.add('RandomNoise', { noise_seed: request.seed }), 0, 'NOISE'),
    guider: outputOf(graph.add('CFGGuider', { model, positive, negative, cfg: 1 }), 0, 'GUIDER'),
    sampler: nodes.samplerNamed(graph, 'euler'),
    sigmas: outputOf(graph.add('Flux2Scheduler', { steps, width, height }), 0, 'SIGMAS'),
    latent_image: outputOf(graph.add('EmptyFlux2LatentImage', { width, height, batch_size: 1 }), 0, 'LATENT'),
  })
  const pixels = nodes.decoded(graph, outputOf(sampled, 0, 'LATENT'), vae)
  const by = latents.length > 0 ? 'stretch' : 'crop'
  const image = nodes.scaled(graph, pixels, { from: working, to: size, by })
  return { output: nodes.savedImage(graph, image, request.prefix), warnings: [] }
}

/** A picture from words. */
export const kleinTextToImage: Engine = {
  ...klein,
  reference: false,
  build: (making) =>
    picture(making, { size: resultSize(making.request.inputs, making.resolution, null), seen: () => [] }),
}

/** The size at which a reference image is looked at: its own shape, about a megapixel at most. */
const referenceSize = ({ media }: UploadedFile): Size => {
  const scale = Math.min(1, Math.sqrt(REFERENCE_PIXELS / (media.width * media.height)))
  return workingSize({ width: media.width * scale, height: media.height * scale }, MULTIPLE)
}

/** A picture changed by words, and by a reference image where there is one. */
export const kleinImageEdit: Engine = {
  ...klein,
  reference: true,
  build: (making) => {
    const { graph, request } = making
    const source = fileOf(request, 'data')
    const reference = request.files['reference_image']
    const size = resultSize(request.inputs, making.resolution, source.media)
    const latent = ({ name, media }: UploadedFile, to: Size, vae: Link<'VAE'>): Link<'LATENT'> => {
      const image = nodes.imageFrom(graph, name)
      return nodes.encoded(graph, nodes.scaled(graph, image, { from: media, to, by: 'stretch' }), vae)
    }
    return picture(making, {
      size,
      seen: ({ vae }) => [
        latent(source, workingSize(size, MULTIPLE), vae),
        ...(reference ? [latent(reference, referenceSize(reference), vae)] : []),
      ],
    })
  },
}
