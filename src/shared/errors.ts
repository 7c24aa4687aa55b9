/**
 * Every way in which Rushes can fail, by code. The SDK's error, the server's answers and a failed job all use these.
 * The first seven are the Process API's; the others say more where more is known.
 */
export const ERROR_CODES = [
  'INVALID_INPUT',
  'INVALID_API_KEY',
  'PROCESSING_ERROR',
  'MODEL_NOT_FOUND',
  'NETWORK_ERROR',
  'TIMEOUT',
  'CANCELLED',
  'NOT_FOUND',
  'NOT_READY',
  'TOO_LARGE',
  'TOO_SLOW',
  'UNSUPPORTED_MEDIA',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'METHOD_NOT_ALLOWED',
  'RATE_LIMITED',
  'CLOUD_FAILED',
  'DISK_FULL',
  'UNWRITABLE',
  'DATABASE_AWAY',
  'UNREADABLE',
  'FILES_AWAY',
  'OUT_OF_MEMORY',
  'MODEL_MISSING',
  'NODE_MISSING',
  'UNREACHABLE',
  'LOST',
  'REJECTED',
  'QUOTA',
  'SPEND_LIMIT',
  'UNAVAILABLE',
  'INTERNAL',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** The status that the server answers for each code. */
export const STATUS_OF = {
  INVALID_INPUT: 422,
  INVALID_API_KEY: 401,
  PROCESSING_ERROR: 500,
  MODEL_NOT_FOUND: 404,
  NETWORK_ERROR: 502,
  TIMEOUT: 504,
  CANCELLED: 409,
  NOT_FOUND: 404,
  NOT_READY: 409,
  TOO_LARGE: 413,
  /** The body dripped in: see http/flow.ts. */
  TOO_SLOW: 408,
  UNSUPPORTED_MEDIA: 415,
  FORBIDDEN: 403,
  /** Who asks is not known: the studio has accounts (AUTH), and no session or token of one came along. */
  UNAUTHENTICATED: 401,
  METHOD_NOT_ALLOWED: 405,
  RATE_LIMITED: 429,
  CLOUD_FAILED: 502,
  DISK_FULL: 507,
  /** The data folder, or a part of it, does not take what is to be written. */
  UNWRITABLE: 507,
  /** The PostgreSQL that holds jobs and uploads cannot be reached just now, or takes no changes. */
  DATABASE_AWAY: 503,
  /** What the index has of a job, or a file of the data folder, cannot be read. */
  UNREADABLE: 409,
  /** The S3 storage that keeps the files does not answer, or refuses. */
  FILES_AWAY: 503,
  /** The graphics card has too little memory for it. */
  OUT_OF_MEMORY: 500,
  /** The other side lacks the model, or a file or a node that it needs. */
  MODEL_MISSING: 409,
  NODE_MISSING: 409,
  UNREACHABLE: 502,
  /** The other side was started anew and knows nothing of the order. */
  LOST: 502,
  /** Refused for what it shows or asks for. */
  REJECTED: 422,
  /** No credit is left there. */
  QUOTA: 402,
  /** The order would pass SPEND_LIMIT_USD. */
  SPEND_LIMIT: 402,
  /** The server is stopping: the same request can be sent again once it, or another, is there. */
  UNAVAILABLE: 503,
  INTERNAL: 500,
} as const satisfies Record<ErrorCode, number>

/**
 * A failure that a person may read: what happened, and what to do. Anything else thrown is a defect of ours, logged in
 * full and shown only as such.
 */
export class RushesError extends Error {
  override readonly name = 'RushesError'
  readonly code: ErrorCode
  /** Field → what is wrong with it, for INVALID_INPUT, TOO_LARGE and UNSUPPORTED_MEDIA. */
  readonly fields: Record<string, string> | undefined
  /** Seconds to wait, for RATE_LIMITED, UNAVAILABLE and DATABASE_AWAY. */
  readonly retryAfter: number | undefined
  /** Whether money may have been spent although nothing came of it. */
  readonly billed: 'no' | 'maybe'

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      cause?: unknown
      fields?: Record<string, string> | undefined
      retryAfter?: number
      billed?: 'no' | 'maybe'
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.fields = options.fields
    this.retryAfter = options.retryAfter
    this.billed = options.billed ?? 'no'
  }
}

/**
 * The same failure, said of one field. What is no RushesError, or names its fields already, stays as it is. `text` is
 * how the field's own message reads.
 */
export const aboutField = (field: string, error: unknown, text?: string): unknown =>
  error instanceof RushesError && !error.fields
    ? new RushesError(error.code, `${field}: ${error.message}`, {
        cause: error,
        fields: { [field]: text ?? error.message },
      })
    : error
