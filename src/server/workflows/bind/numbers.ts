import type { Role } from '../../../shared/workflows.ts'
import type { ApiGraph } from '../../renderers/comfyui/graph-source.ts'
import { linkOf, titleOf } from '../graph.ts'
import { type Found, literalBehind, numberAt, once } from './literals.ts'

type NumberRole = Extract<Role, 'seed' | 'width' | 'height' | 'frames' | 'fps' | 'steps'>
/** By role; each has several places where the same number stands in several. */
export type FoundNumbers = Record<NumberRole, Found[]>

const LOADS = /load/i
const MAKES_SIZE = /empty|latent|tovideo|video|image_?to/i
const CHANGES_SIZE = /scale|resize|crop/i
const LENGTHS = ['length', 'num_frames', 'frames', 'video_frames', 'num_video_frames', 'frame_count', 'video_length']
const RATES = ['fps', 'frame_rate', 'framerate']
const SAMPLES = ['latent_image', 'latent', 'samples', 'positive', 'model', 'guider', 'conditioning']

type Asked = { graph: ApiGraph; reached: readonly string[] }

/** The places of those inputs that hold a number, with why; loaders of files have numbers of their own. */
const places = (
  { graph, reached }: Asked,
  keys: readonly string[],
  why: (key: string, title: string) => string,
): Found[] =>
  reached.flatMap((id) => {
    const node = graph[id]
    if (!node || LOADS.test(node.class_type)) return []
    return keys.flatMap((key) => {
      const place = literalBehind(graph, id, key, 'number')
      return place ? [{ ...place, why: why(key, titleOf(id, node)) }] : []
    })
  })

/** All that have the number of the first: the same number means the same, and must stay so. */
const sameAsFirst = (graph: ApiGraph, found: readonly Found[]): Found[] => {
  const [first] = found
  return first ? once(found.filter((other) => numberAt(graph, other) === numberAt(graph, first))) : []
}

const findSeeds = (asked: Asked): Found[] => {
  const { graph, reached } = asked
  const samples = (id: string): boolean => {
    const node = graph[id]
    return (
      node !== undefined && (/noise|sampler/i.test(node.class_type) || SAMPLES.some((key) => linkOf(node.inputs[key])))
    )
  }
  const of = (ids: readonly string[]): Found[] =>
    places({ graph, reached: ids }, ['seed', 'noise_seed'], (key, title) => `Node ${title} draws its noise by ${key}.`)
  const sampled = of(reached.filter(samples))
  return once(sampled.length > 0 ? sampled : of(reached))
}

type Sized = { id: string; width: Found; height: Found; rank: number }

const findSizes = ({ graph, reached }: Asked): { main: string | null; width: Found[]; height: Found[] } => {
  const sized = reached.flatMap((id): Sized[] => {
    const node = graph[id]
    const width = node && literalBehind(graph, id, 'width', 'number')
    const height = node && literalBehind(graph, id, 'height', 'number')
    if (!node || !width || !height || LOADS.test(node.class_type)) return []
    const title = titleOf(id, node)
    const rank = CHANGES_SIZE.test(node.class_type) ? 1 : MAKES_SIZE.test(node.class_type) ? 3 : 2
    const why = (side: string): string => `Node ${title} has the ${side} of the result.`
    return [{ id, rank, width: { ...width, why: why('width') }, height: { ...height, why: why('height') } }]
  })
  const [main] = sized.toSorted((a, b) => b.rank - a.rank)
  if (!main || numberAt(graph, main.width) === 0 || numberAt(graph, main.height) === 0)
    return { main: null, width: [], height: [] }
  const same = [main, ...sized].filter(
    ({ width, height }) =>
      numberAt(graph, width) === numberAt(graph, main.width) &&
      numberAt(graph, height) === numberAt(graph, main.height),
  )
  const width = once(same.map((one) => one.width))
  // One number for both sides of a square is its width.
  const isWidth = (place: Found): boolean => width.some(({ node, key }) => node === place.node && key === place.key)
  return { main: main.id, width, height: once(same.map((one) => one.height)).filter((place) => !isWidth(place)) }
}

const findFrames = (asked: Asked, main: string | null, kind: 'video' | 'image'): Found[] => {
  if (kind === 'image') return []
  const { graph, reached } = asked
  const makers = reached.filter((id) => id === main || MAKES_SIZE.test(graph[id]?.class_type ?? ''))
  const byMain = [...makers].toSorted((a, b) => Number(b === main) - Number(a === main))
  const named = places(
    { graph, reached: byMain },
    LENGTHS,
    (key, title) => `Node ${title} counts the frames by ${key}.`,
  )
  if (named.length > 0) return sameAsFirst(graph, named)
  const batch = places(
    { graph, reached: byMain },
    ['batch_size'],
    (_, title) => `Each picture of the batch of node ${title} is a frame.`,
  )
  return sameAsFirst(
    graph,
    batch.filter((place) => (numberAt(graph, place) ?? 0) > 1),
  )
}

/** Steps of samplers that share them out (`end_at_step`) hang together, and are left as they are. */
const findSteps = (asked: Asked): Found[] => {
  const { graph, reached } = asked
  const isShared = reached.some((id) => {
    const { steps, end_at_step: end } = graph[id]?.inputs ?? {}
    return typeof steps === 'number' && typeof end === 'number' && end < steps
  })
  if (isShared) return []
  return sameAsFirst(
    graph,
    places(asked, ['steps'], (_, title) => `Node ${title} takes so many steps.`),
  )
}

/** What numbers of the graph are, `reached` being the nodes behind the result, nearest first. */
export const findNumbers = (graph: ApiGraph, reached: readonly string[], kind: 'video' | 'image'): FoundNumbers => {
  const asked = { graph, reached }
  const { main, width, height } = findSizes(asked)
  const rates = places(asked, RATES, (key, title) => `Node ${title} has the frame rate as ${key}.`)
  return {
    seed: findSeeds(asked),
    width,
    height,
    frames: findFrames(asked, main, kind),
    fps: sameAsFirst(graph, rates),
    steps: findSteps(asked),
  }
}
