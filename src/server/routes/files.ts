import { Hono } from 'hono'
import type { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import type { FileResource } from '../../shared/media.ts'
import { knownBytesSchema } from '../../shared/upload.ts'
import { type AppContext, type AppEnv, bodyOf, disconnectOf, headersOf, viewerOf } from '../http/context.ts'
import { fileNameOf } from '../http/file-name.ts'
import { readForm } from '../http/read-form.ts'
import { readJson } from '../http/read-json.ts'
import { sendFile } from '../http/send-file.ts'
import type { DerivativesAhead } from '../derivatives-ahead.ts'
import { importFile } from '../import-file.ts'
import type { ImportUrl } from '../import-url.ts'
import { describedFiles } from '../openapi/file-routes.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { FileStore, StoredInput } from '../store/file-store.ts'
import { derivativeIdOf } from '../store/stored-file.ts'
import type { Derivatives } from '../store/derivatives.ts'
import { importSchema, ttlSchema } from './file-inputs.ts'
import { requireLong, sendDerivative, sendProxy } from './send-derivative.ts'

export type FileRouteDeps = {
  files: FileStore
  blobs: BlobStore
  importUrl: ImportUrl
  derivatives: Derivatives
  ahead: DerivativesAhead
  now: () => Date
}

const UNKNOWN_BYTES = 'These bytes are not here yet: upload the file.'

const noFile = (id: string): RushesError =>
  new RushesError('NOT_FOUND', `There is no file ${id.slice(0, 60)}; it may have expired.`)

/** Seconds, or for good. Throws where it is neither. */
const parseTtl = (text: string | undefined) => {
  const ttl = ttlSchema.optional().safeParse(text)
  if (ttl.success) return ttl.data
  throw new RushesError('INVALID_INPUT', 'ttl_seconds must be 60 to 2592000, or persistent.', {
    fields: { ttl_seconds: 'must be 60 to 2592000, or persistent' },
  })
}

/** Local disk is the user's own: without a lifetime a file stays until it is deleted. */
const expiryOf = (ttl: z.output<typeof ttlSchema> | undefined, now: Date): string | null =>
  typeof ttl === 'number' ? new Date(now.getTime() + ttl * 1000).toISOString() : null

/** Takes in the file of a form. */
const upload = async ({ files, now }: FileRouteDeps, context: AppContext): Promise<FileResource> => {
  const gone = disconnectOf(context)
  const asked = context.req.query('ttl_seconds')
  parseTtl(asked)
  const form = await readForm(
    headersOf(context),
    bodyOf(context),
    { files: new Set(['file']), texts: new Set(['ttl_seconds']) },
    (_name, stream, filename, values) => {
      // The lifetime may come before or after the bytes.
      const expiresAt = async () => expiryOf(parseTtl((await values())['ttl_seconds'] ?? asked), now())
      return files.receive(stream, { filename, wants: null, expiresAt }, gone)
    },
    gone,
  )
  const { file } = form.files
  if (!file) throw new RushesError('INVALID_INPUT', 'file is required', { fields: { file: 'is required' } })
  return file
}

/** Fetches a file from an address. */
const fromWeb = async ({ files, importUrl, now }: FileRouteDeps, context: AppContext): Promise<FileResource> => {
  const body = importSchema.safeParse(await readJson(bodyOf(context)))
  if (!body.success)
    throw new RushesError('INVALID_INPUT', 'Send {"url": "https://…"}.', {
      fields: { url: 'must be an http(s) URL' },
    })
  const gone = disconnectOf(context)
  try {
    const about = { wants: null, expiresAt: expiryOf(body.data.ttl_seconds, now()) }
    return await importFile({ importUrl, files }, body.data.url, about, gone)
  } catch (error) {
    if (!(error instanceof RushesError) || error.fields) throw error
    throw new RushesError(error.code, error.message, { cause: error, fields: { url: error.message } })
  }
}

/** Makes a file of bytes that are here already. */
const known = async (files: FileStore, context: AppContext): Promise<FileResource> => {
  const body = knownBytesSchema.safeParse(await readJson(bodyOf(context)))
  if (!body.success)
    throw new RushesError(
      'INVALID_INPUT',
      'Send {"sha256": 64 hexadecimal digits, "bytes": the length, "filename": "clip.mp4"}.',
    )
  // Who knows a hash need not have the bytes, and those may be another's.
  if (!viewerOf(context).seesAll) throw new RushesError('NOT_FOUND', UNKNOWN_BYTES)
  const { filename, ...bytes } = body.data
  const file = await files.takeKnown({ ...bytes, filename: fileNameOf(filename ?? '', 'file') })
  if (!file) throw new RushesError('NOT_FOUND', UNKNOWN_BYTES)
  return file
}

/**
 * Uploading once, to use by id. Whoever has the id of a file may use it: it is 128 random bits, and is told to who sent
 * the bytes and in the jobs that use them, which are seen only by those who may.
 */
export const fileRoutes = (deps: FileRouteDeps): Hono<AppEnv> => {
  const { files, blobs, derivatives, ahead } = deps
  const find = async (id: string): Promise<FileResource> => {
    const file = await files.get(id)
    if (!file) throw noFile(id)
    return file
  }

  const inputOf = async (id: string): Promise<StoredInput> => {
    const input = await files.input(id)
    if (!input) throw new RushesError('NOT_FOUND', 'The file is gone from the data folder.')
    return input
  }

  const app = new Hono<AppEnv>()
  app.post('/files/known', describedFiles.known, async (context) => context.json(await known(files, context)))
  app.post('/files', describedFiles.upload, async (context) => {
    const isJson = /^application\/json\b/i.test(context.req.header('content-type') ?? '')
    return context.json(await (isJson ? fromWeb(deps, context) : upload(deps, context)))
  })
  app.get('/files/:id', describedFiles.get, async (context) => context.json(await find(context.req.param('id'))))
  app.delete('/files/:id', describedFiles.remove, async (context) => {
    const id = context.req.param('id')
    if (!(await files.remove(id))) throw noFile(id)
    return context.body(null, 204)
  })
  app.get('/files/:id/content', describedFiles.content, async (context) => {
    const file = await find(context.req.param('id'))
    const input = await inputOf(file.id)
    return sendFile(context, blobs, {
      key: input.key,
      mimeType: file.mime_type,
      version: file.id,
      filename: input.filename,
      download: context.req.query('download') !== undefined,
    })
  })
  const sendMade = async (context: AppContext, asked: 'thumbnail' | 'preview'): Promise<Response> => {
    const { id, media } = await find(context.req.param('id') ?? '')
    const { key } = await inputOf(id)
    const kind = asked === 'thumbnail' ? asked : media.kind === 'video' ? 'clip' : 'picture'
    const derivative = { kind, id: derivativeIdOf(key), source: key } as const
    return sendDerivative(context, { derivatives, blobs }, derivative)
  }
  for (const kind of ['thumbnail', 'preview'] as const)
    app.get(`/files/:id/${kind}`, describedFiles[kind], (context) => sendMade(context, kind))
  app.get('/files/:id/proxy', describedFiles.proxy, async (context) => {
    const { id, media } = await find(context.req.param('id'))
    requireLong(media.duration)
    const { key } = await inputOf(id)
    const wanted = { id: derivativeIdOf(key), source: key }
    return sendProxy(context, { derivatives, ahead, blobs }, wanted)
  })
  return app
}
