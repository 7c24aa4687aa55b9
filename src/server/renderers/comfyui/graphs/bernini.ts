import { RushesError } from '../../../../shared/errors.ts'
import { workingSize, resultSize } from './sizes.ts'
import { NEGATIVE } from './clip-words.ts'
import { editSource, onlyTheClip } from './edit-source.ts'
import type { Engine, Made, Making } from './engine.ts'
import { FILES } from './files.ts'
import { fileOf, promptOf, stepsOf } from './inputs.ts'
import type { GraphRequest } from '../graph-source.ts'
import { type Link, outputOf } from './node-graph.ts'
import * as nodes from './nodes.ts'
import { savedVideo } from './video-nodes.ts'

/** Pixels of the sides are multiples of this: 8 by the VAE, twice that by its patches. */
const MULTIPLE = 16
const REACH = { frames: 81, fps: 16 } as const
/** Its longest side of a reference image. */
const REFERENCE_SIDE = 848

/** It was trained with the kind of work said in front of the prompt, in these words. */
const EDIT = 'You are a helpful assistant specialized in video editing.'
const EDIT_WITH_REFERENCE = 'You are a helpful assistant specialized in video editing with reference.'

/** What is asked of it where there is a reference image and no prompt, by what the model is for. */
const silentPrompt = ({ id }: { id: string }): string => {
  if (id.startsWith('lucy-vton'))
    return "Replace the person's clothing with the clothing of the reference image. Keep the person, the pose, the motion and the background unchanged."
  if (id.startsWith('lucy-restyle'))
    return 'Restyle the whole video in the look of the reference image. Keep the subjects, the motion and the framing unchanged.'
  return 'Change the subject of the video to match the reference image. Keep the motion, the background and the framing unchanged.'
}

type Asked = { prompt: string; warnings: readonly string[] }

const askedOf = (request: GraphRequest, engine: string): Asked => {
  const prompt = promptOf(request)
  if (prompt !== '') return { prompt, warnings: [] }
  if (request.files['reference_image']) {
    const assumed = silentPrompt(request.model)
    return { prompt: assumed, warnings: [`There was no prompt, so ${engine} was told: “${assumed}”`] }
  }
  const text = 'or reference_image is needed: nothing says what to change'
  throw new RushesError('INVALID_INPUT', `prompt ${text}. Nothing was sent.`, { fields: { prompt: text } })
}

/** How its halves are run. With the LoRA it takes fewer steps and no guidance; strengths are Comfy-Org's. */
type Sampling = { steps: number; cfg: number; loras: { high: number; low: number } | null }
const FEW_STEPS: Sampling = { steps: 6, cfg: 1, loras: { high: 3, low: 1.5 } }
const ALL_STEPS: Sampling = { steps: 40, cfg: 5, loras: null }

/** Each half takes one step at least. */
const stepsFor = (request: GraphRequest, { steps }: Sampling): { steps: number; warnings: readonly string[] } => {
  const asked = stepsOf(request) ?? steps
  if (asked >= 2) return { steps: asked, warnings: [] }
  return { steps: 2, warnings: ['Bernini-R takes 2 steps at least: it took 2.'] }
}

const edit = (making: Making, engine: string, sampling: Sampling): Made => {
  const { graph, request, pieces, name } = making
  const asked = askedOf(request, engine)
  const clip = fileOf(request, 'data')
  const reference = request.files['reference_image']
  const source = editSource(making, clip, engine, REACH)
  const size = resultSize(request.inputs, making.resolution, clip.media)
  const working = workingSize(size, MULTIPLE)
  const half = (file: typeof FILES.berniniHigh, strength: number | undefined): Link<'MODEL'> => {
    const model = nodes.diffusionModel(graph, name(file))
    return strength === undefined ? model : nodes.withLora(graph, model, name(FILES.berniniLora), strength)
  }
  const coarse = half(FILES.berniniHigh, sampling.loras?.high)
  const fine = half(FILES.berniniLow, sampling.loras?.low)
  const texts = nodes.textEncoder(graph, name(FILES.umt5), 'wan')
  const vae = nodes.vaeOf(graph, name(FILES.wan21Vae))
  const conditioning = graph.add('BerniniConditioning', {
    positive: nodes.textOf(graph, texts, `${reference ? EDIT_WITH_REFERENCE : EDIT} ${asked.prompt}`),
    negative: nodes.textOf(graph, texts, NEGATIVE),
    vae,
    width: working.width,
    height: working.height,
    length: source.length,
    batch_size: 1,
    source_video: nodes.scaled(graph, source.images, { from: clip.media, to: working, by: 'stretch' }),
    'reference_images.reference_image_0': reference ? nodes.imageFrom(graph, reference.name) : undefined,
    ref_max_size: REFERENCE_SIDE,
  })
  const { steps, warnings } = stepsFor(request, sampling)
  const schedule = graph.add('BasicScheduler', { model: fine, scheduler: 'simple', steps, denoise: 1 })
  const sigmas = outputOf(schedule, 0, 'SIGMAS')
  const split = graph.add('SplitSigmas', { sigmas, step: Math.floor(steps / 2) })
  const same = {
    cfg: sampling.cfg,
    positive: outputOf(conditioning, 0, 'CONDITIONING'),
    negative: outputOf(conditioning, 1, 'CONDITIONING'),
    sampler: nodes.samplerNamed(graph, 'res_multistep'),
  }
  const begun = graph.add('SamplerCustom', {
    ...same,
    model: coarse,
    add_noise: true,
    noise_seed: request.seed,
    sigmas: outputOf(split, 0, 'SIGMAS'),
    latent_image: outputOf(conditioning, 2, 'LATENT'),
  })
  const finished = graph.add('SamplerCustom', {
    ...same,
    model: fine,
    add_noise: false,
    noise_seed: 0,
    sigmas: outputOf(split, 1, 'SIGMAS'),
    latent_image: outputOf(begun, 0, 'LATENT'),
  })
  const made = onlyTheClip(making, nodes.decoded(graph, outputOf(finished, 0, 'LATENT'), vae), source)
  const images = nodes.scaled(graph, made, { from: working, to: size, by: 'stretch' })
  const { fps, audio } = source
  const saved = savedVideo(graph, { images, fps, audio }, { prefix: request.prefix, nodes: pieces.nodes })
  return { output: saved.output, warnings: [...asked.warnings, ...source.warnings, ...warnings, ...saved.warnings] }
}

const engineOf = (name: string, sampling: Sampling): Engine => ({
  name,
  licence: 'Apache-2.0',
  files: [
    FILES.berniniHigh,
    FILES.berniniLow,
    ...(sampling.loras ? [FILES.berniniLora] : []),
    FILES.umt5,
    FILES.wan21Vae,
  ],
  nodes: [{ className: 'BerniniConditioning', from: { version: '0.25.0' } }],
  since: '0.25.0',
  vram: 24e9,
  resolutions: ['480p', '720p'],
  clip: null,
  reference: true,
  use: 'by default',
  limits: [
    `It edits ${REACH.frames} frames at once, ${seconds} at ${REACH.fps} a second: a longer clip is cut.`,
    'It was made for 480p: 720p takes far longer and more memory.',
  ],
  build: (making) => edit(making, name, sampling),
})

const seconds = `${Math.round((REACH.frames / REACH.fps) * 10) / 10} s`

/** Edits by words and a reference image, the quick one first. */
export const berniniEdit: readonly Engine[] = [
  engineOf('Bernini-R lightx2v', FEW_STEPS),
  engineOf('Bernini-R', ALL_STEPS),
]
