import { readDetails } from './details.ts'
import type { SceneBrief } from './scene-brief.ts'
import { readWords } from './words.ts'

/** A brief that asks for a man who stands and looks on, where it asks for no figures. */
export const withOnlooker = (brief: SceneBrief): SceneBrief => {
  if (brief.figures.size > 0) return brief
  const words = readWords('a man standing')
  return { ...brief, figures: new Set(['people']), words, details: readDetails(words) }
}
