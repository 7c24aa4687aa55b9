import { lazy, Suspense } from 'react'
import { closeDialog, useDialogs } from './state/dialogs.ts'
import { ErrorBoundary } from './ui/error-boundary.tsx'

// No first look at the studio needs them.
const RenderersDialog = lazy(async () => ({
  default: (await import('./renderers/renderers-dialog.tsx')).RenderersDialog,
}))
const WorkflowDialog = lazy(async () => ({ default: (await import('./workflows/workflow-dialog.tsx')).WorkflowDialog }))
const WorkflowOffer = lazy(async () => ({ default: (await import('./workflows/workflow-offer.tsx')).WorkflowOffer }))

/** The dialog that is open over the studio, if one is. */
export const Dialogs = () => {
  const open = useDialogs((state) => state.open)
  return (
    <ErrorBoundary name="The dialog">
      <Suspense>
        {open?.name === 'renderers' && <RenderersDialog about={open.about} onClose={closeDialog} />}
        {open?.name === 'workflow' && (
          <WorkflowDialog
            key={'slug' in open.of ? open.of.slug : open.of.file.name}
            of={open.of}
            onClose={closeDialog}
          />
        )}
      </Suspense>
    </ErrorBoundary>
  )
}

/** What is offered to be opened. */
export const Offer = () => {
  const offered = useDialogs((state) => state.offered)
  return <Suspense>{offered && <WorkflowOffer file={offered} />}</Suspense>
}
