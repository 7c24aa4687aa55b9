import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import type { RenderContext, Renderer, RenderTask } from '../../shared/renderer.ts'
import { stoppedWhileSending } from './cloud-errors.ts'
import { createCloud, PassingFailure } from './cloud.ts'
import { download, type Probe } from './download.ts'
import type { MultipartBody } from './multipart-body.ts'
import { cloudName, orderForm } from './order-form.ts'
import { orAbort, pause } from './waiting.ts'

export type DecartRendererOptions = {
  apiKey: string
  baseUrl: string
  /** Measures the media that came home; rejects where it is broken. */
  probe: Probe
  /** Milliseconds between two looks at a job. */
  pollMs?: number
  /** How long to go on looking. A job in the cloud fails by itself after ten minutes. */
  timeoutMs?: number
  logger?: Pick<Logger, 'info' | 'warn'>
}

const POLL_MS = 2000
const TIMEOUT_MS = 12 * 60_000
/** Looks that fail are spaced out, up to so many times `pollMs`. */
const SLOWEST_POLL = 16
/** Seconds. */
const LONGEST_RETRY_AFTER = 60
/** How long a stopping server waits for the answers to orders that are under way. */
const CLOSE_MS = 5000
const CONCURRENCY = 8

const isCancelled = (reason: unknown) => reason instanceof RushesError && reason.code === 'CANCELLED'

/**
 * Renders in Decart's cloud: order once, look until it is done, bring the result home. The cloud knows no idempotency
 * key, so what was sent is recorded around the POST, and an order whose fate is unknown is never repeated. Aborting
 * stops the waiting at once; the cloud cannot be told, and may bill.
 */
export const createDecartRenderer = (options: DecartRendererOptions): Renderer => {
  const { apiKey, baseUrl, probe, pollMs = POLL_MS, timeoutMs = TIMEOUT_MS, logger } = options
  const cloud = createCloud({ apiKey, baseUrl })
  /** Orders whose answers are out, each with what cuts its connection. */
  const underway = new Map<Promise<string>, AbortController>()

  const send = async (
    model: string,
    form: MultipartBody,
    context: RenderContext,
    cut: AbortSignal,
  ): Promise<string> => {
    const id = await cloud.order(model, form, cut)
    try {
      context.record({ state: 'sent', id })
    } catch (cause) {
      const message = `Decart took the order as ${id}, but that could not be written down. It may be billed.`
      throw new RushesError('INTERNAL', message, { cause, billed: 'maybe' })
    }
    return id
  }

  const order = async (task: RenderTask, context: RenderContext): Promise<string> => {
    const { signal, recorded, record, onProgress } = context
    if (recorded?.state === 'sending') throw stoppedWhileSending()
    onProgress(null, 'submitting')
    const model = cloudName(task)
    const form = await orderForm(task)
    signal.throwIfAborted()
    record({ state: 'sending' })
    const cut = new AbortController()
    const sending = send(model, form, context, cut.signal)
    underway.set(sending, cut)
    void sending.catch(() => {}).finally(() => underway.delete(sending))
    try {
      const id = await orAbort(sending, signal)
      logger?.info({ job: task.job.job_id, cloud: id, model }, 'ordered from Decart')
      return id
    } catch (error) {
      // Somebody's cancel spares the rest of the upload. A shutdown instead lets the answer come, so that the next
      // start knows the order's id.
      if (isCancelled(signal.reason)) cut.abort(signal.reason)
      throw error
    }
  }

  const untilDone = async (id: string, { signal, recorded }: RenderContext): Promise<void> => {
    const deadline = performance.now() + timeoutMs
    let failures = 0
    let wait = recorded?.state === 'sent' ? 0 : pollMs
    for (;;) {
      await pause(wait, signal)
      try {
        const { word, why } = await cloud.look(id, signal)
        if (word === 'completed') return
        if (word === 'failed')
          throw new RushesError('PROCESSING_ERROR', why ?? 'Decart could not make it, and did not say why.', {
            billed: 'maybe',
          })
        failures = 0
        wait = pollMs
      } catch (error) {
        if (signal.aborted) throw signal.reason
        if (!(error instanceof PassingFailure)) throw error
        failures++
        wait = Math.max(
          pollMs * Math.min(2 ** failures, SLOWEST_POLL),
          Math.min(error.retryAfter, LONGEST_RETRY_AFTER) * 1000,
        )
        logger?.warn({ cloud: id, failures, why: error.message }, 'looking at a Decart job failed')
      }
      if (performance.now() + wait > deadline) throw tooLong(timeoutMs)
    }
  }

  return {
    name: 'decart',
    concurrency: CONCURRENCY,
    render: async (task, context) => {
      const { signal, recorded, onProgress } = context
      signal.throwIfAborted()
      const id = recorded?.state === 'sent' ? recorded.id : await order(task, context)
      onProgress(null, 'rendering')
      await untilDone(id, context)
      onProgress(null, 'fetching')
      return download({
        content: (patience) => cloud.content(id, patience),
        directory: task.directory,
        kind: task.model.kind,
        probe,
        signal,
        waits: [0.5, 1, 2, 4, 8].map((times) => times * pollMs),
      })
    },
    close: async () => {
      const answered = Promise.allSettled(underway.keys())
      const enough = new AbortController()
      await Promise.race([answered, pause(CLOSE_MS, enough.signal).catch(() => {})])
      enough.abort()
      for (const cut of underway.values()) cut.abort(new Error('Rushes is stopping'))
      await answered
    },
  }
}

const tooLong = (ms: number) =>
  new RushesError(
    'TIMEOUT',
    `Decart has not finished within ${Math.round(ms / 60_000)} minutes. The order still stands: look again later.`,
    { billed: 'maybe' },
  )
