import { useQuery } from '@tanstack/react-query'
import { workflowsOptions } from '../data/workflows.ts'
import { showWorkflow } from '../state/dialogs.ts'
import { Button } from '../ui/button.tsx'
import { pickFiles } from '../ui/pick-files.ts'

/** What can carry a workflow. */
const CARRIERS = '.json,.png,.webp,.mp4,.webm,.mkv'

const add = () =>
  pickFiles(CARRIERS, ([file]) => {
    if (file) showWorkflow({ file })
  })

/** The person's own workflows, and the way to another. */
export const WorkflowList = () => {
  const { data } = useQuery(workflowsOptions)
  return (
    <div className="flex flex-col gap-2">
      <h4 className="text-xs font-medium text-faint">Your workflows</h4>
      {data && data.workflows.length > 0 && (
        <ul>
          {data.workflows.map(({ slug, name }) => (
            <li key={slug} className="flex items-center justify-between gap-3 py-1">
              <span className="verbatim min-w-0 truncate">{name}</span>
              <Button size="small" aria-label={`Edit ${name}`} onClick={() => showWorkflow({ slug })}>
                Edit…
              </Button>
            </li>
          ))}
        </ul>
      )}
      {data?.unreadable.map(({ file, reason }) => (
        <p key={file} className="verbatim text-xs break-words text-trouble">
          {file}: {reason}
        </p>
      ))}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="small" onClick={add}>
          Add a workflow…
        </Button>
        <span className="text-xs text-faint">
          A graph exported from ComfyUI (API), or a picture or clip that was made with one. Dropping it on the studio
          does the same.
        </span>
      </div>
    </div>
  )
}
