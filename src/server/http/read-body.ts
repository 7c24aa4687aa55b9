import type { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import { type AppContext, bodyOf } from './context.ts'
import { fieldsAtFault } from './fields-at-fault.ts'
import { readJson } from './read-json.ts'

/** Reads a small JSON body by its schema. Rejects with INVALID_INPUT, what would be right, and the fields that are not. */
export const readBody = async <S extends z.ZodType>(
  context: AppContext,
  schema: S,
  right: string,
): Promise<z.output<S>> => {
  const body = schema.safeParse(await readJson(bodyOf(context)))
  if (body.success) return body.data
  throw new RushesError('INVALID_INPUT', right, { fields: fieldsAtFault(body.error) })
}
