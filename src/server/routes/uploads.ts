import type { Readable } from 'node:stream'
import { Hono } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import { LIMITS } from '../../shared/media.ts'
import { TUS_PIECE, TUS_VERSION, type UploadState } from '../../shared/upload.ts'
import { type AppContext, type AppEnv, bodyOf } from '../http/context.ts'
import { watchBody } from '../http/flow.ts'
import { describedUploads } from '../openapi/upload-routes.ts'
import type { FileStore } from '../store/file-store.ts'
import type { Upload, UploadStore } from '../store/upload-store.ts'
import { ttlSchema } from './file-inputs.ts'

export type UploadRouteDeps = { uploads: UploadStore; files: FileStore; now: () => Date }

const TUS = { 'tus-resumable': TUS_VERSION }

/** `filename c2VlLm1wNA==,ttl_seconds NjA=`: names, and values in base64. */
const readMetadata = (header: string | undefined): Map<string, string> =>
  new Map(
    (header ?? '').split(',').flatMap((pair) => {
      const [name = '', value = ''] = pair.trim().split(/\s+/)
      return name === '' ? [] : [[name, Buffer.from(value, 'base64').toString('utf8')] as const]
    }),
  )

const wholeNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null

/** What says that the bytes themselves are no good, so that going on is of no use. */
const REFUSALS: readonly string[] = ['UNSUPPORTED_MEDIA', 'TOO_LARGE', 'INVALID_INPUT']

/**
 * Works on something, one at a time for each name: whoever comes ends the one before, whose connection may be dead, and
 * waits until it has stopped.
 */
const createExclusive = () => {
  const working = new Map<string, { controller: AbortController; ended: Promise<void> }>()
  return async <T>(id: string, work: (controller: AbortController) => Promise<T>): Promise<T> => {
    const before = working.get(id)
    const controller = new AbortController()
    let end: () => void = () => undefined
    const entry = { controller, ended: new Promise<void>((resolve) => (end = resolve)) }
    working.set(id, entry)
    try {
      before?.controller.abort()
      await before?.ended
      return await work(controller)
    } finally {
      end()
      if (working.get(id) === entry) working.delete(id)
    }
  }
}

const isRefusal = (error: unknown): boolean => error instanceof RushesError && REFUSALS.includes(error.code)

/** Takes in what has come as a whole. Bytes that are no media are removed; anything else may be tried again. */
const complete = async ({ uploads, files, now }: UploadRouteDeps, upload: Upload): Promise<void> => {
  const { filename, ttl_seconds: ttl, file_id: id } = upload
  const expiresAt = ttl === null ? null : new Date(now().getTime() + ttl * 1000).toISOString()
  try {
    await uploads.whole(upload, (path) => files.adopt(path, { filename, wants: null, expiresAt, id }))
    await uploads.finish(upload)
  } catch (error) {
    if (isRefusal(error)) await uploads.remove(upload.id)
    throw error
  }
}

/** Takes a piece in that begins at that byte, and all of it where it was the last. */
const append = async (
  deps: UploadRouteDeps,
  body: Readable,
  upload: Upload,
  at: number,
  controller: AbortController,
): Promise<void> => {
  const { uploads, files } = deps
  // It has become a file already, or another has come for it while this one waited.
  if (controller.signal.aborted || (await files.get(upload.file_id))) return
  let bytes = 0
  const endWatch = watchBody(
    body,
    () => bytes,
    (error) => controller.abort(error),
  )
  try {
    const { signal } = controller
    const offset = await uploads.append(upload, at, body, { signal, onBytes: (count) => (bytes += count) })
    if (controller.signal.reason instanceof RushesError) throw controller.signal.reason
    if (offset === upload.length) await complete(deps, upload)
  } catch (error) {
    if (isRefusal(error)) await uploads.remove(upload.id)
    // What is still coming is of no use, but the client must be able to read why.
    body.resume()
    throw error
  } finally {
    endWatch()
  }
}

/** What the head of a request says of an upload that begins. Throws where that cannot be. */
const announcedIn = (context: AppContext): Pick<Upload, 'length' | 'filename' | 'ttl_seconds'> => {
  const length = wholeNumber(context.req.header('upload-length'))
  if (length === null || length === 0)
    throw new RushesError('INVALID_INPUT', 'Say in Upload-Length how many bytes the file has; it may not be empty.')
  if (length > LIMITS.video)
    throw new RushesError('TOO_LARGE', 'This file is larger than the limit of 2 GiB for a video.')
  const metadata = readMetadata(context.req.header('upload-metadata'))
  const ttl = ttlSchema.optional().safeParse(metadata.get('ttl_seconds'))
  if (!ttl.success) throw new RushesError('INVALID_INPUT', 'ttl_seconds must be 60 to 2592000, or persistent.')
  return {
    length,
    filename: metadata.get('filename')?.replace(/\p{Cc}/gu, '') || null,
    ttl_seconds: typeof ttl.data === 'number' ? ttl.data : null,
  }
}

const answer = (context: AppContext, state: UploadState): Response =>
  context.json(state, 200, {
    ...TUS,
    'upload-offset': String(state.offset),
    'upload-length': String(state.length),
    'cache-control': 'no-store',
  })

/**
 * Uploading in pieces, each of which goes on where the one before broke off, also after a restart: the tus protocol
 * (https://tus.io/protocols/resumable-upload), with creation and termination. The answer to the last piece, and GET, tell
 * the file that has become of it.
 */
export const uploadRoutes = (deps: UploadRouteDeps): Hono<AppEnv> => {
  const { uploads, files } = deps
  const exclusively = createExclusive()

  const find = async (id: string): Promise<Upload> => {
    const upload = await uploads.get(id)
    if (!upload)
      throw new RushesError('NOT_FOUND', 'There is no such upload; after a day without a piece it is forgotten.')
    return upload
  }

  const stateOf = async (upload: Upload): Promise<UploadState> => {
    const file = (await files.get(upload.file_id)) ?? null
    return { id: upload.id, length: upload.length, offset: file ? upload.length : await uploads.offset(upload), file }
  }

  const app = new Hono<AppEnv>()

  app.post('/uploads', describedUploads.create, async (context) => {
    const upload = await uploads.begin(announcedIn(context))
    return context.json(await stateOf(upload), 201, { ...TUS, location: `${context.req.path}/${upload.id}` })
  })

  app.get('/uploads/:id', describedUploads.get, async (context) => {
    const { id } = await find(context.req.param('id'))
    // Whoever asks how far it is means to go on from there.
    return exclusively(id, async () => answer(context, await stateOf(await find(id))))
  })

  app.patch('/uploads/:id', describedUploads.append, async (context) => {
    const { id } = await find(context.req.param('id'))
    if (context.req.header('content-type') !== TUS_PIECE)
      throw new RushesError('UNSUPPORTED_MEDIA', `Send the piece as ${TUS_PIECE}.`)
    const at = wholeNumber(context.req.header('upload-offset'))
    if (at === null) throw new RushesError('INVALID_INPUT', 'Say in Upload-Offset where the piece begins.')
    return exclusively(id, async (controller) => {
      const upload = await find(id)
      await append(deps, bodyOf(context), upload, at, controller)
      return answer(context, await stateOf(upload))
    })
  })

  app.delete('/uploads/:id', describedUploads.remove, async (context) => {
    const { id } = await find(context.req.param('id'))
    await exclusively(id, () => uploads.remove(id))
    return context.body(null, 204, TUS)
  })
  return app
}
