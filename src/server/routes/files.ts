import { Hono } from 'hono'
import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import type { FileResource } from '../../shared/media.ts'
import type { InputFile } from '../../shared/renderer.ts'
import { type AppContext, type AppEnv, bodyOf, disconnectOf, headersOf } from '../http/context.ts'
import { readForm } from '../http/read-form.ts'
import { readJson } from '../http/read-json.ts'
import { sendFile } from '../http/send-file.ts'
import { importFile } from '../import-file.ts'
import type { ImportUrl } from '../import-url.ts'
import type { FileStore } from '../store/file-store.ts'
import type { Derivatives } from '../store/derivatives.ts'

export type FileRouteDeps = {
  files: FileStore
  importUrl: ImportUrl
  derivatives: Derivatives
  now: () => Date
}

const ttlSchema = z.union([z.literal('persistent'), z.coerce.number().int().min(60).max(2_592_000)])
const importSchema = z.object({
  url: z.url({ protocol: /^https?$/ }),
  ttl_seconds: ttlSchema.optional(),
})

/** Uploading once, to use by id. */
export const fileRoutes = ({ files, importUrl, derivatives, now }: FileRouteDeps): Hono<AppEnv> => {
  /** Local disk is the user's own: without a lifetime a file stays until it is deleted. */
  const expiry = (ttl: z.output<typeof ttlSchema> | undefined): string | null =>
    typeof ttl === 'number' ? new Date(now().getTime() + ttl * 1000).toISOString() : null

  const parseTtl = (text: string | undefined) => {
    const ttl = ttlSchema.optional().safeParse(text)
    if (ttl.success) return ttl.data
    throw new RushesError('INVALID_INPUT', 'ttl_seconds must be 60 to 2592000, or persistent.', {
      fields: { ttl_seconds: 'must be 60 to 2592000, or persistent' },
    })
  }

  const find = (id: string): FileResource => {
    const file = files.get(id)
    if (!file) throw new RushesError('NOT_FOUND', `There is no file ${id.slice(0, 60)}; it may have expired.`)
    return file
  }

  const inputOf = (id: string): InputFile => {
    const input = files.input(id)
    if (!input) throw new RushesError('NOT_FOUND', 'The file is gone from the data folder.')
    return input
  }

  const upload = async (context: AppContext): Promise<FileResource> => {
    const gone = disconnectOf(context)
    const asked = context.req.query('ttl_seconds')
    parseTtl(asked)
    const form = await readForm(
      headersOf(context),
      bodyOf(context),
      new Set(['file']),
      (_name, stream, filename, values) => {
        // The lifetime may come before or after the bytes.
        const expiresAt = async () => expiry(parseTtl((await values())['ttl_seconds'] ?? asked))
        return files.receive(stream, { filename, wants: null, expiresAt }, gone)
      },
    )
    const { file } = form.files
    if (!file) throw new RushesError('INVALID_INPUT', 'file is required', { fields: { file: 'is required' } })
    return file
  }

  const fromWeb = async (context: AppContext): Promise<FileResource> => {
    const body = importSchema.safeParse(await readJson(bodyOf(context)))
    if (!body.success)
      throw new RushesError('INVALID_INPUT', 'Send {"url": "https://…"}.', {
        fields: { url: 'must be an http(s) URL' },
      })
    const gone = disconnectOf(context)
    try {
      const about = { wants: null, expiresAt: expiry(body.data.ttl_seconds) }
      return await importFile({ importUrl, files }, body.data.url, about, gone)
    } catch (error) {
      if (!(error instanceof RushesError) || error.fields) throw error
      throw new RushesError(error.code, error.message, { cause: error, fields: { url: error.message } })
    }
  }

  const app = new Hono<AppEnv>()
  app.post('/files', async (context) => {
    const isJson = /^application\/json\b/i.test(context.req.header('content-type') ?? '')
    return context.json(await (isJson ? fromWeb(context) : upload(context)))
  })
  app.get('/files/:id', (context) => context.json(find(context.req.param('id'))))
  app.delete('/files/:id', async (context) => {
    if (!(await files.remove(context.req.param('id')))) find(context.req.param('id'))
    return context.body(null, 204)
  })
  app.get('/files/:id/content', (context) => {
    const file = find(context.req.param('id'))
    const input = inputOf(file.id)
    return sendFile(context, {
      path: input.path,
      mimeType: file.mime_type,
      version: file.id,
      filename: input.filename,
      download: context.req.query('download') !== undefined,
    })
  })
  for (const kind of ['thumbnail', 'preview'] as const)
    app.get(`/files/:id/${kind}`, (context) => {
      const { id } = find(context.req.param('id'))
      return derivatives.send(context, kind, id, inputOf(id).path)
    })
  return app
}
