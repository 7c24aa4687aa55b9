import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { IncomingMessage } from 'node:http'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { RushesError } from '../../../shared/errors.ts'
import { watchPace } from '../../outgoing/pace.ts'
import type { JsonFile } from '../read-json-file.ts'
import type { BlobFacts, BlobStore } from './blob-store.ts'
import type { BlobCache } from './blob-cache.ts'
import type { S3Address } from './s3-address.ts'
import type { Sdk } from './s3-client.ts'
import { explainS3Error, isMissing, isTaken } from './s3-errors.ts'

/** Parts of a large blob: what S3 wants at least is 5 MiB, and it takes 10,000. Three are in memory at a time. */
const PART_BYTES = 8 * 1024 ** 2
const PARTS_AT_ONCE = 3
/** Bytes. The description of a take has some thousand. */
const MAX_JSON_BYTES = 1024 ** 2
/**
 * Milliseconds until an answer begins, where nothing large is sent before, and in which a body that is wanted must bring
 * something.
 */
const TIMEOUT_MS = { answer: 10_000, body: 30_000 }
const DAY_MS = 24 * 60 * 60 * 1000

/** A file's bytes, as many as it had at the beginning. */
const wholeFile = async function* (path: string, bytes: number): AsyncGenerator<Buffer> {
  let read = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 ** 2 })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a file is read as bytes')
    read += chunk.length
    yield chunk
  }
  if (read !== bytes) throw new Error(`${basename(path)} changed while it was sent`)
}

/** Ends a body that has stopped coming although it is wanted. */
const watched = (body: Readable, within: number): Readable => {
  const stop = watchPace(
    {
      moved: () => (body instanceof IncomingMessage ? body.socket.bytesRead : 0),
      // Who is not read from has something to read.
      waitsForUs: () => body.readableLength > 0,
    },
    { bytes: 1, within },
    () => body.destroy(new RushesError('FILES_AWAY', 'The storage of the files has stopped answering. Try again.')),
  )
  return body.once('close', stop)
}

const gone = (name: string, cause: unknown): RushesError =>
  new RushesError(
    'NOT_FOUND',
    `${name} is gone from the storage of the files. Put it back from a copy, or make or upload it again.`,
    { cause },
  )

export type S3Blobs = BlobStore & {
  /** Rejects, with the SDK's own error, where the storage cannot be listed or written to. */
  check: () => Promise<void>
  /** Removes what broken uploads have left there. */
  tidy: () => Promise<void>
  close: () => void
}

type S3Deps = {
  sdk: Sdk
  client: S3Client
  address: Pick<S3Address, 'bucket' | 'prefix'>
  cacheOf: (source: Pick<BlobStore, 'facts' | 'open'>) => BlobCache
  onOutcome: (trouble: RushesError | null) => void
  /** For tests, which have less. */
  timeouts?: typeof TIMEOUT_MS
}

/** A bucket, and how it is asked. */
type Bucket = {
  sdk: Sdk
  client: S3Client
  name: string
  prefix: string
  /** Where a key lies, as commands take it. */
  at: (key: string) => { Bucket: string; Key: string }
  /** What commands are sent with that are answered soon. */
  soon: { requestTimeout: number }
  /** Milliseconds. */
  bodyTimeout: number
  /** Asks the storage, and says in words what is wrong with it. What is not there is the caller's to tell. */
  asked: <T>(question: () => Promise<T>) => Promise<T>
}

const openBucket = ({ sdk, client, address, onOutcome, timeouts = TIMEOUT_MS }: S3Deps): Bucket => {
  const { bucket: name, prefix } = address
  return {
    sdk,
    client,
    name,
    prefix,
    at: (key) => ({ Bucket: name, Key: `${prefix}${key}` }),
    soon: { requestTimeout: timeouts.answer },
    bodyTimeout: timeouts.body,
    asked: async (question) => {
      try {
        const answer = await question()
        onOutcome(null)
        return answer
      } catch (error) {
        if (isMissing(error) || isTaken(error)) {
          onOutcome(null)
          throw error
        }
        const explained = explainS3Error(error)
        if (explained instanceof RushesError && explained.code === 'FILES_AWAY') onOutcome(explained)
        throw explained
      }
    },
  }
}

const head = async ({ sdk, client, at, soon, asked }: Bucket, key: string): Promise<BlobFacts> => {
  const found = await asked(() => client.send(new sdk.HeadObjectCommand(at(key)), soon))
  return { bytes: found.ContentLength ?? 0, modified: found.LastModified ?? new Date(0) }
}

/** What the storage itself says and sends, past all copies. */
const readBucket = (bucket: Bucket): Pick<BlobStore, 'facts' | 'open'> => {
  const { sdk, client, at, soon, asked } = bucket
  return {
    facts: (key, name = basename(key)) =>
      head(bucket, key).catch((error: unknown) => Promise.reject(isMissing(error) ? gone(name, error) : error)),
    open: async (key, { start, end }) => {
      const Range = `bytes=${start}-${end}`
      try {
        const { Body, ContentLength } = await asked(() =>
          client.send(new sdk.GetObjectCommand({ ...at(key), Range }), soon),
        )
        if (!(Body instanceof Readable)) throw new TypeError('what S3 sends is read as a stream')
        if (ContentLength === end - start + 1) return watched(Body, bucket.bodyTimeout)
        Body.destroy()
        throw new RushesError('UNREADABLE', `${basename(key)} has changed in the storage of the files.`)
      } catch (error) {
        throw isMissing(error) ? gone(basename(key), error) : error
      }
    },
  }
}

const send = async (
  { sdk, client, at }: Bucket,
  key: string,
  path: string,
  IfNoneMatch: '*' | undefined,
): Promise<void> => {
  const { size } = await stat(path)
  const upload = new sdk.Upload({
    client,
    params: { ...at(key), Body: Readable.from(wholeFile(path, size)), ...(IfNoneMatch && { IfNoneMatch }) },
    partSize: PART_BYTES,
    queueSize: PARTS_AT_ONCE,
  })
  await upload.done()
}

/** All keys that begin so, without the bucket's own prefix. */
const listKeys = async function* ({ sdk, client, name, prefix, soon, asked }: Bucket, from: string) {
  const listed = (ContinuationToken: string | undefined) =>
    asked(() =>
      client.send(
        new sdk.ListObjectsV2Command({
          Bucket: name,
          Prefix: `${prefix}${from}`,
          ...(ContinuationToken && { ContinuationToken }),
        }),
        soon,
      ),
    )
  for (let token: string | undefined, isFirst = true; isFirst || token !== undefined; isFirst = false) {
    const page: Awaited<ReturnType<typeof listed>> = await listed(token)
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key.slice(prefix.length)
    token = page.NextContinuationToken
  }
}

const readJson = async ({ sdk, client, at, soon, asked }: Bucket, key: string): Promise<JsonFile> => {
  const { Body, ContentLength = 0 } = await asked(() => client.send(new sdk.GetObjectCommand(at(key)), soon))
  if (ContentLength > MAX_JSON_BYTES) {
    if (Body instanceof Readable) Body.destroy()
    return { ok: false, reason: `has ${ContentLength.toLocaleString('en')} bytes` }
  }
  const text = await Body?.transformToString()
  try {
    return { ok: true, value: JSON.parse(text ?? '') }
  } catch {
    return { ok: false, reason: 'is no whole JSON' }
  }
}

const checkBucket = async ({ sdk, client, name, prefix, at, soon }: Bucket): Promise<void> => {
  await client.send(new sdk.ListObjectsV2Command({ Bucket: name, Prefix: prefix, MaxKeys: 1 }), soon)
  await client.send(
    new sdk.PutObjectCommand({ ...at('rushes-was-here'), Body: 'Rushes keeps its files here.\n' }),
    soon,
  )
}

const abortBrokenUploads = async ({ sdk, client, name, prefix, soon, asked }: Bucket): Promise<void> => {
  const { Uploads = [] } = await asked(() =>
    client.send(new sdk.ListMultipartUploadsCommand({ Bucket: name, Prefix: prefix }), soon),
  )
  for (const { Key, UploadId, Initiated } of Uploads) {
    if (!Initiated || Date.now() - Initiated.getTime() < DAY_MS) continue
    await asked(() => client.send(new sdk.AbortMultipartUploadCommand({ Bucket: name, Key, UploadId }), soon))
  }
}

/**
 * Blobs on an S3-compatible storage. `cacheOf` makes the folder of local copies, from which is also sent what lies there.
 * `onOutcome` is told of each answer of the storage: null, or what is wrong with it.
 */
export const createS3Blobs = (deps: S3Deps): S3Blobs => {
  const bucket = openBucket(deps)
  const { sdk, client, at, soon, asked } = bucket
  const { facts, open } = readBucket(bucket)
  const cache = deps.cacheOf({ facts, open })

  return {
    isShared: true,
    put: async (key, path, { mustBeNew = false } = {}) => {
      try {
        await asked(() => send(bucket, key, path, mustBeNew ? '*' : undefined))
        await cache.keep(key, path)
        return true
      } catch (error) {
        if (mustBeNew && isTaken(error)) return false
        throw error
      }
    },
    // It is still there. What lies in the storage may be another server's by now: it stays.
    takeBack: () => Promise.resolve(),
    putJson: async (key, value) => {
      const Body = `${JSON.stringify(value, null, 2)}\n`
      await asked(() =>
        client.send(new sdk.PutObjectCommand({ ...at(key), Body, ContentType: 'application/json' }), soon),
      )
    },
    readJson: (key) =>
      readJson(bucket, key).catch((error: unknown) => {
        if (isMissing(error)) return { ok: false, reason: 'is not there' }
        throw error
      }),
    has: async (key) => {
      try {
        await head(bucket, key)
        return true
      } catch (error) {
        if (isMissing(error)) return false
        throw error
      }
    },
    facts: async (key, name) => cache.facts(key) ?? facts(key, name),
    open: async (key, span) => cache.open(key, span) ?? open(key, span),
    localCopy: (key, name) => cache.borrow(key, name),
    remove: async (key) => {
      await asked(() => client.send(new sdk.DeleteObjectCommand(at(key)), soon))
      cache.forget(key)
    },
    list: (from) => listKeys(bucket, from),
    check: () => checkBucket(bucket),
    tidy: () => abortBrokenUploads(bucket),
    close: () => client.destroy(),
  }
}
