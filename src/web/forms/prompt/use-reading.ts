import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { expandAlternatives } from '../../../shared/alternatives.ts'
import type { Reading } from '../../../shared/job.ts'
import { PROMPT_MAX } from '../../../shared/models/fields.ts'
import { fieldsOf } from '../../../shared/models/describe.ts'
import type { Model } from '../../../shared/models/index.ts'
import { readingOptions } from '../../data/reading.ts'
import { type Draft, slotOf } from '../../state/draft.ts'
import { useStudio } from '../../state/studio.ts'
import { useMakers } from '../../state/wanted.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { afterEdit, type Mark, marksOf } from './marks.ts'
import { type WillDraw, willDraw } from './will-draw.ts'

/** How long a person is still writing after a key, in milliseconds. */
const WRITING = 250

/** What is known of the prompt: not at all where another than the local engine makes it. */
export type PromptKnown =
  | { state: 'elsewhere' }
  /** Nothing was written, or nothing is known yet. */
  | { state: 'unread'; marks: readonly Mark[] }
  /** With alternatives each prompt is another one: only the words are told. */
  | { state: 'several'; marks: readonly Mark[] }
  | { state: 'read'; marks: readonly Mark[]; said: WillDraw }

const hasValue = (model: Model, draft: Draft, control: 'path' | 'reference'): boolean =>
  fieldsOf(model).some(
    (field) =>
      (control === 'path' ? field.meta.control === 'path' : field.name === 'reference_image') &&
      draft[slotOf(field)] !== undefined,
  )

/** A text as it was read. */
type Read = { text: string; marks: readonly Mark[]; reading: Reading }
/** The last that was read, and the marks as they are by now, after what was written since. */
type Shown = { read: Read | null; text: string; marks: readonly Mark[] }

/** What the local engine knows of the prompt while it is written. Marks go with the words until newer ones are there. */
export const useReading = (model: Model, text: string): PromptKnown => {
  const { wanted } = useMakers(model)
  const hasPath = useStudio(({ draft }) => hasValue(model, draft, 'path'))
  const hasReference = useStudio(({ draft }) => hasValue(model, draft, 'reference'))
  // A path says by itself what moves.
  const local = wanted?.name === 'local' && model.task !== 'custom' && !hasPath
  const settled = useSettled(text, WRITING)
  const isAsked = local && settled.trim() !== '' && settled.length <= PROMPT_MAX
  const { data, isError } = useQuery({ ...readingOptions(model.id, settled, hasReference), enabled: isAsked })
  const fresh = useMemo<Read | null>(
    () => (data && isAsked ? { text: settled, marks: marksOf(settled, data.known), reading: data.reading } : null),
    [data, isAsked, settled],
  )
  const [shown, setShown] = useState<Shown>({ read: null, text: '', marks: [] })
  if (fresh && shown.read !== fresh) setShown({ read: fresh, text, marks: afterEdit(fresh.marks, fresh.text, text) })
  else if (shown.text !== text) setShown({ ...shown, text, marks: afterEdit(shown.marks, shown.text, text) })
  const { read, marks } = shown
  if (!local) return { state: 'elsewhere' }
  if (text.trim() === '' || !read || !isAsked || isError) return { state: 'unread', marks: [] }
  const expanded = expandAlternatives(text)
  if (!expanded.ok || expanded.prompts.length > 1) return { state: 'several', marks }
  return { state: 'read', marks, said: willDraw(model.task, read.reading, read.text, read.marks) }
}
