import type { Logger } from 'pino'
import type { JobBus } from './jobs/bus.ts'
import type { Runner } from './jobs/runner.ts'
import type { Derivatives } from './store/derivatives.ts'

/** Takes that wait to have theirs made at most; those of others are made when they are asked for. */
const MOST = 200

/**
 * Makes the sprites of new clips before anybody asks, the newest first and one at a time, while nothing runs: then a
 * card moves as soon as it is there. `close` lets none begin any more.
 */
export const createSpritesAhead = (deps: {
  bus: JobBus
  runner: Pick<Runner, 'find' | 'totals'>
  derivatives: Pick<Derivatives, 'ensure'>
  logger: Pick<Logger, 'debug'>
}): { close: () => void } => {
  const { bus, runner, derivatives, logger } = deps
  const waiting: string[] = []
  let isBusy = false

  const isIdle = (): boolean =>
    Object.values(runner.totals()).every(({ running, waiting, paused }) => running === 0 && (paused || waiting === 0))

  const make = async (id: string): Promise<void> => {
    const found = await runner.find(id)
    if (found?.job.status === 'completed' && found.result !== null) await derivatives.ensure('sprite', id, found.result)
  }

  const go = async (): Promise<void> => {
    if (isBusy) return
    isBusy = true
    try {
      for (let id = isIdle() ? waiting.pop() : undefined; id !== undefined; id = isIdle() ? waiting.pop() : undefined)
        // Whoever asks for it is told what is wrong.
        await make(id).catch((error: unknown) => logger.debug({ err: error, job: id }, 'no sprite was made'))
    } finally {
      isBusy = false
    }
  }

  const stop = bus.subscribe((event) => {
    if (event.name === 'job') {
      const { status, output, job_id } = event.job
      // A star is told so too: what is there already is not made again.
      if (status !== 'completed' || output.duration === null || waiting.includes(job_id)) return
      waiting.push(job_id)
      if (waiting.length > MOST) waiting.shift()
    }
    void go()
  })
  return {
    close: () => {
      stop()
      waiting.length = 0
    },
  }
}
