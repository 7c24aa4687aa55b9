import type { ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'
import { RushesError } from '../../shared/errors.ts'
import { type Report, reportSchema, type Request, type Result } from './messages.ts'
import { type Usage, watchUsage } from './usage.ts'

/**
 * Bytes, and milliseconds from when the child has loaded what it needs: of processors' time where the system tells that,
 * in all, and without progress.
 */
export type Limits = { memory: number; work: number; time: number; stall: number }

/** What a child is asked. */
export type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never

export type Guarded = {
  pid: number | undefined
  /** Asks one thing. Rejects with a RushesError when the child fails, dies, stalls or takes too much. */
  ask: (asked: Asked, limits: Limits, onProgress?: (progress: number) => void) => Promise<Result>
  kill: () => void
  /** Resolves when the process is gone. */
  ended: Promise<void>
  isAlive: () => boolean
  /** Whether the child keeps this process from ending; it does at first. */
  hold: () => void
  letGo: () => void
}

/** Characters of the child's last words that are kept for the log. */
const LAST_WORDS = 4000

/** What loading may take: it is the machine's time and not that of what is asked. */
const LOAD = 60_000

const TELL = {
  died: 'The engine stopped while making this. Try again; if it happens again, try a smaller input.',
  memory: 'This took more memory than one render may. Try a smaller resolution or a shorter clip.',
  time: 'This took longer than one render may. Try a smaller resolution or a shorter clip.',
  stall: 'The engine stood still while making this and was stopped. Try again.',
  defect: 'The engine failed while making this. Try again; if it happens again, try another input.',
} as const

/** A child that did not answer, and why. */
export class ChildFailed extends RushesError {
  readonly why: keyof typeof TELL
  constructor(why: keyof typeof TELL, cause?: unknown) {
    super('PROCESSING_ERROR', TELL[why], cause === undefined ? {} : { cause })
    this.why = why
  }
}

/** A timer of something that may take so long; set anew it begins again. */
const createDeadline = (onPassed: () => void) => {
  let timer: NodeJS.Timeout | undefined
  return {
    set: (ms: number): void => {
      clearTimeout(timer)
      timer = setTimeout(onPassed, ms)
    },
    clear: (): void => clearTimeout(timer),
  }
}

/** Stops what takes too much. The processors' time counts from when the work began; it is known with the first look after. */
const createBudget = (limits: Limits, stop: (why: 'memory' | 'time') => void) => {
  let start: number | undefined
  let begun = false
  return {
    begin: (): void => {
      begun = true
    },
    weigh: ({ memory, work }: Usage): void => {
      if (begun) start ??= work
      if (memory > limits.memory) stop('memory')
      else if (start !== undefined && work - start > limits.work) stop('time')
    },
  }
}

/** What is heard of a child, and how it is ended. */
type Watched = Pick<Guarded, 'kill' | 'ended'> & {
  child: ChildProcess
  listeners: Set<(report: Report) => void>
  /** The end of what it wrote to its log. */
  words: () => string
}

/** Asks a child one thing under a number of its own. */
const askChild = (
  { child, listeners, words, kill, ended }: Watched,
  id: number,
  asked: Asked,
  limits: Limits,
  onProgress?: (progress: number) => void,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    const stop = (why: keyof typeof TELL): void =>
      settle(() => {
        kill()
        reject(new ChildFailed(why, words() || undefined))
      })
    const slow = createDeadline(() => stop('time'))
    const stalled = createDeadline(() => stop('stall'))
    const budget = createBudget(limits, stop)
    const settle = (act: () => void): void => {
      slow.clear()
      stalled.clear()
      unwatch()
      listeners.delete(listen)
      act()
    }
    const listen = (report: Report): void => {
      if (report.type === 'pulse') return budget.weigh({ memory: report.rss, work: 0 })
      if (report.type === 'ready' || report.id !== id) return
      switch (report.type) {
        case 'begun':
          budget.begin()
          slow.set(limits.time)
          return stalled.set(limits.stall)
        case 'progress':
          stalled.set(limits.stall)
          onProgress?.(report.progress)
          return
        case 'done':
          return settle(() => resolve(report.result))
        case 'failed':
          return settle(() => reject(new RushesError(report.code, report.message)))
        case 'defect':
          return settle(() => reject(new ChildFailed('defect', report.stack)))
      }
    }
    listeners.add(listen)
    slow.set(LOAD)
    stalled.set(limits.stall)
    const unwatch = child.pid === undefined ? () => undefined : watchUsage(child.pid, budget.weigh)
    void ended.then(() => settle(() => reject(new ChildFailed('died', words() || undefined))))
    child.send({ ...asked, id }, (error) => {
      if (error) stop('died')
    })
  })

/** Guards a forked child: every way in which it may go wrong becomes a rejected promise. */
export const guardChild = (child: ChildProcess): Guarded => {
  const listeners = new Set<(report: Report) => void>()
  let words = ''
  let lastId = 0
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-LAST_WORDS)))
  child.on('message', (message) => {
    const report = reportSchema.safeParse(message)
    if (report.success) for (const listen of listeners) listen(report.data)
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    // A process that could not be started never exits.
    child.on('error', () => child.pid === undefined && resolve())
  })
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null && child.pid !== undefined
  const kill = (): void => {
    if (isAlive()) child.kill('SIGKILL')
  }
  const watched = { child, listeners, words: () => words, kill, ended }
  // A pipe is a socket, though its type does not say so.
  const pipe = child.stderr instanceof Socket ? child.stderr : undefined
  return {
    pid: child.pid,
    ask: (...question) => askChild(watched, ++lastId, ...question),
    kill,
    ended,
    isAlive,
    hold: () => {
      child.ref()
      child.channel?.ref()
      pipe?.ref()
    },
    letGo: () => {
      child.unref()
      child.channel?.unref()
      pipe?.unref()
    },
  }
}
