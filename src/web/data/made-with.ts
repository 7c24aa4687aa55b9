import { choicesOf, type Field, fieldsOf } from '../../shared/models/describe.ts'
import { readTrajectory, trajectoryWords } from '../../shared/models/trajectory.ts'
import { rendererTitle } from './renderer-titles.ts'
import type { Take } from './take.ts'

/** A row of a table of what is compared: a cell for each, null where it has no such thing. `prose` is compared word by word. */
export type Row = { title: string; cells: readonly (string | null)[]; differs: boolean; prose: boolean }

/** A row that differs where the cells that count do. */
export const row = (
  title: string,
  cells: readonly (string | null)[],
  counted: readonly number[],
  prose = false,
): Row => ({
  title,
  cells,
  prose,
  differs: new Set(counted.map((index) => cells[index])).size > 1,
})

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

const FIRST = ['Prompt', 'Seed', 'Resolution']
const rank = (title: string) => (FIRST.includes(title) ? FIRST.indexOf(title) : FIRST.length)

/**
 * What takes were made with, side by side, null being what is no take: it has no cells and makes no difference. A setting
 * that was left alone says what it comes to. `fileNames` by file id.
 */
export const madeWith = (takes: readonly (Take | null)[], fileNames: Readonly<Record<string, string>>): Row[] => {
  const counted = takes.flatMap((take, index) => (take === null ? [] : [index]))
  const cellsOf = (read: (take: Take) => string | null) => takes.map((take) => take && read(take))
  const fields = new Map<string, Field>()
  for (const take of takes)
    if (take?.model)
      for (const field of fieldsOf(take.model)) if (!fields.has(field.name)) fields.set(field.name, field)
  const fieldOf = (take: Take, name: string) => take.model && fieldsOf(take.model).find((each) => each.name === name)
  const inputs = [...fields.values()].map(({ name, meta }) => {
    const cells = cellsOf((take) => {
      const field = fieldOf(take, name)
      return field ? wordsFor(field, take, fileNames) : null
    })
    return row(meta.title, cells, counted, meta.control === 'prompt')
  })
  const cells = {
    Model: cellsOf((take) => take.model?.title ?? take.modelId),
    'Made by': cellsOf((take) => rendererTitle(take.renderer)),
    Engine: cellsOf(({ renderer, engine }) => (renderer === 'local' ? null : (engine?.name ?? null))),
  }
  return [
    ...Object.entries(cells).map(([title, each]) => row(title, each, counted)),
    ...inputs.sort((a, b) => rank(a.title) - rank(b.title)),
  ]
}

/** The uploads that takes were made from, by id, each once. */
export const filesOfTakes = (takes: readonly Pick<Take, 'inputs'>[]): string[] => [
  ...new Set(
    takes.flatMap(({ inputs }) =>
      Object.values(inputs).filter((value): value is string => typeof value === 'string' && /^file_\w+$/.test(value)),
    ),
  ),
]
