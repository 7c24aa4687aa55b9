import { fileTypeFromBuffer } from 'file-type'
import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { FalAnswer } from './faults.ts'

/** A file as it was brought: counted and summed as it came, and kept nowhere. */
export type StoredFile = {
  link: string
  name: string
  type: string
  lifecycle: string | null
  parts: number[]
  bytes: number
  sha256: string
}

type Upload = {
  link: string
  name: string
  type: string
  lifecycle: string | null
  hash: ReturnType<typeof createHash>
  bytes: number
  head: Buffer
  etags: Map<number, string>
  done: StoredFile | null
}

/** What the kind of a file is told by. */
const HEAD = 4100

const askedSchema = z.object({ content_type: z.string(), file_name: z.string() })
const completeSchema = z.object({ parts: z.array(z.object({ partNumber: z.number(), etag: z.string() })) })

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(z.instanceof(Buffer).parse(chunk))
  return Buffer.concat(chunks).toString()
}

const header = (request: IncomingMessage, name: string): string | null => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

const bad = (detail: string): FalAnswer => ({ status: 400, body: { detail } })

/**
 * fal's storage: a place for each file, signed in the query, which takes the bytes whole, or in parts whose numbers stand
 * before that query and which are put together by a last call. `cdn` is where its links lead.
 */
export const createFalStorage = (cdn: () => string) => {
  const uploads = new Map<string, Upload>()
  let elsewhere: { upload_url?: string; file_url?: string } = {}
  const signature = 'signature=a%2Bb'

  const initiate = async (request: IncomingMessage): Promise<FalAnswer> => {
    const asked = askedSchema.safeParse(JSON.parse(await textOf(request))).data
    if (!asked) return { status: 422, body: { detail: [{ loc: ['body'], msg: 'Field required', type: 'missing' }] } }
    const id = randomUUID()
    const link = `${cdn()}/files/${id}/${asked.file_name}`
    const lifecycle = header(request, 'x-fal-object-lifecycle')
    const { file_name: name, content_type: type } = asked
    const hash = createHash('sha256')
    uploads.set(id, {
      link,
      name,
      type,
      lifecycle,
      hash,
      bytes: 0,
      head: Buffer.alloc(0),
      etags: new Map(),
      done: null,
    })
    const place = { upload_url: `${cdn()}/uploads/${id}?${signature}`, file_url: link }
    return { status: 200, body: { ...place, ...elsewhere } }
  }

  const finish = (upload: Upload): void => {
    const { link, name, type, lifecycle, bytes, etags } = upload
    const sha256 = upload.hash.digest('hex')
    upload.done = { link, name, type, lifecycle, bytes, sha256, parts: [...etags.keys()] }
  }

  const take = async (upload: Upload, request: IncomingMessage): Promise<void> => {
    // What goes up whole a second time takes the place of the first.
    if (upload.etags.size === 0) Object.assign(upload, { hash: createHash('sha256'), bytes: 0, head: Buffer.alloc(0) })
    for await (const chunk of request) {
      const bytes = z.instanceof(Buffer).parse(chunk)
      upload.hash.update(bytes)
      upload.bytes += bytes.length
      if (upload.head.length < HEAD) upload.head = Buffer.concat([upload.head, bytes]).subarray(0, HEAD)
    }
  }

  /** `part` is what stands behind the upload's id: nothing, a number, or `complete`. */
  const put = async (request: IncomingMessage, url: URL): Promise<FalAnswer> => {
    const [, , id = '', part] = url.pathname.split('/')
    const upload = uploads.get(id)
    if (!upload || url.search !== `?${signature}`) return { status: 403, body: { detail: 'Signature does not match' } }
    if (request.headers.authorization !== undefined) return bad('A signed upload takes no key')
    if (part === undefined) {
      await take(upload, request)
      finish(upload)
      return { status: 200, body: {} }
    }
    if (part !== 'complete') {
      const number = Number(part)
      if (number !== upload.etags.size + 1) return bad('Parts come in order here')
      await take(upload, request)
      const etag = `"etag-${part}"`
      upload.etags.set(number, etag)
      return { status: 200, body: { partNumber: number, etag }, headers: { etag } }
    }
    const { parts } = completeSchema.parse(JSON.parse(await textOf(request)))
    const same = parts.every(({ partNumber, etag }) => upload.etags.get(partNumber) === etag)
    if (!same || parts.length !== upload.etags.size) return bad('Parts do not match')
    finish(upload)
    return { status: 200, body: {} }
  }

  return {
    initiate,
    put,
    /** Files that are there in full, in the order in which they were asked for. */
    files: (): StoredFile[] => [...uploads.values()].flatMap(({ done }) => done ?? []),
    has: (link: string): boolean => [...uploads.values()].some(({ done }) => done?.link === link),
    /** Whether what is there under that link is a picture or a clip. */
    isMedia: async (link: string): Promise<boolean> => {
      const upload = [...uploads.values()].find(({ done }) => done?.link === link)
      return upload !== undefined && (await fileTypeFromBuffer(upload.head)) !== undefined
    },
    /** From now on places are these. */
    mislead: (links: { upload_url?: string; file_url?: string }): void => void (elsewhere = links),
  }
}
