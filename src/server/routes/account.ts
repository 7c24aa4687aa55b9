import { Hono } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import { type ApiToken, type MadeToken, newTokenSchema, renameSelfSchema, type Self } from '../../shared/people.ts'
import { type AppContext, type AppEnv, viewerOf } from '../http/context.ts'
import { readBody } from '../http/read-body.ts'
import { describedPeople } from '../openapi/people-routes.ts'
import type { People } from '../people/people.ts'
import { API_PREFIX, hashOf, newId, newSecret } from '../people/secrets.ts'
import type { TokenRow } from '../store/database/tables.ts'
import { meOf } from './session.ts'

/** API tokens that one person may have at a time. */
const MAX_TOKENS = 50
const DAY_MS = 24 * 60 * 60 * 1000

const shown = ({ id, label, created_at, last_used_at, expires_at }: TokenRow): ApiToken => ({
  id,
  label,
  created_at,
  last_used_at,
  expires_at,
})

/** Who asks; throws where there are no accounts. */
export const selfOf = (context: AppContext): Self => {
  const { person, credential } = viewerOf(context)
  if (credential?.kind === 'client')
    throw new RushesError('FORBIDDEN', 'A client token makes and fetches takes, and nothing else.')
  if (person) return person
  throw new RushesError('NOT_FOUND', 'This studio has no accounts. Start it with AUTH=token, or AUTH=proxy.')
}

/** One's own name and API tokens. */
export const accountRoutes = ({ people, now }: { people: People; now: () => Date }): Hono<AppEnv> => {
  const { store, tokens, who, audit } = people
  const app = new Hono<AppEnv>()

  app.patch('/me', describedPeople.rename, async (context) => {
    const self = selfOf(context)
    const { name } = await readBody(context, renameSelfSchema, 'Send {"name": "…"}.')
    if (people.settings.mode === 'proxy')
      throw new RushesError('FORBIDDEN', 'The proxy in front of this studio says how you are called.')
    await store.change(self.id, { name })
    who.changed(self.id)
    await audit.note(viewerOf(context), 'person.renamed', [self.id], { before: self.name, name })
    return context.json(meOf(people, { ...viewerOf(context), person: { ...self, name } }))
  })

  app.get('/tokens', describedPeople.tokens, async (context) =>
    context.json({ tokens: (await tokens.list(selfOf(context).id)).map(shown) }),
  )

  app.post('/tokens', describedPeople.makeToken, async (context) => {
    const { id } = selfOf(context)
    if (viewerOf(context).credential?.kind === 'token')
      throw new RushesError('FORBIDDEN', 'A token makes no further ones: make them in the studio.')
    const { label, days } = await readBody(context, newTokenSchema, 'Send {"label": "what it is for", "days": 90}.')
    if ((await tokens.list(id)).length >= MAX_TOKENS)
      throw new RushesError('RATE_LIMITED', `You have ${MAX_TOKENS} API tokens, which is the most. Revoke some.`)
    const secret = newSecret(API_PREFIX)
    const expires = days === null ? null : new Date(now().getTime() + days * DAY_MS).toISOString()
    const about = { id: newId('token'), hash: hashOf(secret), person_id: id, kind: 'api' as const, limits: null }
    const token = await tokens.add({ ...about, label, expires_at: expires })
    await audit.note(viewerOf(context), 'token.made', [token.id], { label })
    const answer: MadeToken = { ...shown(token), token: secret }
    return context.json(answer, 201)
  })

  app.delete('/tokens/:id', describedPeople.revokeToken, async (context) => {
    const self = selfOf(context)
    const id = context.req.param('id')
    if (!(await tokens.revoke(self.id, id))) throw new RushesError('NOT_FOUND', 'You have no API token of that id.')
    who.changed(self.id)
    await audit.note(viewerOf(context), 'token.revoked', [id])
    return context.body(null, 204)
  })
  return app
}
