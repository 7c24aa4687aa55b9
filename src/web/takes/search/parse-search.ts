import type { LibraryQuery } from '../../data/library-query.ts'
import { type Term, termsOf } from './terms.ts'

type Named = { id: string; title: string }

/** What is looked for, and what of the text could not be used, a sentence each. */
export type ParsedSearch = { query: LibraryQuery; problems: readonly string[] }

const KINDS: Partial<Record<string, LibraryQuery['kind']>> = {
  video: 'video',
  videos: 'video',
  clip: 'video',
  clips: 'video',
  image: 'image',
  images: 'image',
  picture: 'image',
  pictures: 'image',
}

const IS: Partial<Record<string, LibraryQuery>> = {
  starred: { starred: true },
  failed: { failed: true },
  binned: { binned: true },
}

const DATE = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/

/** The beginning of the day, month or year by the clock of this machine; undefined for what is no date. */
const dayOf = (value: string, now: Date): Date | undefined => {
  const back = { today: 0, yesterday: 1 }[value.toLowerCase()]
  if (back !== undefined) return new Date(now.getFullYear(), now.getMonth(), now.getDate() - back)
  const [, year, month = '1', day = '1'] = DATE.exec(value) ?? []
  if (year === undefined) return undefined
  const date = new Date(Number(year), Number(month) - 1, Number(day))
  // The 31st of a month that has none would be another day.
  return date.getMonth() === Number(month) - 1 && date.getDate() === Number(day) ? date : undefined
}

const modelOf = (value: string, models: readonly Named[]): string => {
  const wanted = value.toLowerCase()
  const found =
    models.find(({ id, title }) => id.toLowerCase() === wanted || title.toLowerCase() === wanted) ??
    models.find(({ title }) => title.toLowerCase().includes(wanted))
  return found?.id ?? value
}

type Read = LibraryQuery | string

const readDate = (key: 'from' | 'until', { value, written }: Term, now: Date): Read => {
  const day = dayOf(value, now)
  return day ? { [key]: day.toISOString() } : `${written} is no date. Write it as 2026-11-29.`
}

/** What a term asks for, or why it cannot be used. A key that is none is a word with a colon in it. */
const readTerm = (term: Term, models: readonly Named[], now: Date): Read | null => {
  const { key, value, written } = term
  if (key === null || value === '') return null
  switch (key) {
    case 'seed':
      return /^\d{1,16}$/.test(value) ? { seed: Number(value) } : `${written}: a seed is a whole number.`
    case 'model':
      return { model: modelOf(value, models) }
    case 'engine':
      return { engine: value }
    case 'shelf':
      return { shelf: value }
    case 'batch':
      return { batch: value }
    case 'kind': {
      const kind = KINDS[value.toLowerCase()]
      return kind ? { kind } : `${written}: a kind is video or image.`
    }
    case 'is':
    case 'in': {
      const is = IS[value.toLowerCase() === 'bin' ? 'binned' : value.toLowerCase()]
      return is ?? `${written}: takes are starred, failed or binned.`
    }
    case 'after':
      return readDate('from', term, now)
    case 'before':
      return readDate('until', term, now)
    default:
      return null
  }
}

/** Longer words are not what a server looks for. */
const MAX_TEXT_LENGTH = 200

/** Reads what is typed into the search field. */
export const parseSearch = (text: string, models: readonly Named[] = [], now = new Date()): ParsedSearch => {
  let query: LibraryQuery = {}
  const words: string[] = []
  const problems: string[] = []
  for (const term of termsOf(text)) {
    const read = readTerm(term, models, now)
    if (typeof read === 'string') problems.push(read)
    else if (read !== null) query = { ...query, ...read }
    // A key without its value is still being typed.
    else if (term.key === null) words.push(term.value)
    else if (term.value !== '') words.push(term.written)
  }
  const wanted = words.join(' ').trim().slice(0, MAX_TEXT_LENGTH)
  return { query: wanted === '' ? query : { ...query, text: wanted }, problems }
}
