import type { Outcome } from './copy-blob.ts'

export type Kind = 'takes' | 'uploads' | 'people' | 'settings'

const NAMES: Readonly<Record<Kind, string>> = {
  takes: 'Takes',
  uploads: 'Uploads',
  people: 'People',
  settings: 'Settings and workflows',
}

type Tally = Record<Outcome | 'failed', number>

/** What was done so far. */
export type Report = {
  add: (kind: Kind, outcome: Outcome) => void
  /** One that could not be copied: it is told at once, and counted. */
  fail: (kind: Kind, words: string) => void
  /** A job that waits or runs, and is left to the studio that has it. */
  leave: () => void
  copied: (bytes: number) => void
  /** A file is on its way, and not any more. */
  begun: (path: string, bytes: number) => void
  ended: (path: string) => void
  /** Where it stands, in a line. */
  progress: (of: Readonly<Record<'takes' | 'uploads', number>>) => string
  /** All in all, a line each. */
  lines: (isDryRun: boolean) => string[]
  /** Whether nothing is left to be carried over. */
  isWhole: () => boolean
}

const number = (value: number): string => value.toLocaleString('en')

/** `3.4 GB`. */
const size = (bytes: number): string => {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const at = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${at === 0 ? bytes : (bytes / 1000 ** at).toFixed(1)} ${units[at]}`
}

export const createReport = (say: (words: string) => void): Report => {
  const empty = (): Tally => ({ copied: 0, there: 0, failed: 0 })
  const tallies: Record<Kind, Tally> = { takes: empty(), uploads: empty(), people: empty(), settings: empty() }
  let left = 0
  let bytes = 0
  const underway = new Map<string, number>()
  const sum = ({ copied, there, failed }: Tally): number => copied + there + failed

  return {
    add: (kind, outcome) => void tallies[kind][outcome]++,
    fail: (kind, words) => {
      tallies[kind].failed++
      say(`Not copied: ${words}`)
    },
    leave: () => void left++,
    copied: (more) => void (bytes += more),
    begun: (path, whole) => void underway.set(path, whole),
    ended: (path) => void underway.delete(path),
    progress: ({ takes, uploads }) => {
      const [largest] = [...underway].toSorted(([, one], [, other]) => other - one)
      const now = largest ? ` On its way: ${largest[0]} (${size(largest[1])}).` : ''
      return `Uploads: ${number(sum(tallies.uploads))} of ${number(uploads)}. Takes: ${number(sum(tallies.takes) + left)} of ${number(takes)}. ${size(bytes)} copied.${now}`
    },
    lines: (isDryRun) => {
      const would = isDryRun ? 'would be ' : ''
      const kinds = (['takes', 'uploads', 'people', 'settings'] as const).filter(
        (kind) => kind === 'takes' || kind === 'uploads' || sum(tallies[kind]) > 0,
      )
      return [
        ...kinds.map((kind) => {
          const { copied, there, failed } = tallies[kind]
          return `${NAMES[kind]}: ${number(copied)} ${would}copied, ${number(there)} there already, ${number(failed)} could not be copied.`
        }),
        `Bytes of files that ${isDryRun ? 'would be' : 'were'} copied: ${size(bytes)}.`,
        ...(left === 0
          ? []
          : [
              `${number(left)} ${left === 1 ? 'job that waits or runs is' : 'jobs that wait or run are'} left to the studio that has them, so that nothing is ordered twice: let them come to their end there, or cancel them, and run this again.`,
            ]),
      ]
    },
    isWhole: () => left === 0 && Object.values(tallies).every(({ failed }) => failed === 0),
  }
}
