import type { ErrorCode } from '../shared/errors.ts'

/** The codes that Rushes knows; a newer server may send others. */
export type DecartSDKErrorCode = ErrorCode | (string & {})

type Details = {
  fields?: Record<string, string> | undefined
  status?: number | undefined
  retryAfter?: number | undefined
  billed?: 'no' | 'maybe' | undefined
  cause?: unknown
}

/** Everything that the client rejects with, except the reason of an aborted signal. `message` is for a person. */
export class DecartSDKError extends Error {
  override readonly name = 'DecartSDKError'
  readonly code: DecartSDKErrorCode
  /** Field → what is wrong with it. */
  readonly fields: Record<string, string> | undefined
  /** The HTTP status, where a server answered. */
  readonly status: number | undefined
  /** Seconds that the server asks to wait before another try. */
  readonly retryAfter: number | undefined
  /** Whether a job that failed may have cost money, where the server tells. */
  readonly billed: 'no' | 'maybe' | undefined

  constructor(code: DecartSDKErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.fields = details.fields
    this.status = details.status
    this.retryAfter = details.retryAfter
    this.billed = details.billed
  }
}
