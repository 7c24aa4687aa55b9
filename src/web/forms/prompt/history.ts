import { z } from 'zod'
import { PROMPT_MAX } from '../../../shared/models/fields.ts'
import { stored } from '../../state/stored.ts'

const MAX_PROMPTS = 100

const kept = stored('rushes.prompts', z.array(z.string().max(PROMPT_MAX * 2)), [])

/** What was asked for, each once, the last first. */
export const readPrompts = (): readonly string[] => kept.read()

/** Keeps a prompt that was asked for. */
export const rememberPrompt = (prompt: string): void => {
  const text = prompt.trim()
  if (text !== '') kept.write([text, ...readPrompts().filter((each) => each !== text)].slice(0, MAX_PROMPTS))
}

/** Where a person is in the prompts of before: which of them stands in the field, and what was written there. */
export type Walk = { prompts: readonly string[]; at: number; written: string }

/** Begins with what is written, or goes one back; null where there is nothing further back. */
export const further = (walk: Walk | null, text: string): Walk | null => {
  const from = walk ?? { prompts: readPrompts(), at: -1, written: text }
  // What stands there already would change nothing.
  const at = from.prompts.findIndex((prompt, index) => index > from.at && prompt !== text.trim())
  return at < 0 ? null : { ...from, at }
}

/** One nearer to what was written; that itself, as a place of -1, at last. */
export const nearer = (walk: Walk): Walk => {
  const at = walk.at - 1
  return at >= 0 && walk.prompts[at] === walk.written.trim() ? { ...walk, at: at - 1 } : { ...walk, at }
}

export const textAt = ({ prompts, at, written }: Walk): string => prompts[at] ?? written
