import { open } from 'node:fs/promises'
import { boxesIn, findBox, type ReadView, readingAhead } from '../../../shared/iso-boxes.ts'

/** Where the nine numbers of the matrix stand in a track's header, by the header's version. */
const MATRIX_AT = [40, 52] as const

/** Whether a track's header says that its picture is to be turned or mirrored. */
const isTurnedTrack = async (look: ReadView, start: number): Promise<boolean> => {
  const header = await look(start, 96)
  if (header.byteLength < 88) return false
  const matrix = MATRIX_AT[header.getUint8(0) === 1 ? 1 : 0]
  if (header.byteLength < matrix + 20) return false
  const [a, d] = [header.getInt32(matrix), header.getInt32(matrix + 16)]
  // A track without a picture has zeros there, or what a picture that is upright has.
  return (a < 0 || d < 0 || a === 0 || d === 0) && !(a === 0 && d === 0 && header.getInt32(matrix + 4) === 0)
}

/**
 * Whether an MP4 or MOV says that its picture is to be turned when shown, which players do and some loaders do not. Of
 * other files, and of what cannot be read, it says no.
 */
export const isTurned = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const look = readingAhead(async (position, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
      return buffer.subarray(0, bytesRead)
    })
    const movie = await findBox(look, { type: '', start: 0, content: 0, end: size }, 'moov')
    if (!movie) return false
    for await (const track of boxesIn(look, movie.content, movie.end)) {
      const header = track.type === 'trak' ? await findBox(look, track, 'tkhd') : null
      if (header && (await isTurnedTrack(look, header.content))) return true
    }
    return false
  } finally {
    await file.close()
  }
}
