import { pathOf } from '../../../../shared/models/path.ts'
import type { Size } from '../../../../shared/models/size.ts'
import { readTrajectory, type TrajectoryPoint } from '../../../../shared/models/trajectory.ts'
import { RushesError } from '../../../../shared/errors.ts'
import type { GraphRequest } from '../graph-source.ts'
import { NEGATIVE } from './clip-words.ts'
import type { Engine } from './engine.ts'
import { FILES } from './files.ts'
import { fileOf, promptOf, stepsOf } from './inputs.ts'
import { outputOf } from './node-graph.ts'
import * as nodes from './nodes.ts'
import { resultSize, workingSize } from './sizes.ts'
import { savedVideo } from './video-nodes.ts'

/** Pixels of the sides are multiples of this: 8 by the VAE, twice that by its patches. */
const MULTIPLE = 16
const CLIP = { frames: 81, fps: 16 } as const
const STEPS = 20

/** The node reads places of a path at this rate, whatever the clip's own is, and needs this many. */
const TRACK = { points: 121, fps: 24 } as const

/**
 * A path as the node reads it: places in pixels of the clip, 24 a second over 5 seconds. `model` says how the path counts
 * its frames. Where the path rests, so does what is on it.
 */
export const trackOf = (
  points: readonly TrajectoryPoint[],
  { fps, frames }: { fps: number; frames: number },
  { width, height }: Size,
): { x: number; y: number }[] => {
  const at = pathOf(points, frames)
  return Array.from({ length: TRACK.points }, (_, index) => {
    const { x, y } = at((index * fps) / TRACK.fps)
    return { x: Math.round(x * width), y: Math.round(y * height) }
  })
}

const pointsOf = ({ inputs }: GraphRequest): TrajectoryPoint[] => {
  const points = readTrajectory(inputs['trajectory'])
  if (typeof points !== 'string') return points
  throw new RushesError('INVALID_INPUT', `trajectory ${points}. Nothing was sent.`, { fields: { trajectory: points } })
}

/** Seconds of a clip along a path. */
const SECONDS = 5

/** A clip that begins on a picture, in which what stands at the start of a path moves along it. */
export const wanPathToVideo: Engine = {
  name: 'Wan 2.1 14B ATI',
  licence: null,
  files: [FILES.ati, FILES.umt5, FILES.wan21Vae, FILES.clipVision],
  nodes: [{ className: 'WanTrackToVideo', from: { version: '0.3.46' } }],
  since: '0.3.46',
  vram: 24e9,
  resolutions: ['480p'],
  clip: CLIP,
  reference: false,
  use: 'by default',
  limits: [],
  build: ({ graph, request, pieces, resolution, name }) => {
    const points = pointsOf(request)
    const picture = fileOf(request, 'data')
    const size = resultSize(request.inputs, resolution, picture.media)
    const working = workingSize(size, MULTIPLE)
    // Its weights are kept in 8 bits as they come: ComfyUI would double them.
    const weights = nodes.diffusionModel(graph, name(FILES.ati), 'fp8_e4m3fn')
    const clip = nodes.textEncoder(graph, name(FILES.umt5), 'wan')
    const vae = nodes.vaeOf(graph, name(FILES.wan21Vae))
    const image = nodes.imageFrom(graph, picture.name)
    const eye = outputOf(graph.add('CLIPVisionLoader', { clip_name: name(FILES.clipVision) }), 0, 'CLIP_VISION')
    const seen = graph.add('CLIPVisionEncode', { clip_vision: eye, image, crop: 'none' })
    const { fps } = request.model
    const track = graph.add('WanTrackToVideo', {
      positive: nodes.textOf(graph, clip, promptOf(request)),
      negative: nodes.textOf(graph, clip, NEGATIVE),
      vae,
      tracks: JSON.stringify([trackOf(points, { fps, frames: SECONDS * fps }, working)]),
      width: working.width,
      height: working.height,
      length: CLIP.frames,
      batch_size: 1,
      temperature: 220,
      topk: 2,
      start_image: nodes.scaled(graph, image, { from: picture.media, to: working, by: 'stretch' }),
      clip_vision_output: outputOf(seen, 0, 'CLIP_VISION_OUTPUT'),
    })
    const samples = graph.add('KSampler', {
      model: nodes.shifted(graph, weights, 8),
      positive: outputOf(track, 0, 'CONDITIONING'),
      negative: outputOf(track, 1, 'CONDITIONING'),
      latent_image: outputOf(track, 2, 'LATENT'),
      seed: request.seed,
      steps: stepsOf(request) ?? STEPS,
      cfg: 3,
      sampler_name: 'uni_pc',
      scheduler: 'simple',
      denoise: 1,
    })
    const frames = nodes.decoded(graph, outputOf(samples, 0, 'LATENT'), vae)
    const images = nodes.scaled(graph, frames, { from: working, to: size, by: 'stretch' })
    return savedVideo(graph, { images, fps: CLIP.fps }, { prefix: request.prefix, nodes: pieces.nodes })
  },
}
