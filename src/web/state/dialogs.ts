import { create } from 'zustand'
import type { RendererName } from '../../shared/job.ts'
import type { Take } from '../data/take.ts'

/**
 * A dialog over the studio. A workflow is looked at as it comes in a file, or by its name once it is kept; code is that of
 * a take, or of the form as it stands.
 */
export type Dialog =
  | { name: 'renderers'; about: RendererName | null }
  | { name: 'workflow'; of: { file: File } | { slug: string } }
  | { name: 'code'; of: Take | null }
  | { name: 'settings' | 'keys' | 'palette' | 'queue' | 'account' | 'people' }

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
export const showDialog = (name: 'settings' | 'keys' | 'palette' | 'queue' | 'account' | 'people'): void =>
  useDialogs.setState({ open: { name } })

/** Opens a take as code, or, without one, what stands in the form. */
export const showCode = (of: Take | null): void => useDialogs.setState({ open: { name: 'code', of } })

export const closeDialog = (): void => useDialogs.setState({ open: null })

/** Says that a file carries a workflow; null takes that back. */
export const offerWorkflow = (offered: File | null): void => useDialogs.setState({ offered })
