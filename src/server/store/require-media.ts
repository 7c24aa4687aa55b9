import { lstatSync, type Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { basename } from 'node:path'
import { RushesError } from '../../shared/errors.ts'
import { hasCode } from '../disk-errors.ts'

/** Why a path of the data folder is no media that is sent; null where it may be. A link may lead anywhere, out of it too. */
const troubleOf = (facts: Stats): string | null => {
  if (facts.isSymbolicLink()) return 'is a link, which Rushes does not follow'
  return facts.isFile() ? null : 'is no ordinary file'
}

/** Whether an ordinary file lies there, and no link. */
export const isOrdinaryFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false

/**
 * The facts of a media file that is to be sent or read. Rejects with NOT_FOUND or UNREADABLE, in words that name it, where
 * it is gone, empty, no ordinary file, or in a folder that does not let this account in.
 */
export const requireMedia = async (path: string, name = basename(path)): Promise<Stats> => {
  const facts = await lstat(path).catch((cause: unknown) => {
    if (hasCode(cause, 'ENOENT', 'ENOTDIR'))
      throw new RushesError(
        'NOT_FOUND',
        `${name} is gone from the data folder. Put it back from a copy, or make or upload it again.`,
      )
    throw new RushesError(
      'UNREADABLE',
      `${name} may not be read. Give this account the right to read the data folder and what is in it.`,
      { cause },
    )
  })
  const trouble = troubleOf(facts)
  if (trouble !== null)
    throw new RushesError('NOT_FOUND', `${name} ${trouble}. Put the file itself in its place in the data folder.`)
  if (facts.size === 0)
    throw new RushesError(
      'NOT_FOUND',
      `${name} is empty in the data folder: its bytes are lost. Put it back from a copy, or make or upload it again.`,
    )
  return facts
}
