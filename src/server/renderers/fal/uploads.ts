import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { RushesError } from '../../../shared/errors.ts'
import type { InputFile } from '../../../shared/renderer.ts'
import { parseJson } from '../order/answers.ts'
import { type Body, jsonBody } from '../order/calls.ts'
import { transient, TransientError } from '../order/transient-error.ts'
import { pause } from '../order/waiting.ts'
import { type Addresses, below, mayBeFollowed } from './addresses.ts'
import type { Calls, Reply } from './calls.ts'
import { orderRefused, readRefusal } from './failures.ts'
import { partSchema, uploadSchema } from './wire.ts'

const MB = 1024 ** 2
/** Beyond this a file goes up in parts. */
const MAX_WHOLE_BYTES = 90 * MB
const PART_BYTES = 10 * MB
/** What to wait before each further try, in usual waits between two looks. Whatever goes up again takes the first's place. */
const RETRY_WAITS = [0.25, 1]
/** Seconds that the other side may ask to be left alone for. */
const MAX_RETRY_AFTER_SECONDS = 30
const READ_BYTES = 256 * 1024

/** A day: orders that wait longer than that are none. */
const LIFECYCLE = JSON.stringify({ expiration_duration_seconds: 24 * 3600 })
const lifecycle = { 'x-fal-object-lifecycle': LIFECYCLE, 'x-fal-object-lifecycle-preference': LIFECYCLE }

const ENDINGS: Readonly<Record<string, string>> = { jpeg: 'jpg', quicktime: 'mov', 'x-matroska': 'mkv' }

/** The file's name there: its field's, as links are public and people's file names are their own. */
const nameOf = (field: string, mime: string): string => {
  const kind = mime.split('/')[1] ?? 'bin'
  return `${field}.${ENDINGS[kind] ?? kind}`
}

const sizeOf = async (field: string, path: string): Promise<number> => {
  try {
    await access(path, constants.R_OK)
    return (await stat(path)).size
  } catch (cause) {
    const text = 'is gone from the data folder, or may not be read. Upload it again, then try again.'
    const message = `The file of ${field} ${text} Nothing was ordered.`
    throw new RushesError('NOT_FOUND', message, { cause, fields: { [field]: `The file ${text}` } })
  }
}

/** A stretch of a file, read only as it is sent. */
const bytesOf = (path: string, contentType: string, from: number, length: number): Body => ({
  contentType,
  length,
  stream: async function* () {
    if (length > 0) yield* createReadStream(path, { start: from, end: from + length - 1, highWaterMark: READ_BYTES })
  },
})

/** What an answer that refuses an upload means: the next try may work, or no try does. */
const refused = (reply: Reply): unknown => {
  const { status } = reply
  const refusal = readRefusal(reply)
  if (status === 408 || status === 429 || status >= 500 || status < 400)
    return new TransientError(`the upload was answered with ${status}`, { retryAfter: refusal.retryAfter })
  return orderRefused(refusal, {})
}

const strange = () =>
  new RushesError('CLOUD_FAILED', 'fal gave a place for an upload that makes no sense. Nothing was ordered.')

type UploadDeps = { calls: Calls; addresses: Addresses; onKeyRefused: () => void; pollMs: number }

/** A file on its way to the storage. */
type Uploading = UploadDeps & { path: string; mimeType: string; size: number; signal: AbortSignal }

const once = async (ask: () => Promise<Reply>, onKeyRefused: () => void): Promise<Reply> => {
  const reply = await ask().catch((cause: unknown) => {
    throw transient(cause)
  })
  if (reply.status >= 200 && reply.status < 300) return reply
  if (reply.status === 401) onKeyRefused()
  throw refused(reply)
}

/** Asks until it is answered well, a few times. */
const taken = async ({ onKeyRefused, pollMs, signal }: Uploading, ask: () => Promise<Reply>): Promise<Reply> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await once(ask, onKeyRefused)
    } catch (error) {
      const wait = RETRY_WAITS[attempt]
      if (!(error instanceof TransientError) || wait === undefined) throw error
      await pause(Math.max(wait * pollMs, Math.min(error.retryAfter, MAX_RETRY_AFTER_SECONDS) * 1000), signal)
    }
  }
}

/** Asks for a place to upload to. */
const initiate = async (uploading: Uploading, field: string, inParts: boolean) => {
  const { calls, addresses, mimeType, signal } = uploading
  const route = `storage/upload/initiate${inParts ? '-multipart' : ''}?storage_type=fal-cdn-v3`
  const body = jsonBody({ content_type: mimeType, file_name: nameOf(field, mimeType) })
  const url = below(addresses.rest, route)
  const reply = await taken(uploading, () => calls.withKey(url, { body, headers: lifecycle, signal }))
  const place = parseJson(uploadSchema, reply.text)
  if (!place) throw strange()
  for (const link of [place.upload_url, place.file_url]) {
    if (mayBeFollowed(link, addresses)) continue
    const words = `fal gave a link for an upload that is not https to a public host (${new URL(link).host}).`
    throw new RushesError('CLOUD_FAILED', `${words} Nothing was sent there, and nothing was ordered.`)
  }
  return place
}

/** The number stands before the query, which signs the upload as a whole. */
const partUrl = (uploadUrl: string, part: string): string => {
  const { origin, pathname, search } = new URL(uploadUrl)
  return `${origin}${pathname}/${part}${search}`
}

type SentPart = { partNumber: number; etag: string }

const sendPart = async (uploading: Uploading, uploadUrl: string, number: number): Promise<SentPart> => {
  const { calls, path, size, signal } = uploading
  const from = (number - 1) * PART_BYTES
  const body = bytesOf(path, 'application/octet-stream', from, Math.min(PART_BYTES, size - from))
  const url = partUrl(uploadUrl, String(number))
  const reply = await taken(uploading, () => calls.withoutKey(url, { method: 'PUT', body, signal }))
  const header = reply.headers.etag
  const etag = parseJson(partSchema, reply.text)?.etag ?? (typeof header === 'string' ? header : undefined)
  if (etag === undefined) throw strange()
  return { partNumber: number, etag }
}

/**
 * Brings a task's file to fal's storage and gives its link, which is public and lasts a day. What breaks is sent again a
 * few times. Rejects with a TransientError where a later try may work, else with a RushesError; nothing is ordered by then.
 */
export const upload = async (
  deps: UploadDeps,
  field: string,
  { path, media }: Pick<InputFile, 'path' | 'media'>,
  signal: AbortSignal,
): Promise<string> => {
  const size = await sizeOf(field, path)
  const uploading: Uploading = { ...deps, path, mimeType: media.mime_type, size, signal }
  const { calls } = deps
  const inParts = size > MAX_WHOLE_BYTES
  const { upload_url: uploadUrl, file_url: link } = await initiate(uploading, field, inParts)
  if (!inParts) {
    const body = bytesOf(path, media.mime_type, 0, size)
    await taken(uploading, () => calls.withoutKey(uploadUrl, { method: 'PUT', body, signal }))
    return link
  }
  const parts: SentPart[] = []
  for (let number = 1; number <= Math.ceil(size / PART_BYTES); number++)
    parts.push(await sendPart(uploading, uploadUrl, number))
  const complete = partUrl(uploadUrl, 'complete')
  await taken(uploading, () => calls.withoutKey(complete, { body: jsonBody({ parts }), signal }))
  return link
}
