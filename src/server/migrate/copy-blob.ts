import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { RushesError } from '../../shared/errors.ts'
import type { BlobFacts, BlobStore } from '../store/blobs/blob-store.ts'
import { explainS3Error } from '../store/blobs/s3-errors.ts'
import { requireMedia } from '../store/require-media.ts'

/** What came of one: it is copied, or was there already. */
export type Outcome = 'copied' | 'there'

/** Why one cannot be copied, in words; the others go on. */
export class NotCopied extends Error {
  override readonly name = 'NotCopied'
}

/** A file to be copied, and what is known of its bytes. */
export type Wanted = {
  /** Its path in the data folder. */
  path: string
  /** What it is to be called; as the path but where the team's studio calls it otherwise. */
  key: string
  /** What its description says of it: bytes, at least, and the beginning of its SHA-256. */
  bytes: number
  hash: string | null
  /** Whether it was compared before, so that its size is enough to know it by. */
  isCompared: boolean
}

export type Copier = {
  /** Copies a file and compares what the target holds. Rejects with NotCopied. */
  file: (wanted: Wanted) => Promise<Outcome>
  /** Writes a description where there is none. */
  description: (key: string, value: object) => Promise<Outcome>
}

/** Until a storage that went away is asked again, in milliseconds: after the last of these all ends. */
const RETRY_WAITS_MS = [1000, 2000, 5000, 10_000, 30_000]

const isCode = (error: unknown, code: string): boolean => error instanceof RushesError && error.code === code

const sha256Of = async (bytes: Readable): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}

const count = (bytes: number): string => bytes.toLocaleString('en')

/** A file of the data folder that can be sent; or why not. */
const look = async (root: string, path: string): Promise<{ size: number } | { reason: string }> => {
  try {
    return { size: (await requireMedia(join(root, path), path)).size }
  } catch (error) {
    if (error instanceof RushesError) return { reason: error.message }
    throw error
  }
}

/** Rejects with NotCopied where a file has fewer bytes than its description says, or others than its name says. */
const requireSize = ({ path, bytes, hash }: Wanted, size: number): void => {
  if (size < bytes || (hash !== null && size !== bytes))
    throw new NotCopied(
      `${path} has ${count(size)} bytes and should have ${count(bytes)}: it is damaged. Put it back from a copy.`,
    )
}

const hashHere = async ({ path, hash }: Wanted, root: string): Promise<string> => {
  const sha256 = await sha256Of(createReadStream(join(root, path))).catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error)
    throw new NotCopied(`${path} cannot be read (${words}). Give this account the right to, and look at the disk.`)
  })
  if (hash === null || sha256.startsWith(hash)) return sha256
  throw new NotCopied(`${path} is not what was uploaded: its bytes have changed. Put it back from a copy.`)
}

type CopierDeps = {
  root: string
  /** Null: the files stay where they are, and are only looked at. */
  blobs: BlobStore | null
  isDryRun: boolean
  onCopied: (bytes: number) => void
  /** Told what is on its way: large files take a while. */
  onBegun: (path: string, bytes: number) => void
  onEnded: (path: string) => void
  say: (words: string) => void
  signal: AbortSignal
}

/** Again while the storage is away. */
const patiently = async <T>(
  { say, signal }: Pick<CopierDeps, 'say' | 'signal'>,
  work: () => Promise<T>,
): Promise<T> => {
  for (let tries = 0; ; tries++)
    try {
      return await work()
    } catch (error) {
      const explained = error instanceof NotCopied ? error : explainS3Error(error)
      const wait = RETRY_WAITS_MS[tries]
      if (!isCode(explained, 'FILES_AWAY') || wait === undefined) throw explained
      say(`${explained instanceof Error ? explained.message : ''} It is asked again in ${wait / 1000} s.`)
      await delay(wait, undefined, { signal })
    }
}

const heldUnder = async (store: BlobStore, key: string): Promise<BlobFacts | null> => {
  try {
    return await store.facts(key)
  } catch (error) {
    if (isCode(error, 'NOT_FOUND')) return null
    throw error
  }
}

const heldHash = async (store: BlobStore, key: string, bytes: number): Promise<string> =>
  sha256Of(await store.open(key, { start: 0, end: bytes - 1 }))

/** One that is not in the folder, or not any more, may have been brought over by other means. */
const isThere = async (store: BlobStore, { key, bytes, hash }: Wanted, isDryRun: boolean): Promise<boolean> => {
  const held = await heldUnder(store, key)
  if (held?.bytes !== bytes) return false
  return hash === null || isDryRun || (await heldHash(store, key, bytes)).startsWith(hash)
}

/** Copies a file of that size, which lies in the folder. */
const toStorage = async (
  { root, isDryRun }: Pick<CopierDeps, 'root' | 'isDryRun'>,
  store: BlobStore,
  wanted: Wanted,
  size: number,
): Promise<Outcome> => {
  const { path, key, isCompared } = wanted
  const held = await heldUnder(store, key)
  if (held && (isCompared || isDryRun) && held.bytes === size) return 'there'
  requireSize(wanted, size)
  const others = `${path}: the storage holds other bytes of that name. They were left as they are.`
  if (held && held.bytes !== size) throw new NotCopied(others)
  if (isDryRun) return 'copied'
  const here = await hashHere(wanted, root)
  const isSent = held === null && (await store.put(key, join(root, path), { mustBeNew: true }))
  if ((await heldHash(store, key, size)) === here) return isSent ? 'copied' : 'there'
  if (!isSent) throw new NotCopied(others)
  // Of our own making, and of no use to anybody.
  await store.remove(key)
  throw new NotCopied(`${path} came out otherwise than it was sent, and was taken back. Run this again.`)
}

const toTarget = async (deps: CopierDeps, wanted: Wanted): Promise<Outcome> => {
  const { root, blobs, isDryRun, onCopied, onBegun, onEnded } = deps
  const found = await look(root, wanted.path)
  if ('reason' in found) {
    if (blobs && (await isThere(blobs, wanted, isDryRun))) return 'there'
    throw new NotCopied(found.reason)
  }
  if (blobs === null) {
    requireSize(wanted, found.size)
    return 'there'
  }
  onBegun(wanted.path, found.size)
  try {
    const outcome = await toStorage(deps, blobs, wanted, found.size)
    if (outcome === 'copied') onCopied(found.size)
    return outcome
  } finally {
    onEnded(wanted.path)
  }
}

/** Copies files of a data folder to a storage, or only says what would be done. Nothing that is there is written over. */
export const createCopier = (deps: CopierDeps): Copier => {
  const { blobs, isDryRun } = deps
  return {
    file: (wanted) =>
      patiently(deps, async () => {
        try {
          return await toTarget(deps, wanted)
        } catch (error) {
          const isOfThis = ['NOT_FOUND', 'UNREADABLE', 'UNWRITABLE'].some((code) => isCode(error, code))
          if (isOfThis && error instanceof Error) throw new NotCopied(`${wanted.path}: ${error.message}`)
          throw error
        }
      }),
    description: (key, value) =>
      patiently(deps, async () => {
        if (blobs === null || (await blobs.has(key))) return 'there'
        if (isDryRun) return 'copied'
        await blobs.putJson(key, value)
        const held = await blobs.readJson(key)
        if (held.ok && isDeepStrictEqual(held.value, JSON.parse(JSON.stringify(value)))) return 'copied'
        await blobs.remove(key)
        throw new NotCopied(`${key} came out otherwise than it was sent, and was taken back. Run this again.`)
      }),
  }
}
