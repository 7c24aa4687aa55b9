import { z } from 'zod'

const SECONDS = 'must be 1 to 3600 seconds'
const few = z.array(z.string()).max(20, 'may name 20 at most').nullish()

/** What POST /v1/client/tokens takes, as the cloud's does: all of it may be left out. */
export const tokenRequestSchema = z.object({
  expiresIn: z
    .number(SECONDS)
    .int(SECONDS)
    .min(1, SECONDS)
    .max(3600, SECONDS)
    .nullish()
    .transform((seconds) => seconds ?? 60),
  allowedModels: few,
  allowedOrigins: few,
  constraints: z.record(z.string(), z.unknown()).nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
})

/** What it answers: an opaque key, the same as a JWT, and what was asked for. Neither is checked by this server. */
export const clientTokenSchema = z.object({
  apiKey: z.string(),
  token: z.string(),
  expiresAt: z.iso.datetime(),
  permissions: z.object({ models: z.array(z.string()).optional(), origins: z.array(z.string()).optional() }).nullable(),
  constraints: z.record(z.string(), z.unknown()).nullable(),
})
export type ClientToken = z.infer<typeof clientTokenSchema>

/** What GET /v1/realtime/quota answers: sessions that may run and do. */
export const realtimeQuotaSchema = z.object({
  limit: z.number().int(),
  active: z.number().int(),
  remaining: z.number().int(),
})
export type RealtimeQuota = z.infer<typeof realtimeQuotaSchema>
