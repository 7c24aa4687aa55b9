import { accessSync, constants, statSync } from 'node:fs'
import { RushesError } from '../shared/errors.ts'

export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)

/** The system's two words for a full disk, and the database's. */
const isFull = (error: unknown): boolean =>
  hasCode(error, 'ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC')

const isUnwritable = (error: unknown): boolean =>
  hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM')

const isBroken = (error: unknown): boolean => hasCode(error, 'EIO', 'SQLITE_IOERR')

/** What stands in the way of opening a file for reading and writing, and what to do, as far as the folder tells; else null. */
export const obstacleAt = (path: string): string | null => {
  try {
    if (statSync(path).isDirectory()) return 'is a folder. Move it away, then start again.'
    accessSync(path, constants.R_OK | constants.W_OK)
    return null
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS')) return null
    return 'may not be read and written by this account. Give it the right to, then start again.'
  }
}

/** The place that an error is of; of a file that was to be moved, where to: what it comes from is our own. */
const pathOf = (error: unknown): string => {
  const of = (key: 'dest' | 'path'): string | undefined => {
    const path: unknown = error instanceof Error ? Reflect.get(error, key) : undefined
    return typeof path === 'string' ? path : undefined
  }
  const path = of('dest') ?? of('path')
  return path === undefined ? '' : ` (${path.split(/[/\\]/).slice(-2).join('/')})`
}

/** Says in words that the disk does not take something; any other error stays what it is. */
export const explainDiskError = (error: unknown): unknown => {
  if (isFull(error))
    return new RushesError('DISK_FULL', 'The disk is full. Free some space in the data folder, then try again.', {
      cause: error,
    })
  if (isUnwritable(error))
    return new RushesError(
      'UNWRITABLE',
      `The data folder does not let Rushes in${pathOf(error)}. Give this account the right to read and write there, then try again.`,
      { cause: error },
    )
  if (isBroken(error))
    return new RushesError('UNWRITABLE', 'The disk reports an error. Check it, then try again.', { cause: error })
  return error
}
