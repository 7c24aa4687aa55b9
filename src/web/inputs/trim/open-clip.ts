import { ALL_FORMATS, BlobSource, EncodedPacketSink, Input, type InputVideoTrack, UrlSource } from 'mediabunny'
import { readEditList } from '../../../shared/edit-list.ts'
import { timesFromZero } from '../../../shared/timeline.ts'
import type { Frames } from './part.ts'

/** Where a clip is read from: a file of this machine, or an address of this server. */
export type ClipSource = Blob | string

/** Why a clip cannot be cut in this page, as whole sentences. */
export class CannotCut extends Error {
  override readonly name = 'CannotCut'
}

/** An open clip, and its frames. `told` is when each begins by the container's own clock; `keys` are those to begin with. */
export type OpenClip = {
  input: Input
  track: InputVideoTrack
  frames: Frames
  told: Float64Array
  keys: readonly number[]
}

/** What containers may be off. Seconds. */
const EPSILON = 1e-3
/** How long the last frame stands of a clip of one frame whose file does not say so. Seconds. */
const USUAL = 1 / 25

const shownOf = async (source: ClipSource): Promise<{ from: number; to: number }> => {
  const isBlob = typeof source !== 'string'
  const read = async (position: number, length: number) => {
    const end = position + length
    const part = isBlob
      ? source.slice(position, end)
      : await fetch(source, { headers: { range: `bytes=${position}-${end - 1}` } })
    return new Uint8Array(await part.arrayBuffer())
  }
  const size = isBlob ? source.size : await sizeAt(source)
  // What is not understood is left to the decoder, and so is a file of a kind that has no such list.
  const list = await readEditList(read, size).catch(() => null)
  if (list === null) return { from: -Infinity, to: Infinity }
  if (list.kind !== 'plain')
    throw new CannotCut('Its file puts it together of several parts, which cannot be cut here. Export it as one clip.')
  return list
}

const sizeAt = async (url: string): Promise<number> => {
  const answer = await fetch(url, { headers: { range: 'bytes=0-0' } })
  await answer.arrayBuffer()
  const size = /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1]
  if (size === undefined) throw new CannotCut('It is no longer on the server: add it again.')
  return Number(size)
}

const framesOf = async (track: InputVideoTrack, shown: { from: number; to: number }) => {
  const packets: { at: number; isKey: boolean }[] = []
  let tracksEnd = 0
  let begun = false
  const all = new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })
  for await (const { timestamp, duration, type } of all) {
    // What comes before the first keyframe cannot be decoded.
    begun ||= type === 'key'
    if (!begun) continue
    tracksEnd = Math.max(tracksEnd, timestamp + duration)
    if (timestamp >= shown.from - EPSILON && timestamp < shown.to - EPSILON)
      packets.push({ at: timestamp, isKey: type === 'key' })
  }
  packets.sort((a, b) => a.at - b.at)
  const told = Float64Array.from(packets, ({ at }) => at)
  const keys = packets.flatMap(({ isKey }, index) => (isKey ? [index] : []))
  const starts = Float64Array.from(timesFromZero(told))
  const last = starts.at(-1) ?? 0
  const usual = starts.length > 1 ? last / (starts.length - 1) : USUAL
  const end = Math.min(tracksEnd, shown.to) - (told[0] ?? 0)
  // WebM's last block often has no length: it stands as long as the others do.
  return { told, keys, frames: { starts, end: end > last + EPSILON ? end : last + usual } }
}

/**
 * Opens a clip to be cut. Whoever opens it disposes of its input.
 * @throws CannotCut where it has no frames or several timelines
 */
export const openClip = async (source: ClipSource): Promise<OpenClip> => {
  const read = typeof source === 'string' ? new UrlSource(new URL(source, location.href)) : new BlobSource(source)
  const input = new Input({ formats: ALL_FORMATS, source: read })
  try {
    const track = (await input.canRead()) ? await input.getPrimaryVideoTrack() : null
    if (!track) throw new CannotCut('This page cannot read it, so it cannot be cut here.')
    const { frames, told, keys } = await framesOf(track, await shownOf(source))
    if (told.length === 0) throw new CannotCut('There are no frames in it.')
    return { input, track, frames, told, keys }
  } catch (error) {
    input.dispose()
    throw error
  }
}
