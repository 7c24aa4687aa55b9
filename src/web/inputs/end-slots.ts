import { fieldsOf } from '../../shared/models/describe.ts'
import type { Model } from '../../shared/models/index.ts'
import { slotOf } from '../state/draft.ts'

/** The slots of the first and last picture of a model that goes from one to the other. */
export const endSlots = (model: Model): { first: string; last: string } | undefined => {
  const [first, last] = fieldsOf(model)
    .filter(({ meta, required }) => required && meta.control === 'media' && meta.accepts === 'image')
    .map(slotOf)
  return first !== undefined && last !== undefined ? { first, last } : undefined
}
