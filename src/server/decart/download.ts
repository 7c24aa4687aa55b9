import { fileTypeFromFile } from 'file-type'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RushesError } from '../../shared/errors.ts'
import type { MediaInfo } from '../../shared/media.ts'
import type { Rendered } from '../../shared/renderer.ts'
import { PassingFailure } from './cloud.ts'
import { systemCode } from './cloud-errors.ts'
import { pause } from './waiting.ts'

export type Probe = (path: string) => Promise<MediaInfo>

export type DownloadOptions = {
  content: (signal: AbortSignal) => Promise<Response>
  directory: string
  kind: MediaInfo['kind']
  probe: Probe
  signal: AbortSignal
  /** Milliseconds before each further attempt. */
  waits: readonly number[]
}

/** A download that brings nothing for so long is begun anew. */
const STALL_MS = 60_000
const LONGEST_RETRY_AFTER = 60

/** Streams an answer's body to a file. Rejects where less came than was announced. */
const save = async (content: DownloadOptions['content'], path: string, signal: AbortSignal): Promise<void> => {
  const stalled = new AbortController()
  const timer = setTimeout(() => stalled.abort(new PassingFailure('nothing came any more')), STALL_MS)
  const either = AbortSignal.any([signal, stalled.signal])
  try {
    const response = await content(either)
    if (!response.body) throw new PassingFailure('the answer was empty')
    let bytes = 0
    const counted = async function* (body: AsyncIterable<Uint8Array>) {
      for await (const chunk of body) {
        timer.refresh()
        bytes += chunk.length
        yield chunk
      }
    }
    await pipeline(counted(response.body), createWriteStream(path), { signal: either })
    const announced = response.headers.get('content-length')
    if (announced !== null && !response.headers.has('content-encoding') && Number(announced) !== bytes)
      throw new PassingFailure(`${bytes} of ${announced} bytes came`)
  } finally {
    clearTimeout(timer)
  }
}

const measured = async (path: string, kind: MediaInfo['kind'], probe: Probe) => {
  const type = await fileTypeFromFile(path)
  if (!type?.mime.startsWith(`${kind}/`)) throw new PassingFailure(`what came is ${type?.mime ?? 'no media'}`)
  const info = await probe(path).catch((cause: unknown) => {
    throw new PassingFailure(`what came is no whole ${kind}`, { cause })
  })
  const { width, height, duration, fps } = info
  return { extension: type.ext, media: { mime_type: type.mime, width, height, duration, fps } }
}

const isDiskFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '')

const describe = (error: unknown) =>
  error instanceof PassingFailure ? error.message : `the connection broke${codeIn(error)}`
const codeIn = (error: unknown) => {
  const code = systemCode(error)
  return code === undefined ? '' : ` (${code})`
}

/**
 * Brings a finished job's result home: streamed beside its name, counted, measured, then renamed. What breaks is
 * fetched again, as a GET may be. Leaves nothing behind but the result.
 */
export const download = async (options: DownloadOptions): Promise<Rendered> => {
  const { content, directory, kind, probe, signal, waits } = options
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
      if (isDiskFull(error)) throw diskFull(error)
      const wait = waits[attempt]
      if (wait === undefined) throw notFetched(error)
      const asked = error instanceof PassingFailure ? Math.min(error.retryAfter, LONGEST_RETRY_AFTER) * 1000 : 0
      await pause(Math.max(wait, asked), signal)
    }
  }
}

const diskFull = (cause: unknown) =>
  new RushesError('DISK_FULL', 'The disk is full. The result waits at Decart: free some space, then fetch it again.', {
    cause,
    billed: 'maybe',
  })

const notFetched = (cause: unknown) =>
  new RushesError(
    'CLOUD_FAILED',
    `Decart made the result, but it could not be brought home: ${describe(cause)}. It can be fetched again.`,
    { cause, billed: 'maybe' },
  )
