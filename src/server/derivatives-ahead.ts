import type { Logger } from 'pino'
import { RushesError } from '../shared/errors.ts'
import { wantsProxy } from '../shared/library.ts'
import type { JobBus } from './jobs/bus.ts'
import type { Runner } from './jobs/runner.ts'
import type { FileStore } from './store/file-store.ts'
import { filesOf } from './store/job-row.ts'
import { derivativeIdOf } from './store/stored-file.ts'
import type { DerivativeKind, Derivatives } from './store/derivatives.ts'

/** What is made of the blob `source` for looking at it; see store/derivatives.ts. */
export type WantedDerivative = { kind: DerivativeKind; id: string; source: string }

/** Makes derivatives in the background, one at a time. */
export type DerivativesAhead = {
  /** Makes one now, for somebody waits for it. False where it could not be made before. */
  want: (wanted: WantedDerivative) => boolean
  /** Lets none begin any more. */
  close: () => void
}

/** Derivatives that wait to be made at most; others are made when they are asked for. */
const MAX_WAITING = 400
/** Of so many it is remembered that they could not be made. */
const MAX_REFUSED = 1000

/** Finds what is worth making of a clip that is done, and of the clips that it was made from: those last. */
const createFinder =
  ({ runner, files }: { runner: Pick<Runner, 'find'>; files: Pick<FileStore, 'get' | 'input'> }) =>
  async (id: string): Promise<WantedDerivative[]> => {
    const found = await runner.find(id)
    if (found?.job.status !== 'completed' || found.result === null) return []
    const { job, result: source } = found
    const made: WantedDerivative[] = [{ kind: 'sprite', id, source }]
    if (wantsProxy(job.output.duration)) made.push({ kind: 'proxy', id, source })
    for (const fileId of filesOf(job)) {
      const [file, input] = await Promise.all([files.get(fileId), files.input(fileId)])
      if (!file || !input || !wantsProxy(file.media.duration)) continue
      made.push({ kind: 'proxy', id: derivativeIdOf(input.key), source: input.key })
    }
    return made
  }

const keyOf = ({ kind, id }: WantedDerivative): string => `${kind} ${id}`

/** Puts it last, wherever it stood. */
const moveToEnd = (list: WantedDerivative[], wanted: WantedDerivative): void => {
  const index = list.findIndex((one) => keyOf(one) === keyOf(wanted))
  if (index >= 0) list.splice(index, 1)
  list.push(wanted)
  if (list.length > MAX_WAITING) list.shift()
}

type MakerDeps = {
  isIdle: () => boolean
  derivatives: Pick<Derivatives, 'ensure'>
  logger: Pick<Logger, 'debug'>
}

/** Makes one derivative after another: what is asked for at once, what may be asked for some day while `isIdle`. */
const createMaker = ({ isIdle, derivatives, logger }: MakerDeps) => {
  /** The last of each is made next. */
  const asked: WantedDerivative[] = []
  const waiting: WantedDerivative[] = []
  const refused = new Set<string>()
  let isBusy = false
  let isClosed = false

  const make = async (wanted: WantedDerivative): Promise<void> => {
    const { kind, id, source } = wanted
    try {
      await derivatives.ensure(kind, id, source)
    } catch (error) {
      const isUnreadable = error instanceof RushesError && error.code === 'UNSUPPORTED_MEDIA'
      if (isUnreadable && refused.size < MAX_REFUSED) refused.add(keyOf(wanted))
      // Whoever asks for it is told what is wrong.
      logger.debug({ err: error, kind, id }, 'a derivative could not be made')
    }
  }
  const next = (): WantedDerivative | undefined =>
    isClosed ? undefined : (asked.pop() ?? (isIdle() ? waiting.pop() : undefined))
  const run = async (): Promise<void> => {
    if (isBusy) return
    isBusy = true
    for (let wanted = next(); wanted; wanted = next()) await make(wanted)
    isBusy = false
  }
  return {
    /** Looks whether there is something to make now. */
    look: () => void run(),
    /** False where it could not be made before. */
    makeNow: (wanted: WantedDerivative): boolean => {
      if (refused.has(keyOf(wanted))) return false
      moveToEnd(asked, wanted)
      void run()
      return true
    },
    /** The first of them is made before the others. */
    makeSomeDay: (wanted: readonly WantedDerivative[]): void => {
      for (const one of wanted.toReversed()) if (!refused.has(keyOf(one))) moveToEnd(waiting, one)
      void run()
    },
    close: (): void => {
      isClosed = true
      asked.length = waiting.length = 0
    },
  }
}

/**
 * Makes what is asked for by `want`, and, where it follows jobs, the sprites and proxies of new clips before anybody
 * asks: the newest first, while `isIdle`. Then a card moves, and a comparison answers at once, as soon as it is there.
 */
export const createDerivativesAhead = ({
  follows,
  ...deps
}: MakerDeps & {
  follows: { bus: JobBus; runner: Pick<Runner, 'find'>; files: Pick<FileStore, 'get' | 'input'> } | null
}): DerivativesAhead => {
  const maker = createMaker(deps)
  const find = follows && createFinder(follows)
  /** Jobs that were told as completed: a star is told so too. */
  const seen = new Set<string>()
  const take = async (id: string): Promise<void> => {
    try {
      maker.makeSomeDay((await find?.(id)) ?? [])
    } catch (error) {
      deps.logger.debug({ err: error, job: id }, 'nothing was made of it ahead')
    }
  }
  const stop = follows?.bus.subscribe((event) => {
    const isNew = event.name === 'job' && event.job.status === 'completed' && event.job.output.duration !== null
    if (!isNew || seen.has(event.job.job_id)) return maker.look()
    seen.add(event.job.job_id)
    if (seen.size > MAX_WAITING) seen.delete(seen.values().next().value ?? '')
    void take(event.job.job_id)
  })
  return {
    want: maker.makeNow,
    close: () => {
      stop?.()
      maker.close()
    },
  }
}

/** Whether nothing runs and nothing waits to. */
export const nothingRuns = (runner: Pick<Runner, 'totals'>): boolean =>
  Object.values(runner.totals()).every(({ running, waiting, paused }) => running === 0 && (paused || waiting === 0))
