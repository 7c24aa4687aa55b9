import { RequestFailed } from '../../outgoing/request.ts'

/** A GET that did not work out this time, and may the next. `retryAfter` is in seconds. */
export class TransientError extends Error {
  override readonly name = 'TransientError'
  readonly retryAfter: number
  constructor(message: string, options: { retryAfter?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.retryAfter = options.retryAfter ?? 0
  }
}

/** What breaks a GET passes; what aborted it does not. */
export const transient = (cause: unknown): unknown =>
  cause instanceof RequestFailed ? new TransientError(cause.message, { cause }) : cause
