import { randomBytes } from 'node:crypto'
import { rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Folders } from './folders.ts'

/** Room for the ends of some thousand jobs, in bytes. */
const RESERVE_BYTES = 4 * 1024 ** 2
/** With less than this, in bytes, no clip can be made. */
const MIN_ROOM_BYTES = 2 * 1024 ** 2

export type Reserve = {
  /** Keeps space back. Resolves with why that could not be or leaves no room, as on a full disk, or with null. */
  fill: () => Promise<unknown>
  /** Gives the space back for what must be written now. False where there was none. */
  release: () => Promise<boolean>
}

/**
 * Space that is kept back so that the end of a job can be written down on a disk that has become full: that it was
 * cancelled, and must not be ordered; that it is finished, and must not be made, or paid for, again.
 */
export const createReserve = ({ reserve }: Pick<Folders, 'reserve'>): Reserve => {
  const isFilled = async (): Promise<boolean> =>
    stat(reserve).then(
      (facts) => facts.size >= RESERVE_BYTES,
      () => false,
    )
  const roomBeside = async (): Promise<unknown> => {
    const { bavail, bsize } = await statfs(dirname(reserve))
    if (bavail * bsize >= MIN_ROOM_BYTES) return null
    return Object.assign(new Error('there is no room beside the reserve'), { code: 'ENOSPC' })
  }
  return {
    fill: async () => {
      try {
        // Not zeros, of which some file systems keep none.
        if (!(await isFilled())) await writeFile(reserve, randomBytes(RESERVE_BYTES))
        return await roomBeside()
      } catch (error) {
        await rm(reserve, { force: true }).catch(() => undefined)
        return error
      }
    },
    release: async () => {
      const had = await isFilled()
      await rm(reserve, { force: true }).catch(() => undefined)
      return had
    },
  }
}
