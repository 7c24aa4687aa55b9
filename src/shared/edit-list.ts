import {
  type Box,
  fileBox,
  findBox,
  type ReadView,
  readingAhead,
  pictureTracks,
  type ReadBytes,
  scaleOf,
} from './iso-boxes.ts'

/** What of its track an MP4 or MOV shows (ISO/IEC 14496-12, 8.6.6). */
export type EditList =
  /** One part: frames that begin from `from` on and before `to`, in seconds after the edit list is applied. */
  | { kind: 'plain'; from: number; to: number }
  /** So many parts, one after another. */
  | { kind: 'parts'; count: number }
  /** With a hole between two parts, or a part at another speed than the others. */
  | { kind: 'gap' | 'speed' }

const WHOLE: EditList = { kind: 'plain', from: 0, to: Infinity }

/** Of a list: thousands of entries. */
const MAX_LIST_BYTES = 1 << 16

type Entry = { seconds: number; media: number; rate: number }

const entriesOf = async (look: ReadView, { content, end }: Box, movie: number, media: number): Promise<Entry[]> => {
  const bytes = await look(content, Math.min(end - content, MAX_LIST_BYTES))
  if (bytes.byteLength < 8) return []
  const isLong = bytes.getUint8(0) === 1
  const size = isLong ? 20 : 12
  const count = Math.min(bytes.getUint32(4), Math.floor((bytes.byteLength - 8) / size))
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * size
    const time = isLong ? Number(bytes.getBigInt64(at + 8)) : bytes.getInt32(at + 4)
    return {
      seconds: (isLong ? Number(bytes.getBigUint64(at)) : bytes.getUint32(at)) / movie,
      media: time === -1 ? -1 : time / media,
      rate: bytes.getInt32(at + size - 4) / 65536,
    }
  })
}

/** Two parts that follow each other in the track as well are one. Seconds. */
const TOUCHING = 2e-3

const judge = (entries: readonly Entry[], isFragmented: boolean): EditList => {
  const begins = entries.findIndex(({ media }) => media >= 0)
  if (begins < 0) return WHOLE
  const empty = entries.slice(0, begins).reduce((sum, { seconds }) => sum + seconds, 0)
  const parts: Entry[] = []
  for (const entry of entries.slice(begins)) {
    if (entry.media < 0) return { kind: 'gap' }
    if (entry.rate !== 1) return { kind: 'speed' }
    const last = parts.at(-1)
    if (last && Math.abs(last.media + last.seconds - entry.media) < TOUCHING) last.seconds += entry.seconds
    else if (parts.length === 0 || entry.seconds > 0) parts.push({ ...entry })
  }
  const [only] = parts
  if (!only || parts.length > 1) return { kind: 'parts', count: parts.length }
  // A fragmented file is written before its length is known: what its edit list says of it is not meant.
  if (isFragmented) return WHOLE
  return { kind: 'plain', from: empty, to: only.seconds === 0 ? Infinity : empty + only.seconds }
}

/**
 * Reads the edit list of the first picture track of an MP4 or MOV. Null where there is no such track, or no index that
 * can be read.
 */
export const readEditList = async (read: ReadBytes, size: number): Promise<EditList | null> => {
  const look = readingAhead(read)
  const moov = await findBox(look, fileBox(size), 'moov')
  const movieHeader = await findBox(look, moov, 'mvhd')
  if (!moov || !movieHeader) return null
  const movie = await scaleOf(look, movieHeader)
  for await (const trak of pictureTracks(look, moov)) {
    const list = await findBox(look, trak, 'edts', 'elst')
    const header = await findBox(look, trak, 'mdia', 'mdhd')
    if (!list || !header) return WHOLE
    const entries = await entriesOf(look, list, movie, await scaleOf(look, header))
    return judge(entries, (await findBox(look, moov, 'mvex')) !== null)
  }
  return null
}
