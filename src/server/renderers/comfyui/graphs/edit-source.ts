import type { MediaInfo } from '../../../../shared/media.ts'
import type { ServerPieces, UploadedFile } from '../graph-source.ts'
import type { Making } from './engine.ts'
import type { Link } from './node-graph.ts'
import { componentsOf, firstFrames, firstSeconds, heldAtEnd, sampledFrames, soundOf, videoFrom } from './video-nodes.ts'

/** What an engine takes of a clip at once: so many frames, made for so many a second. */
export type Reach = { frames: number; fps: number }

/**
 * How a clip is read: the first `seconds` of it, as `frames` frames. `all` is every frame that it has there; `some` are
 * fewer, evenly spread, so that more of the clip fits into what the engine takes.
 */
export type Reading = { take: 'all' | 'some'; frames: number; seconds: number; cut: boolean }

const DEFAULT_FPS = 25

/** Pure: how a clip is read by an engine of that reach. `canSpread`: whether the server can take some frames of it. */
export const readingOf = (
  { fps, duration, frame_count }: Pick<MediaInfo, 'fps' | 'duration' | 'frame_count'>,
  reach: Reach,
  canSpread: boolean,
): Reading => {
  const rate = fps ?? DEFAULT_FPS
  const frames = Math.max(1, frame_count ?? Math.round((duration ?? reach.frames / rate) * rate))
  const seconds = duration ?? frames / rate
  if (frames <= reach.frames) return { take: 'all', frames, seconds, cut: false }
  if (!canSpread || rate <= reach.fps) {
    return { take: 'all', frames: reach.frames, seconds: reach.frames / rate, cut: true }
  }
  const most = reach.frames / reach.fps
  const shown = Math.min(seconds, most)
  // At least as many a second as the engine is made for, and as many as it takes.
  return { take: 'some', frames: reach.frames, seconds: shown, cut: seconds > most }
}

/** Engines make 4 frames from a latent one, and one more at the start. */
const toLength = (frames: number): number => 4 * Math.ceil((frames - 1) / 4) + 1

/** A clip as nodes: `images` has at least `length` frames, of which `frames` are the clip's. */
export type EditSource = {
  images: Link<'IMAGE'>
  fps: number | Link<'FLOAT'>
  audio: Link<'AUDIO'> | undefined
  /** Frames to be made, 4n + 1. */
  length: number
  /** Frames of the result. */
  frames: number
  warnings: readonly string[]
}

const seconds = (value: number): string => `${Math.round(value * 10) / 10} s`

const warningsOf = ({ cut, take, frames, seconds: shown }: Reading, { media }: UploadedFile, engine: string) => [
  ...(cut && media.duration !== null
    ? [`${engine} edits ${seconds(shown)} at once: the clip of ${seconds(media.duration)} was cut to that.`]
    : []),
  ...(take === 'some' && media.fps !== null
    ? [
        `${engine} edits ${frames} frames at once: the result has ${rounded(frames / shown)} a second of ${rounded(media.fps)}.`,
      ]
    : []),
]

const rounded = (value: number): number => Math.round(value * 100) / 100

const SPREADS = ['VideoFrameSample', 'Video Slice'] as const

/** Whether a server can take some frames of a clip, evenly spread. */
const canSpread = ({ nodes }: ServerPieces): boolean => SPREADS.every((name) => nodes.has(name))

/** Adds the nodes that read a clip for an engine of that reach. Its sound goes along where it has any. */
export const editSource = ({ graph, pieces }: Making, file: UploadedFile, engine: string, reach: Reach): EditSource => {
  const { name, media } = file
  const reading = readingOf(media, reach, canSpread(pieces))
  const { take, frames } = reading
  const whole = videoFrom(graph, name)
  const cut = reading.cut && pieces.nodes.has('Video Slice')
  const video = cut ? firstSeconds(graph, whole, rounded(reading.seconds + 0.005)) : whole
  const length = toLength(frames)
  const warnings = warningsOf(reading, file, engine)
  if (take === 'some') {
    const { images } = componentsOf(graph, sampledFrames(graph, video, frames))
    const audio = media.has_audio ? soundOf(graph, name) : undefined
    return { images, fps: rounded(frames / reading.seconds), audio, length, frames, warnings }
  }
  const parts = componentsOf(graph, video)
  const missing = length - frames
  const some = reading.cut ? firstFrames(graph, parts.images, frames) : parts.images
  return {
    images: missing > 0 ? heldAtEnd(graph, some, missing) : some,
    fps: parts.fps,
    audio: media.has_audio ? parts.audio : undefined,
    length,
    frames,
    warnings,
  }
}

/** The frames that were made, without those that only filled up the engine's length. */
export const onlyTheClip = ({ graph }: Making, made: Link<'IMAGE'>, { length, frames }: EditSource): Link<'IMAGE'> =>
  length === frames ? made : firstFrames(graph, made, frames)
