import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { z } from 'zod'
import { fileResourceSchema } from '../../shared/media.ts'
import { decodeText } from './database/bytes.ts'
import { isPlainName, isServedType } from './outside.ts'

/** An upload as it is written beside its bytes, and in the index. */
export const storedFileSchema = fileResourceSchema
  .extend({
    id: z.string().regex(/^file_[0-9a-f]{32}$/),
    stored_as: z.string().regex(/^(file_)?[0-9a-f]{32}\.[a-z0-9]{1,8}$/),
    /** Forgotten by its owner, and kept because a job uses it. */
    deleted: z.boolean().default(false),
  })
  .refine(({ filename, mime_type, media }) => {
    const named = filename === null || isPlainName(filename.replace(/[/\\:\p{Cc}]|^\./gu, '_'))
    return named && isServedType(mime_type) && isServedType(media.mime_type)
  }, 'names a type that Rushes does not send')
export type StoredFile = z.output<typeof storedFileSchema>

/** The part of the bytes' SHA-256 that their file is named by: 128 bits never meet another's. */
export const hashOf = ({ stored_as }: Pick<StoredFile, 'stored_as'>): string =>
  /[0-9a-f]{32}/.exec(stored_as)?.[0] ?? ''

/** What is made from the bytes is kept under this name; see derivatives.ts. */
export const derivativeId = (file: Pick<StoredFile, 'stored_as'>): string => `file_${hashOf(file)}`

/** The same by the key that the bytes lie under. */
export const derivativeIdOf = (key: string): string => derivativeId({ stored_as: basename(key) })

/** An id that nobody guesses. */
export const newFileId = (): string => `file_${randomBytes(16).toString('hex')}`

/** The row that an upload has in the index. */
export const rowOf = (file: StoredFile) => ({
  id: file.id,
  hash: hashOf(file),
  stored_as: file.stored_as,
  expires_at: file.expires_at,
  deleted: file.deleted ? 1 : 0,
  body: JSON.stringify(file),
})

/** An upload as its row has it; undefined for one that cannot be read. */
export const readBody = (body: unknown): StoredFile | undefined => {
  try {
    return storedFileSchema.safeParse(JSON.parse(decodeText(body) ?? '')).data
  } catch {
    return undefined
  }
}
