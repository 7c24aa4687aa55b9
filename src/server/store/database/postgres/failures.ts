import { RushesError } from '../../../../shared/errors.ts'

/**
 * How a statement failed: by others who changed the same at the same time, by the loss of the database, by a database that
 * answers but takes no changes, or by itself.
 */
export type FailureKind = 'conflict' | 'lost' | 'unwritable' | 'own'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Serialization failures and deadlocks. */
const CONFLICTS = ['40001', '40P01']

/** A full disk, and a server that only answers questions. */
const UNWRITABLE = ['53100', '25006']

/** No connection, one that broke, a server that starts or stops, or has no connection left. */
const LOST =
  /^(08...|57P0[1-4]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENOENT)$/

/** What the driver says of a connection without giving it a code. */
const LOST_WORDS =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|Query read timeout|timeout expired)/

export const kindOf = (error: unknown): FailureKind => {
  const code = codeOf(error)
  if (CONFLICTS.includes(code)) return 'conflict'
  if (UNWRITABLE.includes(code)) return 'unwritable'
  if (LOST.test(code) || (error instanceof Error && LOST_WORDS.test(error.message))) return 'lost'
  // Tried on every address that the name of the host has.
  if (error instanceof AggregateError) return error.errors.every((each) => kindOf(each) === 'lost') ? 'lost' : 'own'
  return 'own'
}

/** Where a database is, without who asks and with what password. */
export const placeOf = (databaseUrl: string): string => {
  const { hostname, port, pathname, searchParams } = new URL(databaseUrl)
  const host = hostname || searchParams.get('host') || 'this machine'
  return `${host}:${port || '5432'}${decodeURIComponent(pathname)}`
}

const REASONS: readonly [codes: RegExp, reason: string][] = [
  [/^ECONNREFUSED$/, 'nothing listens there. Start PostgreSQL, or set DATABASE_URL to where it is'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'there is no machine of that name. Correct the host in DATABASE_URL'],
  [/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ETIMEDOUT)$/, 'the machine does not answer. Look at the network between'],
  [/^28/, 'it does not accept this user and password. Correct them in DATABASE_URL'],
  [/^3D000$/, 'it has no database of that name. Make it (createdb), or correct the name in DATABASE_URL'],
  [/^42501$/, 'this user may not make tables there. Make it the owner of the database'],
  [/^53300$/, 'it has no connection left. Raise max_connections, or run fewer servers'],
  [/^57P03$/, 'it is just starting or stopping'],
  [
    /^25006$/,
    'it only answers questions, as a replica does. Let it take changes, or set DATABASE_URL to the one that does',
  ],
  [/^53100$/, 'its disk is full. Free some space there'],
]

/** Why it cannot be used and what to do, in the end of a sentence. */
const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  const code = codeOf(error)
  const known = REASONS.find(([codes]) => codes.test(code))
  if (known) return known[1]
  const words = error instanceof Error ? error.message : String(error)
  if (/^(timeout exceeded|timeout expired|Query read timeout)/.test(words)) return 'it does not answer in time'
  return `it says: ${words}`
}

/** The sentence about a database that cannot be used. */
export const whyAway = (databaseUrl: string, error: unknown): string =>
  `The database at ${placeOf(databaseUrl)} cannot be used: ${reasonOf(error)}.`

const RETRY_SECONDS = 2

/** What a request is answered while the database is away. The operator's words are in the log and the notice. */
export const databaseAway = (cause: unknown): RushesError =>
  new RushesError('DATABASE_AWAY', 'The database cannot be reached just now. Nothing is lost; try again in a moment.', {
    cause,
    retryAfter: RETRY_SECONDS,
  })

/** The same while it answers, but takes no changes: what only asks is answered as ever. */
export const databaseUnwritable = (cause: unknown): RushesError =>
  new RushesError(
    'DATABASE_AWAY',
    `The database takes nothing new just now: ${reasonOf(cause)}. What is there can be looked at, and nothing is lost; try again once that is done.`,
    { cause, retryAfter: RETRY_SECONDS },
  )
