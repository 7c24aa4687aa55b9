import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RushesError } from '../../shared/errors.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import { explainDiskError } from '../disk-errors.ts'
import { newFileId } from './stored-file.ts'
import { judgedPiece, KEPT_MS, notNext, type Upload, uploadSchema, type UploadStore } from './upload-store.ts'

/** Bytes of a piece that are put away at a time: what a broken connection and a broken server cost at most. */
const PART_BYTES = 8 * 1024 ** 2
const ID = /^[0-9a-f]{32}$/

/** Where a part begins, and how long it is, stand in its name. */
const partKey = (id: string, at: number, bytes: number): string =>
  `uploads/${id}/${String(at).padStart(12, '0')}-${bytes}`
const PART_NAME = /^uploads\/[0-9a-f]{32}\/(\d{12})-(\d+)$/

type Part = { key: string; at: number; bytes: number }

const lengthOf = (parts: readonly Part[]): number => parts.reduce((sum, { bytes }) => sum + bytes, 0)

const keysOf = async (blobs: BlobStore, prefix: string): Promise<string[]> => {
  const keys: string[] = []
  for await (const key of blobs.list(prefix)) keys.push(key)
  return keys
}

/**
 * Parts one after the other from the beginning on. Two servers may have put away the same bytes, cut in other places: of
 * several ways it is the one that comes farthest.
 */
export const chain = (keys: readonly string[]): Part[] => {
  const parts = keys.flatMap((key): Part[] => {
    const [, at, bytes] = PART_NAME.exec(key) ?? []
    return at === undefined ? [] : [{ key, at: Number(at), bytes: Number(bytes) }]
  })
  /** By where it begins: the way on from there. */
  const ways = new Map<number, Part[]>()
  for (const part of parts.toSorted((a, b) => b.at - a.at)) {
    const way = [part, ...(ways.get(part.at + part.bytes) ?? [])]
    if (lengthOf(way) > lengthOf(ways.get(part.at) ?? [])) ways.set(part.at, way)
  }
  return ways.get(0) ?? []
}

/** What the parts of one store share. */
type Shared = { blobs: BlobStore; temporaryPath: () => Promise<string> }

const descriptionKey = (id: string): string => `uploads/${id}.json`

const partsOf = async (blobs: BlobStore, id: string): Promise<Part[]> => chain(await keysOf(blobs, `uploads/${id}/`))

/** Reads a source a part at a time. What it broke by is thrown once all is taken that came before. */
const createPartReader = (source: AsyncIterator<Buffer>) => {
  let rest: Buffer | null = null
  let broke: unknown = null
  let isOver = false
  const next = async (): Promise<Buffer | null> => {
    try {
      const { done, value } = await source.next()
      isOver = done === true
      return done === true ? null : value
    } catch (error) {
      // What came before is kept.
      isOver = true
      broke = error
      return null
    }
  }
  return {
    isOver: () => isOver,
    /** Throws what the source broke by. */
    requireWhole: (): void => {
      if (broke !== null) throw broke
    },
    /** The bytes of the next part; `onBytes` is told how many. */
    part: async function* (onBytes: (count: number) => void): AsyncGenerator<Buffer> {
      for (let bytes = 0; bytes < PART_BYTES;) {
        const chunk = rest ?? (await next())
        rest = null
        if (chunk === null) return
        const fits = chunk.subarray(0, PART_BYTES - bytes)
        if (fits.length < chunk.length) rest = chunk.subarray(fits.length)
        bytes += fits.length
        onBytes(fits.length)
        yield fits
      }
    },
  }
}

/** Takes the bytes of a source, a part at a time, and puts each away. */
const putParts = async (
  { blobs, temporaryPath }: Shared,
  id: string,
  from: number,
  source: AsyncIterator<Buffer>,
): Promise<void> => {
  const reader = createPartReader(source)
  let at = from
  while (!reader.isOver()) {
    const path = await temporaryPath()
    let bytes = 0
    try {
      await pipeline(
        reader.part((count) => (bytes += count)),
        createWriteStream(path),
      )
      // Another server has this place already: its bytes are as good, and who sends these is told where to go on.
      if (bytes > 0 && !(await blobs.put(partKey(id, at, bytes), path, { mustBeNew: true }))) return
      at += bytes
    } finally {
      await rm(path, { force: true })
    }
  }
  reader.requireWhole()
}

/** Takes in a piece. Resolves with the bytes that are there then, also where the connection broke. */
const appendPiece = async (
  shared: Shared,
  upload: Upload,
  at: number,
  piece: Readable,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (count: number) => void },
): Promise<number> => {
  const bytes = lengthOf(await partsOf(shared.blobs, upload.id))
  if (at !== bytes) throw notNext(bytes, at)
  const stop = (): void => void piece.destroy(new Error('this piece is not waited for any more'))
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (!signal.aborted) await putParts(shared, upload.id, at, judgedPiece(upload, at, onBytes)(piece))
  } catch (error) {
    const explained = explainDiskError(error)
    if (explained instanceof RushesError) throw explained
    // The connection broke: what has come is kept.
  } finally {
    signal.removeEventListener('abort', stop)
  }
  return lengthOf(await partsOf(shared.blobs, upload.id))
}

/** Has something done with all that has come, as one local file. */
const withWhole = async <T>(
  { blobs, temporaryPath }: Shared,
  id: string,
  take: (path: string) => Promise<T>,
): Promise<T> => {
  const path = await temporaryPath()
  try {
    for (const { key, at, bytes } of await partsOf(blobs, id))
      await pipeline(
        await blobs.open(key, { start: 0, end: bytes - 1 }),
        createWriteStream(path, { flags: at === 0 ? 'w' : 'a' }),
      )
    return await take(path)
  } catch (error) {
    throw explainDiskError(error)
  } finally {
    await rm(path, { force: true })
  }
}

/** Uploads in pieces that may come to different servers: each lies where all see it, as parts of one upload. */
export const createSharedUploadStore = (deps: Shared & { now?: () => Date }): UploadStore => {
  const { blobs, now = () => new Date() } = deps

  const removeParts = async (id: string): Promise<void> => {
    for (const key of await keysOf(blobs, `uploads/${id}/`)) await blobs.remove(key)
  }
  const remove = async (id: string): Promise<void> => {
    await blobs.remove(descriptionKey(id))
    await removeParts(id)
  }

  return {
    begin: async (asked) => {
      const id = randomBytes(16).toString('hex')
      const upload: Upload = { ...asked, id, created_at: now().toISOString(), file_id: newFileId() }
      await blobs.putJson(descriptionKey(id), upload)
      return upload
    },
    get: async (id) => {
      if (!ID.test(id)) return undefined
      const json = await blobs.readJson(descriptionKey(id))
      return json.ok ? uploadSchema.safeParse(json.value).data : undefined
    },
    offset: async ({ id }) => lengthOf(await partsOf(blobs, id)),
    append: (upload, at, piece, options) => appendPiece(deps, upload, at, piece, options),
    whole: ({ id }, take) => withWhole(deps, id, take),
    finish: ({ id }) => removeParts(id),
    remove,
    sweep: async () => {
      const keys = await keysOf(blobs, 'uploads/')
      const ids = new Set(keys.flatMap((key) => /^uploads\/([0-9a-f]{32})[/.]/.exec(key)?.[1] ?? []))
      for (const id of ids) {
        const last = keys.findLast((key) => key.startsWith(`uploads/${id}/`)) ?? descriptionKey(id)
        const { modified } = await blobs.facts(last).catch(() => ({ modified: now() }))
        if (now().getTime() - modified.getTime() > KEPT_MS) await remove(id)
      }
    },
  }
}
