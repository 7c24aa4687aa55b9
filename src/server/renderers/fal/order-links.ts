import { z } from 'zod'
import { RushesError } from '../../../shared/errors.ts'
import type { Order } from '../order/dialect.ts'
import { type Addresses, mayHaveKey } from './addresses.ts'

/** What is kept of an order beside its id: fal's own links to it, as they came, and which endpoint runs it. */
const detailsSchema = z.object({
  endpoint: z.string(),
  model: z.string(),
  status_url: z.url(),
  response_url: z.url(),
  cancel_url: z.url(),
})
export type OrderLinks = z.infer<typeof detailsSchema>

/** Whether all of an order's links may be asked with the key. */
export const areOwn = (links: Pick<OrderLinks, 'status_url' | 'response_url' | 'cancel_url'>, at: Addresses): boolean =>
  [links.status_url, links.response_url, links.cancel_url].every((link) => mayHaveKey(link, at))

/**
 * The links of a recorded order. Throws LOST where what was kept cannot be read, or leads to other hosts than the key is
 * for, as after the address of the queue was changed.
 */
export const linksOf = ({ id, details }: Order, addresses: Addresses): OrderLinks => {
  const links = detailsSchema.safeParse(details).data
  if (links && areOwn(links, addresses)) return links
  const where = links ? `was made elsewhere than at ${addresses.queue.host}` : 'was kept without its links'
  const message = `The order ${id} ${where}, so its result cannot be fetched. It may have been billed.`
  throw new RushesError('LOST', message, { billed: 'maybe' })
}
