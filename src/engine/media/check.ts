import { AVERROR_EOF } from 'node-av/constants'
import { FFmpegError, PosixError } from 'node-av/lib'
import { RushesError } from '../../shared/errors.ts'

const EAGAIN = FFmpegError.AVERROR(PosixError.EAGAIN)
const ENOSPC = FFmpegError.AVERROR(PosixError.ENOSPC)

/** Throws for a negative return code of FFmpeg, saying what was being done. A full disk is told as such. */
export const check = (code: number, doing: string): number => {
  if (code >= 0) return code
  if (code === ENOSPC) throw new RushesError('DISK_FULL', 'The disk is full: free some space and try again.')
  throw new Error(`${doing}: ${FFmpegError.strerror(code)} (${code})`)
}

/** Whether FFmpeg wants more before it gives, or has given everything. */
export const isDry = (code: number): boolean => code === EAGAIN || code === AVERROR_EOF
