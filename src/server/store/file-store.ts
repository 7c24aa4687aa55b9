import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { FileResource, MediaInfo } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import type { InputFile } from '../../shared/renderer.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import type { Index } from './database/index-access.ts'
import type { Derivatives } from './derivatives.ts'
import { createFileIndex, type FileIndex } from './file-index.ts'
import { requireKind } from './media-kind.ts'
import { judge, receive, type Received } from './receive.ts'
import { derivativeId, hashOf, newFileId, type StoredFile } from './stored-file.ts'

/** Looks into media files, in a limited child. Rejects with a RushesError that says what is wrong with a file. */
export type Prober = {
  probe: (path: string) => Promise<MediaInfo>
  thumbnail: (path: string, out: string) => Promise<void>
  preview: (path: string, out: string) => Promise<void>
}

export type Incoming = {
  filename: string | null
  wants: MediaKind | null
  /** As a function where it is known only once the whole request is read. */
  expiresAt: string | null | (() => Promise<string | null>)
  /** Its id, where that was said before it came as a whole. */
  id?: string
  /** The job whose take it is. */
  jobId?: string
}

/** An input file by the key of its bytes. */
export type StoredInput = Omit<InputFile, 'path'> & { key: string }

export type FileStore = {
  /**
   * Takes in an upload under an id of its own. The same bytes are kept once, however often they are uploaded. Nothing is
   * kept of what is refused.
   */
  receive: (source: Readable, incoming: Incoming, signal?: AbortSignal) => Promise<FileResource>
  /** The same for bytes that lie in a file already, which is gone from there when it is taken in, and only then. */
  adopt: (path: string, incoming: Incoming, signal?: AbortSignal) => Promise<FileResource>
  /**
   * The same for bytes that are here already, as an upload of them has found out: an upload of its own that shares them.
   * Undefined where they are not here.
   */
  takeKnown: (known: { sha256: string; bytes: number; filename: string | null }) => Promise<FileResource | undefined>
  get: (id: string) => Promise<FileResource | undefined>
  /** Where the bytes lie, also after its deletion while a job needs them. */
  input: (id: string) => Promise<StoredInput | undefined>
  /** Whether a job uses it. */
  isUsed: (id: string) => Promise<boolean>
  /** Forgets an upload; false where there is none. Its bytes stay while a job or another upload has them. */
  remove: (id: string) => Promise<boolean>
  /** Removes what has expired, or was forgotten, and is used by no job. Answers how many. */
  sweep: () => Promise<number>
  /** Puts uploads in as their files say, in one transaction, and leaves alone those that are there. Answers how many were new. */
  restore: (files: readonly StoredFile[]) => Promise<number>
  /** The ids of all uploads that the index knows. */
  ids: () => Promise<Set<string>>
}

const publicOf = ({ stored_as: _stored, deleted: _deleted, ...file }: StoredFile): FileResource => file

const keyOf = ({ stored_as }: Pick<StoredFile, 'stored_as'>): string => `media/${stored_as}`

/** Where the description of an upload lies. */
const descriptionKey = (id: string): string => `media/${id}.json`

type FileStoreOptions = {
  index: Index
  blobs: BlobStore
  prober: Prober
  derivatives: Pick<Derivatives, 'remove'>
  /** Whether the index holds all that the files say; until then a file that seems unused may be used. */
  isWhole: () => boolean
  now?: () => Date
  /** Where an upload may come in. */
  newPath: () => Promise<string>
}

/** What the parts of one store share. */
type Shared = Pick<FileStoreOptions, 'blobs' | 'prober' | 'derivatives' | 'isWhole' | 'newPath'> & {
  rows: FileIndex
  now: () => Date
  /** Bytes that are being removed and bytes that come in again share their name. */
  inTurn: <T>(hash: string, work: () => Promise<T>) => Promise<T>
}

const hasExpired = ({ expires_at }: StoredFile, now: Date): boolean =>
  expires_at !== null && expires_at < now.toISOString()

/** An upload of the same bytes, whose media was measured already. */
const findTwin = async ({ rows, blobs }: Shared, hash: string): Promise<StoredFile | undefined> => {
  const file = await rows.ofBytes(hash)
  return file && (await blobs.has(keyOf(file))) ? file : undefined
}

/** Writes an upload down: beside its bytes, and in the index. Nothing is left of it where that fails. */
const writeDown = async ({ rows, blobs }: Shared, file: StoredFile): Promise<void> => {
  try {
    await blobs.putJson(descriptionKey(file.id), file)
    await rows.put(file)
  } catch (error) {
    await blobs.remove(descriptionKey(file.id))
    throw error
  }
}

/** Puts bytes under their key and writes their upload down, or leaves them where they came from. */
const putBytes = async (shared: Shared, file: StoredFile, path: string, known: boolean): Promise<void> => {
  const { blobs } = shared
  // Bytes that an upload has which the index does not know (yet) stay where they are, whatever becomes of this.
  const isNew = !known && !(await blobs.has(keyOf(file)))
  if (!known) await blobs.put(keyOf(file), path)
  try {
    await writeDown(shared, file)
  } catch (error) {
    // Back to where they came from: they may be taken in a second time from there.
    if (isNew) await blobs.takeBack(keyOf(file), path)
    throw error
  }
}

/** Keeps a file that was judged: measured, under its hash, with its description beside it. */
const keep = async (
  shared: Shared,
  path: string,
  received: Received,
  incoming: Incoming,
  signal?: AbortSignal,
): Promise<FileResource> => {
  const hash = received.sha256.slice(0, 32)
  const media = (await findTwin(shared, hash))?.media ?? (await shared.prober.probe(path))
  // Only now is it known of a GIF.
  requireKind(incoming.wants, [media.kind])
  const expiresAt = typeof incoming.expiresAt === 'function' ? await incoming.expiresAt() : incoming.expiresAt
  return shared.inTurn(hash, async () => {
    signal?.throwIfAborted()
    const known = await findTwin(shared, hash)
    const file: StoredFile = {
      id: incoming.id ?? newFileId(),
      filename: incoming.filename,
      mime_type: media.mime_type,
      size_bytes: received.bytes,
      created_at: shared.now().toISOString(),
      expires_at: expiresAt,
      job_id: incoming.jobId ?? null,
      media,
      stored_as: known?.stored_as ?? `${hash}.${received.extension}`,
      deleted: false,
    }
    await putBytes(shared, file, path, known !== undefined)
    return publicOf(file)
  })
}

/** The ways in which files come in. */
const createIntake = (shared: Shared): Pick<FileStore, 'receive' | 'adopt' | 'takeKnown'> => ({
  receive: async (source, incoming, signal) => {
    const path = await shared.newPath()
    try {
      return await keep(shared, path, await receive(source, path, incoming.wants, signal), incoming, signal)
    } finally {
      source.resume()
      await rm(path, { force: true })
    }
  },
  adopt: async (path, incoming, signal) => {
    const file = await keep(shared, path, await judge(path, incoming.wants), incoming, signal)
    await rm(path, { force: true })
    return file
  },
  takeKnown: ({ sha256, bytes, filename }) => {
    const hash = sha256.toLowerCase().slice(0, 32)
    return shared.inTurn(hash, async () => {
      const known = await findTwin(shared, hash)
      if (known?.size_bytes !== bytes) return undefined
      const own = { id: newFileId(), filename, created_at: shared.now().toISOString(), expires_at: null, job_id: null }
      const file: StoredFile = { ...known, ...own, deleted: false }
      await writeDown(shared, file)
      return publicOf(file)
    })
  },
})

/**
 * Removes an upload that nobody uses, as far as is known, and its bytes where no other has them. Answers whether it is
 * gone.
 */
const drop = async ({ rows, blobs, derivatives, isWhole }: Shared, file: StoredFile): Promise<boolean> => {
  const left = await rows.removeUnused(file, isWhole)
  if (left === 'all') return false
  await blobs.remove(descriptionKey(file.id))
  if (left === 'nothing') {
    await blobs.remove(keyOf(file))
    await derivatives.remove(derivativeId(file))
  }
  return true
}

/** The ways in which files go. */
const createRemoval = (shared: Shared): Pick<FileStore, 'remove' | 'sweep'> => {
  const { rows, blobs, now, inTurn } = shared
  return {
    remove: async (id) => {
      const found = await rows.find(id)
      if (!found || found.deleted) return false
      return inTurn(hashOf(found), async () => {
        const file = await rows.find(id)
        if (!file || file.deleted) return false
        const forgotten: StoredFile = { ...file, deleted: true }
        // From here on no new job takes it; see JobStore.add.
        await blobs.putJson(descriptionKey(id), forgotten)
        await rows.change(forgotten)
        await drop(shared, file)
        return true
      })
    },
    sweep: async () => {
      if (!shared.isWhole()) return 0
      let dropped = 0
      for (const { id, stored_as } of await rows.unused(now().toISOString()))
        await inTurn(hashOf({ stored_as }), async () => {
          // It may have come into a job while others were removed.
          const file = await rows.find(id)
          if (!file || !(file.deleted || hasExpired(file, now()))) return
          if (await drop(shared, file)) dropped++
        })
      return dropped
    },
  }
}

/** Uploads: their bytes once under their hash, a description of each beside them, and both in the index. */
export const createFileStore = (options: FileStoreOptions): FileStore => {
  const { index } = options
  const now = options.now ?? (() => new Date())
  const rows = createFileIndex(index)
  const inTurn: Shared['inTurn'] = (hash, work) => index.exclusively(`bytes ${hash}`, work)
  const shared: Shared = { ...options, rows, now, inTurn }
  return {
    ...createIntake(shared),
    ...createRemoval(shared),
    get: async (id) => {
      const file = await rows.find(id)
      if (!file || file.deleted) return undefined
      // A job's source does not expire: before and after would lose its before.
      return hasExpired(file, now()) && !(await rows.isUsed(id)) ? undefined : publicOf(file)
    },
    input: async (id) => {
      const file = await rows.find(id)
      return file && { id, key: keyOf(file), filename: file.filename ?? file.stored_as, media: file.media }
    },
    isUsed: rows.isUsed,
    ids: rows.ids,
    restore: rows.restore,
  }
}
