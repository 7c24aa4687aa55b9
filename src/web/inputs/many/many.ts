import { create } from 'zustand'
import type { FileResource } from '../../../shared/media.ts'

/** One of several files for a field: on its way, on the server, or of no use and why. */
export type OneOfMany =
  | { state: 'sending'; name: string }
  | { state: 'here'; name: string; file: FileResource }
  | { state: 'refused'; name: string; reason: string }

/** Several files that one field was given, of each of which a take is to be made. */
type Many = { slot: string; files: readonly OneOfMany[]; controller: AbortController }

export const useMany = create<{ many: Many | null }>()(() => ({ many: null }))

/** Ends the sending of what is still on its way: from now on the field has its one file alone. */
export const forgetMany = (): void => {
  useMany.getState().many?.controller.abort()
  useMany.setState({ many: null })
}

/** Those of them that the server has. */
export const filesHere = (files: readonly OneOfMany[]): FileResource[] =>
  files.flatMap((each) => (each.state === 'here' ? [each.file] : []))
