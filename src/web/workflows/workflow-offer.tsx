import { Workflow, X } from 'lucide-react'
import { offerWorkflow, showWorkflow } from '../state/dialogs.ts'
import { Button, IconButton } from '../ui/button.tsx'

/** Says that a file which was brought in carries a workflow, and offers to run that here. */
export const WorkflowOffer = ({ file }: { file: File }) => (
  <p
    role="status"
    aria-label="Workflow found"
    className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-raised py-1 pr-2 pl-4"
  >
    <Workflow size={16} strokeWidth={1.5} className="shrink-0 text-soft" aria-hidden />
    <span className="verbatim min-w-0 flex-1 basis-48 py-1 break-words">{file.name} carries a ComfyUI workflow.</span>
    <Button size="small" onClick={() => showWorkflow({ file })}>
      Run this workflow here
    </Button>
    <IconButton label="Dismiss" onClick={() => offerWorkflow(null)}>
      <X size={16} aria-hidden />
    </IconButton>
  </p>
)
