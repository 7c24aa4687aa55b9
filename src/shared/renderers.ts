import { z } from 'zod'
import { rendererSchema } from './job.ts'
import { priceSchema } from './models/price.ts'
import { RESOLUTIONS } from './models/fields.ts'

/** Where material goes that a renderer is given. */
export const WHERE = ['this machine', 'your network', 'a third party'] as const
export type Where = (typeof WHERE)[number]

/** A file that the other side lacks, where it belongs there, and where it is to be had. */
export const missingFileSchema = z.object({
  file: z.string(),
  /** Below the server's own folder, as `models/vae`; or the name of the node package, where a node is missing. */
  folder: z.string(),
  url: z.string().nullable(),
  /** Null where nobody says. */
  bytes: z.number().int().positive().nullable(),
  licence: z.string().nullable(),
})
export type MissingFile = z.infer<typeof missingFileSchema>

const engineOfferSchema = z.object({
  ready: z.boolean(),
  /** The real model that runs, by its own name. */
  engine: z.object({ name: z.string(), version: z.string().optional(), licence: z.string().nullable() }),
  /** Why it is not ready, in words that say what to do; null where it is. */
  reason: z.string().nullable(),
  missing: z.array(missingFileSchema),
  resolutions: z.array(z.enum(RESOLUTIONS)),
  /** The length of a clip in seconds; null for a picture, and where an edit is as long as its source. */
  seconds: z.number().positive().nullable(),
  fps: z.number().positive().nullable(),
  /** Whether it costs nothing. Where it does, `price` is null if nobody knows how much. */
  free: z.boolean(),
  price: priceSchema.nullable(),
  /** Inputs of the model that the engine does not honour, a sentence each. */
  limits: z.array(z.string()),
})

/** What a renderer makes of one model: what runs, or what it lacks. */
export const offerSchema = engineOfferSchema.extend({
  /** Other engines that are ready for it, which run where one is named (`x-engine`). */
  others: z.array(engineOfferSchema).optional(),
})
export type Offer = z.infer<typeof offerSchema>

export const RENDERER_STATES = ['ready', 'off', 'unreachable', 'unauthorized'] as const
export type RendererState = (typeof RENDERER_STATES)[number]

/** One server behind a renderer, where it has several. */
const serverStatusSchema = z.object({
  /** Without user and password. */
  url: z.string(),
  state: z.enum(RENDERER_STATES),
  note: z.string(),
  /** Jobs that wait and run there, whoever sent them. */
  busy: z.number().int().nonnegative(),
})

/** A renderer as GET /v1/renderers tells it. */
export const rendererStatusSchema = z.object({
  name: rendererSchema,
  title: z.string(),
  state: z.enum(RENDERER_STATES),
  note: z.string(),
  where: z.enum(WHERE),
  /** Whether it may run without having been chosen for a job: not where it costs money or takes material to others. */
  chosen_only: z.boolean(),
  /** ISO 8601: when it was last looked at; null before. */
  checked_at: z.string().nullable(),
  models: z.record(z.string(), offerSchema),
  servers: z.array(serverStatusSchema),
})
export type RendererStatus = z.infer<typeof rendererStatusSchema>
export const rendererListSchema = z.object({ renderers: z.array(rendererStatusSchema) })

/** What a renderer may be told by PUT /v1/renderers/{name}/settings. */
export const SETTINGS = ['url', 'key', 'headers'] as const
export type SettingName = (typeof SETTINGS)[number]
export const settingsRequestSchema = z.object({
  /** Several with commas between them, where the renderer takes several. */
  url: z.string().trim().max(4000).optional(),
  key: z.string().trim().max(1000).optional(),
  headers: z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/), z.string().max(4000)).optional(),
})
export type SettingsRequest = z.infer<typeof settingsRequestSchema>

/** What is set, with `"set"` in the place of every secret, and whether the environment says so. */
export const settingsAnswerSchema = z.object({
  name: rendererSchema,
  /** Which settings it has. */
  asks: z.array(z.enum(SETTINGS)),
  url: z.string().nullable(),
  key: z.literal('set').nullable(),
  headers: z.record(z.string(), z.literal('set')),
  /** The settings that the environment gives, which nothing said here changes. */
  from_environment: z.array(z.enum(SETTINGS)),
})
export type SettingsAnswer = z.infer<typeof settingsAnswerSchema>

const spentSchema = z.object({
  usd: z.number().nonnegative(),
  /** False where a part of it is an estimate. */
  certain: z.boolean(),
  orders: z.number().int().nonnegative(),
})
/** What went out for what one person asked for. */
const personSpendingSchema = z.object({
  person_id: z.string(),
  name: z.string(),
  today: spentSchema,
  month: spentSchema,
  limit_usd: z.number().positive().nullable(),
})
/**
 * GET /v1/spending: what went out, by the server's own days. Where a studio has accounts, members are told of their own
 * and of their own limit; admins of the whole, and of everybody.
 */
export const spendingSchema = z.object({
  today: spentSchema,
  month: spentSchema,
  limit_usd: z.number().positive().nullable(),
  days: z.array(spentSchema.extend({ day: z.string(), renderer: rendererSchema, model: z.string() })),
  /** For admins. */
  people: z.array(personSpendingSchema).optional(),
})
export type Spending = z.infer<typeof spendingSchema>
