import { Busboy } from '@fastify/busboy'
import { createWriteStream } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RushesError } from '../../shared/errors.ts'
import { fileNameOf } from '../http/file-name.ts'
import { flow } from '../http/flow.ts'
import { explainDiskError } from '../disk-errors.ts'
import { HOW_TO_EXPORT, MAX_FILE_BYTES } from './read/read-workflow-file.ts'

/** The file's name, and what the form says beside it. */
export type ReceivedUpload = { filename: string; name: string | null }

const LIMITS = { fields: 16, fieldSize: 8 * 1024, files: 1, parts: 24, headerPairs: 32, headerSize: 16 * 1024 }

const tooLarge = (): RushesError =>
  new RushesError(
    'TOO_LARGE',
    `The file is larger than ${MAX_FILE_BYTES / 1024 ** 2} MiB, the most that is looked into for a graph. ${HOW_TO_EXPORT}`,
  )

const missing = (): RushesError =>
  new RushesError('INVALID_INPUT', 'file is required', { fields: { file: 'is required' } })

const createParser = (headers: IncomingHttpHeaders) => {
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': headers['content-type'] ?? '' },
      limits: LIMITS,
      preservePath: true,
      isPartAFile: (name) => name === 'file',
    })
  } catch (cause) {
    throw new RushesError(
      'INVALID_INPUT',
      'Send the graph as JSON, or the file as the part `file` of multipart/form-data.',
      {
        cause,
      },
    )
  }
}

/**
 * Streams the part `file` of a form to `path`, which is the caller's to remove, and reads its `name`. Rejects with
 * INVALID_INPUT where there is no file, TOO_LARGE past 200 MiB, DISK_FULL, or what the connection broke off with.
 */
export const receiveUpload = async (
  headers: IncomingHttpHeaders,
  body: Readable,
  path: string,
): Promise<ReceivedUpload> => {
  if (Number(headers['content-length'] ?? 0) > MAX_FILE_BYTES + 64 * 1024) throw tooLarge()
  const parser = createParser(headers)
  let name: string | null = null
  let written: { filename: string; done: Promise<void> } | null = null
  parser.on('field', (key, value) => {
    if (key === 'name') name = value.trim() || null
  })
  parser.on('file', (_key, stream, sent: string | undefined) => {
    const done = pipeline(stream, createWriteStream(path)).catch((error: unknown) => {
      const cause = explainDiskError(error)
      parser.destroy(cause instanceof Error ? cause : new Error(String(cause)))
      throw cause
    })
    // Awaited below, when the form is through.
    done.catch(() => undefined)
    written = { filename: fileNameOf(sent, 'file') ?? 'The file', done }
  })
  const whole = flow(body, parser, { bytes: MAX_FILE_BYTES + 64 * 1024, error: tooLarge() })
  await whole.catch((error: unknown) => {
    if (error instanceof RushesError) throw error
    throw new RushesError('INVALID_INPUT', 'The multipart body is cut off or malformed.', { cause: error })
  })
  const upload = received(written)
  if (!upload) throw missing()
  await upload.done
  return { filename: upload.filename, name }
}

/** What a callback has set is not seen by the compiler at its own place. */
const received = (upload: { filename: string; done: Promise<void> } | null) => upload
