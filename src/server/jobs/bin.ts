import { BIN_DAYS } from '../../shared/library.ts'
import type { Derivatives } from '../store/derivatives.ts'
import type { Binned, LibraryStore } from '../store/library-store.ts'
import type { TakeStore } from '../store/take-store.ts'
import type { JobBus } from './bus.ts'
import type { JobChanges } from './changes.ts'
import type { TakeFiles } from './take-files.ts'

/** Jobs that are removed at once. */
const BATCH_JOBS = 100
const DAY_MS = 24 * 60 * 60 * 1000

export type Bin = {
  /** Removes for good what has lain in the bin for long enough. Answers how much. */
  sweep: () => Promise<number>
  /** Removes for good all that lies in it, or only what is of that person. Answers how much. */
  empty: (owner?: string) => Promise<number>
}

/** Removes takes for good: row, file, description, and all that was made of them. */
export const createBin = (deps: {
  library: Pick<LibraryStore, 'binned' | 'remove'>
  takes: Pick<TakeStore, 'discard'>
  takeFiles: Pick<TakeFiles, 'forget'>
  derivatives: Pick<Derivatives, 'remove'>
  bus: Pick<JobBus, 'tell'>
  inTurn: JobChanges['inTurn']
  now: () => Date
}): Bin => {
  const { library, takes, takeFiles, derivatives, bus, inTurn, now } = deps

  /** The row first: a take that is left lying by a stop in between comes back as binned, and goes the next time. */
  const removeSome = async (found: readonly Binned[]): Promise<number> => {
    const gone = await library.remove(found.map(({ id }) => id))
    const removed = new Set(gone.map(({ id }) => id))
    bus.tell({ name: 'removed', jobs: gone })
    for (const { id, result } of found) {
      if (!removed.has(id)) continue
      if (result !== null) await takes.discard(result)
      await derivatives.remove(id)
      await takeFiles.forget(id)
    }
    return removed.size
  }

  const removeAll = async (before: string | null, owner?: string): Promise<number> => {
    for (let removed = 0; ;) {
      const some = await inTurn(async () => {
        const found = await library.binned(before, BATCH_JOBS, owner)
        return found.length === 0 ? 0 : removeSome(found)
      })
      if (some === 0) return removed
      removed += some
    }
  }

  return {
    sweep: () => removeAll(new Date(now().getTime() - BIN_DAYS * DAY_MS).toISOString()),
    empty: (owner) => removeAll(null, owner),
  }
}
