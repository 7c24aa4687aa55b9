import { abortable } from './abort.ts'
import { DecartSDKError } from './errors.ts'

/** Bytes that a Blob takes: shared memory may change under it, so that is copied. */
const unshared = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes)

/** Collects a stream, giving it back its source when aborted: a form's parts must have their length. */
export const collect = async (
  stream: ReadableStream<Uint8Array>,
  field: string,
  signal?: AbortSignal,
): Promise<Blob> => {
  const unreadable = (cause: unknown) =>
    new DecartSDKError('INVALID_INPUT', `${field} could not be read`, {
      fields: { [field]: 'could not be read' },
      cause,
    })
  if (stream.locked) throw unreadable(new TypeError('The stream is already being read'))
  const reader = stream.getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  const read = async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) parts.push(unshared(next.value))
    return new Blob(parts)
  }
  return abortable(
    signal,
    () =>
      read().catch((cause: unknown) => {
        throw unreadable(cause)
      }),
    () => void reader.cancel(signal?.reason).catch(() => {}),
  )
}

/**
 * The multipart form of checked inputs: files as files, lists and objects as JSON, everything else as text; what is undefined or null is left
 * out. `File`s keep their names.
 */
export const formOf = async (values: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<FormData> => {
  const form = new FormData()
  for (const [field, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue
    if (value instanceof Blob) form.append(field, value)
    else if (value instanceof ReadableStream) form.append(field, await collect(value, field, signal))
    else if (value instanceof Uint8Array) form.append(field, new Blob([unshared(value)]))
    else if (value instanceof ArrayBuffer) form.append(field, new Blob([value]))
    else if (typeof value === 'object' && !(value instanceof URL)) form.append(field, JSON.stringify(value))
    else form.append(field, String(value))
  }
  return form
}
