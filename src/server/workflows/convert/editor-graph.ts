import { z } from 'zod'
import { type Download, downloadSchema } from '../../../shared/workflows.ts'

const idSchema = z.union([z.number(), z.string()]).transform(String)

/** A link, as a list (version 0.4 of the form) or as an object (version 1). */
const editorLinkSchema = z.union([
  z
    .tuple([idSchema, idSchema, z.number(), idSchema, z.number()])
    .rest(z.unknown())
    .transform(([id, from, output]) => ({ id, from, output })),
  z
    .object({ id: idSchema, origin_id: idSchema, origin_slot: z.number() })
    .transform(({ id, origin_id: from, origin_slot: output }) => ({ id, from, output })),
])

const inputSchema = z.object({
  name: z.string(),
  type: z.union([z.string(), z.number()]).transform(String).catch('*'),
  link: idSchema.nullish(),
  /** There where the input is a widget that can also be linked. */
  widget: z.object({ name: z.string() }).nullish(),
})

const editorNodeSchema = z.object({
  id: idSchema,
  type: z.string(),
  title: z.string().nullish(),
  /** 2: never runs; 4: is passed by. */
  mode: z.number().default(0),
  inputs: z.array(inputSchema).nullish(),
  outputs: z
    .array(
      z.object({ name: z.string().nullish(), type: z.union([z.string(), z.number()]).transform(String).catch('*') }),
    )
    .nullish(),
  widgets_values: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish(),
  properties: z
    .object({
      models: z.unknown(),
      /** Of a subgraph's node: which inner widgets its values are of; -1 stands for its own input of that name. */
      proxyWidgets: z
        .array(z.tuple([idSchema, z.string()]).rest(z.unknown()))
        .optional()
        .catch(undefined),
    })
    .partial()
    .nullish()
    .catch(null),
})
export type EditorNode = z.infer<typeof editorNodeSchema>

const editorLinksSchema = z.array(editorLinkSchema.nullable().catch(null)).default([])

const portSchema = z.object({ name: z.string(), linkIds: z.array(idSchema).nullish() })

/** A graph that stands for one node in others. Links from its own inputs come from `inputNode`. */
const subgraphSchema = z.object({
  id: z.string(),
  name: z.string().default(''),
  inputNode: z.object({ id: idSchema }),
  inputs: z.array(portSchema).default([]),
  outputs: z.array(portSchema).default([]),
  nodes: z.array(editorNodeSchema),
  links: editorLinksSchema,
})
export type Subgraph = z.infer<typeof subgraphSchema>

/** A graph as ComfyUI's editor saves it: with places and colours, and with values by position. */
export const editorGraphSchema = z.object({
  nodes: z.array(editorNodeSchema).min(1),
  links: editorLinksSchema,
  definitions: z
    .object({ subgraphs: z.array(subgraphSchema.nullable().catch(null)) })
    .transform(({ subgraphs }) => ({ subgraphs: subgraphs.filter((inner) => inner !== null) }))
    .nullish()
    .catch(null),
})
export type EditorGraph = z.infer<typeof editorGraphSchema>

/** The addresses of model files that a graph names, by file name. */
export const downloadsIn = (graph: EditorGraph | null): Download[] => {
  const nodes = [...(graph?.nodes ?? []), ...(graph?.definitions?.subgraphs ?? []).flatMap((inner) => inner.nodes)]
  const all = nodes.flatMap(({ properties }) =>
    Array.isArray(properties?.models)
      ? properties.models.map((each: unknown) => downloadSchema.safeParse(each).data)
      : [],
  )
  const byName = new Map(all.flatMap((download) => (download ? [[download.name, download] as const] : [])))
  return [...byName.values()].slice(0, 200)
}
