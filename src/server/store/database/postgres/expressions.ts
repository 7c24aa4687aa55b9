import { sql } from 'kysely'
import type { Expressions } from '../expressions.ts'
import { wordPhrases } from '../search-text.ts'

/** PostgreSQL takes a longer word for a lexeme only up to 2 kB. */
export const MAX_WORD_CHARS = 200

/** What a person typed as a `tsquery`; see `searchQuery`, which asks for the same of FTS5. Null where there is no word in it. */
const textQuery = (typed: string): string | null => {
  const phrases = wordPhrases(typed).map((words) => {
    // Letters and digits alone, within quotes: nothing of the syntax of a query gets through.
    const quoted = words.map((word) => `'${word.slice(0, MAX_WORD_CHARS)}'`)
    return `${quoted.join(' <-> ')}:*`
  })
  return phrases.length === 0 ? null : phrases.map((phrase) => `(${phrase})`).join(' & ')
}

export const postgresExpressions: Expressions = {
  // Nothing that is no text gets in.
  text: (column) => sql.ref(column),
  // Its planner knows how many rows a condition leaves.
  unindexed: (column) => sql.ref(column),
  matches: (typed) => {
    const query = textQuery(typed)
    return query === null ? sql<boolean>`false` : sql<boolean>`search_words @@ ${query}::tsquery`
  },
  searched: 'jobs_text',
  caseless: (column) => sql`lower(${sql.ref(column)})`,
  items: (json) => sql`jsonb_array_elements(${json}::jsonb)`,
  keepRows: sql`for share`,
  takeRows: sql`for update`,
}
