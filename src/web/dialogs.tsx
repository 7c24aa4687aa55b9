import { closeDialog, useDialogs } from './state/dialogs.ts'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { later } from './ui/later.tsx'

// No first look at the studio needs them.
const RenderersDialog = later(async () => (await import('./renderers/renderers-dialog.tsx')).RenderersDialog)
const WorkflowDialog = later(async () => (await import('./workflows/workflow-dialog.tsx')).WorkflowDialog)
const QueueDialog = later(async () => (await import('./queue/queue-dialog.tsx')).QueueDialog)
const SettingsDialog = later(async () => (await import('./settings/settings-dialog.tsx')).SettingsDialog)
const AccountDialog = later(async () => (await import('./account/account-dialog.tsx')).AccountDialog)
const PeopleDialog = later(async () => (await import('./account/people-dialog.tsx')).PeopleDialog)
const Palette = later(async () => (await import('./commands/palette.tsx')).Palette)
const CodeDialog = later(async () => (await import('./recall/code-dialog.tsx')).CodeDialog)
const KeysDialog = later(async () => {
  const [{ KeysDialog: Shown }, { PART_KEYS }] = await Promise.all([
    import('./commands/keys-dialog.tsx'),
    import('./part-keys.ts'),
  ])
  return ({ onClose }: { onClose: () => void }) => <Shown more={PART_KEYS} onClose={onClose} />
})
const WorkflowOffer = later(async () => (await import('./workflows/workflow-offer.tsx')).WorkflowOffer)

/** The dialog that is open over the studio, if one is. */
export const Dialogs = () => {
  const open = useDialogs((state) => state.open)
  return (
    <ErrorBoundary name="The dialog">
      {open?.name === 'renderers' && <RenderersDialog about={open.about} onClose={closeDialog} />}
      {open?.name === 'queue' && <QueueDialog onClose={closeDialog} />}
      {open?.name === 'code' && <CodeDialog take={open.of} onClose={closeDialog} />}
      {open?.name === 'settings' && <SettingsDialog onClose={closeDialog} />}
      {open?.name === 'account' && <AccountDialog onClose={closeDialog} />}
      {open?.name === 'people' && <PeopleDialog onClose={closeDialog} />}
      {open?.name === 'palette' && <Palette onClose={closeDialog} />}
      {open?.name === 'keys' && <KeysDialog onClose={closeDialog} />}
      {open?.name === 'workflow' && (
        <WorkflowDialog key={'slug' in open.of ? open.of.slug : open.of.file.name} of={open.of} onClose={closeDialog} />
      )}
    </ErrorBoundary>
  )
}

/** What is offered to be opened. */
export const Offer = () => {
  const offered = useDialogs((state) => state.offered)
  return offered && <WorkflowOffer file={offered} />
}
