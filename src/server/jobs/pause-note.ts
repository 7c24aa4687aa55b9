import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { explainDiskError } from '../disk-errors.ts'
import type { Folders } from '../store/folders.ts'

/** That the queue is held, also for the next start. */
export type PauseNote = { isThere: () => boolean; put: () => Promise<void>; remove: () => Promise<void> }

const WORDS =
  'The queue is paused: nothing begins until it goes on. Remove this file while Rushes is stopped to go on.\n'

/** A file beside the index and not in it: an index may be lost, and what was held could cost money. */
export const createPauseNote = ({ paused }: Pick<Folders, 'paused'>): PauseNote => ({
  isThere: () => existsSync(paused),
  put: () =>
    writeFile(paused, WORDS).catch((error: unknown) => {
      throw explainDiskError(error)
    }),
  remove: () =>
    rm(paused, { force: true }).catch((error: unknown) => {
      throw explainDiskError(error)
    }),
})
