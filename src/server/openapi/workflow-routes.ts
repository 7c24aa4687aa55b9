import { z } from 'zod'
import {
  newWorkflowSchema,
  workflowChoicesSchema,
  workflowDetailSchema,
  workflowListSchema,
} from '../../shared/workflows.ts'
import { type Description, describe, json } from './describe.ts'

const of = (about: Omit<Description, 'tag'>) => describe({ tag: 'workflows', ...about })
const theWorkflow = { 200: { description: 'The workflow.', content: json(workflowDetailSchema) } }

/** The query of POST /v1/workflows. */
export const saveQuerySchema = z.object({
  save: z
    .enum(['true', 'false'])
    .describe('false only looks: nothing is kept, and the answer says what it would be')
    .optional(),
})

/** What POST /v1/workflows takes as a form, whose file is streamed and not parsed by a schema. */
const uploadSchema = z.object({
  file: z.unknown().meta({ type: 'string', format: 'binary', contentMediaType: 'application/octet-stream' }),
  name: z.string().optional(),
})

/** What the routes of workflows say of themselves. */
export const describedWorkflows = {
  add: of({
    operationId: 'add_workflow',
    summary: 'Make a model of a ComfyUI graph',
    description:
      'A graph as JSON, or a JSON, PNG, WebP, MP4, MOV, MKV or WebM file that carries one. The answer says what each of its inputs was taken for, and why. Secrets in it are left out.',
    query: saveQuerySchema,
    body: { content: { 'application/json': newWorkflowSchema, 'multipart/form-data': uploadSchema } },
    answers: theWorkflow,
    failures: [408, 409, 413, 422, 429, 507],
  }),
  list: of({
    operationId: 'list_workflows',
    summary: 'All workflows',
    answers: { 200: { description: 'By name.', content: json(workflowListSchema) } },
    failures: [],
  }),
  get: of({ operationId: 'get_workflow', summary: 'A workflow', answers: theWorkflow, failures: [404] }),
  change: of({
    operationId: 'change_workflow',
    summary: 'Rename a workflow, bind and expose other inputs of it',
    description: 'What is left out stays as it is. The id of its model never changes.',
    body: { content: { 'application/json': workflowChoicesSchema } },
    answers: theWorkflow,
    failures: [404, 408, 413, 422, 507],
  }),
  remove: of({
    operationId: 'delete_workflow',
    summary: 'Forget a workflow',
    answers: { 204: { description: 'It is forgotten. What it made stays.' } },
    failures: [404, 507],
  }),
  graph: of({
    operationId: 'export_workflow',
    summary: "A workflow's graph, as ComfyUI takes it",
    answers: {
      200: { description: "ComfyUI's API form.", content: { 'application/json': { schema: { type: 'object' } } } },
    },
    failures: [404],
  }),
}
