import { takeName } from '../data/take-title.ts'
import { makerWords } from '../data/renderer-words.ts'
import { rendererTitle } from '../data/renderer-titles.ts'
import type { Take } from '../data/take.ts'
import { formatElapsed, formatSeconds } from '../ui/format.ts'

/** One line that says where a take stands. `now` in milliseconds since 1970. */
export const stateWords = ({ state, renderer }: Pick<Take, 'state' | 'renderer'>, now: number): string => {
  switch (state.name) {
    case 'submitting':
      return 'Submitting…'
    case 'queued':
      return state.position === 1 ? 'Queued, next' : `Queued, number ${state.position}`
    case 'sending':
      return `Sending to ${renderer === 'local' ? 'the engine' : rendererTitle(renderer)}…`
    case 'rendering':
      return state.progress === null
        ? `Rendering, ${formatElapsed((now - state.since) / 1000)}`
        : `Rendering, ${Math.floor(state.progress * 100)} %`
    case 'fetching':
      return 'Fetching the result…'
    case 'cancelling':
      return 'Cancelling…'
    case 'done':
      return state.output.duration === null ? 'Image' : formatSeconds(state.output.duration)
    case 'failed':
      return state.error.billed === 'maybe' ? 'Failed, may have been billed' : 'Failed'
    case 'cancelled':
      return state.billed ? 'Cancelled, may still be billed' : 'Cancelled'
    case 'lost':
      return 'Not sent'
    default:
      return state satisfies never
  }
}

/** What tells a take from the others, first what tells it from those of its batch: `3 of 8, seed 41, a fox…` */
export const takeLabel = (take: Take, now: number): string => {
  const { batch, seed, starred } = take
  const its = [takeName(take), makerWords(take), stateWords(take, now), ...(starred ? ['starred'] : [])]
  const seedWords = seed === null ? [] : [`seed ${seed}`]
  return batch === null || batch.size === 1
    ? [...its, ...seedWords].join(', ')
    : [`${batch.position} of ${batch.size}`, ...seedWords, ...its].join(', ')
}

/** How a stack of takes is called: `8 takes, a fox…, 2 starred`. */
export const stackLabel = (takes: readonly Take[]): string => {
  const [first] = takes
  const stars = takes.filter(({ starred }) => starred).length
  return [
    `${takes.length} takes`,
    ...(first ? [takeName(first)] : []),
    ...(stars > 0 ? [`${stars} starred`] : []),
  ].join(', ')
}
