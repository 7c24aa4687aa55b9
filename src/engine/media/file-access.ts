import { constants } from 'node:fs'
import { access, open, stat } from 'node:fs/promises'
import { RushesError } from '../../shared/errors.ts'

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

const GONE = ['ENOENT', 'ENOTDIR', 'ELOOP']
const CHECK = 'Check the permissions of the data folder and its disk.'

/** What is wrong with a file that is to be read; undefined where it can be. */
const troubleOf = async (path: string): Promise<{ code: 'NOT_FOUND' | 'UNREADABLE'; text: string } | undefined> => {
  const again = 'Upload it again, then try again.'
  try {
    // Not opened before it is known to be a file: a pipe would not let go of us.
    if (!(await stat(path)).isFile()) return { code: 'NOT_FOUND', text: `is no file any more. ${again}` }
    await access(path, constants.R_OK)
    return undefined
  } catch (error) {
    return GONE.includes(codeOf(error))
      ? { code: 'NOT_FOUND', text: `is gone from the data folder. ${again}` }
      : { code: 'UNREADABLE', text: `may not be read. ${CHECK}` }
  }
}

/**
 * Rejects where a source cannot be read, with NOT_FOUND or UNREADABLE and what to do. `field` is the input that it was
 * given for, where it was given for one.
 */
export const requireSource = async (path: string, field?: string): Promise<void> => {
  const trouble = await troubleOf(path)
  if (!trouble) return
  const { code, text } = trouble
  if (field === undefined) throw new RushesError(code, `The file ${text}`)
  throw new RushesError(code, `The file of ${field} ${text}`, { fields: { [field]: `The file ${text}` } })
}

/**
 * Rejects where a result cannot be written, with UNWRITABLE or DISK_FULL and what to do. Leaves an empty file behind: only
 * trying tells.
 */
export const requireWritable = async (path: string): Promise<void> => {
  try {
    await (await open(path, 'w')).close()
  } catch (cause) {
    const code = codeOf(cause)
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new RushesError('DISK_FULL', 'The disk is full: free some space and try again.', { cause })
    const text = GONE.includes(code)
      ? 'The folder for the result is gone from the data folder. Try again.'
      : `The result may not be written into the data folder. ${CHECK}`
    throw new RushesError('UNWRITABLE', text, { cause })
  }
}
