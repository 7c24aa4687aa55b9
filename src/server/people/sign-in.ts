import type { Logger } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import type { Invitation } from '../../shared/people.ts'
import type { PersonRow } from '../store/database/tables.ts'
import type { Attempts } from './attempts.ts'
import { findDropped, MACHINE_INVITE_MS, removeDropped } from './invite-file.ts'
import { takeInvite } from './invite.ts'
import type { PeopleStore } from './people-store.ts'
import { hashOf, newId, newSecret } from './secrets.ts'
import type { SessionStore } from './session-store.ts'
import type { TokenStore } from './token-store.ts'

/** Milliseconds that a link is good which an admin makes in the studio. */
const INVITE_MS = 7 * 24 * 60 * 60 * 1000

/** Whose a link is until they have chosen a name; every server that starts without an admin makes one for them. */
export const FIRST = 'person_first'

export type NewLink = { secret: string; expiresAt: string }

export type SignIn = {
  /** Whom a link is for. Rejects as `signIn` does; the link stays good. */
  look: (secret: string, address: string) => Promise<Invitation>
  /**
   * Uses a link up. Answers the secret of a new session. Rejects with UNAUTHENTICATED, and why, for a link that is not
   * good, with RATE_LIMITED where an address has tried too many, with INVALID_INPUT for a name that cannot be had.
   */
  signIn: (secret: string, name: string | undefined, address: string) => Promise<{ person: PersonRow; session: string }>
  /** Makes a link for a person. */
  invite: (personId: string) => Promise<NewLink>
  /** A link for the first admin; null where there is one. */
  first: () => Promise<NewLink | null>
}

type SignInDeps = {
  dataDir: string
  people: PeopleStore
  tokens: TokenStore
  sessions: SessionStore
  attempts: Attempts
  now: () => Date
  logger: Pick<Logger, 'info'>
}

/** Takes in what `npm run invite` has left in the data folder. Done twice it is the same. */
const takeIn = async (deps: SignInDeps, hash: string): Promise<void> => {
  const { dataDir, logger } = deps
  const dropped = await findDropped(dataDir, hash)
  if (!dropped) return
  const person = await takeInvite(deps, hash, dropped)
  await removeDropped(dataDir, hash)
  logger.info({ person: person.id, role: person.role }, 'an invitation that was made on the machine was taken in')
}

/** Why a link is not good. */
const refusal = async ({ tokens, now }: SignInDeps, hash: string): Promise<RushesError> => {
  const token = await tokens.get(hash)
  const ask = 'Ask whoever runs this studio for a new one.'
  if (token?.kind !== 'invite') return new RushesError('UNAUTHENTICATED', `This link is not known here. ${ask}`)
  if (token.last_used_at !== null)
    return new RushesError('UNAUTHENTICATED', `This link was used already: each is good for once. ${ask}`)
  if (token.revoked_at === null && token.expires_at !== null && token.expires_at <= now().toISOString())
    return new RushesError('UNAUTHENTICATED', `This link is not good any more: its time is over. ${ask}`)
  return new RushesError('UNAUTHENTICATED', `This link is not good any more. ${ask}`)
}

/** A link for a person, which is good for so many milliseconds. */
const link = async ({ tokens, now }: SignInDeps, personId: string, ms: number): Promise<NewLink> => {
  const secret = newSecret()
  const expiresAt = new Date(now().getTime() + ms).toISOString()
  const invite = { kind: 'invite' as const, label: '', limits: null, expires_at: expiresAt }
  await tokens.add({ ...invite, id: newId('token'), hash: hashOf(secret), person_id: personId })
  return { secret, expiresAt }
}

/** Signs people in by links. */
export const createSignIn = (deps: SignInDeps): SignIn => {
  const { people, tokens, sessions, attempts } = deps

  const find = async (secret: string, address: string) => {
    await attempts.require(address)
    const hash = hashOf(secret)
    await takeIn(deps, hash)
    const held = await tokens.find(hash, ['invite'])
    if (held) return { hash, person: held.person }
    await attempts.failed(address)
    throw await refusal(deps, hash)
  }

  return {
    look: async (secret, address) => {
      const { person } = await find(secret, address)
      return { name: person.name, role: person.role, joined: person.joined_at !== null }
    },
    signIn: async (secret, name, address) => {
      const { hash, person: invited } = await find(secret, address)
      // Who has signed in before keeps their name.
      const chosen = invited.joined_at === null ? (name ?? invited.name) : invited.name
      if (chosen === '')
        throw new RushesError('INVALID_INPUT', 'Say by which name you want to be known here.', {
          fields: { name: 'is required' },
        })
      if (chosen !== invited.name) await people.change(invited.id, { name: chosen })
      const person = await tokens.useInvite(hash, chosen)
      if (!person) throw await refusal(deps, hash)
      const session = newSecret()
      await sessions.begin(hashOf(session), person.id)
      return { person, session }
    },
    invite: (personId) => link(deps, personId, INVITE_MS),
    first: async () => {
      if (await people.hasAdmin()) return null
      const before = await people.get(FIRST)
      const isWaiting = before === undefined || (before.joined_at === null && before.disabled_at === null)
      const { id } = await people.add({
        ...(isWaiting ? { id: FIRST } : {}),
        name: '',
        role: 'admin',
        spendLimit: null,
      })
      return link(deps, id, MACHINE_INVITE_MS)
    },
  }
}
