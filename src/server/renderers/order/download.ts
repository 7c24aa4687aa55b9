import { fileTypeFromFile } from 'file-type'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RushesError } from '../../../shared/errors.ts'
import type { MediaInfo } from '../../../shared/media.ts'
import type { Rendered } from '../../../shared/renderer.ts'
import { type Answer, RequestFailed } from '../../outgoing/request.ts'
import { clauseOf, systemCode } from '../../outgoing/words.ts'
import { TransientError } from './transient-error.ts'
import { pause } from './waiting.ts'
import type { Addressee } from './words.ts'

export type Probe = (path: string) => Promise<MediaInfo>

export type DownloadOptions = {
  content: (signal: AbortSignal) => Promise<Answer>
  directory: string
  /** Null where it is not known before: any media will do. */
  kind: MediaInfo['kind'] | null
  /** Whom it comes from, for words. */
  addressee: Addressee
  probe: Probe
  signal: AbortSignal
  /** Milliseconds before each further attempt. */
  waits: readonly number[]
}

const MAX_RETRY_AFTER_SECONDS = 60

/** Streams an answer's body to a file. Rejects where less came than was announced. */
const save = async (content: DownloadOptions['content'], path: string, signal: AbortSignal): Promise<void> => {
  const { body } = await content(signal)
  await pipeline(body, createWriteStream(path), { signal })
}

const measured = async (path: string, kind: DownloadOptions['kind'], probe: Probe) => {
  const type = await fileTypeFromFile(path)
  const fits =
    type !== undefined && (kind === null ? /^(image|video)\//.test(type.mime) : type.mime.startsWith(`${kind}/`))
  if (!fits) throw new TransientError(`what came is ${type?.mime ?? 'no media'}`)
  const info = await probe(path).catch((cause: unknown) => {
    throw new TransientError(`what came is no whole ${kind ?? 'media file'}`, { cause })
  })
  const { width, height, duration, fps } = info
  return { extension: type.ext, media: { mime_type: type.mime, width, height, duration, fps } }
}

const isDiskFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '')

const describe = (error: unknown) =>
  error instanceof TransientError || error instanceof RequestFailed ? error.message : clauseOf(error)

/**
 * Brings a finished job's result home: streamed beside its name, counted, measured, then renamed. What breaks is
 * fetched again, as a GET may be. Leaves nothing behind but the result.
 */
export const download = async (options: DownloadOptions): Promise<Rendered> => {
  const { content, directory, kind, addressee, probe, signal, waits } = options
  const part = join(directory, 'result.part')
  for (let attempt = 0; ; attempt++) {
    try {
      await save(content, part, signal)
      const { extension, media } = await measured(part, kind, probe)
      signal.throwIfAborted()
      const path = join(directory, `result.${extension}`)
      await rename(part, path)
      return { path, ...media }
    } catch (error) {
      await rm(part, { force: true })
      if (signal.aborted) throw signal.reason
      if (error instanceof RushesError) throw error
      if (isDiskFull(error)) throw diskFull(addressee, error)
      const wait = waits[attempt]
      if (wait === undefined) throw notFetched(addressee, error)
      const asked = error instanceof TransientError ? Math.min(error.retryAfter, MAX_RETRY_AFTER_SECONDS) * 1000 : 0
      await pause(Math.max(wait, asked), signal)
    }
  }
}

const diskFull = ({ title, paid }: Addressee, cause: unknown) =>
  new RushesError(
    'DISK_FULL',
    `The disk is full. The result waits at ${title}: free some space, then fetch it again.`,
    { cause, billed: paid ? 'maybe' : 'no' },
  )

const notFetched = ({ title, paid }: Addressee, cause: unknown) =>
  new RushesError(
    'CLOUD_FAILED',
    `${title} made the result, but it could not be brought home: ${describe(cause)}. It can be fetched again.`,
    { cause, billed: paid ? 'maybe' : 'no' },
  )
