import { createPlanes } from '../kernels/planes.ts'
import { type DrawnName, drawnOver } from './looks/drawings.ts'
import { blendIn } from '../kernels/mix.ts'
import { type LookName, looks } from './looks.ts'
import { bloom, grain, paper, softFocus } from './passes.ts'
import type { StyleBrief } from './read-style.ts'
import type { Look, Pass, LookContext } from './look-context.ts'

/** Looks that are what a picture of any kind is printed, shot or cut as. They come last. */
const SHOT: readonly LookName[] = ['noir', 'vintage', 'cyanotype', 'infrared', 'neon']
const CUT: readonly LookName[] = ['pixel art', 'stained glass', 'low poly', 'risograph', 'comic']
/** Light that paper would take for its own and expose away: it falls on the finished picture. */
const LATE: readonly LookName[] = ['night', 'rain', 'fog']

/** What is made by hand has the grit of its paper, which stands still; what is shot has the grain of film. */
const MADE: readonly LookName[] = [...CUT, 'pencil', 'charcoal', 'ink', 'watercolour', 'oil', 'gouache', 'anime']

/** Does two looks side by side from the same picture, and mixes what they made half and half. */
const beside = (context: LookContext, first: LookName, second: LookName): Pass[] => {
  const one = looks[first](context)
  const other = looks[second](context)
  const copy = createPlanes(context.width, context.height, context.shift)
  return [
    (planes, time, index) => {
      copy.bytes.set(planes.bytes)
      for (const pass of one) pass(planes, time, index)
      for (const pass of other) pass(copy, time, index)
      blendIn(planes.bytes, copy.bytes, 0.5)
    },
  ]
}

const isDrawn = (look: LookName): look is DrawnName => look === 'ink' || look === 'pencil' || look === 'charcoal'

const media = (context: LookContext, look: LookName, second: LookName | undefined): Pass[] => {
  if (second === undefined) return looks[look](context)
  for (const last of [SHOT, CUT]) {
    if (last.includes(second)) return [...looks[look](context), ...looks[second](context)]
    if (last.includes(look)) return [...looks[second](context), ...looks[look](context)]
  }
  if (isDrawn(second) && !isDrawn(look)) return drawnOver(context, second, looks[look](context))
  if (isDrawn(look) && !isDrawn(second)) return drawnOver(context, look, looks[second](context))
  return beside(context, look, second)
}

/** How much a reference's light counts for a look, 0 to 1: what is made by hand has the paper's own. */
export const lightOf = (look: LookName): number => (look === 'plain' ? 0.5 : MADE.includes(look) ? 0 : 0.25)

/** Everything that a prompt names: its look, another one mixed into it, the light it is seen in, and its texture. */
export const lookFor =
  (brief: StyleBrief): Look =>
  (context) => {
    const { look, second, light, texture } = brief
    const made = media(context, look, second)
    const lit = light === undefined ? [] : looks[light](context)
    const isShot = !MADE.includes(look)
    const isLate = light !== undefined && LATE.includes(light) && !SHOT.includes(look)
    return [
      ...(isLate ? [...made, ...lit] : [...lit, ...made]),
      ...(texture === 'grit' ? [isShot ? grain(context, 26) : paper(context, 26, 'everywhere', 128)] : []),
      ...(texture === 'glow' ? [bloom(context, 0.35, 140, 60), softFocus(context, 0.5, 5)] : []),
    ]
  }
