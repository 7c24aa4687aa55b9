import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { type Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileTypeFromBuffer } from 'file-type'
import { RushesError } from '../../shared/errors.ts'
import { LIMITS } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { explainDiskError } from './folders.ts'

/** Bytes that file-type wants to see. */
const HEAD_BYTES = 4100

export type Received = { sha256: string; bytes: number; mimeType: string; extension: string }

type Sniffed = { mimeType: string; extension: string; kinds: readonly MediaKind[] }

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2).toLocaleString('en')} MiB`

/** What the first bytes say a file is. Throws for what is no media that Rushes reads. */
const sniff = async (head: Uint8Array): Promise<Sniffed> => {
  const type = await fileTypeFromBuffer(head)
  if (type?.mime === 'image/heic' || type?.mime === 'image/heif')
    throw new RushesError('UNSUPPORTED_MEDIA', 'This is a HEIC picture, which Rushes cannot read. Export it as JPEG.')
  if (type?.mime === 'image/gif') return { mimeType: type.mime, extension: 'gif', kinds: ['video', 'image'] }
  const kind = type?.mime.startsWith('image/') ? 'image' : type?.mime.startsWith('video/') ? 'video' : null
  if (!type || !kind)
    throw new RushesError(
      'UNSUPPORTED_MEDIA',
      type
        ? `This is ${type.mime}, not an image or a video.`
        : 'This is not an image or a video: its content is of no known kind, whatever its name says.',
    )
  return { mimeType: type.mime, extension: type.ext, kinds: [kind] }
}

/** Refuses a kind that the field does not want. */
export const requireKind = (wants: MediaKind | null, kinds: readonly MediaKind[]): void => {
  if (wants === null || kinds.includes(wants)) return
  const [article, other] = wants === 'image' ? ['an image', 'a video'] : ['a video', 'an image']
  throw new RushesError('UNSUPPORTED_MEDIA', `This is ${other}; the field wants ${article}.`)
}

/** Judges bytes by their content and length, and hashes them. */
const createMeter = (wants: MediaKind | null) => {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let bytes = 0
  let sniffed: Sniffed | null = null
  let limit = Infinity

  const look = async (): Promise<void> => {
    sniffed = await sniff(head)
    requireKind(wants, sniffed.kinds)
    limit = Math.max(...sniffed.kinds.map((kind) => (wants === null || kind === wants ? LIMITS[kind] : 0)))
  }
  return {
    /** Throws for bytes of no known or wanted kind, and for those past the limit of their kind. */
    check: async (chunks: readonly Buffer[]): Promise<void> => {
      for (const chunk of chunks) {
        bytes += chunk.length
        if (sniffed === null) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)])
      }
      if (sniffed === null && head.length >= HEAD_BYTES) await look()
      if (bytes > limit)
        throw new RushesError('TOO_LARGE', `This file is larger than the limit of ${mebibytes(limit)}.`)
    },
    hash: (chunks: readonly Buffer[]): void => {
      for (const chunk of chunks) hash.update(chunk)
    },
    end: async (): Promise<void> => {
      if (bytes === 0) throw new RushesError('INVALID_INPUT', 'The file is empty.')
      if (sniffed === null) await look()
    },
    result: (): Received => {
      if (!sniffed) throw new Error('the stream has not ended')
      return { sha256: hash.digest('hex'), bytes, mimeType: sniffed.mimeType, extension: sniffed.extension }
    },
  }
}

/** Writes every buffer to the end; a disk that fills up writes a part first and fails after. */
const writeAll = async (handle: FileHandle, chunks: readonly Buffer[]): Promise<void> => {
  let left = [...chunks]
  while (left.length > 0) {
    let { bytesWritten } = await handle.writev(left)
    left = left.flatMap((chunk) => {
      const skip = Math.min(bytesWritten, chunk.length)
      bytesWritten -= skip
      return skip === chunk.length ? [] : [chunk.subarray(skip)]
    })
  }
}

/**
 * Streams bytes to `path`, judging them by their content on the way. Throws UNSUPPORTED_MEDIA, TOO_LARGE, INVALID_INPUT
 * (empty) or DISK_FULL; what was written so far is the caller's to remove.
 */
export const receive = async (
  source: Readable,
  path: string,
  wants: MediaKind | null,
  signal?: AbortSignal,
): Promise<Received> => {
  const meter = createMeter(wants)
  const handle = await open(path, 'w').catch((error: unknown) => Promise.reject(explainDiskError(error)))
  const take = async (chunks: readonly Buffer[]): Promise<void> => {
    await meter.check(chunks)
    // The hash is worked out here while the disk writes over there.
    const written = writeAll(handle, chunks)
    meter.hash(chunks)
    await written
  }
  const target = new Writable({
    highWaterMark: 4 * 1024 ** 2,
    write: (chunk: Buffer, _encoding, done) => void take([chunk]).then(() => done(), done),
    writev: (items, done) => void take(items.map(({ chunk }) => chunk as Buffer)).then(() => done(), done),
    final: (done) => void meter.end().then(() => done(), done),
  })
  try {
    await pipeline(source, target, signal ? { signal } : {})
  } catch (error) {
    throw explainDiskError(error)
  } finally {
    await handle.close()
  }
  return meter.result()
}
