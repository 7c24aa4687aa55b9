import { z } from 'zod'

/** How long an upload is kept. */
export const ttlSchema = z
  .union([z.literal('persistent'), z.coerce.number().int().min(60).max(2_592_000)])
  .meta({ description: 'Seconds until it is forgotten, or never.', default: 'persistent' })

/** What POST /v1/files takes as JSON. */
export const importSchema = z.object({
  url: z.url({ protocol: /^https?$/ }),
  ttl_seconds: ttlSchema.optional(),
})
