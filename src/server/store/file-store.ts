import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { type FileResource, fileResourceSchema, type MediaInfo } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import type { InputFile } from '../../shared/renderer.ts'
import type { Database } from './database.ts'
import type { Derivatives } from './derivatives.ts'
import { adoptFile, type Folders, readJson, temporaryPath, writeJson } from './folders.ts'
import { receive, requireKind } from './receive.ts'

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
}

export type FileStore = {
  /** Takes in a file. The same bytes give the same id. Nothing is kept of what is refused. */
  receive: (source: Readable, incoming: Incoming, signal?: AbortSignal) => Promise<FileResource>
  get: (id: string) => FileResource | undefined
  /** Where the bytes lie, also after its deletion while a job needs them. */
  input: (id: string) => InputFile | undefined
  /** Forgets a file; false where there is none. Its bytes stay while a job has them as its source. */
  remove: (id: string) => Promise<boolean>
  /** Removes what has expired. */
  sweep: () => Promise<void>
  /** Reads the files that the index does not know back into it. Answers how many. */
  rebuild: () => Promise<number>
}

const storedSchema = fileResourceSchema.extend({ stored_as: z.string() })
type StoredFile = z.infer<typeof storedSchema>

export const createFileStore = (options: {
  database: Database.Database
  folders: Folders
  prober: Prober
  derivatives: Pick<Derivatives, 'remove'>
  usesFile: (id: string) => boolean
  now?: () => Date
  newPath?: () => string
}): FileStore => {
  const { database, folders, prober, derivatives, usesFile } = options
  const now = options.now ?? (() => new Date())
  const newPath = options.newPath ?? (() => temporaryPath(folders))
  const put = database.prepare(
    'insert into files (id, expires_at, deleted, body) values (?, ?, 0, ?) on conflict (id) do update set expires_at = excluded.expires_at, deleted = 0, body = excluded.body',
  )
  const byId = database.prepare('select body, deleted from files where id = ?')
  const markDeleted = database.prepare('update files set deleted = 1 where id = ?')
  const drop = database.prepare('delete from files where id = ?')
  const expired = database.prepare('select id from files where expires_at is not null and expires_at < ?')
  const rowSchema = z.object({ body: z.string(), deleted: z.number() })

  const read = (id: string): { file: StoredFile; deleted: boolean } | undefined => {
    const row = byId.get(id)
    if (row === undefined || row === null) return undefined
    const { body, deleted } = rowSchema.parse(row)
    return { file: storedSchema.parse(JSON.parse(body)), deleted: deleted === 1 }
  }
  const pathOf = (file: StoredFile): string => join(folders.media, file.stored_as)
  const save = (file: StoredFile): void => void put.run(file.id, file.expires_at, JSON.stringify(file))
  const publicOf = ({ stored_as: _, ...file }: StoredFile): FileResource => file

  /** A job's source does not expire: before and after would lose its before. */
  const isExpired = ({ id, expires_at }: StoredFile): boolean =>
    expires_at !== null && expires_at < now().toISOString() && !usesFile(id)

  /** Uploading again never shortens a file's life. */
  const laterOf = (a: string | null, b: string | null): string | null =>
    a === null || b === null ? null : a > b ? a : b

  const takeIn = async (source: Readable, path: string, incoming: Incoming, signal?: AbortSignal) => {
    const received = await receive(source, path, incoming.wants, signal)
    // 128 bits of the hash: short enough to read, long enough never to meet another's.
    const id = `file_${received.sha256.slice(0, 32)}`
    const before = read(id)?.file
    const media = before && existsSync(pathOf(before)) ? before.media : await prober.probe(path)
    requireKind(incoming.wants, [media.kind])
    const expiresAt = typeof incoming.expiresAt === 'function' ? await incoming.expiresAt() : incoming.expiresAt
    return inTurn(id, async () => {
      signal?.throwIfAborted()
      const known = read(id)?.file
      const file: StoredFile = {
        id,
        filename: incoming.filename ?? known?.filename ?? null,
        mime_type: media.mime_type,
        size_bytes: received.bytes,
        created_at: known?.created_at ?? now().toISOString(),
        expires_at: known ? laterOf(known.expires_at, expiresAt) : expiresAt,
        media,
        stored_as: `${id}.${received.extension}`,
      }
      await adoptFile(path, pathOf(file))
      await writeJson(join(folders.media, `${id}.json`), file)
      save(file)
      return publicOf(file)
    })
  }

  const turns = new Map<string, Promise<unknown>>()
  /** One after the other for each file: bytes that are being removed and bytes that come in again share their name. */
  const inTurn = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(work, work)
    turns.set(id, turn)
    try {
      return await turn
    } finally {
      if (turns.get(id) === turn) turns.delete(id)
    }
  }

  const removeNow = async (id: string): Promise<boolean> => {
    const stored = read(id)
    if (!stored || stored.deleted) return false
    if (usesFile(id)) {
      markDeleted.run(id)
      return true
    }
    drop.run(id)
    await rm(join(folders.media, `${id}.json`), { force: true })
    await rm(pathOf(stored.file), { force: true })
    await derivatives.remove(id)
    return true
  }

  const remove = (id: string): Promise<boolean> => inTurn(id, () => removeNow(id))

  return {
    receive: async (source, incoming, signal) => {
      const path = newPath()
      try {
        return await takeIn(source, path, incoming, signal)
      } finally {
        source.resume()
        await rm(path, { force: true })
      }
    },
    get: (id) => {
      const stored = read(id)
      if (!stored || stored.deleted) return undefined
      return isExpired(stored.file) ? undefined : publicOf(stored.file)
    },
    input: (id) => {
      const file = read(id)?.file
      return file && { id, path: pathOf(file), filename: file.filename ?? file.stored_as, media: file.media }
    },
    remove,
    sweep: async () => {
      for (const row of expired.all(now().toISOString())) {
        const { id } = z.object({ id: z.string() }).parse(row)
        // It may have come in again, or into a job, while others were removed.
        await inTurn(id, async () => {
          const stored = read(id)
          if (stored && isExpired(stored.file)) await removeNow(id)
        })
      }
    },
    rebuild: async () => {
      const names = (await readdir(folders.media)).filter((name) => name.endsWith('.json'))
      let found = 0
      for (const name of names) {
        const file = storedSchema.safeParse(await readJson(join(folders.media, name)))
        if (!file.success || !existsSync(pathOf(file.data)) || read(file.data.id)) continue
        save(file.data)
        found++
      }
      return found
    },
  }
}
