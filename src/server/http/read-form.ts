import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import busboy from 'busboy'
import { aboutField, RushesError } from '../../shared/errors.ts'
import { type FileResource, LIMITS } from '../../shared/media.ts'

export type Form = { values: Record<string, string>; files: Record<string, FileResource> }

/** Takes in the bytes of one file part. `values` gives the text parts once the whole body is read. */
export type TakePart = (
  name: string,
  stream: Readable,
  filename: string | null,
  values: () => Promise<Form['values']>,
) => Promise<FileResource>

/** Room for the text parts and the multipart framing around the largest file. */
const MAX_BODY = LIMITS.video + 16 * 1024 ** 2

const PARTS = { fields: 64, fieldSize: 64 * 1024, files: 16, parts: 96, fieldNameSize: 200 }

/** Node's and undici's own name for a Blob without one. */
const NAMELESS = new Set(['', 'blob', 'file'])

/** Complaints about inputs go on where the field's name ends; others are sentences. */
const wordsOf = (error: unknown): string | undefined =>
  error instanceof RushesError && error.code === 'INVALID_INPUT' ? lowerFirst(error.message) : undefined

const lowerFirst = (text: string): string =>
  text.replace(/^The file is empty\.$/, 'is empty').replace(/^./, (letter) => letter.toLowerCase())

/**
 * Streams a multipart (or urlencoded) body: text parts into memory, up to 64 KiB each, file parts of the named fields
 * to `take`. A file for any other field is refused without being read. Rejects with the first failure.
 */
export const readForm = async (
  headers: IncomingHttpHeaders,
  body: Readable,
  fileFields: ReadonlySet<string>,
  take: TakePart,
): Promise<Form> => {
  if (Number(headers['content-length'] ?? 0) > MAX_BODY)
    throw new RushesError('TOO_LARGE', 'The body is larger than the limit of 2 GiB for a video.')
  const form: Form = { values: {}, files: {} }
  const parser = createParser(headers)
  const taking: Promise<void>[] = []
  const failures: unknown[] = []
  // A file may be refused long after its last byte was parsed, when the parser cannot tell of it any more.
  const fail = (error: unknown): void => {
    failures.push(error)
    parser.destroy(error instanceof Error ? error : new Error(String(error)))
  }
  const invalid = (field: string, text: string): void =>
    fail(new RushesError('INVALID_INPUT', `Invalid inputs: ${field} ${text}`, { fields: { [field]: text } }))
  const seen = new Set<string>()
  const once = (name: string): boolean => {
    const isFirst = !seen.has(name)
    seen.add(name)
    if (!isFirst) invalid(name, 'is given more than once')
    return isFirst
  }

  parser.on('field', (name: string, value: string, info: busboy.FieldInfo) => {
    if (info.valueTruncated) return invalid(name, 'is too long')
    if (once(name)) form.values[name] = value
  })
  parser.on('file', (name: string, stream: Readable, info: busboy.FileInfo) => {
    // busboy ends a part that is cut off with an error; without a listener it would end the process.
    stream.on('error', () => undefined)
    if (!fileFields.has(name)) {
      stream.resume()
      return invalid(name, 'does not take a file')
    }
    if (!once(name)) return void stream.resume()
    const filename = NAMELESS.has(info.filename ?? '') ? null : (info.filename ?? null)
    taking.push(
      take(name, stream, filename, () => flowing.then(() => form.values)).then(
        (file) => void (form.files[name] = file),
        (error: unknown) => fail(aboutField(name, error, wordsOf(error))),
      ),
    )
  })
  for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
    parser.on(limit, () => fail(new RushesError('INVALID_INPUT', 'The form has too many parts.')))

  const flowing = flow(body, parser)
  await flowing.catch((error: unknown) => failures.push(error))
  await Promise.all(taking)
  if (failures.length > 0) throw explainParse(failures[0])
  return form
}

/**
 * Like `pipeline`, but leaves the body alone when the parser fails: destroying a request ends its connection before the
 * client could read why. Rejects when the client goes away half-way.
 */
const flow = (body: Readable, parser: busboy.Busboy): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (error?: unknown): void => {
      body.off('close', vanished)
      body.off('error', broken)
      body.unpipe(parser)
      if (error === undefined) return resolve()
      parser.destroy()
      body.resume()
      reject(error)
    }
    const broken = (cause?: unknown): void =>
      stop(new RushesError('CANCELLED', 'The client went away before its request was whole.', { cause }))
    const vanished = (): void => {
      if (!body.readableEnded) broken()
    }
    body.on('close', vanished)
    body.on('error', broken)
    parser.on('error', stop)
    parser.on('close', () => stop())
    body.pipe(parser)
  })

const createParser = (headers: IncomingHttpHeaders): busboy.Busboy => {
  try {
    return busboy({ headers, limits: PARTS, defParamCharset: 'utf8', highWaterMark: 1024 ** 2, fileHwm: 1024 ** 2 })
  } catch (error) {
    throw new RushesError('INVALID_INPUT', 'Send the inputs as multipart/form-data.', { cause: error })
  }
}

const explainParse = (error: unknown): unknown => {
  if (error instanceof RushesError) return error
  if (error instanceof Error && /unexpected end|malformed/i.test(error.message))
    return new RushesError('INVALID_INPUT', 'The multipart body is cut off or malformed.', { cause: error })
  return error
}
