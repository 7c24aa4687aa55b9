import { readingAhead, type ReadBytes, typeAt } from '../../shared/iso-boxes.ts'

/** A PNG with more chunks than this before its pixels is not looked through. */
const MOST_CHUNKS = 1000

/** Pictures of an animated PNG, by its chunk acTL, which stands before the pixels (PNG, third edition, 11.3.7.1). */
const countPng = async (read: ReadBytes, size: number): Promise<number> => {
  const look = readingAhead(read)
  let at = 8
  for (let chunk = 0; at + 12 <= size && chunk < MOST_CHUNKS; chunk++) {
    const head = await look(at, 12)
    if (head.byteLength < 12) break
    const type = await typeAt(look, at + 4)
    if (type === 'acTL') return head.getUint32(8)
    if (type === 'IDAT') break
    at += 12 + head.getUint32(0)
  }
  return 1
}

/** How many pictures are in an image file of a format in which libvips does not count them; 1 in others. */
export const countPictures = async (read: ReadBytes, size: number, format: string): Promise<number> =>
  format === 'png' ? countPng(read, size) : 1
