import { RushesError } from '../../../../shared/errors.ts'
import { editSource, onlyTheClip } from './edit-source.ts'
import type { Engine, Making, Made } from './engine.ts'
import { FILES } from './files.ts'
import { fileOf, promptOf, stepsOf } from './inputs.ts'
import { outputOf } from './node-graph.ts'
import * as nodes from './nodes.ts'
import { resultSize, workingSize } from './sizes.ts'
import { savedVideo } from './video-nodes.ts'

/** Pixels of the sides are multiples of this: 16 by the VAE, twice that by its patches. */
const MULTIPLE = 32
const REACH = { frames: 121, fps: 24 } as const
const STEPS = 20
const NAME = 'Lucy Edit Dev'

const edit = (making: Making): Made => {
  const { graph, request, pieces, name } = making
  const prompt = promptOf(request)
  if (prompt === '') {
    const text = `is needed by ${NAME}, which follows words alone`
    throw new RushesError('INVALID_INPUT', `prompt ${text}. Nothing was sent.`, { fields: { prompt: text } })
  }
  const clip = fileOf(request, 'data')
  const source = editSource(making, clip, NAME, REACH)
  const size = resultSize(request.inputs, making.resolution, clip.media)
  const working = workingSize(size, MULTIPLE)
  const texts = nodes.textEncoder(graph, name(FILES.umt5), 'wan')
  const vae = nodes.vaeOf(graph, name(FILES.wan22Vae))
  const frames = nodes.scaled(graph, source.images, { from: clip.media, to: working, by: 'stretch' })
  const seen = graph.add('LucyConditionConcatNode', {
    model: nodes.diffusionModel(graph, name(FILES.lucyEdit)),
    concat_latent: nodes.encoded(graph, frames, vae),
  })
  const samples = graph.add('KSampler', {
    model: nodes.shifted(graph, outputOf(seen, 0, 'MODEL'), 5),
    positive: nodes.textOf(graph, texts, prompt),
    negative: nodes.textOf(graph, texts, ''),
    latent_image: outputOf(seen, 1, 'LATENT'),
    seed: request.seed,
    steps: stepsOf(request) ?? STEPS,
    cfg: 5,
    sampler_name: 'uni_pc',
    scheduler: 'simple',
    denoise: 1,
  })
  const made = onlyTheClip(making, nodes.decoded(graph, outputOf(samples, 0, 'LATENT'), vae), source)
  const images = nodes.scaled(graph, made, { from: working, to: size, by: 'stretch' })
  const { fps, audio } = source
  const saved = savedVideo(graph, { images, fps, audio }, { prefix: request.prefix, nodes: pieces.nodes })
  const ignored = request.files['reference_image']
    ? [`${NAME} follows words alone: the reference image was left out.`]
    : []
  return { output: saved.output, warnings: [...ignored, ...source.warnings, ...saved.warnings] }
}

/** Edits by words, by Decart's own open weights, whose licence keeps them from commercial work. */
export const lucyEdit: Engine = {
  name: NAME,
  licence: 'non-commercial',
  files: [FILES.lucyEdit, FILES.umt5, FILES.wan22Vae],
  nodes: [
    {
      className: 'LucyConditionConcatNode',
      from: { package: 'Lucy-Edit-ComfyUI', url: 'https://github.com/DecartAI/Lucy-Edit-ComfyUI' },
    },
  ],
  since: '0.3.46',
  vram: 16e9,
  resolutions: ['480p', '720p'],
  clip: null,
  reference: false,
  use: 'when asked for',
  limits: [`It edits ${REACH.frames} frames at once: a longer clip is cut.`],
  build: edit,
}
