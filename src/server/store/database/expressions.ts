import { type RawBuilder, sql } from 'kysely'
import { bytesOf } from './bytes.ts'
import { searchQuery } from './search-text.ts'

/** The few expressions in which the two databases differ: the embedded SQLite and PostgreSQL. */
export type Expressions = {
  /** A text column, to be read by `decodeText`, whatever has become of it. */
  text: (column: string) => RawBuilder<unknown>
  /** A column whose own index is not to be used; the one of all that is shown answers many conditions at once. */
  unindexed: <Value>(column: string) => RawBuilder<Value>
  /** Whether a job has the words that a person typed. */
  matches: (typed: string) => RawBuilder<boolean>
  /** A text column in an order that takes no notice of capitals. */
  caseless: (column: string) => RawBuilder<string>
  /** A source of rows: the items of a JSON array, each as `value`, for `->>`. */
  items: (json: string) => RawBuilder<unknown>
  /** At the end of a query: nobody else changes or removes the rows that it answers until the transaction ends. */
  keepRows: RawBuilder<unknown>
  /** The same, and nobody else keeps them. */
  takeRows: RawBuilder<unknown>
}

const NOTHING = sql``

export const sqliteExpressions: Expressions = {
  text: bytesOf,
  unindexed: (column) => sql`+${sql.ref(column)}`,
  matches: (typed) => {
    const query = searchQuery(typed)
    // Nothing has none of the words.
    return query === null
      ? sql<boolean>`0`
      : sql<boolean>`+seq in (select rowid from jobs_text where jobs_text match ${query})`
  },
  caseless: (column) => sql`${sql.ref(column)} collate nocase`,
  items: (json) => sql`json_each(${json})`,
  // One works with it at a time.
  keepRows: NOTHING,
  takeRows: NOTHING,
}
