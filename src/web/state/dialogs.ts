import { create } from 'zustand'
import type { RendererName } from '../../shared/job.ts'

/** A dialog over the studio. A workflow is looked at as it comes in a file, or by its name once it is kept. */
export type Dialog =
  | { name: 'renderers'; about: RendererName | null }
  | { name: 'workflow'; of: { file: File } | { slug: string } }
  | { name: 'settings' | 'keys' | 'palette' | 'queue' }

type Dialogs = {
  open: Dialog | null
  /** A file that carries a workflow, which the person may want to run here. */
  offered: File | null
}

export const useDialogs = create<Dialogs>()(() => ({ open: null, offered: null }))

/** Opens the dialog of renderers, at the one that it is about. */
export const showRenderers = (about: RendererName | null = null): void =>
  useDialogs.setState({ open: { name: 'renderers', about } })

/** Opens the dialog of a workflow; an offer of it is thereby taken. */
export const showWorkflow = (of: { file: File } | { slug: string }): void =>
  useDialogs.setState({ open: { name: 'workflow', of }, offered: null })

/** Opens a dialog that is about nothing in particular. */
export const showDialog = (name: 'settings' | 'keys' | 'palette' | 'queue'): void =>
  useDialogs.setState({ open: { name } })

export const closeDialog = (): void => useDialogs.setState({ open: null })

/** Says that a file carries a workflow; null takes that back. */
export const offerWorkflow = (offered: File | null): void => useDialogs.setState({ offered })
