import { RushesError } from '../../../shared/errors.ts'
import type { ApiNode, OutputNode } from '../../../shared/workflows.ts'
import type { ApiGraph } from '../../renderers/comfyui/graph-source.ts'
import { linkOf, linksOf, reachedFrom, titleOf } from '../graph.ts'

/** What is saved as pictures, also where they move: the file is a WebP or PNG. */
const MOVING_PICTURE = /animated/i
const VIDEO = /video|webm|mp4|movie/i
const SAVES = /save|combine|export|write/i
const SHOWS = /preview/i
/** Sends its result away and keeps none. */
const NOT_KEPT = /websocket/i

/** What a node saves; null where it saves nothing that can be a take. */
const kindOf = ({ class_type: name, inputs }: ApiNode): 'video' | 'image' | null => {
  if ((!SAVES.test(name) && !SHOWS.test(name)) || NOT_KEPT.test(name)) return null
  const media = ['images', 'image', 'video', 'frames'].find((key) => linkOf(inputs[key]))
  if (media === undefined) return null
  if (MOVING_PICTURE.test(name)) return 'image'
  // VideoHelperSuite says in its format what comes out: video/h264-mp4, image/gif.
  const { format } = inputs
  if (typeof format === 'string' && format.includes('/')) return format.startsWith('video/') ? 'video' : 'image'
  return media === 'video' || VIDEO.test(name) ? 'video' : 'image'
}

/** Saved is before shown, and a clip before a picture. */
const rankOf = ({ class_type: name, inputs }: ApiNode, kind: 'video' | 'image'): number =>
  (SAVES.test(name) && inputs['save_output'] !== false ? 2 : 0) + (kind === 'video' ? 1 : 0)

/**
 * The nodes whose result can be the take, the likeliest first: what is saved before what is only shown, clips before
 * pictures, and of several the one that the most stands behind, which is the last step. Throws INVALID_INPUT where the
 * graph has none.
 */
export const outputsOf = (graph: ApiGraph): OutputNode[] => {
  const given = new Set(Object.values(graph).flatMap((node) => linksOf(node).map(([, [from]]) => from)))
  const found = Object.entries(graph).flatMap(([id, node]) => {
    const kind = kindOf(node)
    if (!kind) return []
    const rank = rankOf(node, kind) - (given.has(id) ? 0.5 : 0)
    return [{ node: id, title: titleOf(id, node), kind, rank, behind: reachedFrom(graph, id).length }]
  })
  if (found.length === 0)
    throw new RushesError(
      'INVALID_INPUT',
      'The graph saves nothing that could be a take. Add a node that does, such as Save Image or Save Video, and export it again.',
    )
  return found
    .toSorted((a, b) => b.rank - a.rank || b.behind - a.behind)
    .map(({ node, title, kind }) => ({ node, title, kind }))
}
