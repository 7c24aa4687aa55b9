import { Hono } from 'hono'
import { RushesError } from '../../shared/errors.ts'
import { lookSchema, type Me, type SessionState, signInSchema } from '../../shared/people.ts'
import type { Access } from '../http/access.ts'
import { type AppContext, type AppEnv, viewerOf } from '../http/context.ts'
import { clientAddress } from '../http/peer.ts'
import { readBody } from '../http/read-body.ts'
import { clearSession, writeSession } from '../http/session-cookie.ts'
import { describedPeople } from '../openapi/people-routes.ts'
import type { People } from '../people/people.ts'
import { ANYBODY } from '../people/viewer.ts'

export type SessionRouteDeps = { people: People; access: Access }

/** Throws where links lead nowhere. */
const requireLinks = ({ settings }: People): void => {
  if (settings.mode === 'none')
    throw new RushesError('NOT_FOUND', 'This studio has no accounts: there is nothing to sign in to. Set AUTH=token.')
  if (settings.mode === 'proxy')
    throw new RushesError('NOT_FOUND', 'The proxy in front of this studio says who asks: sign in there.')
}

/** Signing in by a link, and out. */
export const sessionRoutes = ({ people, access }: SessionRouteDeps): Hono<AppEnv> => {
  const { settings, signIn, sessions, who, audit } = people
  const addressOf = (context: AppContext): string => clientAddress(context, settings.proxies)

  const app = new Hono<AppEnv>()
  app.get('/session', describedPeople.session, (context) => {
    const state: SessionState = { auth: settings.mode, signed_in: context.get('viewer') !== undefined }
    return context.json(state)
  })

  app.post('/session/invitation', describedPeople.look, async (context) => {
    requireLinks(people)
    const { token } = await readBody(context, lookSchema, 'Send {"token": "…"}, what stands in the link behind the #.')
    return context.json(await signIn.look(token, addressOf(context)))
  })

  app.post('/session', describedPeople.signIn, async (context) => {
    requireLinks(people)
    const right =
      'Send {"token": "…", "name": "…"}: what stands in the link behind the #, and how you want to be called.'
    const { token, name } = await readBody(context, signInSchema, right)
    const { person, session } = await signIn.signIn(token, name, addressOf(context))
    writeSession(context, access, session)
    who.changed(person.id)
    await audit.note({ person: { ...person } }, 'session.begun', [], { address: addressOf(context) })
    const viewer = await who.identify({ key: null, session, identity: null, origin: null })
    return context.json(meOf(people, viewer))
  })

  app.delete('/session', describedPeople.signOut, async (context) => {
    requireLinks(people)
    // Whoever is not signed in any more may still take the cookie away.
    const viewer = context.get('viewer') ?? ANYBODY
    const { credential, person } = viewer
    if (credential?.kind === 'session') {
      await sessions.end(credential.hash)
      if (person) who.changed(person.id)
      await audit.note(viewer, 'session.ended')
    }
    clearSession(context, access)
    return context.body(null, 204)
  })

  app.get('/me', describedPeople.me, (context) => context.json(meOf(people, viewerOf(context))))
  return app
}

/** Who asks, and how the studio has it with accounts. */
export const meOf = ({ settings }: People, { person, credential }: ReturnType<typeof viewerOf>): Me => ({
  auth: settings.mode,
  person,
  team_sees: settings.teamSees,
  can_sign_out: credential?.kind === 'session',
})
