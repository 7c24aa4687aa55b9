import type { ServerPieces } from '../graph-source.ts'
import { type Link, type NodeGraph, outputOf } from './node-graph.ts'

type Clip = {
  images: Link<'IMAGE'>
  /** Frames a second: a number, or what the source has. */
  fps: number | Link<'FLOAT'>
  audio?: Link<'AUDIO'> | undefined
}

/** The rate that is written where only a number can be, and nobody knows the source's. */
const USUAL_FPS = 24

/**
 * Saves frames as a clip, and gives the node's id: H.264 in MP4, with sound; VP9 in WebM, without, on a server from
 * before it could do that. The second is said.
 */
export const savedVideo = (
  graph: NodeGraph,
  { images, fps, audio }: Clip,
  { prefix, nodes }: { prefix: string; nodes: ServerPieces['nodes'] },
): { output: string; warnings: readonly string[] } => {
  if (nodes.has('SaveWEBM') && !(nodes.has('SaveVideo') && nodes.has('CreateVideo'))) {
    const rate = typeof fps === 'number' ? fps : USUAL_FPS
    const output = graph.add('SaveWEBM', { images, filename_prefix: prefix, codec: 'vp9', fps: rate, crf: 32 })
    const silent = 'The sound was left out: this ComfyUI saves clips with sound only from version 0.3.31 on.'
    return { output, warnings: audio ? [silent] : [] }
  }
  const video = outputOf(graph.add('CreateVideo', { images, fps, audio }), 0, 'VIDEO')
  const output = graph.add('SaveVideo', { video, filename_prefix: prefix, format: 'auto', codec: 'auto' })
  return { output, warnings: [] }
}

/** A clip that was uploaded, under the name that the server gave it. */
export const videoFrom = (graph: NodeGraph, name: string): Link<'VIDEO'> =>
  outputOf(graph.add('LoadVideo', { file: name }), 0, 'VIDEO')

/** The first so many seconds of a clip. */
export const firstSeconds = (graph: NodeGraph, video: Link<'VIDEO'>, duration: number): Link<'VIDEO'> =>
  outputOf(graph.add('Video Slice', { video, start_time: 0, duration, strict_duration: false }), 0, 'VIDEO')

/** So many frames of a clip, evenly spread over it. They come without its sound. */
export const sampledFrames = (graph: NodeGraph, video: Link<'VIDEO'>, frames: number): Link<'VIDEO'> =>
  outputOf(graph.add('VideoFrameSample', { video, num_frames: frames, strategy: 'uniform', seed: 0 }), 0, 'VIDEO')

/** The sound of an uploaded file, without its pictures being decoded. */
export const soundOf = (graph: NodeGraph, name: string): Link<'AUDIO'> =>
  outputOf(graph.add('LoadAudio', { audio: name }), 0, 'AUDIO')

/** A clip's frames, sound and frames a second. */
export const componentsOf = (
  graph: NodeGraph,
  video: Link<'VIDEO'>,
): { images: Link<'IMAGE'>; audio: Link<'AUDIO'>; fps: Link<'FLOAT'> } => {
  const id = graph.add('GetVideoComponents', { video })
  return { images: outputOf(id, 0, 'IMAGE'), audio: outputOf(id, 1, 'AUDIO'), fps: outputOf(id, 2, 'FLOAT') }
}

/** So many frames from the first one on; all of them where there are fewer. */
export const firstFrames = (graph: NodeGraph, image: Link<'IMAGE'>, length: number): Link<'IMAGE'> =>
  outputOf(graph.add('ImageFromBatch', { image, batch_index: 0, length }), 0, 'IMAGE')

/** ImageFromBatch takes an index beyond the end for the last picture; older servers take none above this one. */
const LAST = 4095

/** The frames with so many more like the last one behind them. */
export const heldAtEnd = (graph: NodeGraph, images: Link<'IMAGE'>, more: number): Link<'IMAGE'> => {
  const last = outputOf(graph.add('ImageFromBatch', { image: images, batch_index: LAST, length: 1 }), 0, 'IMAGE')
  const held = outputOf(graph.add('RepeatImageBatch', { image: last, amount: more }), 0, 'IMAGE')
  return outputOf(graph.add('ImageBatch', { image1: images, image2: held }), 0, 'IMAGE')
}
