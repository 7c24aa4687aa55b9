import type { Place } from '../../../shared/workflows.ts'
import type { ApiGraph } from '../../renderers/comfyui/graph-source.ts'
import { linkOf, linksOf, titleOf } from '../graph.ts'
import { type Found, literalBehind, once } from './literals.ts'

type Side = 'positive' | 'negative'

/** Names of texts on nodes that take both. */
const OF_SIDE: Record<Side, readonly string[]> = {
  positive: ['positive_prompt', 'text_positive', 'prompt_positive', 'positive'],
  negative: ['negative_prompt', 'text_negative', 'prompt_negative', 'negative'],
}
/** Texts of one encoder that takes the same words several times. */
const TOGETHER = ['text_g', 'text_l', 'clip_l', 'clip_g', 't5xxl', 'llama']
const ALONE = ['text', 'prompt', 'instruction', 'caption', 'string', 'value', 'string_a', 'text1', 'text_1', 'text_a']

/** Inputs through which no words come. */
const NO_WORDS =
  /^(model|clip|vae|samples?|latents?|latent_image|pixels|images?|video|mask|control_net|controlnet|sampler|sigmas|noise|.*_image|.*_frame|image\d*|clip_vision.*)$/
const WORDS = /cond|embed|guid|text|prompt|positive|negative/

/** The inputs of a node that its words stand in. */
const textKeys = (inputs: Record<string, unknown>, side: Side): string[] => {
  const isText = (key: string): boolean => typeof inputs[key] === 'string' || linkOf(inputs[key]) !== null
  const sided = [...OF_SIDE.positive, ...OF_SIDE.negative].some((key) => typeof inputs[key] === 'string')
  if (sided) return OF_SIDE[side].filter((key) => typeof inputs[key] === 'string').slice(0, 1)
  const together = TOGETHER.filter(isText)
  return together.length > 0 ? together : ALONE.filter(isText).slice(0, 1)
}

/** The words behind a link, by way of all that changes a conditioning and keeps its side. */
const textBehind = (graph: ApiGraph, id: string, side: Side, seen: Set<string>): Place[] => {
  const node = graph[id]
  if (!node || seen.has(id)) return []
  seen.add(id)
  // Made of the other side, and says nothing.
  if (side === 'negative' && node.class_type === 'ConditioningZeroOut') return []
  const own = textKeys(node.inputs, side).flatMap((key) => literalBehind(graph, id, key, 'string') ?? [])
  if (own.length > 0) return own
  const links = linksOf(node)
  const sameSide = links.filter(([key]) => key === side)
  const worded = links.filter(([key]) => WORDS.test(key))
  const next = [sameSide, worded, links].find((some) => some.length > 0) ?? []
  for (const [key, [from]] of next) {
    if (NO_WORDS.test(key)) continue
    const found = textBehind(graph, from, side, seen)
    if (found.length > 0) return found
  }
  return []
}

/** The first node on the way back from the result that takes its words at one of those inputs. */
const sideOf = (graph: ApiGraph, reached: readonly string[], side: Side, keys: readonly string[]): Found[] => {
  for (const id of reached) {
    const node = graph[id]
    for (const key of keys) {
      const link = linkOf(node?.inputs[key])
      if (!node || !link) continue
      const places = textBehind(graph, link[0], side, new Set())
      const why = `Its text reaches the input ${key} of node ${titleOf(id, node)}.`
      if (places.length > 0) return places.map((place) => ({ ...place, why }))
    }
  }
  return []
}

/** Where no sampler says which text is the prompt: the nearest node to the result that has one. */
const nearest = (graph: ApiGraph, reached: readonly string[], side: Side): Found[] => {
  for (const id of reached) {
    const inputs: Record<string, unknown> = graph[id]?.inputs ?? {}
    const keys = side === 'positive' ? [...OF_SIDE.positive, 'prompt', 'text'] : OF_SIDE.negative
    const key = keys.find((name) => typeof inputs[name] === 'string')
    if (key !== undefined) return [{ node: id, key, why: `Its input ${key} is the text nearest to the result.` }]
  }
  return []
}

/** The places of the prompt and of the negative prompt, `reached` being the nodes behind the result, nearest first. */
export const findPrompts = (graph: ApiGraph, reached: readonly string[]): { prompt: Found[]; negative: Found[] } => {
  const sided = sideOf(graph, reached, 'positive', ['positive', 'cond1', 'text_embeds'])
  const any = sided.length > 0 ? sided : sideOf(graph, reached, 'positive', ['conditioning', 'guider'])
  const prompt = once(any.length > 0 ? any : nearest(graph, reached, 'positive'))
  const isPrompt = (found: Place): boolean => prompt.some(({ node, key }) => node === found.node && key === found.key)
  const opposed = sideOf(graph, reached, 'negative', ['negative', 'text_embeds'])
  const negative = opposed.length > 0 ? opposed : nearest(graph, reached, 'negative')
  return { prompt, negative: once(negative.filter((found) => !isPrompt(found))) }
}
