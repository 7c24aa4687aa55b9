import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { DecartSDKError } from '../../client/index.ts'
import { routes } from '../../shared/routes.ts'
import {
  type WorkflowChoices,
  type WorkflowDetail,
  workflowDetailSchema,
  type WorkflowList,
  workflowListSchema,
} from '../../shared/workflows.ts'
import { fetchJson } from './fetch-json.ts'
import { refreshModels } from './models.ts'
import { refreshRenderers } from './renderers.ts'
import { sendJson } from './send-json.ts'

/** A workflow that is kept, by its name, or one that a file carries. */
export type WorkflowSource = { file: File } | { slug: string }

/** The workflows that are kept, and what of them cannot be read. */
export const workflowsOptions = queryOptions({
  queryKey: ['workflows'],
  queryFn: ({ signal }) => fetchJson<WorkflowList>(routes.workflows, workflowListSchema, signal),
  staleTime: 10_000,
  retry: false,
})

/** What the server makes of the workflow in a file, without keeping it. Rejects with a DecartSDKError that says why not. */
const inspect = async (file: File, signal: AbortSignal): Promise<WorkflowDetail> => {
  const body = new FormData()
  body.set('file', file, file.name)
  return workflowDetailSchema.parse(await sendJson('POST', `${routes.workflows}?save=false`, body, signal))
}

let inspected = 0
const numbers = new WeakMap<File, number>()

/** Two files of the same name are not the same file. */
const numberOf = (file: File): number => {
  const number = numbers.get(file) ?? ++inspected
  numbers.set(file, number)
  return number
}

/** A workflow in full: what is kept, or what a file carries. */
export const workflowOptions = (of: WorkflowSource) =>
  queryOptions({
    queryKey: ['workflow', 'slug' in of ? of.slug : numberOf(of.file)],
    queryFn: ({ signal }) =>
      'slug' in of
        ? fetchJson<WorkflowDetail>(routes.workflow(of.slug), workflowDetailSchema, signal)
        : inspect(of.file, signal),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })

/** Looks at everything again that hangs on the workflows there are. */
const useAfterChange = () => {
  const queryClient = useQueryClient()
  return async () => {
    // What runs a workflow knows of it once it has looked again, which nobody shall have to wait for.
    await sendJson('POST', routes.rendererCheck('comfyui')).catch(() => undefined)
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: workflowsOptions.queryKey }),
      queryClient.invalidateQueries({ queryKey: ['workflow'] }),
      refreshModels(queryClient),
      refreshRenderers(queryClient),
    ])
  }
}

/** Keeps a workflow, or changes one that is kept: its name, what its inputs are for, and which of them the form shows. */
export const useSaveWorkflow = () => {
  const afterChange = useAfterChange()
  return useMutation<WorkflowDetail, DecartSDKError, { detail: WorkflowDetail; choices: WorkflowChoices }>({
    mutationFn: async ({ detail, choices }) =>
      workflowDetailSchema.parse(
        await (detail.saved
          ? sendJson('PUT', routes.workflow(detail.slug), choices)
          : sendJson('POST', routes.workflows, {
              ...choices,
              graph: detail.graph,
              notes: detail.notes,
              downloads: detail.downloads,
            })),
      ),
    onSuccess: afterChange,
    retry: false,
  })
}

/** Forgets a workflow. Takes that were made with it stay. */
export const useDeleteWorkflow = () => {
  const afterChange = useAfterChange()
  return useMutation<unknown, DecartSDKError, string>({
    mutationFn: (slug) => sendJson('DELETE', routes.workflow(slug)),
    onSuccess: afterChange,
    retry: false,
  })
}
