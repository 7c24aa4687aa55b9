import { z } from 'zod'
import { type Choice, GROUP, newChoice, type Verdict } from '../../compare/choose.ts'
import { isOneOf, numbers } from './link-numbers.ts'

const LETTERS: Record<Verdict, string> = { undecided: 'u', kept: 'k', rejected: 'r' }
const verdictOf = (letter: string): Verdict => (letter === 'k' ? 'kept' : letter === 'r' ? 'rejected' : 'undecided')

/** What an address' fragment says of a choice, by name; nothing of how it came about, so that it cannot be undone there. */
export const choiceWords = ({
  verdicts,
  round,
  passed,
  shown,
  waiting,
  stopped,
  blind,
  letters,
}: Choice): Record<string, string> => ({
  verdicts: verdicts.map((verdict) => LETTERS[verdict]).join(''),
  shown: shown.join(),
  ...(round > 1 && { round: String(round) }),
  ...(passed.length > 0 && { passed: passed.join() }),
  ...(waiting.length > 0 && { waiting: waiting.join() }),
  ...(stopped && { stopped: 'on' }),
  ...(blind && { letters: letters.join() }),
})

/** The fields of a choice in a link. */
export const choiceFields = {
  verdicts: z
    .string()
    .regex(/^[ukr]+$/)
    .optional(),
  shown: numbers.optional(),
  round: z
    .string()
    .regex(/^[1-9]\d?$/)
    .transform(Number)
    .optional(),
  passed: numbers.optional(),
  waiting: numbers.optional(),
  stopped: z.literal('on').optional(),
  letters: numbers.optional(),
}

const schema = z.object(choiceFields)

/** The choice among `count` sides that a link asks for; null where it asks for none, undefined where that makes no sense. */
export const choiceOf = (said: z.output<typeof schema>, count: number): Choice | null | undefined => {
  if (said.verdicts === undefined) return null
  const usual = newChoice(count)
  const { shown = usual.shown, passed = [], waiting = [], letters = usual.letters, round = 1 } = said
  const verdicts = [...said.verdicts].map(verdictOf)
  if (verdicts.length !== count || shown.length === 0 || shown.length > GROUP) return undefined
  if (!isOneOf([...passed, ...shown, ...waiting], count)) return undefined
  if (!isOneOf(letters, count) || letters.length !== count) return undefined
  const blind = said.letters !== undefined
  return { ...usual, verdicts, shown, passed, waiting, letters, round, blind, stopped: said.stopped === 'on' }
}
