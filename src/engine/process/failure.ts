import { RushesError } from '../../shared/errors.ts'

const DISK_FULL = 'The disk is full: free some space and try again.'

/** What a person can be told of a failure in the child, or its stack where it is a defect of ours. */
export const toFailure = (error: unknown): RushesError | string => {
  if (error instanceof RushesError) return error
  if (!(error instanceof Error)) return String(error)
  const text = `${'code' in error ? String(error.code) : ''} ${error.message}`
  if (/ENOSPC|No space left|EDQUOT/.test(text)) return new RushesError('DISK_FULL', DISK_FULL)
  return error.stack ?? error.message
}

export const unsupported = (message: string): RushesError => new RushesError('UNSUPPORTED_MEDIA', message)

export const cutShort = (): RushesError =>
  unsupported('This video is cut short: the end of the file is missing. Copy or download it again.')

export const zeroLength = (): RushesError =>
  unsupported('This video has no frames in it. Export it again with at least one frame.')
