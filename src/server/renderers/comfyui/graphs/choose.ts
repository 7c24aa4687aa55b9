import type { MissingFile } from '../../../../shared/renderers.ts'
import type { ServerPieces } from '../graph-source.ts'
import type { Engine } from './engine.ts'
import { missingOf, nameOn } from './model-file.ts'

/** What an engine lacks on a server. */
export type Lack = {
  files: readonly MissingFile[]
  nodes: readonly MissingFile[]
  /** The ComfyUI that is needed, where the one that is there is older. */
  version: string | null
}

const numbers = (version: string): number[] | null => {
  const read = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version.trim())
  return read && read.slice(1).map((part) => Number(part ?? 0))
}

/** Whether a version of ComfyUI is older than another. One that cannot be read counts as new. */
export const isOlder = (version: string, than: string): boolean => {
  const [here, there] = [numbers(version), numbers(than)]
  if (!here || !there) return false
  const at = here.findIndex((part, index) => part !== there[index])
  return at >= 0 && (here[at] ?? 0) < (there[at] ?? 0)
}

const newest = (versions: readonly string[]): string | null =>
  versions.reduce<string | null>((so, version) => (so === null || isOlder(so, version) ? version : so), null)

const UPDATE = 'https://docs.comfy.org/installation/update_comfyui'

/** What an engine lacks on a server: files, nodes, or a newer ComfyUI. */
export const lackOf = (engine: Engine, pieces: ServerPieces): Lack => {
  const absent = engine.nodes.filter(({ className }) => !pieces.nodes.has(className))
  const wanted = [
    ...absent.flatMap(({ from }) => ('version' in from ? [from.version] : [])),
    ...(isOlder(pieces.version, engine.since) ? [engine.since] : []),
  ]
  const part = { bytes: null, licence: null }
  return {
    files: engine.files.filter((file) => nameOn(pieces, file) === undefined).map(missingOf),
    nodes: absent.map(({ className: file, from }) =>
      'version' in from
        ? { file, folder: `ComfyUI ${newest(wanted) ?? from.version}`, url: UPDATE, ...part }
        : { file, folder: `custom_nodes/${from.package}`, url: from.url, ...part },
    ),
    version: newest(wanted),
  }
}

const isComplete = ({ files, nodes, version }: Lack): boolean =>
  files.length === 0 && nodes.length === 0 && version === null

/** Whether an engine runs well on a server's card. Where that is not known, only what every card does. */
export const fitsCard = ({ vram }: Engine, { vram: card }: Pick<ServerPieces, 'vram'>): boolean =>
  vram <= (card ?? SMALLEST_CARD)

/** Bytes. */
const SMALLEST_CARD = 8e9

export type Choice = { engine: Engine; lack: Lack; ready: boolean }

/**
 * The engine that a server is to use, of a list with the best first: one that is complete and runs well on its card, else
 * one that is complete; else the one to be completed, for that card. Undefined only where there is none.
 */
export const chooseEngine = (engines: readonly Engine[], pieces: ServerPieces): Choice | undefined => {
  const choices = engines
    .filter(({ use }) => use === 'by default')
    .map((engine) => ({ engine, lack: lackOf(engine, pieces) }))
    .map(({ engine, lack }) => ({ engine, lack, ready: isComplete(lack), fits: fitsCard(engine, pieces) }))
  // What is too large for the card is tried from the end: the smallest of it stands there.
  const ranked = [...choices.filter(({ fits }) => fits), ...choices.filter(({ fits }) => !fits).sort(bySize)]
  return ranked.find(({ ready }) => ready) ?? ranked[0]
}

const bySize = (a: { engine: Engine }, b: { engine: Engine }): number => a.engine.vram - b.engine.vram
