import type { FileResource } from '../../../shared/media.ts'
import { choicesOf, type Field, fieldsOf } from '../../../shared/models/describe.ts'
import { readTrajectory, trajectoryWords } from '../../../shared/models/trajectory.ts'
import { rendererTitle } from '../../data/renderer-titles.ts'
import type { Take } from '../../data/take.ts'
import { formatBytes, formatFps, formatSeconds, formatSize } from '../../ui/format.ts'

/** What is known of a file that was not uploaded, once it is open. Seconds. */
export type LocalFacts = { width: number; height: number; fps: number | null; duration: number | null }

/** One thing that is compared. */
export type Subject =
  | { kind: 'take'; take: Take }
  | { kind: 'file'; file: FileResource }
  | { kind: 'local'; file: File; facts: LocalFacts | null }

/** A row of the table: a cell for each subject, null where it has no such thing. `prose` is compared word by word. */
export type Row = { title: string; cells: readonly (string | null)[]; differs: boolean; prose: boolean }

/** What a field comes to where nothing was said of it. */
const assumedFor = (field: Field): string | null => {
  const { meta } = field
  if (meta.control === 'switch') return meta.assumed ? 'On' : 'Off'
  if (meta.control === 'number') return meta.assumed === undefined ? null : String(meta.assumed)
  if (meta.control === 'text') return meta.assumed ?? null
  const choices = choicesOf(field)
  if (meta.control === 'choice') return labelOf(field, choices.includes('720p') ? '720p' : (choices[0] ?? ''))
  return null
}

const labelOf = ({ meta }: Field, value: string): string =>
  meta.control === 'choice' ? (meta.labels[value] ?? value) : value

const wordsFor = (field: Field, { inputs, seed }: Take, fileNames: Readonly<Record<string, string>>) => {
  const { meta, name } = field
  if (meta.control === 'seed') return seed === null ? null : String(seed)
  const value = inputs[name]
  if (value === undefined || value === '') return assumedFor(field)
  if (meta.control === 'media') return fileNames[String(value)] ?? String(value)
  if (meta.control === 'path') {
    const points = readTrajectory(value)
    return typeof points === 'string' ? String(value) : trajectoryWords(points, meta.fps)
  }
  return typeof value === 'boolean' ? (value ? 'On' : 'Off') : labelOf(field, String(value))
}

const row = (title: string, cells: readonly (string | null)[], counted: readonly number[], prose = false): Row => ({
  title,
  cells,
  prose,
  differs: new Set(counted.map((index) => cells[index])).size > 1,
})

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
  const made = all.filter((index) => subjects[index]?.kind === 'take')
  const ofTake = (read: (take: Take) => string | null) =>
    subjects.map((subject) => (subject.kind === 'take' ? read(subject.take) : null))

  const fields = new Map<string, Field>()
  for (const subject of subjects)
    if (subject.kind === 'take' && subject.take.model)
      for (const field of fieldsOf(subject.take.model)) if (!fields.has(field.name)) fields.set(field.name, field)
  const fieldOf = (take: Take, name: string) => take.model && fieldsOf(take.model).find((each) => each.name === name)
  const inputs = [...fields.values()].map(({ name, meta }) => {
    const cells = ofTake((take) => {
      const field = fieldOf(take, name)
      return field ? wordsFor(field, take, fileNames) : null
    })
    return row(meta.title, cells, made, meta.control === 'prompt')
  })
  const order = (title: string) => ['Prompt', 'Seed', 'Resolution'].indexOf(title)
  const rank = (title: string) => (order(title) < 0 ? 9 : order(title))

  const rows = [
    row(
      'Model',
      ofTake((take) => take.model?.title ?? take.modelId),
      made,
    ),
    row(
      'Made by',
      ofTake((take) => rendererTitle(take.renderer)),
      made,
    ),
    row(
      'Engine',
      ofTake(({ renderer, engine }) => (renderer === 'local' ? null : (engine?.name ?? null))),
      made,
    ),
    ...inputs.sort((a, b) => rank(a.title) - rank(b.title)),
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
export const filesBehind = (subjects: readonly Subject[]): string[] => [
  ...new Set(
    subjects.flatMap((subject) =>
      subject.kind === 'take'
        ? Object.values(subject.take.inputs).filter(
            (value): value is string => typeof value === 'string' && /^file_\w+$/.test(value),
          )
        : [],
    ),
  ),
]
