import { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import type { PersonRow, TokenRow } from '../store/database/tables.ts'
import { full } from '../store/job-writes.ts'
import type { PeopleStore } from './people-store.ts'
import { API_PREFIX, CLIENT_PREFIX, hashOf } from './secrets.ts'
import type { SessionStore } from './session-store.ts'
import { type PeopleSettings, roleOf } from './settings.ts'
import type { TokenStore } from './token-store.ts'
import { ANYBODY, type Credential, type Viewer } from './viewer.ts'

/** What a request says of who sends it, before any of it is believed. */
export type Claim = {
  /** X-API-KEY, or a Bearer's text. */
  key: string | null
  /** What the session's cookie says; null where a page of another origin asks. */
  session: string | null
  /** What the proxy's header says, where a proxy that is trusted sent it. */
  identity: string | null
  origin: string | null
}

export type Who = {
  /** Who sends a request. Rejects with UNAUTHENTICATED, and what to do, where that is not known. */
  identify: (claim: Claim) => Promise<Viewer>
  /** Told that a person, or something that they sign in by, has changed: it counts from the next request on. */
  changed: (personId: string) => void
  /** Calls back once, when how somebody was known is over, or they may do something else than they could. */
  watch: (viewer: Viewer, over: () => void) => () => void
}

/** Milliseconds that an answer of the index counts, and after which an open stream is looked at again. */
const FRESH_MS = 2000
const LOOK_MS = 3000
/** A token's last use is written down this often. */
const USED_MS = 60_000

const limitsSchema = z.object({ models: z.array(z.string()).nullable(), origins: z.array(z.string()).nullable() })
export type TokenLimits = z.infer<typeof limitsSchema>
const NO_LIMITS: TokenLimits = { models: null, origins: null }

/** What cannot be read restricts to nothing that there is. */
const readLimits = (text: string | null): TokenLimits => {
  if (text === null) return NO_LIMITS
  try {
    return limitsSchema.parse(JSON.parse(text))
  } catch {
    return { models: [], origins: [] }
  }
}

type Known = { person: PersonRow; token: TokenRow | null }

const UNKNOWN_TOKEN =
  'This API token is not known here, or it was revoked or has expired. Make one in the studio, under Settings, Account.'
const NOBODY = 'Sign in to this studio first. A program sends an API token, as X-API-KEY or as Authorization: Bearer.'
const NOT_BY_PROXY =
  'Who asks is said by the proxy in front of this studio, and this request did not come through it, or the proxy named nobody. Open the studio by the address of the proxy; a program sends an API token.'

const unauthenticated = (text: string): RushesError => new RushesError('UNAUTHENTICATED', text)

type WhoDeps = {
  settings: PeopleSettings
  people: PeopleStore
  tokens: TokenStore
  sessions: SessionStore
  /** False while an index in memory stands in for the one on a full disk: it knows nobody. */
  isKept: () => boolean
  now: () => Date
}

const viewerBy = (settings: PeopleSettings, { person, token }: Known, credential: Credential): Viewer => {
  const { id, name, spend_limit_usd } = person
  const role = roleOf(settings, person)
  // Such a token is in the hands of strangers: it makes something, and sees what was made in its person's name.
  const isClient = credential.kind === 'client'
  const isAdmin = role === 'admin' && !isClient
  return {
    person: { id, name, role, spend_limit_usd },
    isAdmin,
    seesAll: !isClient && (isAdmin || settings.teamSees === 'all'),
    credential,
    models: readLimits(token?.limits ?? null).models,
  }
}

const lookUp = async (
  { people, tokens, sessions, isKept, now }: WhoDeps,
  credential: Credential,
): Promise<Known | undefined> => {
  if (!isKept()) throw full()
  if (credential.kind === 'session') {
    const person = await sessions.find(credential.hash)
    return person && { person, token: null }
  }
  if (credential.kind === 'identity') {
    const person = await people.known(credential.name)
    return person.disabled_at === null ? { person, token: null } : undefined
  }
  const held = await tokens.find(credential.hash, [credential.kind === 'client' ? 'client' : 'api'])
  const isOldUse = Date.parse(held?.token.last_used_at ?? '') > now().getTime() - USED_MS
  if (held && !isOldUse) await tokens.used(held.token.id)
  return held
}

const credentialIn = (settings: PeopleSettings, { key, session, identity }: Claim): Credential => {
  const isOurs = key !== null && (key.startsWith(API_PREFIX) || key.startsWith(CLIENT_PREFIX))
  // A proxy may pass on an Authorization of its own.
  if (key !== null && (isOurs || settings.mode === 'token'))
    return { kind: key.startsWith(CLIENT_PREFIX) ? 'client' : 'token', hash: hashOf(key) }
  if (settings.mode === 'proxy') {
    if (identity === null) throw unauthenticated(NOT_BY_PROXY)
    return { kind: 'identity', name: identity }
  }
  if (session === null) throw unauthenticated(NOBODY)
  return { kind: 'session', hash: hashOf(session) }
}

const keyOf = (credential: Credential): string =>
  `${credential.kind} ${credential.kind === 'identity' ? credential.name : credential.hash}`

/** Looks people up, each at most once in a while. */
const createLookUpCache = (deps: WhoDeps) => {
  const fresh = new Map<string, { known: Promise<Known | undefined>; until: number }>()
  return {
    clear: () => fresh.clear(),
    find: (credential: Credential): Promise<Known | undefined> => {
      const key = keyOf(credential)
      const time = deps.now().getTime()
      const before = fresh.get(key)
      if (before && before.until > time) return before.known
      for (const [each, { until }] of fresh) if (until <= time) fresh.delete(each)
      const known = lookUp(deps, credential)
      fresh.set(key, { known, until: time + FRESH_MS })
      // What could not be looked up is looked up again; who is not known may be a moment later.
      const forget = (): void => {
        if (fresh.get(key)?.known === known) fresh.delete(key)
      }
      known.then((found) => found ?? forget(), forget)
      return known
    },
  }
}

/** Knows people by what their requests carry. */
export const createWho = (deps: WhoDeps): Who => {
  const { settings } = deps
  const { find, clear } = createLookUpCache(deps)
  const listeners = new Set<(personId: string | null) => void>()
  const viewerOf = (known: Known, credential: Credential): Viewer => viewerBy(settings, known, credential)

  const changed: Who['changed'] = (personId) => {
    clear()
    for (const listener of listeners) listener(personId)
  }

  return {
    changed,
    identify: async (claim) => {
      if (settings.mode === 'none') return ANYBODY
      const credential = credentialIn(settings, claim)
      const known = await find(credential)
      if (!known) throw unauthenticated(isToken(credential) ? UNKNOWN_TOKEN : disabledOr(settings, NOBODY))
      const { origins } = readLimits(known.token?.limits ?? null)
      if (origins !== null && (claim.origin === null || !origins.includes(claim.origin)))
        throw new RushesError('FORBIDDEN', 'This client token is for pages of other origins.')
      return viewerOf(known, credential)
    },
    watch: (viewer, over) => {
      const { credential, person } = viewer
      if (credential === null) return () => undefined
      let isOver = false
      const look = async (): Promise<void> => {
        const known = await find(credential)
        const again = known && viewerOf(known, credential)
        if (isOver || (again && again.isAdmin === viewer.isAdmin && again.seesAll === viewer.seesAll)) return
        stop()
        over()
      }
      // An index that is away for a moment ends nobody's session.
      const lookSoon = (): void => void look().catch(() => undefined)
      const hear = (personId: string | null): void => {
        if (personId === person?.id) lookSoon()
      }
      const timer = setInterval(lookSoon, LOOK_MS)
      timer.unref()
      const stop = (): void => {
        isOver = true
        clearInterval(timer)
        listeners.delete(hear)
      }
      listeners.add(hear)
      return stop
    },
  }
}

const isToken = ({ kind }: Credential): boolean => kind === 'token' || kind === 'client'

const disabledOr = ({ mode }: PeopleSettings, otherwise: string): string =>
  mode === 'proxy' ? 'You may not use this studio any more. Ask one of its admins.' : otherwise
