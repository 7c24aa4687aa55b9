import { RushesError } from '../../shared/errors.ts'
import type { PersonChanges, Role } from '../../shared/people.ts'
import type { Index } from '../store/database/index-access.ts'
import type { IndexQueries, PersonRow } from '../store/database/tables.ts'
import { keptIn } from '../store/job-writes.ts'
import { newId } from './secrets.ts'

export type PeopleStore = {
  /** All people, by name; those that were disabled too. */
  list: () => Promise<PersonRow[]>
  get: (id: string) => Promise<PersonRow | undefined>
  /** Adds a person. Rejects with INVALID_INPUT where another has that name. */
  add: (person: { id?: string; name: string; role: Role; spendLimit: number | null }) => Promise<PersonRow>
  /** The person that a proxy calls so, who is added at the first sight of them. */
  known: (identity: string) => Promise<PersonRow>
  /**
   * Changes a person. Rejects with NOT_FOUND where there is none, with INVALID_INPUT where another has that name, and
   * with NOT_READY where no admin would be left.
   */
  change: (id: string, changes: PersonChanges) => Promise<PersonRow>
  /** Whether an admin has ever signed in. */
  hasAdmin: () => Promise<boolean>
}

type Access = Pick<Index, 'run' | 'transact' | 'isKept'>

const noPerson = (id: string): RushesError => new RushesError('NOT_FOUND', `There is no person ${id.slice(0, 60)}.`)

const folded = (name: string): string => name.normalize('NFKC').toLowerCase()

/** A name says who did something, so that no two may have the same. An empty one is of who has not chosen any yet. */
const requireFree = (people: readonly PersonRow[], name: string, self: string | null): void => {
  const taken = people.some((person) => person.id !== self && folded(person.name) === folded(name))
  if (name !== '' && taken)
    throw new RushesError('INVALID_INPUT', `There is a ${name} already: choose another name.`, {
      fields: { name: 'is another person’s already' },
    })
}

const isActiveAdmin = ({ role, joined_at, disabled_at }: PersonRow): boolean =>
  role === 'admin' && joined_at !== null && disabled_at === null

/** Throws where there was an admin before, and would be none after. */
const requireAdminLeft = (people: readonly PersonRow[], changed: PersonRow): void => {
  const after = people.map((person) => (person.id === changed.id ? changed : person))
  if (people.some(isActiveAdmin) && !after.some(isActiveAdmin))
    throw new RushesError('NOT_READY', 'This is the only admin who has signed in: make another one admin first.')
}

/** The person that a proxy calls so, who is added at the first sight of them. */
const knowIdentity = async (index: Access, identity: string, now: () => Date): Promise<PersonRow> => {
  const find = () =>
    index.run((db) => db.selectFrom('people').selectAll().where('identity', '=', identity).executeTakeFirst())
  const found = await find()
  if (found) return found
  const time = now().toISOString()
  const id = newId('person')
  await keptIn(index)((db) =>
    db
      .insertInto('people')
      .values({
        id,
        identity,
        name: identity,
        role: 'member',
        spend_limit_usd: null,
        created_at: time,
        joined_at: time,
        disabled_at: null,
      })
      .onConflict((on) => on.doNothing())
      .execute(),
  )
  const added = await find()
  if (!added) throw noPerson(identity)
  return added
}

/** Changes a person, in a transaction. */
const changePerson = async (
  db: IndexQueries,
  id: string,
  { name, role, spend_limit_usd: limit, disabled }: PersonChanges,
  now: Date,
): Promise<PersonRow> => {
  const people = await db.selectFrom('people').selectAll().execute()
  const before = people.find((person) => person.id === id)
  if (!before) throw noPerson(id)
  if (name !== undefined) requireFree(people, name, id)
  const after: PersonRow = {
    ...before,
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(limit === undefined ? {} : { spend_limit_usd: limit }),
    ...(disabled === undefined ? {} : { disabled_at: disabled ? (before.disabled_at ?? now.toISOString()) : null }),
  }
  requireAdminLeft(people, after)
  const { id: _, ...columns } = after
  await db.updateTable('people').set(columns).where('id', '=', id).execute()
  return after
}

/** People in the index. Everything is on disk when a call resolves. */
export const createPeopleStore = (index: Access, now: () => Date): PeopleStore => {
  const transact = keptIn(index)

  return {
    list: () => index.run((db) => db.selectFrom('people').selectAll().orderBy('name').orderBy('id').execute()),
    get: (id) => index.run((db) => db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst()),
    add: ({ id = newId('person'), name, role, spendLimit }) =>
      transact(async (db) => {
        const people = await db.selectFrom('people').selectAll().execute()
        // Put in by the try before this one.
        const before = people.find((person) => person.id === id)
        if (before) return before
        requireFree(people, name, null)
        const person: PersonRow = {
          id,
          identity: null,
          name,
          role,
          spend_limit_usd: spendLimit,
          created_at: now().toISOString(),
          joined_at: null,
          disabled_at: null,
        }
        await db.insertInto('people').values(person).execute()
        return person
      }),
    known: (identity) => knowIdentity(index, identity, now),
    change: (id, changes) => transact((db) => changePerson(db, id, changes, now())),
    hasAdmin: async () => {
      const row = await index.run((db) =>
        db
          .selectFrom('people')
          .select('id')
          .where('role', '=', 'admin')
          .where('joined_at', 'is not', null)
          .where('disabled_at', 'is', null)
          .executeTakeFirst(),
      )
      return row !== undefined
    },
  }
}
