import { type RawBuilder, sql } from 'kysely'

/**
 * A text column as its bytes. A damaged text need not be UTF-8 any more, and the driver aborts its process over one:
 * what may be damaged is read as bytes and decoded here.
 */
export const bytesOf = (column: string): RawBuilder<unknown> => sql`cast(${sql.ref(column)} as blob)`

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a column read by `Expressions.text`: null where it is null, undefined where it is no text. */
export const decodeText = (value: unknown): string | null | undefined => {
  if (value === null || typeof value === 'string') return value
  if (!(value instanceof ArrayBuffer || value instanceof Uint8Array)) return undefined
  try {
    return decoder.decode(value)
  } catch {
    return undefined
  }
}
