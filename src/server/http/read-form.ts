import { Busboy, type BusboyInstance } from '@fastify/busboy'
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { aboutField, RushesError } from '../../shared/errors.ts'
import { type FileResource, LIMITS } from '../../shared/media.ts'
import { fileNameOf } from './file-name.ts'
import { flow } from './flow.ts'
import { contentOf } from './part-head.ts'

/**
 * The names that a form's parts may have, by whether they take a file; or `any`, where each part says itself what it is:
 * one with a file name, or of a type that is no text, is a file.
 */
export type FormFields = { files: ReadonlySet<string>; texts: ReadonlySet<string> } | 'any'

/** A name that a part of any name may have. */
const ANY_NAME = /^(?!(?:__proto__|constructor|prototype)$)[\w.[\]-]{1,80}$/

const takesFile = (fields: FormFields, name: string): boolean =>
  fields === 'any' ? ANY_NAME.test(name) : fields.files.has(name)
const takesText = (fields: FormFields, name: string): boolean =>
  fields === 'any' ? ANY_NAME.test(name) : fields.texts.has(name)

/** Types of parts that are words, whatever their field. */
const isTextType = (type: string): boolean => /^(?:text\/|application\/(?:json|x-www-form-urlencoded)$)/.test(type)

const isFile = (fields: FormFields, name: string, type: string, filename: string | undefined): boolean =>
  fields === 'any' ? filename !== undefined || !isTextType(type) : fields.files.has(name) || Boolean(filename)

/** What came in. `unknown` names the parts of other names, whose contents are not kept. */
export type Form = { values: Record<string, string>; files: Record<string, FileResource>; unknown: string[] }

/** Takes in the bytes of one file part. `values` gives the text parts once the whole body is read. */
export type TakePart = (
  name: string,
  stream: Readable,
  filename: string | null,
  values: () => Promise<Form['values']>,
) => Promise<FileResource>

/** Room for the text parts and the multipart framing around the largest file. */
const MAX_BODY_BYTES = LIMITS.video + 16 * 1024 ** 2

const tooLarge = (): RushesError =>
  new RushesError('TOO_LARGE', 'The body is larger than the limit of 2 GiB for a video.')

const PARTS = { fields: 64, fieldSize: 128 * 1024, files: 16, parts: 96, headerPairs: 32, headerSize: 16 * 1024 }

/** Complaints about inputs go on where the field's name ends; others are sentences. */
const wordsOf = (error: unknown): string | undefined =>
  error instanceof RushesError && error.code === 'INVALID_INPUT' ? lowerFirst(error.message) : undefined

const lowerFirst = (text: string): string =>
  text.replace(/^The file is empty\.$/, 'is empty').replace(/^./, (letter) => letter.toLowerCase())

/** What of a form has come in, and what it broke by. */
const createFormReading = (parser: BusboyInstance) => {
  const seen = new Set<string>()
  const open = new Set<Readable>()
  const failures: unknown[] = []
  const taking: Promise<void>[] = []
  // A file may be refused long after its last byte was parsed, when the parser cannot tell of it any more.
  const fail = (cause: unknown): void => {
    failures.push(cause)
    const error = cause instanceof Error ? cause : new Error(String(cause))
    parser.destroy(error)
    for (const stream of open) stream.destroy(error)
  }
  const invalid = (field: string, text: string): void =>
    fail(new RushesError('INVALID_INPUT', `Invalid inputs: ${field} ${text}`, { fields: { [field]: text } }))
  return {
    values: new Map<string, string>(),
    files: new Map<string, FileResource>(),
    unknown: new Set<string>(),
    taking,
    failures,
    fail,
    invalid,
    /** Keeps a part that is being read, so that it ends where the form fails. */
    opened: (stream: Readable): void => {
      // A part that is cut off ends with an error; without a listener it would end the process.
      stream.on('error', () => undefined)
      open.add(stream)
      stream.on('close', () => open.delete(stream))
    },
    /** Whether a field comes for the first time. It is invalid where not. */
    once: (name: string): boolean => {
      const isFirst = !seen.has(name)
      seen.add(name)
      if (!isFirst) invalid(name, 'is given more than once')
      return isFirst
    },
  }
}

type FormReading = ReturnType<typeof createFormReading>

/** Reads the parts that take a text. */
const readTexts = (parser: BusboyInstance, fields: FormFields, reading: FormReading): void => {
  const { values, unknown, invalid, once } = reading
  parser.on('field', (name, value, _nameIsCut, isCut) => {
    if (!takesText(fields, name) && !takesFile(fields, name)) return void unknown.add(name ?? '')
    if (isCut) return invalid(name, 'is too long')
    if (once(name)) values.set(name, value)
  })
}

/** Has the parts taken in that take a file. */
const readFiles = (
  parser: BusboyInstance,
  fields: FormFields,
  reading: FormReading,
  takeFile: (name: string, part: Readable, sent: string | undefined, isText: boolean) => Promise<void>,
): void => {
  const { unknown, taking, fail, invalid, once } = reading
  parser.on('file', (name, stream, filename: string | undefined, _encoding, mimeType) => {
    reading.opened(stream)
    if (takesFile(fields, name) && once(name)) {
      const taken = takeFile(name, stream, filename, mimeType === 'text/plain')
      taking.push(taken.catch((error: unknown) => fail(aboutField(name, error, wordsOf(error)))))
      return
    }
    stream.resume()
    if (takesFile(fields, name)) return
    if (takesText(fields, name)) invalid(name, 'does not take a file')
    else unknown.add(name ?? '')
  })
}

/**
 * Streams a multipart (or urlencoded) body: text parts into memory, up to 128 KiB each, file parts to `take`. What a
 * part is follows from its field, not from whether it has a file name, which Bun and others leave out: a part of a file
 * field is a file, but for a short text without a name, which is an id or an address, and for nothing at all, which is
 * a file that was not chosen. Parts of unknown fields flow by. Rejects with the first failure, or the signal's reason.
 */
export const readForm = async (
  headers: IncomingHttpHeaders,
  body: Readable,
  fields: FormFields,
  take: TakePart,
  signal?: AbortSignal,
): Promise<Form> => {
  signal?.throwIfAborted()
  if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  const parser = createParser(headers, fields)
  const reading = createFormReading(parser)
  const { values, files, unknown, failures, fail } = reading

  const takeFile = async (name: string, part: Readable, sent: string | undefined, isText: boolean): Promise<void> => {
    const content = sent ? ({ kind: 'bytes', stream: part } as const) : await contentOf(part, isText)
    if (content.kind === 'nothing') return
    if (content.kind === 'text') return void values.set(name, content.text)
    const textValues = () => flowing.then(() => Object.fromEntries(values))
    files.set(name, await take(name, content.stream, fileNameOf(sent, name), textValues))
  }

  readTexts(parser, fields, reading)
  readFiles(parser, fields, reading, takeFile)
  for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
    parser.on(limit, () => fail(new RushesError('INVALID_INPUT', 'The form has too many parts.')))

  const abort = (): void => fail(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  const flowing = flow(body, parser, { bytes: MAX_BODY_BYTES, error: tooLarge() })
  await flowing.catch(fail)
  await Promise.all(reading.taking)
  signal?.removeEventListener('abort', abort)
  signal?.throwIfAborted()
  if (failures.length > 0) throw explainParse(failures[0])
  return { values: Object.fromEntries(values), files: Object.fromEntries(files), unknown: [...unknown] }
}

const createParser = (headers: IncomingHttpHeaders, fields: FormFields): BusboyInstance => {
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': headers['content-type'] ?? '' },
      limits: PARTS,
      highWaterMark: 1024 ** 2,
      fileHwm: 1024 ** 2,
      // Backslashes are part of names today; see fileNameOf.
      preservePath: true,
      isPartAFile: (name, type, filename) => isFile(fields, name ?? '', type ?? 'text/plain', filename),
    })
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
