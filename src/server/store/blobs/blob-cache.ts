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

/**
 * A folder of local copies. While there are more bytes than the limit, those go that were not used for longest, and none
 * that is in use. What a stopped server has left in it is used again.
 */
export const createBlobCache = (deps: {
  folder: string
  limitBytes: number
  source: Pick<BlobStore, 'facts' | 'open'>
  temporaryPath: () => Promise<string>
}): BlobCache => {
  const { folder, limitBytes, source, temporaryPath } = deps
  mkdirSync(folder, { recursive: true })
  /** By name, the one that was used last at the end. */
  const entries = new Map<string, Entry>()
  const fetching = new Map<string, Promise<Entry>>()
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
  const add = (name: string, entry: Entry): Entry => {
    total += entry.bytes - (entries.get(name)?.bytes ?? 0)
    entries.delete(name)
    entries.set(name, entry)
    return entry
  }
  const found = readdirSync(folder).flatMap((name) => {
    const facts = statSync(join(folder, name), { throwIfNoEntry: false })
    return facts?.isFile() ? [{ name, facts }] : []
  })
  for (const { name, facts } of found.toSorted((a, b) => a.facts.atimeMs - b.facts.atimeMs))
    add(name, { path: join(folder, name), bytes: facts.size, modified: facts.mtime, users: 0, isForgotten: false })
  makeRoom(limitBytes)

  /** A copy that is here, now the one that was used last. Somebody may have emptied the folder. */
  const here = (key: string): Entry | undefined => {
    const name = nameOf(key)
    const entry = entries.get(name)
    if (!entry) return undefined
    if (!existsSync(entry.path)) return void drop(name, entry)
    return add(name, entry)
  }

  const download = async (key: string, { bytes }: BlobFacts, beside: string): Promise<void> => {
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

  const fetch = async (key: string, name: string | undefined): Promise<Entry> => {
    const facts = await source.facts(key, name)
    makeRoom(Math.max(0, limitBytes - facts.bytes))
    const beside = await temporaryPath()
    const path = join(folder, nameOf(key))
    try {
      await download(key, facts, beside).catch((error: unknown) => {
        const explained = explainDiskError(error)
        if (!(explained instanceof RushesError && explained.code === 'DISK_FULL')) throw error
        // What only might be wanted again gives way to what is.
        makeRoom(0)
        return download(key, facts, beside)
      })
      await rename(beside, path)
      return add(nameOf(key), { path, ...facts, users: 0, isForgotten: false })
    } catch (error) {
      throw explainS3Error(error)
    } finally {
      await rm(beside, { force: true })
    }
  }

  const hold = (key: string, entry: Entry): (() => void) => {
    entry.users++
    let isUsed = true
    return () => {
      if (!isUsed) return
      isUsed = false
      entry.users--
      if (entry.users === 0 && entry.isForgotten) drop(nameOf(key), entry)
      makeRoom(limitBytes)
    }
  }

  return {
    borrow: async (key, name) => {
      for (;;) {
        const entry = here(key)
        if (entry) return { path: entry.path, release: hold(key, entry) }
        const underway = fetching.get(key) ?? fetch(key, name).finally(() => fetching.delete(key))
        fetching.set(key, underway)
        // It may have given way to another again before this one has its turn.
        await underway
      }
    },
    facts: (key) => {
      const entry = here(key)
      return entry && { bytes: entry.bytes, modified: entry.modified }
    },
    open: (key, { start, end }) => {
      const entry = here(key)
      return (
        entry && createReadStream(entry.path, { start, end, highWaterMark: 256 * 1024 }).once('close', hold(key, entry))
      )
    },
    keep: async (key, beside) => {
      const path = join(folder, nameOf(key))
      const entry = entries.get(nameOf(key))
      if (entry) drop(nameOf(key), entry)
      try {
        await link(beside, path)
        const { size, mtime } = statSync(path)
        add(nameOf(key), { path, bytes: size, modified: mtime, users: 0, isForgotten: false })
        makeRoom(limitBytes)
      } catch {
        // A file system without second names: it is fetched when it is wanted.
      }
    },
    forget: (key) => {
      const entry = entries.get(nameOf(key))
      if (!entry) return
      if (entry.users === 0) drop(nameOf(key), entry)
      else entry.isForgotten = true
    },
  }
}
