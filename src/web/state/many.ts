import { create } from 'zustand'
import type { FileResource } from '../../shared/media.ts'
import { fieldsOf } from '../../shared/models/describe.ts'
import type { Model } from '../../shared/models/index.ts'
import { slotOf } from './draft.ts'

/** One of several files for a field: on its way, on the server, or of no use and why. */
export type OneOfMany =
  | { state: 'sending'; name: string }
  | { state: 'here'; name: string; file: FileResource }
  | { state: 'refused'; name: string; reason: string }

/** Several files that one field was given, of each of which a take is to be made. */
export type Many = { slot: string; files: readonly OneOfMany[]; controller: AbortController }

export const useMany = create<{ many: Many | null }>()(() => ({ many: null }))

/** Ends the sending of what is still on its way: from now on the field has its one file alone. */
export const forgetMany = (): void => {
  useMany.getState().many?.controller.abort()
  useMany.setState({ many: null })
}

/** Those of them that the server has. */
export const filesHere = (files: readonly OneOfMany[]): FileResource[] =>
  files.flatMap((each) => (each.state === 'here' ? [each.file] : []))

/** The several files for a field of this model; null where there are none. */
export const manyFor = (many: Many | null, model: Pick<Model, 'id' | 'input'>): Many | null =>
  many && fieldsOf(model).some((field) => slotOf(field) === many.slot) ? many : null

/** How many files takes are asked of: those that are here or still come, and one where a field has but one. */
export const countOf = (many: Many | null): number =>
  Math.max(1, many?.files.filter(({ state }) => state !== 'refused').length ?? 1)
