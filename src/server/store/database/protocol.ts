import { z } from 'zod'

/**
 * What the index's child process is asked, and what it answers. SQLite runs in a process of its own because a damaged
 * file can make it abort, and because nothing that it waits for (the disk, a check of all pages) holds up the server.
 */
export type Request =
  | { id: number; kind: 'open'; path: string; mode: OpenMode }
  | { id: number; kind: 'query'; sql: string; parameters: readonly unknown[] }
  | { id: number; kind: 'close' }

/** `write` takes the file for this process alone; `salvage` only reads what is left of a damaged one. */
export type OpenMode = 'write' | 'salvage'

export type Rows = { rows: unknown[]; changes: number }

const answerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('done'), id: z.number(), rows: z.array(z.unknown()), changes: z.number() }),
  z.object({ type: z.literal('failed'), id: z.number(), code: z.string(), message: z.string() }),
])
export type Answer = z.infer<typeof answerSchema>

/** Reads a message of the child. Undefined for anything else. */
export const readAnswer = (message: unknown): Answer | undefined => answerSchema.safeParse(message).data

/** A statement that the database refused. `code` is SQLite's, as `SQLITE_FULL`. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
