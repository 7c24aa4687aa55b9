import { z } from 'zod'

const countSchema = z.object({
  value: z.number().default(0),
  max: z.number().default(0),
  state: z.string().default(''),
  activity: z.string().nullish().catch(null),
})

/** What the socket tells, of whichever type; binary frames are previews, and none of it. */
const eventSchema = z.object({
  type: z.string(),
  data: z
    .object({
      prompt_id: z.string().optional().catch(undefined),
      node: z.string().nullable().optional().catch(undefined),
      value: z.number().optional().catch(undefined),
      max: z.number().optional().catch(undefined),
      nodes: z
        .union([z.array(z.string()), z.record(z.string(), countSchema)])
        .optional()
        .catch(undefined),
    })
    .catch({}),
})

/** How far one node is. */
export type Count = z.infer<typeof countSchema>

/** News of an order. `ended` is also said where its history is not written yet: looking again is worth it. */
export type OrderEvent = { id: string } & (
  | { type: 'started' }
  | { type: 'cached'; nodes: readonly string[] }
  | { type: 'node'; node: string }
  | { type: 'count'; node: string | null; part: number }
  | { type: 'counts'; nodes: Readonly<Record<string, Count>> }
  | { type: 'made'; node: string }
  | { type: 'ended' }
)

/** Reads a text frame; null where it is no news of an order. Nothing is assumed of what others send. */
export const readEvent = (text: string): OrderEvent | null => {
  let told: unknown
  try {
    told = JSON.parse(text)
  } catch {
    return null
  }
  const parsed = eventSchema.safeParse(told).data
  const id = parsed?.data.prompt_id
  if (!parsed || id === undefined) return null
  const { node, nodes, value = 0, max = 0 } = parsed.data
  switch (parsed.type) {
    case 'execution_start':
      return { type: 'started', id }
    case 'execution_cached':
      return Array.isArray(nodes) ? { type: 'cached', id, nodes } : null
    case 'executing':
      if (node === null) return { type: 'ended', id }
      return node === undefined ? null : { type: 'node', id, node }
    case 'progress':
      return { type: 'count', id, node: node ?? null, part: partOf(value, max) }
    case 'progress_state':
      return nodes && !Array.isArray(nodes) ? { type: 'counts', id, nodes } : null
    case 'executed':
      return node ? { type: 'made', id, node } : null
    case 'execution_success':
    case 'execution_error':
    case 'execution_interrupted':
      return { type: 'ended', id }
    default:
      return null
  }
}

/** A count as a part from 0 to 1, whatever it says. */
export const partOf = (value: number, max: number): number => (max > 0 ? Math.min(1, Math.max(0, value / max)) : 0)
