import type { RushesError } from '../../../shared/errors.ts'
import type { Notices } from '../../notices.ts'

const LOOK_MS = 5000

/**
 * Says while the storage of the files is away, and looks every few seconds whether it is back, for nobody else may ask
 * it for anything meanwhile.
 */
export const createFilesWatch = (notices: Pick<Notices, 'say' | 'clear'>, check: () => Promise<void>) => {
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const onOutcome = (trouble: Pick<RushesError, 'message'> | null): void => {
    if (trouble === null) {
      notices.clear('FILES_AWAY')
      clearTimeout(timer)
      timer = undefined
      return
    }
    notices.say(
      'FILES_AWAY',
      `${trouble.message} What is queued waits for it, finished takes are kept until it takes them, and Rushes goes on by itself.`,
    )
    if (!isClosed) timer ??= setTimeout(() => void look(), LOOK_MS).unref()
  }
  const look = async (): Promise<void> => {
    timer = undefined
    await check()
  }
  return {
    onOutcome,
    close: () => {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
