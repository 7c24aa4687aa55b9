import { useState } from 'react'
import type { WorkflowDetail } from '../../shared/workflows.ts'
import { useDeleteWorkflow } from '../data/workflows.ts'
import { Button } from '../ui/button.tsx'
import { saveText } from '../ui/save-text.ts'

/** What can be done with a workflow that is kept: take it away as a file of ComfyUI's, or forget it. */
export const KeptActions = ({ detail, onDeleted }: { detail: WorkflowDetail; onDeleted: () => void }) => {
  const [asked, setAsked] = useState(false)
  const forget = useDeleteWorkflow()
  const act = () => {
    if (!asked) setAsked(true)
    else forget.mutate(detail.slug, { onSuccess: onDeleted })
  }
  return (
    <>
      {forget.error && (
        <span role="alert" className="text-trouble">
          {forget.error.message}
        </span>
      )}
      <Button
        data-tip="As ComfyUI reads it: its API form"
        onClick={() => saveText(`${detail.slug}.json`, 'application/json', JSON.stringify(detail.graph, null, 2))}
      >
        Export
      </Button>
      <Button
        className="text-trouble"
        data-tip="Takes that were made with it stay"
        aria-disabled={forget.isPending || undefined}
        onClick={() => !forget.isPending && act()}
      >
        {asked ? 'Really delete it' : 'Delete'}
      </Button>
    </>
  )
}
