import { setImmediate as nextTurn } from 'node:timers/promises'
import type { KnownTask } from '../../shared/models/define.ts'
import { PLAIN } from '../../shared/media.ts'
import type { PromptReading } from '../../shared/prompt-reading.ts'
import { readingOf } from './reading.ts'

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu

/** Words that are looked at one by one: a longer prompt is read whole, and its end is not marked. */
const MOST_WORDS = 60
/** Words between two pauses: each takes a millisecond or two, and the server has others to serve. */
const AT_ONCE = 5

/** A reference that is said to be there: its content is nothing to the words. */
const REFERENCE = {
  path: '',
  media: {
    kind: 'image',
    mime_type: 'image/png',
    width: 1,
    height: 1,
    duration: null,
    fps: null,
    codec: 'png',
    has_audio: false,
    ...PLAIN,
  },
} as const

/**
 * What the engine takes a prompt to say, and which of its words say it: those without which it would be read another
 * way, and those that say something by themselves, for of two words for snow either can go. Nothing is drawn for it.
 */
export const readPrompt = async (task: KnownTask, prompt: string, hasReference: boolean): Promise<PromptReading> => {
  const sources = hasReference ? { reference_image: REFERENCE } : {}
  const read = (text: string) => readingOf({ task, prompt: text, sources, fps: 25, trajectory: undefined })
  const told = (text: string) => JSON.stringify(read(text))
  const reading = read(prompt)
  const whole = JSON.stringify(reading)
  const nothing = told('')
  const known: [number, number][] = []
  const words = [...prompt.matchAll(WORD)].slice(0, MOST_WORDS)
  for (const [at, { 0: word, index }] of words.entries()) {
    const without = `${prompt.slice(0, index)} ${prompt.slice(index + word.length)}`
    if (told(without) !== whole || told(word) !== nothing) known.push([index, index + word.length])
    if (at % AT_ONCE === AT_ONCE - 1) await nextTurn()
  }
  return { reading, known }
}
