import { randomBytes } from 'node:crypto'
import { createWriteStream, type WriteStream } from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import { explainDiskError } from '../disk-errors.ts'
import { newFileId } from './stored-file.ts'
import { type Folders, writeJson } from './folders.ts'
import { HEAD_BYTES, judgeHead } from './receive.ts'

/** An upload that comes in pieces: what was said of it at its beginning. */
export const uploadSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  /** Bytes in all. */
  length: z.number().int().positive(),
  filename: z.string().nullable(),
  /** Seconds that the file is to be kept, or null for good. */
  ttl_seconds: z.number().int().positive().nullable(),
  created_at: z.string(),
  /** The file that becomes of it. */
  file_id: z.string(),
})
export type Upload = z.infer<typeof uploadSchema>

/** How long an upload waits for its next piece, in milliseconds. */
export const KEPT_MS = 24 * 60 * 60 * 1000

export type UploadStore = {
  begin: (asked: Pick<Upload, 'length' | 'filename' | 'ttl_seconds'>) => Promise<Upload>
  get: (id: string) => Promise<Upload | undefined>
  /** Bytes that have come. */
  offset: (upload: Upload) => Promise<number>
  /**
   * Appends a piece. Resolves with the bytes that have come, also where the connection broke, or the signal ended it, in
   * the middle of the piece: the next one goes on from there. Rejects where the piece is not what comes next, is longer
   * than what is left, or begins a file that is none to take.
   */
  append: (
    upload: Upload,
    at: number,
    piece: Readable,
    options: { signal: AbortSignal; onBytes: (count: number) => void },
  ) => Promise<number>
  /** Has something done with all that has come, as one local file, which is gone from there perhaps afterwards. */
  whole: <T>(upload: Upload, take: (path: string) => Promise<T>) => Promise<T>
  /** Removes the bytes, which are in its file: what is left of it is where that is. */
  finish: (upload: Upload) => Promise<void>
  remove: (id: string) => Promise<void>
  /** Removes uploads that nobody goes on with. */
  sweep: () => Promise<void>
}

/** Judges a piece while it comes, by its first bytes where it is the first, and by its length. */
export const judgedPiece = ({ length }: Pick<Upload, 'length'>, at: number, onBytes: (count: number) => void) =>
  async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = at
    let head = Buffer.alloc(0)
    for await (const chunk of source) {
      const isHead = bytes < HEAD_BYTES && at === 0
      bytes += chunk.length
      onBytes(chunk.length)
      if (bytes > length)
        throw new RushesError('TOO_LARGE', `This upload was announced with ${length} bytes, and more came.`)
      if (isHead) {
        head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)])
        if (bytes >= Math.min(HEAD_BYTES, length)) await judgeHead(head, length)
      }
      yield chunk
    }
  }

/** A piece that does not begin where the one before ended. */
export const notNext = (bytes: number, at: number): RushesError =>
  new RushesError('NOT_READY', `This upload has ${bytes} bytes: go on from there, not from ${at}.`)

/** Writes a piece into a file. Resolves once all is written that came, also where the connection broke. */
const writePiece = async (path: string, at: number, fill: (target: WriteStream) => Promise<void>): Promise<void> => {
  // Where it begins, and not at the end, wherever that is when it is written.
  const target = createWriteStream(path, {
    ...(at === 0 ? { flags: 'w' } : { flags: 'r+', start: at }),
    highWaterMark: 4 * 1024 ** 2,
  })
  // Not `once`, which rejects where the error comes first; that is the pipeline's to tell.
  const closed = new Promise<void>((resolve) => target.once('close', resolve))
  target.on('error', () => undefined)
  try {
    await fill(target)
  } catch (error) {
    const explained = explainDiskError(error)
    if (explained instanceof RushesError) throw explained
    // The connection broke: what has come is kept.
  } finally {
    // What was being written when it broke is written by then.
    await closed
  }
}

/** Uploads in pieces, in files that outlive a restart. */
export const createUploadStore = (folders: Folders, now: () => Date = () => new Date()): UploadStore => {
  const besideOf = (id: string): string => join(folders.uploads, `rushes-${id}.json`)
  const pathOf = (id: string): string => join(folders.uploads, `rushes-${id}.part`)

  const offsetOf = async (id: string): Promise<number> =>
    stat(pathOf(id)).then(
      ({ size }) => size,
      () => 0,
    )

  const get = async (id: string): Promise<Upload | undefined> => {
    if (!/^[0-9a-f]{32}$/.test(id)) return undefined
    try {
      return uploadSchema.parse(JSON.parse(await readFile(besideOf(id), 'utf8')))
    } catch {
      return undefined
    }
  }

  const remove = async (id: string): Promise<void> => {
    await rm(besideOf(id), { force: true })
    await rm(pathOf(id), { force: true })
  }

  return {
    begin: async (asked) => {
      const upload: Upload = {
        ...asked,
        id: randomBytes(16).toString('hex'),
        created_at: now().toISOString(),
        file_id: newFileId(),
      }
      await writeJson(folders, besideOf(upload.id), upload)
      return upload
    },
    get,
    offset: ({ id }) => offsetOf(id),
    append: async ({ id, length }, at, piece, { signal, onBytes }) => {
      const bytes = await offsetOf(id)
      if (at !== bytes) throw notNext(bytes, at)
      await writePiece(pathOf(id), at, (target) =>
        pipeline(piece, judgedPiece({ length }, at, onBytes), target, { signal }),
      )
      return offsetOf(id)
    },
    whole: ({ id }, take) => take(pathOf(id)),
    finish: ({ id }) => rm(pathOf(id), { force: true }),
    remove,
    sweep: async () => {
      const names = await readdir(folders.uploads)
      for (const name of names) {
        const id = /^rushes-([0-9a-f]{32})\.(json|part)$/.exec(name)?.[1]
        if (id === undefined) continue
        const facts = await stat(join(folders.uploads, name)).catch(() => null)
        const touched = Math.max(facts?.mtimeMs ?? 0, (await stat(pathOf(id)).catch(() => null))?.mtimeMs ?? 0)
        if (now().getTime() - touched > KEPT_MS) await remove(id)
      }
    },
  }
}
