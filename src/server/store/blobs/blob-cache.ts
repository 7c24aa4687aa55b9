import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { link, rename, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { basename, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RushesError } from '../../../shared/errors.ts'
import { explainDiskError } from '../../disk-errors.ts'
import { followFile } from '../hash-files.ts'
import type { BlobFacts, BlobStore, LocalCopy, Span } from './blob-store.ts'
import { explainS3Error } from './s3-errors.ts'

/** Local copies of blobs, which never change under their keys. */
export type BlobCache = {
  /** Fetches a blob where it is not here yet, once for all who want it. It stays at least until it is released. */
  borrow: (key: string, name?: string) => Promise<LocalCopy>
  /** What is known of a blob that is here. */
  facts: (key: string) => BlobFacts | undefined
  open: (key: string, span: Span) => Readable | undefined
  forget: (key: string) => void
  /** Has the bytes here that were just put under a key from that file, without fetching them; the file stays too. */
  keep: (key: string, path: string) => Promise<void>
}

type Entry = {
  path: string
  bytes: number
  modified: Date
  users: number
  /** Its blob is gone: it goes too, once nobody uses it. */
  isForgotten: boolean
}

/** The name of a copy. The ending stays: some programs tell a file's kind by it. */
const nameOf = (key: string): string =>
  `${createHash('sha256').update(key).digest('hex').slice(0, 40)}${extname(key).slice(0, 9)}`

/** The part of their SHA-256 that names an upload's bytes. */
const hashIn = (key: string): string | undefined => /^media\/([0-9a-f]{32})\.\w+$/.exec(key)?.[1]

/** The copies that lie in a folder, which is kept below a limit: what was not used for longest goes first. */
const createCopies = (folder: string, limitBytes: number) => {
  /** By name, the one that was used last at the end. */
  const entries = new Map<string, Entry>()
  let total = 0

  const drop = (name: string, entry: Entry): void => {
    entries.delete(name)
    total -= entry.bytes
    rmSync(entry.path, { force: true })
  }
  const makeRoom = (limit: number): void => {
    for (const [name, entry] of entries) {
      if (total <= limit) return
      if (entry.users === 0) drop(name, entry)
    }
  }
  const add = (name: string, { bytes, modified }: BlobFacts): Entry => {
    const entry = { path: join(folder, name), bytes, modified, users: 0, isForgotten: false }
    return touch(name, entry)
  }
  const touch = (name: string, entry: Entry): Entry => {
    total += entry.bytes - (entries.get(name)?.bytes ?? 0)
    entries.delete(name)
    entries.set(name, entry)
    return entry
  }
  const release = (name: string, entry: Entry): void => {
    entry.users--
    if (entry.users === 0 && entry.isForgotten) drop(name, entry)
    makeRoom(limitBytes)
  }

  return {
    add,
    makeRoom,
    release,
    /** A copy that is here, now the one that was used last. Somebody may have emptied the folder. */
    find: (name: string): Entry | undefined => {
      const entry = entries.get(name)
      if (!entry) return undefined
      if (!existsSync(entry.path)) return void drop(name, entry)
      return touch(name, entry)
    },
    remove: (name: string): void => {
      const entry = entries.get(name)
      if (entry) drop(name, entry)
    },
    /** Removes it once nobody uses it any more. */
    forget: (name: string): void => {
      const entry = entries.get(name)
      if (entry?.users === 0) drop(name, entry)
      else if (entry) entry.isForgotten = true
    },
  }
}

type Copies = ReturnType<typeof createCopies>

/** Keeps a copy until the answer is called. */
const hold = (copies: Copies, name: string, entry: Entry): (() => void) => {
  entry.users++
  let isUsed = true
  return () => {
    if (!isUsed) return
    isUsed = false
    copies.release(name, entry)
  }
}

/** Takes up what a stopped server has left, as it was used last. */
const addLeftovers = (copies: Copies, folder: string): void => {
  const found = readdirSync(folder).flatMap((name) => {
    const facts = statSync(join(folder, name), { throwIfNoEntry: false })
    return facts?.isFile() ? [{ name, facts }] : []
  })
  for (const { name, facts } of found.toSorted((a, b) => a.facts.atimeMs - b.facts.atimeMs))
    copies.add(name, { bytes: facts.size, modified: facts.mtime })
}

/** Fetches a blob into a file. Rejects where it came in part, or is not what was uploaded. */
const download = async (
  source: Pick<BlobStore, 'open'>,
  key: string,
  { bytes }: BlobFacts,
  beside: string,
): Promise<void> => {
  await pipeline(await source.open(key, { start: 0, end: bytes - 1 }), createWriteStream(beside))
  const written = statSync(beside).size
  if (written !== bytes) throw new RushesError('FILES_AWAY', `${basename(key)} came only in part. Try again.`)
  const hash = hashIn(key)
  if (hash === undefined || (await followFile(beside).finish(bytes)).startsWith(hash)) return
  throw new RushesError(
    'UNREADABLE',
    `${basename(key)} is not what was uploaded: its bytes have changed. Upload it again.`,
  )
}

type CacheDeps = {
  folder: string
  limitBytes: number
  source: Pick<BlobStore, 'facts' | 'open'>
  temporaryPath: () => Promise<string>
}

/** Brings a blob into the folder. Rejects in words where it cannot be had, or the disk takes it not. */
const fetch = async (
  { folder, limitBytes, source, temporaryPath }: CacheDeps,
  copies: Copies,
  key: string,
  name: string | undefined,
): Promise<Entry> => {
  const facts = await source.facts(key, name)
  copies.makeRoom(Math.max(0, limitBytes - facts.bytes))
  const beside = await temporaryPath()
  try {
    await download(source, key, facts, beside).catch((error: unknown) => {
      const explained = explainDiskError(error)
      if (!(explained instanceof RushesError && explained.code === 'DISK_FULL')) throw error
      // What only might be wanted again gives way to what is.
      copies.makeRoom(0)
      return download(source, key, facts, beside)
    })
    await rename(beside, join(folder, nameOf(key)))
    return copies.add(nameOf(key), facts)
  } catch (error) {
    throw explainS3Error(error)
  } finally {
    await rm(beside, { force: true })
  }
}

/**
 * A folder of local copies. While there are more bytes than the limit, those go that were not used for longest, and none
 * that is in use. What a stopped server has left in it is used again.
 */
export const createBlobCache = (deps: CacheDeps): BlobCache => {
  const { folder, limitBytes } = deps
  mkdirSync(folder, { recursive: true })
  const copies = createCopies(folder, limitBytes)
  const fetching = new Map<string, Promise<Entry>>()
  addLeftovers(copies, folder)
  copies.makeRoom(limitBytes)

  return {
    borrow: async (key, name) => {
      for (;;) {
        const entry = copies.find(nameOf(key))
        if (entry) return { path: entry.path, release: hold(copies, nameOf(key), entry) }
        const underway = fetching.get(key) ?? fetch(deps, copies, key, name).finally(() => fetching.delete(key))
        fetching.set(key, underway)
        // It may have given way to another again before this one has its turn.
        await underway
      }
    },
    facts: (key) => {
      const entry = copies.find(nameOf(key))
      return entry && { bytes: entry.bytes, modified: entry.modified }
    },
    open: (key, { start, end }) => {
      const entry = copies.find(nameOf(key))
      if (!entry) return undefined
      const stream = createReadStream(entry.path, { start, end, highWaterMark: 256 * 1024 })
      return stream.once('close', hold(copies, nameOf(key), entry))
    },
    keep: async (key, beside) => {
      const path = join(folder, nameOf(key))
      copies.remove(nameOf(key))
      try {
        await link(beside, path)
        const { size, mtime } = statSync(path)
        copies.add(nameOf(key), { bytes: size, modified: mtime })
        copies.makeRoom(limitBytes)
      } catch {
        // A file system without second names: it is fetched when it is wanted.
      }
    },
    forget: (key) => copies.forget(nameOf(key)),
  }
}
