import { RushesError } from '../../shared/errors.ts'
import type { RenderOrder, Source } from '../process/messages.ts'

/** The file of a field that the model requires; the server has checked that it is there. */
export const sourceOf = (order: RenderOrder, field: string): Source => {
  const source = order.sources[field]
  if (!source) throw new RushesError('INVALID_INPUT', `${field} is required`, { fields: { [field]: 'is required' } })
  return source
}
