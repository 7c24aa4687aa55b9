import { readTransitionBrief, type TransitionKind, TRANSITIONS } from '../../src/engine/prompt/transition-brief.ts'
import { STYLE_PROMPTS, TRANSITION_PROMPTS } from '../../src/engine/testing/prompts.ts'

/** One job: what is asked for, and which fields have a file. A path goes over the picture of a figure. */
export type Case = { title: string; model: string; prompt: string; files: string[]; trajectory?: string }

const generated = (place: string, prompt: string): Case => ({
  title: `text to video: ${place}`,
  model: 'lucy-pro-t2v',
  prompt,
  files: [],
})
const animated = (motion: string, prompt: string): Case => ({
  title: `image to video: ${motion}`,
  model: 'lucy-pro-i2v',
  prompt,
  files: ['data'],
})
const along = (what: string, x: number, y: number): Case => ({
  title: `along a path: ${what}`,
  model: 'lucy-motion',
  prompt: '',
  files: ['data'],
  trajectory: JSON.stringify([
    { frame: 0, x, y },
    { frame: 60, x: 0.6, y: 0.35 },
    { frame: 124, x: 0.8, y: 0.6 },
  ]),
})
/** The first prompt that asks for each. */
const transitionPrompt = (kind: TransitionKind): string =>
  TRANSITION_PROMPTS.find((prompt) => readTransitionBrief(prompt).kind === kind) ?? kind
const between = (title: string, prompt: string): Case => ({
  title: `transition: ${title}`,
  model: 'lucy-pro-flf2v',
  prompt,
  files: ['start', 'end'],
})
const edit = ([look, prompt]: readonly [string, string]): Case => ({
  title: `edit: ${look}`,
  model: 'lucy-pro-v2v',
  prompt,
  files: ['data'],
})

/** What the local engine is measured at. */
export const CASES: Case[] = [
  generated('lake', 'A serene lake at sunset with mountains'),
  generated('city', 'A neon city at night in the rain'),
  generated('forest', 'A forest in the morning'),
  generated('sea', 'A sailboat on a calm sea at sunrise'),
  generated('meadow', 'Poppy fields in summer under a blue sky'),
  generated('desert', 'Camels crossing the Sahara at golden hour'),
  generated('mountains', 'Misty mountains at dawn, birds'),
  generated('snowfield', 'Northern lights over the frozen Arctic'),
  generated('reef', 'A coral reef full of fish, sunlight from above'),
  generated('space', 'A spiral galaxy with shooting stars'),
  generated('interior', 'A cozy living room with a fireplace at night'),
  generated('abstract', 'Abstract flowing silk in teal and gold'),
  generated('pond', 'A pond with koi under maple trees in autumn'),
  generated('street', 'Rainy street in Tokyo at night, neon reflections'),
  generated('waterfall', 'A waterfall in the jungle'),
  animated('wind', 'Animate with gentle motion and wind'),
  animated('clouds', 'Clouds drift and water ripples'),
  animated('rain', 'Heavy rain'),
  along('a figure', 0.435, 0.66),
  along('a place', 0.1, 0.2),
  ...TRANSITIONS.map((kind) => between(kind, transitionPrompt(kind))),
  ...Object.entries(STYLE_PROMPTS).map(edit),
  ...['watercolour and ink', 'a blue comic in film noir'].map((prompt) => edit([prompt, prompt])),
]

/** Rendered at 1080p for the child's memory. */
export const LARGE = CASES.filter(({ title }) =>
  /lake|city|forest|meadow|: wind|: a figure|morph|edit: (watercolour|oil|stained glass)$/.test(title),
)

/** Rendered once more by a child that has loaded nothing. */
export const COLD = CASES.filter(({ title }) =>
  /lake|forest|interior|wind|a figure|morph|edit: (watercolour|oil)$/.test(title),
)

/** Begun, and then cancelled. */
export const CANCELLED: Case = { title: 'cancelled', model: 'lucy-pro-v2v', prompt: 'watercolour', files: ['data'] }
