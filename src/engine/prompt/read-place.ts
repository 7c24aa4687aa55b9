import type { Place } from './place.ts'
import { IMPLIED, NAMED, WEAK } from './place-words.ts'
import { mentioned, mentions, placeOf, type Words } from './words.ts'

/** More telling first: a lake before mountains is a lake, whichever word comes first. */
const rank: readonly Place[] = [
  'underwater',
  'interior',
  'space',
  'city',
  'lake',
  'sea',
  'desert',
  'snowfield',
  'forest',
  'meadow',
  'mountains',
  'abstract',
]

/** How a place was come by: named in the prompt, implied by its subject, or not at all. */
export type PlaceReading = { place: Place; from: 'named' | 'implied' | 'nothing'; also: readonly Place[] }

/**
 * Reads the place of a scene. `also` lists the other places that are named: mountains behind a lake, a forest around a
 * meadow.
 */
export const readPlace = (words: Words): PlaceReading => {
  const found = mentioned(words, NAMED)
  const strong = found.filter((place) => {
    const loose = WEAK[place]
    if (!loose) return true
    return NAMED[place].some((term) => !loose.includes(term) && mentions(words, [term]))
  })
  const candidates = strong.length > 0 ? strong : found
  const behind = backdrop(words, candidates)
  const first = rank.find((place) => candidates.includes(place) && place !== behind) ?? behind
  if (first)
    return { place: first, from: 'named', also: found.filter((place) => place !== first && place !== 'abstract') }
  const subject = IMPLIED.find(([, terms]) => mentions(words, terms))
  return subject ? { place: subject[0], from: 'implied', also: [] } : { place: 'abstract', from: 'nothing', also: [] }
}

/** What stands "in the background" or "in the distance" is not the place itself. */
const backdrop = (words: Words, candidates: readonly Place[]): Place | undefined => {
  if (candidates.length < 2) return undefined
  const marks = ['in the background', 'in the distance', 'on the horizon']
  const mark = marks.map((phrase) => placeOf(words, phrase)).find((at) => at >= 0)
  if (mark === undefined) return undefined
  const nearest = (place: Place): number =>
    Math.max(
      ...NAMED[place].map((term) => {
        const at = placeOf(words, term)
        return at >= 0 && at < mark && mark - at < 28 ? at : -1
      }),
    )
  const last = Math.max(...candidates.map(nearest))
  return last < 0 ? undefined : candidates.find((place) => nearest(place) === last)
}
