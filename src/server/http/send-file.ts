import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { AppContext } from './context.ts'

/** A part of a file, ends inclusive. */
type Span = { start: number; end: number }

/** Where bytes come from. Both reject with a RushesError where they are not to be had. */
export type ByteSource = {
  /** How many there are; `name` is for words. */
  facts: (key: string, name: string) => Promise<{ bytes: number }>
  open: (key: string, span: Span) => Promise<Readable>
}

/**
 * Reads a Range header of one span (RFC 9110, 14.1.2), ends inclusive: null for the whole file (none, several, or not
 * bytes), 'unsatisfiable' for a span that begins past the end.
 */
export const parseRange = (header: string | undefined, size: number): Span | null | 'unsatisfiable' => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match) return null
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return null
  if (from === '')
    return to === '0' || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - Number(to)), end: size - 1 }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (start >= size) return 'unsatisfiable'
  return end < start ? null : { start, end }
}

/** `attachment; filename="…"; filename*=UTF-8''…` with an ASCII fallback (RFC 6266). */
export const contentDisposition = (kind: 'inline' | 'attachment', filename: string): string => {
  // Half a letter, which some file systems allow in a name, cannot be encoded.
  const whole = filename.replace(/\p{Surrogate}/gu, '_')
  const ascii = whole.replace(/[^\x20-\x7e]|["\\]/g, '_')
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(whole).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`
}

/**
 * Whether an If-None-Match header names this entity tag (RFC 9110, 13.1.2): `*` names any, several stand in a list, and
 * `W/` is no difference here.
 */
export const namesEtag = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || (header.match(/(?:W\/)?"[^"]*"/g) ?? []).some((one) => one.replace(/^W\//, '') === etag))

/**
 * Sends a file by its key, to GET and HEAD with Range, ETag and conditional answers. `version` names its bytes: the same name
 * promises the same bytes. Only the media types that Rushes itself wrote down are sent, never HTML or SVG.
 */
export const sendFile = async (
  context: AppContext,
  source: ByteSource,
  file: { key: string; mimeType: string; version: string; filename: string; download: boolean },
): Promise<Response> => {
  const { bytes: size } = await source.facts(file.key, file.filename)
  const common: Record<string, string> = {
    'content-type': file.mimeType,
    'content-disposition': contentDisposition(file.download ? 'attachment' : 'inline', file.filename),
  }
  const open = (span: Span): Promise<Readable> => source.open(file.key, span)
  const whole = { start: 0, end: size - 1 }
  const { method } = context.req
  if (method !== 'GET' && method !== 'HEAD') return stream(context, 200, common, open, whole)

  const etag = `"${file.version}-${size.toString(16)}"`
  const headers = {
    ...common,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    etag,
  }
  if (namesEtag(context.req.header('if-none-match'), etag)) return context.body(null, 304, headers)
  const ifRange = context.req.header('if-range')
  const range = ifRange !== undefined && ifRange !== etag ? null : parseRange(context.req.header('range'), size)
  if (range === 'unsatisfiable') return context.body(null, 416, { ...headers, 'content-range': `bytes */${size}` })
  if (range === null) return stream(context, 200, headers, open, whole)
  const part = { ...headers, 'content-range': `bytes ${range.start}-${range.end}/${size}` }
  return stream(context, 206, part, open, range)
}

/** Sends a part of a file, or to HEAD only what would be said of it. */
const stream = async (
  context: AppContext,
  status: 200 | 206,
  about: Record<string, string>,
  open: (span: Span) => Promise<Readable>,
  { start, end }: Span,
): Promise<Response> => {
  const headers = { ...about, 'content-length': String(end - start + 1) }
  if (context.req.method === 'HEAD') return context.body(null, status, headers)
  const source = await open({ start, end })
  const outgoing = context.env?.outgoing
  if (!outgoing) return context.body(Readable.toWeb(source) as ReadableStream<Uint8Array>, status, headers)
  // Bulk bytes go past hono, and what its middleware has put on the answer so far comes along.
  outgoing.writeHead(status, { ...Object.fromEntries(context.res.headers), ...headers })
  // A player that seeks drops its connection: that is no failure. Where the source breaks off, the answer does too.
  await pipeline(source, outgoing).catch(() => undefined)
  return RESPONSE_ALREADY_SENT
}
