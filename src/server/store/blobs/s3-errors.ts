import { RushesError } from '../../../shared/errors.ts'
import { explainDiskError, hasCode } from '../../disk-errors.ts'

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')

/** The status of an S3 server's answer; undefined where none came. */
const statusOf = (error: unknown): number | undefined => {
  const about: unknown = error instanceof Error ? Reflect.get(error, '$metadata') : undefined
  const status: unknown = typeof about === 'object' && about !== null ? Reflect.get(about, 'httpStatusCode') : undefined
  return typeof status === 'number' ? status : undefined
}

const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  names.includes(nameOf(error)) || hasCode(error, ...names)

/** Whether a key, or the part of a multipart upload, is not there. A missing bucket is no such thing. */
export const isMissing = (error: unknown): boolean =>
  isNamed(error, 'NoSuchKey', 'NotFound', 'NoSuchUpload') ||
  (statusOf(error) === 404 && nameOf(error) !== 'NoSuchBucket')

/** Whether a key that must be new is there already: 409 of one that another server is just putting there. */
export const isTaken = (error: unknown): boolean =>
  isNamed(error, 'PreconditionFailed', 'ConditionalRequestConflict') || statusOf(error) === 412

/** What is wrong with a storage, as a clause, and what to do. */
const troubleOf = (error: unknown): { is: string; todo: string } => {
  if (isNamed(error, 'NoSuchBucket')) return { is: 'has no such bucket', todo: 'Make it, or correct FILES_URL.' }
  if (isNamed(error, 'CredentialsProviderError'))
    return {
      is: 'wants credentials, and none are set',
      todo: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or one of the other ways in which the AWS SDK finds them.',
    }
  if (isNamed(error, 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken', 'InvalidToken'))
    return { is: 'does not take the credentials', todo: 'Set the right ones in the environment of Rushes.' }
  if (isNamed(error, 'AccessDenied', 'Forbidden') || statusOf(error) === 401 || statusOf(error) === 403)
    return {
      is: 'does not let Rushes in',
      todo: 'Give its account the right to list, read, write and delete there.',
    }
  if (isNamed(error, 'SlowDown', 'ThrottlingException', 'TooManyRequests') || statusOf(error) === 503)
    return { is: 'is asked too much and refuses for now', todo: 'Try again in a moment.' }
  if (isNamed(error, 'PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'))
    return { is: 'keeps the bucket in another region', todo: 'Add region=… to FILES_URL.' }
  if (statusOf(error) !== undefined)
    return { is: 'reports an error of its own', todo: 'Look at its log, then try again.' }
  return { is: 'does not answer', todo: 'Check that it runs and can be reached, then try again.' }
}

/** What an SDK says of a server that it reached, or could not reach. */
const isOfStorage = (error: unknown): boolean =>
  statusOf(error) !== undefined ||
  isNamed(error, 'TimeoutError', 'CredentialsProviderError', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND') ||
  hasCode(error, 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE')

/** A name of the storage for those who set it up; others are told of "the storage of the files". */
const plainly = (error: unknown, who: string): string => {
  const { is, todo } = troubleOf(error)
  return `${who} ${is}. ${todo}`
}

/** Says in words what is wrong with the storage, or with this machine's disk; any other error stays what it is. */
export const explainS3Error = (error: unknown): unknown => {
  if (error instanceof RushesError) return error
  if (isNamed(error, 'XMinioStorageFull', 'QuotaExceeded', 'InsufficientCapacity') || statusOf(error) === 507)
    return new RushesError('DISK_FULL', 'The storage of the files is full. Make room there, then try again.', {
      cause: error,
    })
  if (!isOfStorage(error)) return explainDiskError(error)
  return new RushesError('FILES_AWAY', plainly(error, 'The storage of the files'), { cause: error })
}

/** Whether a start is of no use: what is wrong does not mend itself. */
export const isLasting = (error: unknown): boolean => {
  const status = statusOf(error)
  return isNamed(error, 'CredentialsProviderError') || (status !== undefined && status >= 300 && status < 500)
}

/** The same sentence for the terminal, with the place. */
export const startSentence = (error: unknown, place: string): string =>
  plainly(error, `The storage of the files (${place})`)
