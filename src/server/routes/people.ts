import { Hono } from 'hono'
import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import { type Invite, newPersonSchema, type Person, personChangesSchema } from '../../shared/people.ts'
import type { Access } from '../http/access.ts'
import { type AppContext, type AppEnv, viewerOf } from '../http/context.ts'
import { readBody } from '../http/read-body.ts'
import { describedPeople } from '../openapi/people-routes.ts'
import type { People } from '../people/people.ts'
import type { AuditCursor } from '../people/audit-store.ts'
import { isNamedAdmin, type PeopleSettings, roleOf } from '../people/settings.ts'
import { requireAdmin } from '../people/viewer.ts'
import type { PersonRow } from '../store/database/tables.ts'
import { selfOf } from './account.ts'

export type PeopleRouteDeps = { people: People; access: Access }

const MAX_PAGE = 200

/** `2026-11-29T10:18:00.000Z_audit_42`: where the page before ended. */
const cursorSchema = z
  .string()
  .regex(/^[^_]{20,40}_audit_[0-9a-f]{32}$/, 'is none that this server has given')
  .describe('`next_cursor` of the page before')
  .transform((text): AuditCursor => {
    const [at = ''] = text.split('_')
    return { at, id: text.slice(at.length + 1) }
  })

/** What GET /v1/audit takes. */
export const auditQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: cursorSchema.optional(),
})

const RIGHT =
  'Send {"name": "…", "role": "member" or "admin", "spend_limit_usd": dollars a day or null}; changes take "disabled" too.'

const personOf = (settings: PeopleSettings, person: PersonRow): Person => ({
  id: person.id,
  name: person.name,
  role: roleOf(settings, person),
  spend_limit_usd: person.spend_limit_usd,
  created_at: person.created_at,
  joined_at: person.joined_at,
  disabled_at: person.disabled_at,
})

/** Throws where people do not come by links. */
const requireLinks = (settings: PeopleSettings): void => {
  if (settings.mode === 'proxy')
    throw new RushesError('NOT_FOUND', 'People come by the proxy in front of this studio: invite them there.')
}

/** A link for a person to sign in by. */
const inviteFor = async (
  { signIn, settings }: People,
  access: Access,
  context: AppContext,
  person: PersonRow,
): Promise<Invite> => {
  const { secret, expiresAt } = await signIn.invite(person.id)
  const base = access.publicUrl ?? `http://${context.req.header('host') ?? ''}`
  return { person: personOf(settings, person), link: `${base}/sign-in#${secret}`, expires_at: expiresAt }
}

/** Who did what, for admins. */
const auditRoutes = ({ audit }: People): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.get('/audit', describedPeople.audit, async (context) => {
    selfOf(context)
    requireAdmin(viewerOf(context), 'see who did what')
    const query = auditQuery.safeParse(context.req.query())
    if (!query.success)
      throw new RushesError('INVALID_INPUT', `limit must be 1 to ${MAX_PAGE}, cursor one that this server has given.`)
    const { entries, next } = await audit.page(query.data.limit, query.data.cursor ?? null)
    return context.json({ entries, next_cursor: next && `${next.at}_${next.id}` })
  })
  return app
}

/** Who may use the studio: for admins, and the names of all for everybody who sees their takes. */
export const peopleRoutes = ({ people, access }: PeopleRouteDeps): Hono<AppEnv> => {
  const { settings, store, sessions, who, audit } = people

  const whole = (person: PersonRow): Person => personOf(settings, person)

  const app = new Hono<AppEnv>()
  app.get('/people', describedPeople.list, async (context) => {
    const self = selfOf(context)
    const { isAdmin, seesAll } = viewerOf(context)
    const all = await store.list()
    if (isAdmin) return context.json({ people: all.map(whole) })
    const seen = all.filter(({ id, joined_at }) => id === self.id || (seesAll && joined_at !== null))
    return context.json({ people: seen.map((each) => ({ id: each.id, name: each.name, role: whole(each).role })) })
  })

  app.post('/people', describedPeople.invite, async (context) => {
    selfOf(context)
    requireAdmin(viewerOf(context), 'invite people')
    requireLinks(settings)
    const { name, role, spend_limit_usd: spendLimit } = await readBody(context, newPersonSchema, RIGHT)
    const person = await store.add({ name, role, spendLimit })
    await audit.note(viewerOf(context), 'person.invited', [person.id], { name, role })
    return context.json(await inviteFor(people, access, context, person), 201)
  })

  app.post('/people/:id/invite', describedPeople.inviteAgain, async (context) => {
    selfOf(context)
    requireAdmin(viewerOf(context), 'make links for people')
    requireLinks(settings)
    const person = await store.get(context.req.param('id'))
    if (!person) throw new RushesError('NOT_FOUND', 'There is no such person.')
    if (person.disabled_at !== null)
      throw new RushesError('NOT_READY', `${person.name} may not use the studio: let them in again first.`)
    await audit.note(viewerOf(context), 'person.invited', [person.id], { name: person.name, role: person.role })
    return context.json(await inviteFor(people, access, context, person), 201)
  })

  app.patch('/people/:id', describedPeople.change, async (context) => {
    selfOf(context)
    requireAdmin(viewerOf(context), 'change people')
    const id = context.req.param('id')
    const changes = await readBody(context, personChangesSchema, RIGHT)
    const before = await store.get(id)
    if (before && isNamedAdmin(settings, before) && (changes.role === 'member' || changes.disabled === true))
      throw new RushesError('NOT_READY', `${before.name} is an admin by AUTH_ADMINS: take them out of it first.`)
    const person = await store.change(id, changes)
    if (changes.disabled === true) await sessions.endAll(id)
    who.changed(id)
    await audit.note(viewerOf(context), 'person.changed', [id], { ...changes, who: person.name })
    return context.json(whole(person))
  })

  app.route('/', auditRoutes(people))
  return app
}
