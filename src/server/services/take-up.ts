import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import type { CatchUp } from '../catch-up.ts'
import type { Runner } from '../jobs/runner.ts'
import type { Notices } from '../notices.ts'
import type { EmbeddedIndex, Found } from '../store/database/open-index.ts'

/** Until a new index is tried again that could not be taken up. */
const TAKE_UP_MS = 2000

export type TakeUpDeps = {
  catchUp: Pick<CatchUp, 'begin'>
  runner: Pick<Runner, 'recover'>
  notices: Notices
  logger: Logger
  closing: AbortSignal
}

export type TakeUp = {
  isTakenUp: () => boolean
  /** Takes up an index that took another's place; tried until it is through, or yet another comes. Never rejects. */
  again: (found: Found) => Promise<void>
  /**
   * Takes up what a stopped server left in the embedded index, and then begins with `start`; null where there is a database,
   * in which nothing is read from files. Rejects where that cannot be done; where only the storage of the files is away, it
   * is done once that is back.
   */
  first: (
    embedded: Pick<EmbeddedIndex, 'found'> | null,
    begin: { watch: () => Promise<void>; start: () => Promise<void> },
  ) => Promise<void>
}

/** Reads what a new index does not know yet, and takes up what is unfinished in it. */
export const createTakeUp = ({ catchUp, runner, notices, logger, closing }: TakeUpDeps): TakeUp => {
  let isTakenUp = false
  let replaced = 0

  const once = async (found: Found): Promise<void> => {
    await catchUp.begin(found)
    const { unfinished, unreadable } = await runner.recover()
    if (unfinished > 0) logger.info({ jobs: unfinished }, 'unfinished jobs taken up')
    if (unreadable.length === 0) return notices.clear('UNREADABLE_JOBS')
    logger.error({ jobs: unreadable }, 'unfinished jobs that cannot be read')
    notices.say(
      'UNREADABLE_JOBS',
      `${unreadable.length} unfinished ${unreadable.length === 1 ? 'job' : 'jobs'} could not be read and did not go on: ${unreadable.slice(0, 5).join(', ')}.`,
    )
  }

  const again = async (found: Found): Promise<void> => {
    const turn = ++replaced
    while (turn === replaced && !closing.aborted)
      try {
        return await once(found)
      } catch (error) {
        logger.error({ err: error })
        await delay(TAKE_UP_MS)
      }
  }

  return {
    isTakenUp: () => isTakenUp,
    again,
    first: async (embedded, { watch, start }) => {
      // Of an index on PostgreSQL the files are no part, and other servers put theirs there as well.
      if (embedded) {
        // Before the files are looked through, so that nothing that changes meanwhile is missed.
        await watch()
        const found = await embedded.found
        try {
          await once(found)
        } catch (error) {
          if (!(error instanceof RushesError && error.code === 'FILES_AWAY')) throw error
          // What a stopped server has finished is not known yet: it is asked for until the storage is back.
          void again(found).then(() => (isTakenUp = true))
          return
        }
      }
      await start()
      isTakenUp = true
    },
  }
}
