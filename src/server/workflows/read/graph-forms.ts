import { z } from 'zod'
import { apiNodeSchema } from '../../../shared/workflows.ts'
import type { ApiGraph } from '../../renderers/comfyui/graph-source.ts'
import { type EditorGraph, editorGraphSchema } from '../convert/editor-graph.ts'
import { parseText } from './parse-text.ts'

/** A graph as it was found: in the form that ComfyUI runs, or in the one that its editor saves. */
export type FoundGraph =
  /** `editor` is the editor's form of the same graph where that came along. */
  { form: 'api'; graph: ApiGraph; editor: EditorGraph | null } | { form: 'editor'; editor: EditorGraph }

const objectSchema = z.record(z.string(), z.unknown())

/** An object, or a text that is one: metadata of files nests JSON in JSON. */
const objectOf = (value: unknown): Record<string, unknown> | null =>
  objectSchema.safeParse(typeof value === 'string' ? parseText(value) : value).data ?? null

const nodeSchema = apiNodeSchema.extend({
  inputs: z.record(z.string(), z.unknown()).default({}),
  // Titles are for people: one that is none is no reason to refuse the graph.
  _meta: z
    .object({ title: z.string().transform((title) => title.slice(0, 200)) })
    .optional()
    .catch(undefined),
})

/** The nodes of an API graph; null where it has none. What is no node beside them, as a version, is left out. */
const apiOf = (value: unknown): ApiGraph | null => {
  const entries = Object.entries(objectOf(value) ?? {}).flatMap(([id, node]) => {
    const { data } = nodeSchema.safeParse(node)
    return data ? [[id, data] as const] : []
  })
  return entries.length > 0 ? Object.fromEntries(entries) : null
}

const editorOf = (value: unknown): EditorGraph | null => editorGraphSchema.safeParse(objectOf(value)).data ?? null

/**
 * The graph in a parsed value: an API graph, an editor's graph, or an object that has one of them as `prompt`, `output`,
 * `workflow` or `graph`. The API form comes first, since it is what ran. Null where there is none.
 */
export const graphIn = (value: unknown): FoundGraph | null => {
  const whole = objectOf(value)
  if (!whole) return null
  const editor = editorOf(whole) ?? editorOf(whole['workflow']) ?? editorOf(whole['graph'])
  const graph = apiOf(whole) ?? apiOf(whole['prompt']) ?? apiOf(whole['output']) ?? apiOf(whole['graph'])
  if (graph) return { form: 'api', graph, editor }
  return editor ? { form: 'editor', editor } : null
}

/**
 * The graph in a file's metadata, by name in lower case: `prompt` and `workflow` as ComfyUI writes them, or both inside
 * of a `comment`, as the nodes of VideoHelperSuite do. Null where there is none.
 */
export const graphInMetadata = (metadata: ReadonlyMap<string, string>): FoundGraph | null =>
  graphIn({ prompt: metadata.get('prompt'), workflow: metadata.get('workflow') }) ??
  graphIn(metadata.get('comment')) ??
  graphIn(metadata.get('description'))
