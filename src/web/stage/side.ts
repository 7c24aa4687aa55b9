import type { FileResource } from '../../shared/media.ts'
import { routes } from '../../shared/routes.ts'
import { clipUrls } from '../data/clip-urls.ts'
import { RENDERER_WORDS, type Take } from '../data/take.ts'
import type { Transport } from './transport.ts'

/** One thing to look at: a picture or a clip, and what it is called. */
export type Side = {
  role: 'source' | 'result'
  kind: 'image' | 'video'
  /** Where it can be had from, the best first; the later ones are for browsers that cannot decode the earlier. */
  urls: readonly string[]
  /** Its whole name, for those who cannot see it. */
  label: string
  /** `Source`, or who made it. */
  who: string
  /** The title of the model that made it; null for a source. */
  model: string | null
  width: number
  height: number
  /** Frames per second; null for a picture. */
  fps: number | null
  /** Seconds; null for a picture. */
  duration: number | null
  hasAudio: boolean
  /** A still that any browser can show. */
  stillUrl: string
}

export const sourceSide = (file: FileResource): Side => ({
  role: 'source',
  kind: file.media.kind,
  urls: file.media.kind === 'image' ? [routes.fileContent(file.id)] : clipUrls(file),
  label: 'Source',
  who: 'Source',
  model: null,
  width: file.media.width,
  height: file.media.height,
  fps: file.media.fps,
  duration: file.media.duration,
  hasAudio: file.media.has_audio,
  stillUrl: routes.fileThumbnail(file.id),
})

/** The result of a finished take; `blobUrl` is its media where this page fetched it. */
export const resultSide = (take: Take, blobUrl: string | undefined, hasAudio: boolean): Side | undefined => {
  if (take.state.name !== 'done' || take.jobId === null) return undefined
  const { output } = take.state
  const who = RENDERER_WORDS[take.renderer]
  const model = take.model?.title ?? take.modelId
  return {
    role: 'result',
    kind: output.duration === null ? 'image' : 'video',
    urls: [blobUrl ?? routes.jobContent(take.jobId)],
    label: `${who} · ${model}`,
    who,
    model,
    width: output.width,
    height: output.height,
    fps: output.fps,
    duration: output.duration,
    hasAudio,
    stillUrl: routes.jobThumbnail(take.jobId),
  }
}

/** A source and its result, shown together under one transport. */
export type Comparison = {
  source: Side
  result: Side
  transport: Transport
  /** Which clip the transport reads its time from; the other follows. */
  leads: Side['role']
  /** Plays or pauses; undefined where neither side is a clip. */
  onToggle: (() => void) | undefined
}
