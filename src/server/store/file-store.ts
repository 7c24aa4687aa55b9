import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { type FileResource, fileResourceSchema, type MediaInfo } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import type { InputFile } from '../../shared/renderer.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import { decodeText } from './database/bytes.ts'
import type { Index } from './database/index-access.ts'
import type { IndexQueries } from './database/tables.ts'
import type { Derivatives } from './derivatives.ts'
import { isPlainName, isServedType } from './outside.ts'
import { requireKind } from './media-kind.ts'
import { judge, receive, type Received } from './receive.ts'

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

/** An upload as it is written beside its bytes, and in the index. */
export const storedFileSchema = fileResourceSchema
  .extend({
    id: z.string().regex(/^file_[0-9a-f]{32}$/),
    stored_as: z.string().regex(/^(file_)?[0-9a-f]{32}\.[a-z0-9]{1,8}$/),
    /** Forgotten by its owner, and kept because a job uses it. */
    deleted: z.boolean().default(false),
  })
  .refine(({ filename, mime_type, media }) => {
    const named = filename === null || isPlainName(filename.replace(/[/\\:\p{Cc}]|^\./gu, '_'))
    return named && isServedType(mime_type) && isServedType(media.mime_type)
  }, 'names a type that Rushes does not send')
export type StoredFile = z.output<typeof storedFileSchema>

/** The part of the bytes' SHA-256 that their file is named by: 128 bits never meet another's. */
export const hashOf = ({ stored_as }: Pick<StoredFile, 'stored_as'>): string =>
  /[0-9a-f]{32}/.exec(stored_as)?.[0] ?? ''

/** What is made from the bytes is kept under this name; see derivatives.ts. */
export const derivativeId = (file: Pick<StoredFile, 'stored_as'>): string => `file_${hashOf(file)}`

/** An id that nobody guesses. */
export const newFileId = (): string => `file_${randomBytes(16).toString('hex')}`

const rowOf = (file: StoredFile) => ({
  id: file.id,
  hash: hashOf(file),
  stored_as: file.stored_as,
  expires_at: file.expires_at,
  deleted: file.deleted ? 1 : 0,
  body: JSON.stringify(file),
})

const readBody = (body: unknown): StoredFile | undefined => {
  try {
    return storedFileSchema.safeParse(JSON.parse(decodeText(body) ?? '')).data
  } catch {
    return undefined
  }
}

const publicOf = ({ stored_as: _stored, deleted: _deleted, ...file }: StoredFile): FileResource => file

export const createFileStore = (options: {
  index: Index
  blobs: BlobStore
  prober: Prober
  derivatives: Pick<Derivatives, 'remove'>
  /** Whether the index holds all that the files say; until then a file that seems unused may be used. */
  isWhole: () => boolean
  now?: () => Date
  /** Where an upload may come in. */
  newPath: () => Promise<string>
}): FileStore => {
  const { index, blobs, prober, derivatives, isWhole, newPath } = options
  const { takeRows } = index.expressions
  const now = options.now ?? (() => new Date())
  /** Bytes that are being removed and bytes that come in again share their name. */
  const inTurn = <T>(hash: string, work: () => Promise<T>): Promise<T> => index.exclusively(`bytes ${hash}`, work)

  const keyOf = ({ stored_as }: Pick<StoredFile, 'stored_as'>): string => `media/${stored_as}`
  const besideOf = (id: string): string => `media/${id}.json`

  const find = async (id: string): Promise<StoredFile | undefined> => {
    const row = await index.run((db) =>
      db.selectFrom('files').select(index.expressions.text('body').as('body')).where('id', '=', id).executeTakeFirst(),
    )
    return row && readBody(row.body)
  }

  const isUsed = (id: string) => async (db: IndexQueries) =>
    (await db.selectFrom('job_files').select('seq').where('file_id', '=', id).limit(1).executeTakeFirst()) !== undefined

  const hasExpired = ({ expires_at }: StoredFile): boolean => expires_at !== null && expires_at < now().toISOString()

  /** An upload of the same bytes, whose media was measured already. */
  const twin = async (hash: string): Promise<StoredFile | undefined> => {
    const row = await index.run((db) =>
      db
        .selectFrom('files')
        .select(index.expressions.text('body').as('body'))
        .where('hash', '=', hash)
        .limit(1)
        .executeTakeFirst(),
    )
    const file = row && readBody(row.body)
    return file && (await blobs.has(keyOf(file))) ? file : undefined
  }

  /** Writes an upload down: beside its bytes, and in the index. Nothing is left of it where that fails. */
  const writeDown = async (file: StoredFile): Promise<void> => {
    try {
      await blobs.putJson(besideOf(file.id), file)
      await index.run((db) =>
        db
          .insertInto('files')
          .values(rowOf(file))
          // A take may become a file again that was forgotten before.
          .onConflict((on) => on.column('id').doUpdateSet(rowOf(file)))
          .execute(),
      )
    } catch (error) {
      await blobs.remove(besideOf(file.id))
      throw error
    }
  }

  /** Keeps a file that was judged: measured, under its hash, with its description beside it. */
  const keep = async (path: string, received: Received, incoming: Incoming, signal?: AbortSignal) => {
    const hash = received.sha256.slice(0, 32)
    const media = (await twin(hash))?.media ?? (await prober.probe(path))
    // Only now is it known of a GIF.
    requireKind(incoming.wants, [media.kind])
    const expiresAt = typeof incoming.expiresAt === 'function' ? await incoming.expiresAt() : incoming.expiresAt
    return inTurn(hash, async () => {
      signal?.throwIfAborted()
      const known = await twin(hash)
      const file: StoredFile = {
        id: incoming.id ?? newFileId(),
        filename: incoming.filename,
        mime_type: media.mime_type,
        size_bytes: received.bytes,
        created_at: now().toISOString(),
        expires_at: expiresAt,
        job_id: incoming.jobId ?? null,
        media,
        stored_as: known?.stored_as ?? `${hash}.${received.extension}`,
        deleted: false,
      }
      // Bytes that an upload has which the index does not know (yet) stay where they are, whatever becomes of this.
      const isNew = !known && !(await blobs.has(keyOf(file)))
      if (!known) await blobs.put(keyOf(file), path)
      try {
        await writeDown(file)
      } catch (error) {
        // Back to where they came from: they may be taken in a second time from there.
        if (isNew) await blobs.takeBack(keyOf(file), path)
        throw error
      }
      return publicOf(file)
    })
  }

  /**
   * Removes an upload that nobody uses, as far as is known, and its bytes where no other has them. Answers whether it is
   * gone. The index may be replaced by one that knows less at any time but inside of a transaction.
   */
  const drop = async (file: StoredFile): Promise<boolean> => {
    const left = await index.transact(async (db) => {
      // A job that is just being added with it is waited for, and then has it.
      await db.selectFrom('files').select('id').where('id', '=', file.id).modifyEnd(takeRows).execute()
      if (!isWhole() || (await isUsed(file.id)(db))) return 'all'
      await db.deleteFrom('files').where('id', '=', file.id).execute()
      const other = await db
        .selectFrom('files')
        .select('id')
        .where('hash', '=', hashOf(file))
        .limit(1)
        .executeTakeFirst()
      return other === undefined ? 'nothing' : 'the bytes'
    })
    if (left === 'all') return false
    await blobs.remove(besideOf(file.id))
    if (left === 'nothing') {
      await blobs.remove(keyOf(file))
      await derivatives.remove(derivativeId(file))
    }
    return true
  }

  return {
    receive: async (source, incoming, signal) => {
      const path = await newPath()
      try {
        return await keep(path, await receive(source, path, incoming.wants, signal), incoming, signal)
      } finally {
        source.resume()
        await rm(path, { force: true })
      }
    },
    adopt: async (path, incoming, signal) => {
      const file = await keep(path, await judge(path, incoming.wants), incoming, signal)
      await rm(path, { force: true })
      return file
    },
    takeKnown: ({ sha256, bytes, filename }) => {
      const hash = sha256.toLowerCase().slice(0, 32)
      return inTurn(hash, async () => {
        const known = await twin(hash)
        if (known?.size_bytes !== bytes) return undefined
        const own = { id: newFileId(), filename, created_at: now().toISOString(), expires_at: null, job_id: null }
        const file: StoredFile = { ...known, ...own, deleted: false }
        await writeDown(file)
        return publicOf(file)
      })
    },
    get: async (id) => {
      const file = await find(id)
      if (!file || file.deleted) return undefined
      // A job's source does not expire: before and after would lose its before.
      return hasExpired(file) && !(await index.run(isUsed(id))) ? undefined : publicOf(file)
    },
    input: async (id) => {
      const file = await find(id)
      return file && { id, key: keyOf(file), filename: file.filename ?? file.stored_as, media: file.media }
    },
    isUsed: (id) => index.run(isUsed(id)),
    remove: async (id) => {
      const found = await find(id)
      if (!found || found.deleted) return false
      return inTurn(hashOf(found), async () => {
        const file = await find(id)
        if (!file || file.deleted) return false
        const forgotten: StoredFile = { ...file, deleted: true }
        // From here on no new job takes it; see JobStore.add.
        await blobs.putJson(besideOf(id), forgotten)
        const { id: _, ...columns } = rowOf(forgotten)
        await index.run((db) => db.updateTable('files').set(columns).where('id', '=', id).execute())
        await drop(file)
        return true
      })
    },
    sweep: async () => {
      if (!isWhole()) return 0
      const rows = await index.run((db) =>
        db
          .selectFrom('files')
          .select(index.expressions.text('body').as('body'))
          .where((where) => where.or([where('expires_at', '<', now().toISOString()), where('deleted', '=', 1)]))
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom('job_files').select('job_files.seq').whereRef('job_files.file_id', '=', 'files.id'))),
          )
          .execute(),
      )
      const files = rows.flatMap(({ body }) => readBody(body) ?? [])
      let dropped = 0
      for (const { id, stored_as } of files)
        await inTurn(hashOf({ stored_as }), async () => {
          // It may have come into a job while others were removed.
          const file = await find(id)
          if (!file || !(file.deleted || hasExpired(file))) return
          if (await drop(file)) dropped++
        })
      return dropped
    },
    ids: async () => {
      const rows = await index.run((db) =>
        db.selectFrom('files').select(index.expressions.text('id').as('id')).execute(),
      )
      return new Set(rows.map(({ id }) => decodeText(id) ?? ''))
    },
    restore: async (files) => {
      if (files.length === 0) return 0
      const rows = await index.run((db) =>
        db
          .insertInto('files')
          .values(files.map(rowOf))
          .onConflict((on) => on.doNothing())
          .returning('id')
          .execute(),
      )
      return rows.length
    },
  }
}
