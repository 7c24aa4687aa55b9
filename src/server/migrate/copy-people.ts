import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { PEOPLE_ROWS } from '../people/salvage.ts'
import { FIRST } from '../people/sign-in.ts'
import type { Index, IndexAccess } from '../store/database/index-access.ts'
import type { PersonRow } from '../store/database/tables.ts'
import type { Report } from './report.ts'

/** Rows that are read and put in at once. */
const PAGE_ROWS = 500

const folded = (name: string): string => name.normalize('NFKC').toLowerCase()

/** A name that none of them has: `Ada`, else `Ada 2`. */
const freeName = (name: string, people: readonly PersonRow[]): string => {
  const taken = new Set(people.map((person) => folded(person.name)))
  for (let at = 1; ; at++) {
    const free = at === 1 ? name : `${name.slice(0, 56)} ${at}`
    if (name === '' || !taken.has(folded(free))) return free
  }
}

/** The id that somebody has there: that of the first admin is the same in every studio, and theirs is another's. */
const idThere = ({ id, created_at }: Pick<PersonRow, 'id' | 'created_at'>): string =>
  id === FIRST ? `person_${createHash('sha256').update(`${id} ${created_at}`).digest('hex').slice(0, 32)}` : id

/** Whose link nobody has used yet. */
const isNobody = ({ id, joined_at }: PersonRow): boolean => id === FIRST && joined_at === null

const listPeople = async (index: Pick<IndexAccess, 'run'>): Promise<PersonRow[]> =>
  index.run((db) => db.selectFrom('people').selectAll().orderBy('created_at').orderBy('id').execute())

type Source = Pick<IndexAccess, 'run'>

/** The tables of what belongs to a person, each with the key by whose order its rows are read. */
const BELONGINGS = [
  { table: 'tokens', key: 'id' },
  { table: 'sessions', key: 'hash' },
  { table: 'audit', key: 'id' },
] as const

const lastSchema = z.object({ key: z.string() }).optional()

/** Copies the rows of one table that belong to a person, a page at a time. What is there already stays as it is. */
const copyRows = async (
  source: Source,
  target: Index,
  { table, key }: (typeof BELONGINGS)[number],
  person: { from: string; to: string },
): Promise<void> => {
  for (let after = ''; ;) {
    const page = sql`
      select *, ${sql.ref(key)} as key from ${sql.table(table)}
      where person_id = ${person.from} and ${sql.ref(key)} > ${after}
      order by ${sql.ref(key)} limit ${PAGE_ROWS}`
    const { rows } = await source.run((db) => page.execute(db))
    const last = lastSchema.parse(rows.at(-1))
    if (last === undefined) return
    const copies = rows.map((row) => ({ ...PEOPLE_ROWS[table].parse(row), person_id: person.to }))
    await target.run((db) =>
      db
        .insertInto(table)
        .values(copies)
        .onConflict((on) => on.doNothing())
        .execute(),
    )
    after = last.key
  }
}

type Deps = { isDryRun: boolean; report: Report; say: (words: string) => void }

export type People = {
  /** The ids that people have in the team's studio, by those that they had. */
  ids: ReadonlyMap<string, string>
  /** All who are in the team's studio now. */
  all: readonly PersonRow[]
}

/**
 * Copies people by their ids, so that what was theirs stays theirs, with what belongs to them. Who is there already keeps
 * what they have there, and no more: what was ended there does not come back. One whom a proxy calls as somebody in the
 * team's studio is that person; one whose name another has there is given a name of their own.
 */
export const copyPeople = async (
  source: Source,
  target: Index | null,
  { isDryRun, report, say }: Deps,
): Promise<People> => {
  const all = target ? await listPeople(target) : []
  const ids = new Map<string, string>()
  for (const row of await listPeople(source)) {
    const person = PEOPLE_ROWS.people.parse(row)
    if (isNobody(person)) continue
    const own = idThere(person)
    const known = all.find(({ id, identity }) => id === own || (identity !== null && identity === person.identity))
    ids.set(person.id, known?.id ?? own)
    report.add('people', known ? 'there' : 'copied')
    if (known) continue
    const name = freeName(person.name, all)
    if (name !== person.name) say(`The team has a ${person.name}: the one of this studio is called ${name} there.`)
    const added = { ...person, id: own, name }
    all.push(added)
    if (target === null || isDryRun) continue
    // Their links, tokens, sessions and what they did have hashes and ids that nobody else has.
    for (const each of BELONGINGS) await copyRows(source, target, each, { from: person.id, to: own })
    // Last, so that a run that is killed does all of it again.
    await target.run((db) =>
      db
        .insertInto('people')
        .values(added)
        .onConflict((on) => on.doNothing())
        .execute(),
    )
  }
  return { ids, all }
}

/** The id of the person of that name, or whom a proxy calls so. Throws in words where there is none. */
export const findOwner = (owner: string, { all }: People): string => {
  const found = all.find(({ identity }) => identity === owner) ?? all.find(({ name }) => folded(name) === folded(owner))
  if (found) return found.id
  const names = all.map(({ name }) => name).filter((name) => name !== '')
  const known =
    names.length === 0
      ? 'It has no people yet: let them sign in first, or leave --owner away.'
      : `There are: ${names.join(', ')}.`
  throw new Error(`--owner: the team's studio knows nobody called ${owner}. ${known}`)
}
