import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { expandAlternatives } from '../../../shared/alternatives.ts'
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

type Read = { text: string; marks: readonly Mark[] }
const NOTHING: Read = { text: '', marks: [] }

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
  const [shown, setShown] = useState<{ data: typeof data; read: Read }>({ data: undefined, read: NOTHING })
  const fresh = useMemo(
    () => (data && isAsked ? { text: settled, marks: marksOf(settled, data.known) } : null),
    [data, isAsked, settled],
  )
  if (fresh && shown.read !== fresh) setShown({ data, read: fresh })
  const { read } = shown
  if (!local) return { state: 'elsewhere' }
  if (text.trim() === '' || !shown.data || !isAsked || isError) return { state: 'unread', marks: [] }
  const marks = afterEdit(read.marks, read.text, text)
  const expanded = expandAlternatives(text)
  if (!expanded.ok || expanded.prompts.length > 1) return { state: 'several', marks }
  return { state: 'read', marks, said: willDraw(model.task, shown.data.reading, read.text, read.marks) }
}
