import { assumedOf, choicesOf, type Field, fieldsOf } from '../../../shared/models/describe.ts'
import type { FileResource } from '../../../shared/media.ts'
import type { Model } from '../../../shared/models/index.ts'
import { type Draft, isFile, mainSlotFor, setSlot, slotOf } from '../../state/draft.ts'
import { SEED } from '../../state/seed.ts'
import { andList } from '../../ui/and-list.ts'

/** What becomes of a form's values with another model. */
export type Move = {
  /** Files that go to another field of their kind: slot → file. */
  carried: readonly (readonly [slot: string, file: FileResource])[]
  /** Titles of what says something that the other model has no field, or no such choice, for. */
  left: readonly string[]
}

const saysSomething = (field: Field, draft: Draft): boolean => {
  const value = draft[slotOf(field)]
  return value !== undefined && value !== assumedOf(field)
}

const takes = (model: Model, field: Field, draft: Draft): boolean => {
  const same = fieldsOf(model).find((each) => slotOf(each) === slotOf(field))
  if (!same) return false
  return same.meta.control !== 'choice' || choicesOf(same).includes(String(draft[slotOf(same)]))
}

/** Prompt and media that fit stay where they are; a file goes to the first empty field that needs one. */
export const moveTo = (draft: Draft, from: Model, to: Model): Move => {
  const carried: [string, FileResource][] = []
  const left: string[] = []
  let after = draft
  for (const field of fieldsOf(from)) {
    const value = draft[slotOf(field)]
    // The seed says itself that it goes.
    if (slotOf(field) === SEED || !saysSomething(field, draft) || takes(to, field, draft)) continue
    const slot =
      isFile(value) && field.meta.control === 'media' ? mainSlotFor(to, after, field.meta.accepts) : undefined
    if (isFile(value) && slot !== undefined && after[slot] === undefined) {
      carried.push([slot, value])
      after = setSlot(after, slot, value)
    } else left.push(field.meta.title)
  }
  return { carried, left }
}

/** `Orientation does not apply here.` */
export const leftWords = (left: readonly string[]): string =>
  `${andList(left)} ${left.length === 1 ? 'does' : 'do'} not apply here.`
