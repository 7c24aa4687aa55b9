import { z } from 'zod'
import { TASKS } from '../../shared/models/define.ts'
import { apiGraphSchema, bindingSchema, downloadSchema, exposedSchema } from '../../shared/workflows.ts'
import { requireSound } from './graph.ts'

/** A workflow as it is kept: one readable file each. */
export const workflowFileSchema = z.object({
  format: z.literal(1),
  name: z.string().min(1).max(80),
  kind: z.enum(['video', 'image']),
  task: z.enum(TASKS),
  output: z.string(),
  bindings: z.array(bindingSchema),
  exposed: z.array(exposedSchema),
  notes: z.array(z.string()),
  /** Where files are to be had that the graph loads, as its author noted. */
  downloads: z.array(downloadSchema),
  created_at: z.string(),
  updated_at: z.string(),
  graph: apiGraphSchema,
})
export type WorkflowFile = z.infer<typeof workflowFileSchema>

/** A kept workflow and the name of its file, which never changes: takes refer to its model by it. */
export type StoredWorkflow = WorkflowFile & { slug: string }

/** What every name of a file in the folder of workflows is like, without its ending. */
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const MAX_SLUG_CHARS = 60

const PREFIX = 'workflow-'

/** The id of a workflow's model. */
export const modelIdOf = (slug: string): string => `${PREFIX}${slug}`

/** The name of the workflow that a model's id stands for; null where it is no workflow's. */
export const slugOfModel = (id: string): string | null => (id.startsWith(PREFIX) ? id.slice(PREFIX.length) : null)

/** A name as part of a file's and a model's: small letters and digits with dashes between. `taken` says which are another's. */
export const slugOf = (name: string, taken: (slug: string) => boolean): string => {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_CHARS)
    .replace(/^-+|-+$/g, '')
  const base = plain === '' ? 'untitled' : plain
  for (let count = 1; ; count++) {
    const slug = count === 1 ? base : `${base}-${count}`
    if (!taken(slug)) return slug
  }
}

/** What a file holds, or why that is no workflow, as the end of a sentence that begins with its name. */
export const parseWorkflowFile = (value: unknown): { ok: true; file: WorkflowFile } | { ok: false; reason: string } => {
  const parsed = workflowFileSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.join('.') ?? ''
    return {
      ok: false,
      reason: `is no workflow of this version of Rushes${where === '' ? '' : ` (${where.slice(0, 80)})`}`,
    }
  }
  const file = parsed.data
  try {
    requireSound(file.graph)
  } catch (error) {
    return { ok: false, reason: `has a graph that cannot run: ${error instanceof Error ? error.message : ''}` }
  }
  const lost = [...file.bindings, ...file.exposed].find(
    ({ node, key }) => !file.graph[node] || !(key in file.graph[node].inputs),
  )
  if (lost)
    return { ok: false, reason: `binds the input ${lost.key} of node ${lost.node}, which its graph does not have` }
  if (!file.graph[file.output]) return { ok: false, reason: `has no node ${file.output}, which should give the take` }
  return { ok: true, file }
}
