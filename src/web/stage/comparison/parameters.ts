import type { FileResource } from '../../../shared/media.ts'
import { filesOfTakes, madeWith, type Row, row } from '../../data/made-with.ts'
import type { Take } from '../../data/take.ts'
import { formatBytes, formatFps, formatSeconds, formatSize } from '../../ui/format.ts'

/** What is known of a file that was not uploaded, once it is open. Seconds. */
export type LocalFacts = { width: number; height: number; fps: number | null; duration: number | null }

/** One thing that is compared. */
export type Subject =
  | { kind: 'take'; take: Take }
  | { kind: 'file'; file: FileResource }
  | { kind: 'local'; file: File; facts: LocalFacts | null }

const FACTS: readonly { title: string; of: (facts: LocalFacts) => string | null }[] = [
  { title: 'Size', of: formatSize },
  { title: 'Frame rate', of: ({ fps }) => (fps === null ? null : `${formatFps(fps)} fps`) },
  { title: 'Duration', of: ({ duration }) => (duration === null ? null : formatSeconds(duration)) },
]

const factsOf = (subject: Subject): LocalFacts | null => {
  if (subject.kind === 'local') return subject.facts
  if (subject.kind === 'file') return subject.file.media
  return subject.take.state.name === 'done' ? subject.take.state.output : null
}

const bytesOf = (subject: Subject): number | null => {
  if (subject.kind === 'local') return subject.file.size
  if (subject.kind === 'file') return subject.file.size_bytes
  return subject.take.state.name === 'done' ? subject.take.state.output.bytes : null
}

/**
 * What the subjects were made with and what they are, side by side. A setting that was left alone says what it comes
 * to. A row differs where takes do; files, which were not made here, count only where they have something to say.
 * `fileNames` by file id.
 */
export const parameterRows = (subjects: readonly Subject[], fileNames: Readonly<Record<string, string>>): Row[] => {
  const all = subjects.map((_, index) => index)
  const takes = subjects.map((subject) => (subject.kind === 'take' ? subject.take : null))
  const rows = [
    ...madeWith(takes, fileNames),
    row('File', subjects.map(fileName), all),
    ...FACTS.map(({ title, of }) => {
      const cells = subjects.map((subject) => {
        const facts = factsOf(subject)
        return facts && of(facts)
      })
      return row(title, cells, all)
    }),
    row(
      'File size',
      subjects.map((subject) => formatBytes(bytesOf(subject) ?? 0)),
      all,
    ),
  ]
  return rows.filter(({ cells }) => cells.some((cell) => cell !== null))
}

const fileName = (subject: Subject): string | null => {
  if (subject.kind === 'local') return subject.file.name
  return subject.kind === 'file' ? (subject.file.filename ?? subject.file.id) : null
}

/** The files that the subjects were made from, by id. */
export const filesBehind = (subjects: readonly Subject[]): string[] =>
  filesOfTakes(subjects.flatMap((subject) => (subject.kind === 'take' ? [subject.take] : [])))
