import type { Index } from '../store/database/index-access.ts'
import type { IndexQueries, PersonRow, TokenRow } from '../store/database/tables.ts'
import { keptIn } from '../store/job-writes.ts'

/** What tokens may be restricted to, and how they are written down. */
export type NewToken = Pick<TokenRow, 'id' | 'hash' | 'person_id' | 'kind' | 'label' | 'expires_at' | 'limits'>

export type Held = { person: PersonRow; token: TokenRow }

export type TokenStore = {
  add: (token: NewToken) => Promise<TokenRow>
  /** A token that is good now, and whose it is; undefined for any other, also where its person was disabled. */
  find: (hash: string, kinds: readonly TokenRow['kind'][]) => Promise<Held | undefined>
  /** What there is of a token, good or not. */
  get: (hash: string) => Promise<TokenRow | undefined>
  used: (id: string) => Promise<void>
  /** The API tokens of a person that are good, newest first. */
  list: (personId: string) => Promise<TokenRow[]>
  /** Revokes an API token of a person. False where they have none of that id. */
  revoke: (personId: string, id: string) => Promise<boolean>
  /**
   * Uses up a link: it and all others of its person are over, and the person, under that name, has joined. Undefined
   * where it is not good any more.
   */
  useInvite: (hash: string, name: string | null) => Promise<PersonRow | undefined>
  /** Forgets what is long over. */
  sweep: () => Promise<void>
}

/** Days that a token that is over stays: so long it is told apart from one that never was. */
const KEPT_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

type Access = Pick<Index, 'run' | 'transact' | 'isKept'>

const isGood = ({ expires_at, revoked_at }: TokenRow, time: string): boolean =>
  revoked_at === null && (expires_at === null || expires_at > time)

/** Uses up a link, in a transaction. */
const redeemInvite = async (
  db: IndexQueries,
  hash: string,
  name: string | null,
  time: string,
): Promise<PersonRow | undefined> => {
  const token = await db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (token?.kind !== 'invite' || !isGood(token, time)) return undefined
  const { person_id: id } = token
  const person = await db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst()
  if (!person || person.disabled_at !== null) return undefined
  const joined = { ...person, name: name ?? person.name, joined_at: person.joined_at ?? time }
  // Only one of two that come at once finds it unused.
  const { numUpdatedRows } = await db
    .updateTable('tokens')
    .set({ revoked_at: time, last_used_at: time })
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return undefined
  await db
    .updateTable('tokens')
    .set({ revoked_at: time })
    .where('person_id', '=', id)
    .where('kind', '=', 'invite')
    .where('revoked_at', 'is', null)
    .execute()
  await db.updateTable('people').set({ name: joined.name, joined_at: joined.joined_at }).where('id', '=', id).execute()
  return joined
}

/** The API tokens of a person that were not revoked, newest first. */
const listUnrevoked = (index: Access, personId: string): Promise<TokenRow[]> =>
  index.run((db) =>
    db
      .selectFrom('tokens')
      .selectAll()
      .where('person_id', '=', personId)
      .where('kind', '=', 'api')
      .where('revoked_at', 'is', null)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute(),
  )

/** Links and keys in the index. Everything is on disk when a call resolves. */
export const createTokenStore = (index: Access, now: () => Date): TokenStore => {
  const write = keptIn(index)
  const time = (): string => now().toISOString()
  const get: TokenStore['get'] = (hash) =>
    index.run((db) => db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst())

  return {
    get,
    add: (token) =>
      write(async (db) => {
        const row: TokenRow = { ...token, created_at: time(), last_used_at: null, revoked_at: null }
        await db
          .insertInto('tokens')
          .values(row)
          .onConflict((on) => on.doNothing())
          .execute()
        return row
      }),
    find: async (hash, kinds) => {
      const token = await get(hash)
      if (!token || !kinds.includes(token.kind) || !isGood(token, time())) return undefined
      const person = await index.run((db) =>
        db
          .selectFrom('people')
          .selectAll()
          .where('id', '=', token.person_id)
          .where('disabled_at', 'is', null)
          .executeTakeFirst(),
      )
      return person && { person, token }
    },
    used: async (id) => {
      await index.run((db) => db.updateTable('tokens').set({ last_used_at: time() }).where('id', '=', id).execute())
    },
    list: async (personId) => (await listUnrevoked(index, personId)).filter((token) => isGood(token, time())),
    revoke: async (personId, id) => {
      const { numUpdatedRows } = await write((db) =>
        db
          .updateTable('tokens')
          .set({ revoked_at: time() })
          .where('id', '=', id)
          .where('person_id', '=', personId)
          .where('kind', '=', 'api')
          .executeTakeFirstOrThrow(),
      )
      return numUpdatedRows > 0n
    },
    useInvite: (hash, name) => write((db) => redeemInvite(db, hash, name, time())),
    sweep: async () => {
      const before = new Date(now().getTime() - KEPT_DAYS * DAY_MS).toISOString()
      await index.run((db) =>
        db
          .deleteFrom('tokens')
          .where(({ or, eb }) => or([eb('expires_at', '<', before), eb('revoked_at', '<', before)]))
          .execute(),
      )
    },
  }
}
