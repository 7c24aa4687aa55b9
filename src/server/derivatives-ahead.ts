import { basename } from 'node:path'
import type { Logger } from 'pino'
import type { Job } from '../shared/job.ts'
import { wantsProxy } from '../shared/library.ts'
import type { JobBus } from './jobs/bus.ts'
import type { Runner } from './jobs/runner.ts'
import type { FileStore } from './store/file-store.ts'
import { derivativeId } from './store/stored-file.ts'
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

const fileIds = (job: Job): string[] =>
  Object.values(job.inputs).flatMap((value) => (typeof value === 'string' && value.startsWith('file_') ? [value] : []))

/** Tells what is worth making of each clip that is done, and of the clips that it was made from: those last. */
const createFollower =
  ({ runner, files }: { runner: Pick<Runner, 'find'>; files: Pick<FileStore, 'get' | 'input'> }) =>
  async (id: string): Promise<WantedDerivative[]> => {
    const found = await runner.find(id)
    if (found?.job.status !== 'completed' || found.result === null) return []
    const { job, result: source } = found
    const made: WantedDerivative[] = [{ kind: 'sprite', id, source }]
    if (wantsProxy(job.output.duration)) made.push({ kind: 'proxy', id, source })
    for (const fileId of fileIds(job)) {
      const [file, input] = await Promise.all([files.get(fileId), files.input(fileId)])
      if (!file || !input || !wantsProxy(file.media.duration)) continue
      made.push({ kind: 'proxy', id: derivativeId({ stored_as: basename(input.key) }), source: input.key })
    }
    return made
  }

/**
 * Makes what is asked for by `want`, and, where it follows jobs, the sprites and proxies of new clips before anybody
 * asks: the newest first, while `isIdle`. Then a card moves, and a comparison answers at once, as soon as it is there.
 */
export const createDerivativesAhead = (deps: {
  follows: { bus: JobBus; runner: Pick<Runner, 'find'>; files: Pick<FileStore, 'get' | 'input'> } | null
  isIdle: () => boolean
  derivatives: Pick<Derivatives, 'ensure'>
  logger: Pick<Logger, 'debug'>
}): DerivativesAhead => {
  const { follows, isIdle, derivatives, logger } = deps
  /** What somebody waits for, and what may be asked for some day: the last of each is made next. */
  const asked: WantedDerivative[] = []
  const waiting: WantedDerivative[] = []
  const refused = new Set<string>()
  /** Jobs that were told as completed: a star is told so too. */
  const seen = new Set<string>()
  let isBusy = false
  let isClosed = false
  const keyOf = ({ kind, id }: WantedDerivative): string => `${kind} ${id}`

  const make = async (wanted: WantedDerivative): Promise<void> => {
    const { kind, id, source } = wanted
    try {
      await derivatives.ensure(kind, id, source)
    } catch (error) {
      if (isClosed) return
      if (refused.size < MAX_REFUSED) refused.add(keyOf(wanted))
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
  const add = (list: WantedDerivative[], wanted: WantedDerivative): void => {
    const index = list.findIndex((one) => keyOf(one) === keyOf(wanted))
    if (index >= 0) list.splice(index, 1)
    list.push(wanted)
    if (list.length > MAX_WAITING) list.shift()
  }

  const follow = follows && createFollower(follows)
  const take = async (id: string): Promise<void> => {
    const found = (await follow?.(id).catch((error: unknown) => logger.debug({ err: error, job: id }))) ?? []
    for (const wanted of found.toReversed()) if (!refused.has(keyOf(wanted))) add(waiting, wanted)
    await run()
  }
  const stop = follows?.bus.subscribe((event) => {
    const isNew = event.name === 'job' && event.job.status === 'completed' && event.job.output.duration !== null
    if (!isNew || seen.has(event.job.job_id)) return void run()
    seen.add(event.job.job_id)
    if (seen.size > MAX_WAITING) seen.delete(seen.values().next().value ?? '')
    void take(event.job.job_id)
  })
  return {
    want: (wanted) => {
      if (refused.has(keyOf(wanted))) return false
      add(asked, wanted)
      void run()
      return true
    },
    close: () => {
      isClosed = true
      stop?.()
      asked.length = waiting.length = 0
    },
  }
}

/** Whether nothing runs and nothing waits to. */
export const nothingRuns = (runner: Pick<Runner, 'totals'>): boolean =>
  Object.values(runner.totals()).every(({ running, waiting, paused }) => running === 0 && (paused || waiting === 0))
