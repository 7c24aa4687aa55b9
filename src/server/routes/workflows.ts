import { rm } from 'node:fs/promises'
import { Hono, type MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import { inputJsonSchema } from '../../shared/models/describe.ts'
import {
  newWorkflowSchema,
  type WorkflowChoices,
  workflowChoicesSchema,
  type WorkflowDetail,
  type WorkflowList,
  type WorkflowSummary,
} from '../../shared/workflows.ts'
import { type AppContext, type AppEnv, bodyOf, headersOf, viewerOf } from '../http/context.ts'
import { fieldsAtFault } from '../http/fields-at-fault.ts'
import { readJson } from '../http/read-json.ts'
import { contentDisposition } from '../http/send-file.ts'
import { describedWorkflows, saveQuerySchema } from '../openapi/workflow-routes.ts'
import type { Audit } from '../people/audit-store.ts'
import { requireAdmin } from '../people/viewer.ts'
import type { ServerPieces } from '../renderers/comfyui/graph-source.ts'
import { orAbort } from '../renderers/order/waiting.ts'
import type { NodeDefinitions } from '../workflows/convert/to-api.ts'
import {
  changeWorkflow,
  lookAtWorkflow,
  type MadeWorkflow,
  makeWorkflow,
  type ToldBefore,
} from '../workflows/make-workflow.ts'
import { type FoundGraph, graphIn } from '../workflows/read/graph-forms.ts'
import { MAX_JSON_BYTES } from '../workflows/read/parse-text.ts'
import { HOW_TO_EXPORT, readWorkflowFile } from '../workflows/read/read-workflow-file.ts'
import { receiveUpload } from '../workflows/receive-upload.ts'
import { modelIdOf, slugOf, type StoredWorkflow } from '../workflows/workflow-file.ts'
import { workflowModel } from '../workflows/workflow-model.ts'
import type { WorkflowStore } from '../workflows/workflow-store.ts'

export type WorkflowRouteDeps = {
  workflows: WorkflowStore
  /** What the connected ComfyUI is and has, from the last look at it; null where there is none. */
  pieces: () => ServerPieces | null
  /** The name of a new file in the temporary folder, for what is uploaded. */
  temporaryPath: () => Promise<string>
  /** Looks at who can make the workflows, now that others are there. */
  onWorkflowsChanged: () => Promise<unknown>
  /** Lets only pages of our own origin in. */
  ownOrigin: MiddlewareHandler<AppEnv>
  note: Audit['note']
  now: () => Date
}

/** Milliseconds that an answer waits for it to be known who can make the workflow: it is used at once. */
const KNOWN_TIMEOUT_MS = 3000

const summaryOf = (workflow: StoredWorkflow): WorkflowSummary => {
  const { slug, name, kind, task, output, bindings, exposed, notes, created_at, updated_at } = workflow
  const model = modelIdOf(slug)
  return { slug, model, name, kind, task, output, bindings, exposed, notes, created_at, updated_at }
}

const detailOf = (workflow: StoredWorkflow, { settable, outputs }: MadeWorkflow, saved: boolean): WorkflowDetail => ({
  ...summaryOf(workflow),
  saved,
  settable,
  outputs,
  input_schema: { ...inputJsonSchema(workflowModel(workflow)) },
  downloads: workflow.downloads,
  graph: workflow.graph,
})

const noWorkflow = (slug: string): RushesError =>
  new RushesError('NOT_FOUND', `There is no workflow ${slug.slice(0, 80)}; it may have been deleted.`)

const refuse = (error: z.ZodError): RushesError =>
  new RushesError('INVALID_INPUT', 'The workflow cannot be read.', { fields: fieldsAtFault(error) })

type Incoming = { found: FoundGraph; name: string; choices: WorkflowChoices; told: ToldBefore }

/** A JSON body: `{graph, name, …}`, or the graph alone, of either form. */
const incomingJson = (body: unknown): Incoming => {
  const found = graphIn(body)
  if (!found)
    throw new RushesError(
      'INVALID_INPUT',
      `There is no ComfyUI graph in what was sent: none of its parts is a node. ${HOW_TO_EXPORT}`,
    )
  const wrapped = newWorkflowSchema.safeParse(body)
  const isWrapped = typeof body === 'object' && body !== null && 'graph' in body
  if (isWrapped && !wrapped.success) throw refuse(wrapped.error)
  const { graph: _, notes, downloads, ...choices } = wrapped.success ? wrapped.data : { graph: null }
  return { found, name: 'Workflow', choices, told: { notes, downloads } }
}

/** The graph in a file that is uploaded. */
const incomingFile = async (context: AppContext, deps: Pick<WorkflowRouteDeps, 'temporaryPath'>): Promise<Incoming> => {
  const path = await deps.temporaryPath()
  try {
    const { filename, name } = await receiveUpload(headersOf(context), bodyOf(context), path)
    const found = await readWorkflowFile(path, filename)
    return { found, name: name ?? filename.replace(/\.\w{1,5}$/, ''), choices: {}, told: {} }
  } finally {
    await rm(path, { force: true })
  }
}

const incomingIn = async (context: AppContext, deps: Pick<WorkflowRouteDeps, 'temporaryPath'>): Promise<Incoming> =>
  /^application\/json\b/i.test(context.req.header('content-type') ?? '')
    ? incomingJson(await readJson(bodyOf(context), MAX_JSON_BYTES))
    : incomingFile(context, deps)

/** Sends the graph of a workflow, as ComfyUI opens it. */
const sendGraph = (context: AppContext, { graph, name }: StoredWorkflow): Response => {
  const filename = `${name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_')}.json`
  return context.body(`${JSON.stringify(graph, null, 2)}\n`, 200, {
    'content-type': 'application/json',
    'content-disposition': contentDisposition('attachment', filename),
    'cache-control': 'no-store',
  })
}

/** The workflow of that name. Throws where there is none. */
const find = (workflows: WorkflowStore, slug: string): StoredWorkflow => {
  const workflow = workflows.get(slug)
  if (!workflow) throw noWorkflow(slug)
  return workflow
}

/** Looking at workflows. */
const readingRoutes = ({ workflows }: WorkflowRouteDeps, nodes: () => NodeDefinitions | null): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  app.get('/workflows', describedWorkflows.list, (context) => {
    const answer: WorkflowList = {
      workflows: workflows.list().map(summaryOf),
      unreadable: [...workflows.unreadable()],
    }
    return context.json(answer)
  })
  app.get('/workflows/:slug', describedWorkflows.get, (context) => {
    const workflow = find(workflows, context.req.param('slug'))
    return context.json(detailOf(workflow, lookAtWorkflow(workflow, nodes()), true))
  })
  app.get('/workflows/:slug/graph', describedWorkflows.graph, (context) =>
    sendGraph(context, find(workflows, context.req.param('slug'))),
  )
  return app
}

/** ComfyUI graphs as models: added, listed, changed, exported and forgotten. */
export const workflowRoutes = (deps: WorkflowRouteDeps): Hono<AppEnv> => {
  const { workflows, note, now } = deps
  const nodes = () => deps.pieces()?.nodes ?? null

  const changed = (): Promise<unknown> =>
    orAbort(deps.onWorkflowsChanged(), AbortSignal.timeout(KNOWN_TIMEOUT_MS)).catch(() => undefined)

  const app = new Hono<AppEnv>()
  app.use('/workflows', deps.ownOrigin)
  app.use('/workflows/*', deps.ownOrigin)
  app.post('/workflows', describedWorkflows.add, async (context) => {
    const query = saveQuerySchema.safeParse(context.req.query())
    if (!query.success) throw refuse(query.error)
    const { found, name, choices, told } = await incomingIn(context, deps)
    const made = makeWorkflow({ found, name, told }, nodes(), choices, now())
    if (query.data.save === 'false') {
      const slug = slugOf(made.workflow.name, (taken) => workflows.get(taken) !== undefined)
      return context.json(detailOf({ ...made.workflow, slug }, made, false))
    }
    const stored = await workflows.add(made.workflow)
    await note(viewerOf(context), 'workflow.added', [stored.slug])
    await changed()
    return context.json(detailOf(stored, made, true))
  })
  app.put('/workflows/:slug', describedWorkflows.change, async (context) => {
    requireAdmin(viewerOf(context), 'change workflows')
    const workflow = find(workflows, context.req.param('slug'))
    const choices = workflowChoicesSchema.safeParse(await readJson(bodyOf(context)))
    if (!choices.success) throw refuse(choices.error)
    const { slug, ...before } = workflow
    const made = changeWorkflow(before, nodes(), choices.data, now())
    const stored = await workflows.update(slug, made.workflow)
    if (!stored) throw noWorkflow(slug)
    await note(viewerOf(context), 'workflow.changed', [slug])
    await changed()
    return context.json(detailOf(stored, made, true))
  })
  app.delete('/workflows/:slug', describedWorkflows.remove, async (context) => {
    requireAdmin(viewerOf(context), 'delete workflows')
    const slug = context.req.param('slug')
    if (!(await workflows.remove(slug))) throw noWorkflow(slug)
    await note(viewerOf(context), 'workflow.removed', [slug])
    await changed()
    return context.body(null, 204)
  })
  app.route('/', readingRoutes(deps, nodes))
  return app
}
