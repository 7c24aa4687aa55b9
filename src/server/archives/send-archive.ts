import { addAbortSignal, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { makeZip, predictLength } from 'client-zip'
import type { AppContext } from '../http/context.ts'
import { contentDisposition } from '../http/send-file.ts'
import { RushesError } from '../../shared/errors.ts'
import { batches } from '../store/batches.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { Archive, Entry } from './archives.ts'
import { MISSING } from './entry-names.ts'

/** Files that are looked at at a time. */
const LOOKS = 64

type Blobs = Pick<BlobStore, 'facts' | 'open'>
type Sized = Entry & { size: number }

/** A storage that is away says nothing of what it has. */
const goneOnly = (error: unknown): null => {
  if (error instanceof RushesError && error.code === 'FILES_AWAY') throw error
  return null
}

/** The sizes of those that are there, and the others. */
const measured = async (blobs: Blobs, entries: readonly Entry[]): Promise<{ there: Sized[]; gone: Entry[] }> => {
  const there: Sized[] = []
  const gone: Entry[] = []
  for (const batch of batches(entries, LOOKS)) {
    const facts = await Promise.all(batch.map(({ key }) => blobs.facts(key).catch(goneOnly)))
    for (const [at, entry] of batch.entries()) {
      const found = facts[at]
      if (found) there.push({ ...entry, size: found.bytes })
      else gone.push(entry)
    }
  }
  return { there, gone }
}

/** A file's bytes, as many as were promised of it. */
const bytesOf = async function* (
  blobs: Blobs,
  { name, key, size }: Sized,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let read = 0
  const source = addAbortSignal(signal, await blobs.open(key, { start: 0, end: size - 1 }))
  for await (const chunk of source) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a file is read as bytes')
    read += chunk.length
    yield chunk
  }
  if (read < size) throw new Error(`${name} became shorter while it was sent`)
}

const listOf = (missing: readonly string[]): string =>
  `These takes are not in this archive, for they are not there any more:\n\n${missing.join('\n')}\n`

/**
 * Sends an archive while it is made of its files, one after the other: none is in memory as a whole. Its length is told
 * before. Should a file vanish in the middle, the download breaks off rather than end as if it were whole.
 */
export const sendArchive = async (context: AppContext, blobs: Blobs, archive: Archive): Promise<Response> => {
  const { there, gone } = await measured(blobs, archive.entries)
  const missing = [...gone.map(({ name }) => name), ...archive.missing]
  const list = missing.length === 0 ? [] : [{ name: MISSING, input: listOf(missing), lastModified: new Date() }]
  const headers: Record<string, string> = {
    'content-type': 'application/zip',
    'content-disposition': contentDisposition('attachment', archive.filename),
    'content-length': String(predictLength([...there.map(({ name, size }) => ({ name, size })), ...list])),
    'cache-control': 'no-store',
  }
  if (context.req.method === 'HEAD') return context.body(null, 200, headers)
  const reading = new AbortController()
  const parts = function* () {
    for (const entry of there)
      yield {
        name: entry.name,
        size: entry.size,
        lastModified: entry.madeAt,
        input: bytesOf(blobs, entry, reading.signal),
      }
    yield* list
  }
  const zip = makeZip(parts(), { buffersAreUTF8: true })
  const outgoing = context.env?.outgoing
  if (!outgoing) return context.body(zip, 200, headers)
  outgoing.writeHead(200, { ...Object.fromEntries(context.res.headers), ...headers })
  try {
    // Only the names of the two types differ.
    await pipeline(Readable.fromWeb(zip as ReadableStream<Uint8Array>), outgoing)
  } catch {
    // Whoever went away, or a file: the connection is closed already.
  } finally {
    reading.abort()
  }
  return RESPONSE_ALREADY_SENT
}
