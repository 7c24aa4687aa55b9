import { type FileHandle, open, stat } from 'node:fs/promises'
import { type Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RushesError } from '../../shared/errors.ts'
import { LIMITS } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { explainDiskError } from '../disk-errors.ts'
import { type Follower, followFile } from './hash-files.ts'
import { requireKind, sniff, type Sniffed } from './media-kind.ts'

/** Bytes that file-type wants to see. */
export const HEAD_BYTES = 4100

export type Received = { sha256: string; bytes: number; extension: string }

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2).toLocaleString('en')} MiB`

/** Judges a file by its first bytes and its whole length, before the rest has come. Bytes: {@link HEAD_BYTES} or all. */
export const judgeHead = async (head: Buffer, length: number): Promise<void> => {
  const meter = createMeter(null)
  await meter.check([head])
  await meter.checkLength(length)
}

/** Judges bytes by their content and length. */
const createMeter = (wants: MediaKind | null) => {
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
    /** The same for the length of a file that is there as a whole. */
    checkLength: async (length: number): Promise<void> => {
      bytes = length
      if (sniffed === null && bytes > 0) await look()
      if (bytes > limit)
        throw new RushesError('TOO_LARGE', `This file is larger than the limit of ${mebibytes(limit)}.`)
    },
    end: async (): Promise<{ bytes: number; type: Sniffed }> => {
      if (bytes === 0) throw new RushesError('INVALID_INPUT', 'The file is empty.')
      if (sniffed === null) await look()
      if (!sniffed) throw new Error('what was looked at was not judged')
      return { bytes, type: sniffed }
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

const receivedOf = async (follower: Follower, meter: ReturnType<typeof createMeter>): Promise<Received> => {
  const { bytes, type } = await meter.end()
  return { sha256: await follower.finish(bytes), bytes, extension: type.extension }
}

/**
 * Streams bytes to `path`, judging them by their content on the way, while another thread hashes them. Throws
 * UNSUPPORTED_MEDIA, TOO_LARGE, INVALID_INPUT (empty) or DISK_FULL; what was written so far is the caller's to remove.
 */
export const receive = async (
  source: Readable,
  path: string,
  wants: MediaKind | null,
  signal?: AbortSignal,
): Promise<Received> => {
  const meter = createMeter(wants)
  const follower = followFile(path)
  const handle = await open(path, 'w').catch((error: unknown) => Promise.reject(explainDiskError(error)))
  let written = 0
  const take = async (chunks: readonly Buffer[]): Promise<void> => {
    await meter.check(chunks)
    await writeAll(handle, chunks)
    for (const chunk of chunks) written += chunk.length
    follower.wrote(written)
  }
  const target = new Writable({
    highWaterMark: 4 * 1024 ** 2,
    write: (chunk: Buffer, _encoding, done) => void take([chunk]).then(() => done(), done),
    writev: (items, done) => void take(items.map(({ chunk }) => chunk as Buffer)).then(() => done(), done),
  })
  try {
    await pipeline(source, target, signal ? { signal } : {})
    return await receivedOf(follower, meter)
  } catch (error) {
    follower.stop()
    // The pipeline tells of an abort in words of its own.
    throw signal?.aborted ? signal.reason : explainDiskError(error)
  } finally {
    await handle.close()
  }
}

/** Judges a whole file that lies there already as `receive` judges a stream. */
export const judge = async (path: string, wants: MediaKind | null): Promise<Received> => {
  const meter = createMeter(wants)
  const follower = followFile(path)
  try {
    const { size } = await stat(path)
    const handle = await open(path)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
      await meter.check([buffer.subarray(0, bytesRead)])
      await meter.checkLength(size)
    } finally {
      await handle.close()
    }
    return await receivedOf(follower, meter)
  } catch (error) {
    follower.stop()
    throw explainDiskError(error)
  }
}
