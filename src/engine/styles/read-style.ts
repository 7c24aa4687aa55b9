import { mentions, readWords } from '../prompt/words.ts'
import type { LookName } from './looks.ts'

/** Words that name a look. */
const WORDS: Readonly<Record<LookName, readonly string[]>> = {
  watercolour: ['watercolo*', 'aquarelle'],
  oil: ['oil', 'impressionis*'],
  noir: ['noir', 'black and white'],
  vintage: ['vintage', 'sepia'],
}

export const readStyle = (prompt: string, seed: number): { look: LookName } => {
  const words = readWords(prompt)
  const names = Object.keys(WORDS) as LookName[]
  return { look: names.find((name) => mentions(words, WORDS[name])) ?? names[seed % names.length] ?? 'oil' }
}
