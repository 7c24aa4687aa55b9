import { readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { cutShort } from '../process/failure.ts'

/** A recording may have a hundred thousand boxes: to wait for each takes ten times as long as to read it. */
const at = async ({ fd }: FileHandle, position: number, length: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, position))
}

/** Walks the top boxes of an MP4 or MOV: each must end within the file, and one must be the index. */
const boxesAreWhole = async (file: FileHandle, size: number): Promise<boolean> => {
  let position = 0
  let hasIndex = false
  while (position + 8 <= size) {
    const head = await at(file, position, 16)
    const type = head.toString('latin1', 4, 8)
    if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return hasIndex
    if (type === 'moov') hasIndex = true
    const short = head.readUInt32BE(0)
    if (short === 0) return hasIndex
    const length = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short
    if (length < 8 || position + length > size) return false
    position += length
  }
  return hasIndex
}

/** Reads an EBML number of a size, without its marker; null where the size is unknown (a live recording). */
const ebmlSize = (bytes: Buffer): { value: number | null; length: number } => {
  const first = bytes[0] ?? 0
  const length = Math.clz32(first) - 23
  if (first === 0 || bytes.length < length) return { value: null, length: 1 }
  let value = first & (0xff >> length)
  let unknown = value === 0xff >> length
  for (let index = 1; index < length; index++) {
    value = value * 256 + (bytes[index] ?? 0)
    unknown &&= bytes[index] === 0xff
  }
  return { value: unknown ? null : value, length }
}

const segmentIsWhole = async (file: FileHandle, size: number): Promise<boolean> => {
  const header = ebmlSize(await at(file, 4, 8))
  const segment = 4 + header.length + (header.value ?? 0)
  const body = ebmlSize(await at(file, segment + 4, 8))
  return body.value === null || segment + 4 + body.length + body.value <= size
}

const riffIsWhole = async (file: FileHandle, size: number): Promise<boolean> =>
  (await at(file, 4, 4)).readUInt32LE(0) + 8 <= size + 1

const gifIsWhole = async (file: FileHandle, size: number): Promise<boolean> => {
  const tail = await at(file, Math.max(0, size - 64), 64)
  let end = tail.length - 1
  while (end > 0 && tail[end] === 0) end--
  return tail[end] === 0x3b
}

const CHECKS: Record<string, (file: FileHandle, size: number) => Promise<boolean>> = {
  mov: boxesAreWhole,
  matroska: segmentIsWhole,
  avi: riffIsWhole,
  gif: gifIsWhole,
}

/** A PNG ends with a chunk of this name; a little that others hang on it does no harm. */
const pngIsWhole = async (file: FileHandle, size: number): Promise<boolean> =>
  (await at(file, Math.max(0, size - 4096), 4096)).includes('IEND')

/** Whether a picture has its end, as far as its format tells that simply. */
export const pictureIsWhole = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const head = (await at(file, 0, 4)).toString('latin1')
    if (head === 'RIFF') return await riffIsWhole(file, size)
    return head !== '\x89PNG' || (await pngIsWhole(file, size))
  } finally {
    await file.close()
  }
}

/** Rejects a video whose end is missing, told by what its container says of its own length. */
export const checkWhole = async (path: string, demuxer: string): Promise<void> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const isWhole = CHECKS[demuxer]
    if (isWhole && !(await isWhole(file, size))) throw cutShort()
  } finally {
    await file.close()
  }
}
