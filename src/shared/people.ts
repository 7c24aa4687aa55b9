import { z } from 'zod'

/** How a studio knows who asks: not at all, by links and tokens of its own, or by a proxy before it. */
export const AUTH_MODES = ['none', 'token', 'proxy'] as const
export type AuthMode = (typeof AUTH_MODES)[number]

export const ROLES = ['member', 'admin'] as const
export const roleSchema = z.enum(ROLES)
export type Role = z.infer<typeof roleSchema>

export const MAX_PERSON_NAME = 60
export const MAX_LABEL = 60

const WORDS = `must have 1 to ${MAX_PERSON_NAME} characters`
/** Without characters that nobody sees, by which one person could pass for another. */
export const personNameSchema = z
  .string(WORDS)
  .transform((name) => name.normalize('NFC').replace(/\p{C}/gu, '').replace(/\s+/gu, ' ').trim())
  .pipe(z.string().min(1, WORDS).max(MAX_PERSON_NAME, WORDS))
const MONEY = 'must be a number of US dollars above 0, or null for none'
const limitSchema = z.number(MONEY).positive(MONEY).max(1_000_000, MONEY).nullable()

/** Who asks, as GET /v1/me tells them. */
export const selfSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  spend_limit_usd: z.number().positive().nullable(),
})
export type Self = z.infer<typeof selfSchema>

export const meSchema = z.object({
  auth: z.enum(AUTH_MODES),
  /** Null where the studio has no accounts. */
  person: selfSchema.nullable(),
  /** Whether members see everybody's takes, or their own. */
  team_sees: z.enum(['all', 'own']),
  /** Whether DELETE /v1/session ends how this request was signed in. */
  can_sign_out: z.boolean(),
})
export type Me = z.infer<typeof meSchema>
export const renameSelfSchema = z.object({ name: personNameSchema })

/** What GET /v1/session tells whoever asks, so that a page knows where to lead them. */
export const sessionStateSchema = z.object({ auth: z.enum(AUTH_MODES), signed_in: z.boolean() })
export type SessionState = z.infer<typeof sessionStateSchema>

/** What a link's token looks like. */
export const linkTokenSchema = z.string().trim().min(20).max(200)
/** What POST /v1/session takes; the name is for who has none yet. */
export const signInSchema = z.object({ token: linkTokenSchema, name: personNameSchema.optional() })
export const lookSchema = z.object({ token: linkTokenSchema })
/** Whom a link is for. */
export const invitationSchema = z.object({
  /** Empty where whoever opens it is to choose one. */
  name: z.string(),
  role: roleSchema,
  /** Whether they have signed in before. */
  joined: z.boolean(),
})
export type Invitation = z.infer<typeof invitationSchema>

/** An API token, without the token itself. */
export const apiTokenSchema = z.object({
  id: z.string(),
  label: z.string(),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
  expires_at: z.string().nullable(),
})
export type ApiToken = z.infer<typeof apiTokenSchema>
export const apiTokenListSchema = z.object({ tokens: z.array(apiTokenSchema) })
const DAYS = 'must be 1 to 3650 days, or null for no end'
export const newTokenSchema = z.object({
  label: z
    .string(`must have 1 to ${MAX_LABEL} characters`)
    .trim()
    .min(1, `must have 1 to ${MAX_LABEL} characters`)
    .max(MAX_LABEL, `must have 1 to ${MAX_LABEL} characters`),
  days: z.number(DAYS).int(DAYS).min(1, DAYS).max(3650, DAYS).nullable().default(null),
})
/** The answer to making one: the only time that the token itself is told. */
export const madeTokenSchema = apiTokenSchema.extend({ token: z.string() })
export type MadeToken = z.infer<typeof madeTokenSchema>

/** A person as admins see them; others are told `id`, `name` and `role` alone. */
export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  spend_limit_usd: z.number().positive().nullable().optional(),
  created_at: z.string().optional(),
  /** Null for who was only invited. */
  joined_at: z.string().nullable().optional(),
  disabled_at: z.string().nullable().optional(),
})
export type Person = z.infer<typeof personSchema>
export const personListSchema = z.object({ people: z.array(personSchema) })

export const newPersonSchema = z.object({
  name: personNameSchema,
  role: roleSchema.default('member'),
  spend_limit_usd: limitSchema.default(null),
})
/** What is left out stays as it is. */
export const personChangesSchema = z.object({
  name: personNameSchema.optional(),
  role: roleSchema.optional(),
  spend_limit_usd: limitSchema.optional(),
  disabled: z.boolean().optional(),
})
export type PersonChanges = z.infer<typeof personChangesSchema>

/** A link by which a person signs in, once. */
export const inviteSchema = z.object({ person: personSchema, link: z.string(), expires_at: z.string() })
export type Invite = z.infer<typeof inviteSchema>

export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.string(),
  person_id: z.string(),
  /** What they are called today. */
  person: z.string(),
  /** As `take.binned`. */
  action: z.string(),
  /** The ids of what it was done to; of many only the first. */
  subjects: z.array(z.string()),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>
export const auditPageSchema = z.object({ entries: z.array(auditEntrySchema), next_cursor: z.string().nullable() })
export type AuditPage = z.infer<typeof auditPageSchema>
