import type { Role } from '../../../shared/workflows.ts'
import type { ApiGraph } from '../../renderers/comfyui/graph-source.ts'
import { linksOf, titleOf } from '../graph.ts'
import { mediaKindOf } from './controls.ts'
import type { Found } from './literals.ts'

type MediaRole = Extract<Role, 'image' | 'last_image' | 'video' | 'mask'>

/** What the names of inputs say of the picture that they take. */
const NAMES: readonly [RegExp, 'start' | 'last' | 'mask' | 'beside'][] = [
  [/^(end|last)(_|$)|_(end|last)$|last_frame|end_frame/, 'last'],
  [/^(start|first|init)(_|$)|first_frame|start_frame/, 'start'],
  [/mask/, 'mask'],
  [/ref|style|control|^image_?([2-9]|\d\d)$|clip_vision/, 'beside'],
]

/** Farther than this from its loader a picture is another: sampled, or put together with others. */
const MAX_DISTANCE = 4

type Use = { node: string; key: string; slot: number; says: 'start' | 'last' | 'mask' | 'beside' | null }

/** Who uses the result of a node, directly or by way of what changes it, the nearest first. */
const usesOf = (graph: ApiGraph, reached: ReadonlySet<string>, start: string): Use[] => {
  const uses: Use[] = []
  let front = [start]
  const seen = new Set(front)
  for (let distance = 0; distance < MAX_DISTANCE && front.length > 0; distance++) {
    const next: string[] = []
    for (const [id, node] of Object.entries(graph)) {
      if (!reached.has(id)) continue
      for (const [key, [from, slot]] of linksOf(node)) {
        if (!front.includes(from)) continue
        const says = NAMES.find(([pattern]) => pattern.test(key))?.[1] ?? null
        uses.push({ node: id, key, slot: from === start ? slot : 0, says })
        if (!seen.has(id)) next.push(id)
        seen.add(id)
      }
    }
    front = next
  }
  return uses
}

type Loader = { id: string; key: string; kind: 'image' | 'video'; uses: Use[] }

const loadersIn = (graph: ApiGraph, reached: readonly string[]): Loader[] => {
  const among = new Set(reached)
  return reached.flatMap((id) => {
    const node = graph[id]
    return Object.keys(node?.inputs ?? {}).flatMap((key): Loader[] => {
      const kind = mediaKindOf(node?.class_type ?? '', key)
      if (!kind || typeof node?.inputs[key] !== 'string') return []
      return [{ id, key, kind, uses: usesOf(graph, among, id) }]
    })
  })
}

const isMask = (graph: ApiGraph, { id, uses }: Loader): boolean => {
  if (/mask/i.test(graph[id]?.class_type ?? '')) return true
  const direct = uses.filter((use) => linksOf(graph[use.node]).some(([key, [from]]) => key === use.key && from === id))
  // The second output of a loader of pictures is the mask in its transparency.
  return direct.length > 0 && direct.every(({ slot, says }) => slot === 1 || says === 'mask')
}

/** Which of several pictures is the main one: what begins the clip, then any other, then what is only beside. */
const rankOf = ({ uses }: Loader): number => {
  const says = (word: Use['says']): boolean => uses.some((use) => use.says === word)
  return says('start') ? 3 : says('last') ? -1 : says('beside') ? 1 : 2
}

const numberOf = (id: string): number => (/^\d+$/.test(id) ? Number(id) : Infinity)

/** The files that a graph takes, `reached` being the nodes behind the result. `more` are loaders that were left alone. */
export const findMedia = (
  graph: ApiGraph,
  reached: readonly string[],
): { found: Partial<Record<MediaRole, Found>>; more: { node: string; key: string }[] } => {
  const why = ({ id, uses }: Loader, use: Use | undefined): string => {
    const at = use ?? uses[0]
    const node = at && graph[at.node]
    return at && node
      ? `It reaches the input ${at.key} of node ${titleOf(at.node, node)}.`
      : `It is loaded by node ${graph[id] ? titleOf(id, graph[id]) : id}.`
  }
  const place = (loader: Loader, says: Use['says']): Found => ({
    node: loader.id,
    key: loader.key,
    why: why(
      loader,
      loader.uses.find((use) => use.says === says),
    ),
  })
  const loaders = loadersIn(graph, reached).toSorted((a, b) => numberOf(a.id) - numberOf(b.id))
  const video = loaders.find(({ kind }) => kind === 'video')
  const masks = loaders.filter((loader) => loader.kind === 'image' && isMask(graph, loader))
  const pictures = loaders
    .filter((loader) => loader.kind === 'image' && !masks.includes(loader))
    .toSorted((a, b) => rankOf(b) - rankOf(a))
  const last = pictures.find((loader) => rankOf(loader) === -1)
  const image = pictures.find((loader) => loader !== last)
  const [mask] = masks
  const taken = [video, mask, last, image]
  return {
    found: {
      ...(image ? { image: place(image, 'start') } : {}),
      ...(last ? { last_image: place(last, 'last') } : {}),
      ...(video ? { video: place(video, null) } : {}),
      ...(mask ? { mask: place(mask, 'mask') } : {}),
    },
    more: loaders.filter((loader) => !taken.includes(loader)).map(({ id, key }) => ({ node: id, key })),
  }
}
