import { jobPageSchema } from '../../src/shared/job.ts'
import { median, quantile } from './table.ts'

const DAY = 86_400_000

/** What is typed into the search field, and what the studio then asks the server for. */
const queries = (): [string, Record<string, string>][] => {
  const before = (days: number) => new Date(Date.now() - days * DAY).toISOString()
  return [
    ['everything', {}],
    ['fox', { text: 'fox' }],
    ['f', { text: 'f' }],
    ['lighthouse autumn', { text: 'lighthouse autumn' }],
    ['zeppelin', { text: 'zeppelin' }],
    ['no such word', { text: 'qqqq' }],
    ['model:lucy-dev-i2v', { model: 'lucy-dev-i2v' }],
    ['seed:4242', { seed: '4242' }],
    ['is:starred', { starred: 'true' }],
    ['is:starred fox', { text: 'fox', starred: 'true' }],
    ['kind:image lake', { text: 'lake', kind: 'image' }],
    ['after: a week ago', { from: before(7) }],
    ['before: half a year ago, fox', { until: before(182), text: 'fox' }],
  ]
}

/** Searches as the studio asks for them, from the request until the whole answer is there. Rows of a table. */
export const searchRows = async (url: string, runs: number): Promise<string[][]> => {
  const rows: string[][] = []
  for (const [typed, query] of queries()) {
    const asked = `${url}/v1/jobs?${new URLSearchParams({ finished: 'true', limit: '100', ...query })}`
    const times: number[] = []
    let total = 0
    for (let run = 0; run < runs; run++) {
      const begin = performance.now()
      const answer: unknown = await (await fetch(asked)).json()
      times.push(performance.now() - begin)
      total = jobPageSchema.parse(answer).total ?? NaN
    }
    const ms = (value: number) => `${value.toFixed(1)} ms`
    rows.push([typed, total.toLocaleString('en'), ms(median(times)), ms(quantile(times, 0.95)), '50 ms'])
  }
  return rows
}
