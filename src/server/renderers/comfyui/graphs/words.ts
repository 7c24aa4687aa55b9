import type { MissingFile } from '../../../../shared/renderers.ts'
import type { ServerPieces } from '../graph-source.ts'
import type { Lack } from './choose.ts'
import type { Engine } from './engine.ts'

/** `a`, `a and b`, `a, b and c` */
const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** `9.3 GB`, `321 MB`: of 1024 each, as ComfyUI's own lists of these files count, so that the two can be compared. */
export const fileSize = (bytes: number): string => {
  const megabytes = bytes / 1024 ** 2
  return megabytes < 1000 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`
}

const fileWords = ({ file, bytes, licence, folder }: MissingFile): string => {
  const facts = [...(bytes === null ? [] : [fileSize(bytes)]), ...(licence === null ? [] : [licence])]
  return `${file}${facts.length > 0 ? ` (${facts.join(', ')})` : ''} into ${folder}`
}

/** Why an engine does not run on a server, with all that there is to do; null where it does. */
export const reasonOf = (
  name: string,
  { files, nodes, version }: Lack,
  { version: here }: ServerPieces,
): string | null => {
  const packages = nodes.filter(({ folder }) => folder.startsWith('custom_nodes/'))
  const steps = [
    ...(version === null ? [] : [`update ComfyUI to ${version} or newer (it is ${here})`]),
    ...packages.map(({ folder, url }) => `install ${folder.replace('custom_nodes/', '')} from ${url}`),
    ...(files.length === 0 ? [] : [`put ${listed(files.map(fileWords))}`]),
  ]
  if (steps.length === 0) return null
  const absent = nodes.map(({ file }) => file)
  const what = absent.length === 0 ? 'is missing' : `needs the node${absent.length === 1 ? '' : 's'} ${listed(absent)}`
  return files.length === 0 && absent.length === 0
    ? `${name} needs a newer ComfyUI: ${listed(steps)}`
    : `${name} ${what}: ${listed(steps)}`
}

/** `24 GB` */
const card = (bytes: number): string => `${Math.round(bytes / 1e9)} GB`

/** What is said of an engine that is too large for a card; null where it fits, or nobody knows. */
export const cardWords = ({ name, vram }: Engine, { vram: here }: ServerPieces): string | null =>
  here === null || here >= vram
    ? null
    : `${name} is made for a card of ${card(vram)}; this one has ${card(here)}, so expect it to be slow, or to run out of memory.`
