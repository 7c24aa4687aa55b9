import type { Logger } from 'pino'
import type { Index } from '../store/database/index-access.ts'
import { createAttempts } from './attempts.ts'
import { type Audit, createAudit } from './audit-store.ts'
import { createPeopleStore, type PeopleStore } from './people-store.ts'
import { createSessionStore, type SessionStore } from './session-store.ts'
import type { PeopleSettings } from './settings.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { createTokenStore, type TokenStore } from './token-store.ts'
import { createWho, type Who } from './who.ts'

/** Who may use the studio, and what they did. */
export type People = {
  settings: PeopleSettings
  store: PeopleStore
  tokens: TokenStore
  sessions: SessionStore
  signIn: SignIn
  who: Who
  audit: Audit
  /** Forgets sessions and tokens that are over, and what was done long ago. */
  sweep: () => Promise<void>
}

export const createPeople = (deps: {
  index: Pick<Index, 'run' | 'transact' | 'isKept'>
  dataDir: string
  settings: PeopleSettings
  now: () => Date
  logger: Pick<Logger, 'info' | 'error'>
}): People => {
  const { index, dataDir, settings, now, logger } = deps
  const people = createPeopleStore(index, now)
  const tokens = createTokenStore(index, now)
  const sessions = createSessionStore(index, now)
  const audit = createAudit(index, { days: settings.auditDays, now, logger })
  return {
    settings,
    store: people,
    tokens,
    sessions,
    signIn: createSignIn({ dataDir, people, tokens, sessions, attempts: createAttempts(), now, logger }),
    who: createWho({ settings, people, tokens, sessions, isKept: index.isKept, now }),
    audit,
    sweep: async () => {
      await Promise.all([tokens.sweep(), sessions.sweep(), audit.sweep()])
    },
  }
}
