import { randomUUID } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'

export type FilePart = { path: string; filename: string; type: string }

/** A multipart form whose length is known before it is sent, and whose files are read only as they are. */
export type MultipartBody = { contentType: string; length: number; stream: () => AsyncGenerator<Uint8Array> }

/** The file of that field is gone, or may not be read. */
export class MissingFile extends Error {
  override readonly name = 'MissingFile'
  readonly field: string
  constructor(field: string, cause?: unknown) {
    super(`no file for ${field}`, { cause })
    this.field = field
  }
}

const sizeOf = async (field: string, path: string): Promise<number> => {
  try {
    const facts = await stat(path)
    if (!facts.isFile()) throw new MissingFile(field)
    await access(path, constants.R_OK)
    return facts.size
  } catch (cause) {
    throw cause instanceof MissingFile ? cause : new MissingFile(field, cause)
  }
}

/** Bytes read from disk at a time. */
const READ_BYTES = 256 * 1024

/** As browsers write names: RFC 7578 leaves no other way for quotes and line ends. */
const quoted = (text: string): string =>
  `"${text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}"`

/** Lays out a form. Rejects with a MissingFile where one cannot be found. */
export const multipartBody = async (
  fields: readonly (readonly [string, string])[],
  files: readonly (readonly [string, FilePart])[],
): Promise<MultipartBody> => {
  const boundary = `rushes-${randomUUID()}`
  const head = (name: string, more = '') =>
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}${more}\r\n\r\n`)
  const lineEnd = Buffer.from('\r\n')
  const end = Buffer.from(`--${boundary}--\r\n`)
  const texts = Buffer.concat(fields.flatMap(([name, value]) => [head(name), Buffer.from(value), lineEnd]))
  const parts = await Promise.all(
    files.map(async ([name, { path, filename, type }]) => ({
      head: head(name, `; filename=${quoted(filename)}\r\nContent-Type: ${type}`),
      path,
      size: await sizeOf(name, path),
    })),
  )
  const length = parts.reduce(
    (sum, part) => sum + part.head.length + part.size + lineEnd.length,
    texts.length + end.length,
  )

  async function* stream() {
    yield texts
    for (const part of parts) {
      yield part.head
      if (part.size > 0) yield* createReadStream(part.path, { highWaterMark: READ_BYTES, end: part.size - 1 })
      yield lineEnd
    }
    yield end
  }
  return { contentType: `multipart/form-data; boundary=${boundary}`, length, stream }
}
