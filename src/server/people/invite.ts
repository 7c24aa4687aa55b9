import { pino } from 'pino'
import type { PersonRow } from '../store/database/tables.ts'
import { type Dropped, dropInvite, type Invited, newDropped } from './invite-file.ts'
import { createPeopleStore, type PeopleStore } from './people-store.ts'
import { hashOf, newId } from './secrets.ts'
import { createTokenStore, type TokenStore } from './token-store.ts'

/**
 * Takes in an invitation that was made on the machine, under the hash of its secret: a name that is known is that
 * person's. Done twice it is the same.
 */
export const takeInvite = async (
  { people, tokens }: { people: Pick<PeopleStore, 'list' | 'add' | 'change'>; tokens: Pick<TokenStore, 'add'> },
  hash: string,
  { person_id: id, name, role, expires_at }: Dropped,
): Promise<PersonRow> => {
  const known = (await people.list()).find((person) => person.name === name)
  const person = known ?? (await people.add({ id, name, role: role ?? 'member', spendLimit: null }))
  if (role !== null && person.role !== role) await people.change(person.id, { role })
  const invite = { kind: 'invite' as const, label: 'made on the machine', limits: null }
  await tokens.add({ ...invite, id: newId('token'), hash, person_id: person.id, expires_at })
  return person
}

/** Puts an invitation into the database that the servers of a team share. Answers the secret of the link. */
const inviteInto = async (databaseUrl: string, invited: Invited): Promise<string> => {
  const { openPostgresIndex } = await import('../store/database/postgres/open-postgres-index.ts')
  const index = await openPostgresIndex({ databaseUrl, logger: pino({ level: 'silent' }) })
  const now = (): Date => invited.now
  try {
    const { secret, dropped } = newDropped(invited)
    const stores = { people: createPeopleStore(index, now), tokens: createTokenStore(index, now) }
    await takeInvite(stores, hashOf(secret), dropped)
    return secret
  } finally {
    await index.close()
  }
}

/**
 * Invites somebody from the machine itself: into the database of a team, which all its servers look into, else into the
 * data folder of the one server. Answers the secret of the link. Rejects in words where that cannot be written.
 */
export const inviteHere = (
  { dataDir, databaseUrl }: { dataDir: string; databaseUrl: string | null },
  invited: Invited,
): Promise<string> => (databaseUrl === null ? dropInvite(dataDir, invited) : inviteInto(databaseUrl, invited))
