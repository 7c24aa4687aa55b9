import { open } from 'node:fs/promises'
import type { ReadBytes } from '../../shared/iso-boxes.ts'

/** Opens a file for a look into its bytes. */
export const readIn = async <Found>(
  path: string,
  look: (read: ReadBytes, size: number) => Promise<Found>,
): Promise<Found> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const read: ReadBytes = async (position, length) => {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await file.read(bytes, 0, length, position)
      return bytes.subarray(0, bytesRead)
    }
    return await look(read, size)
  } finally {
    await file.close()
  }
}
