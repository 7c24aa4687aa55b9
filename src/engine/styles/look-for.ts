import { createPlanes, type Planes } from '../media/planes.ts'
import { layInk } from '../kernels/lay.ts'
import { blendIn } from '../kernels/mix.ts'
import { type LookName, looks } from './looks.ts'
import { curve } from '../kernels/tone.ts'
import { bloom, grain, paper } from './passes.ts'
import type { StyleBrief } from './read-style.ts'
import type { Look, Pass, Studio } from './studio.ts'

const DRAWN: readonly LookName[] = ['pencil', 'charcoal', 'ink']
/** Looks that are what a picture of any kind is printed, shot or cut as. They come last. */
const SHOT: readonly LookName[] = ['noir', 'vintage', 'cyanotype', 'infrared', 'neon']
const CUT: readonly LookName[] = ['pixel art', 'stained glass', 'low poly', 'risograph', 'comic']
/** Light that paper would take for its own and expose away: it falls on the finished picture. */
const LATE: readonly LookName[] = ['night', 'rain', 'fog']

/** What is made by hand has the grit of its paper, which stands still; what is shot has the grain of film. */
const MADE: readonly LookName[] = [...DRAWN, ...CUT, 'watercolour', 'oil', 'gouache', 'anime']
const tooth = curve((value) => 60 + 195 * Math.sin((Math.PI * value) / 255))

type Mix = (into: Planes, other: Planes) => void

/** A drawing over paint: its lines darken, its paper is the paint. */
const multiply: Mix = (into, other) => layInk(into.y, other.y, 56, 206)

const halve: Mix = (into, other) => blendIn(into.bytes, other.bytes, 0.5)

/** Does two looks side by side from the same picture, and mixes what they made. */
const beside = (studio: Studio, first: LookName, second: LookName, mix: Mix): Pass[] => {
  const one = looks[first](studio)
  const other = looks[second](studio)
  const copy = createPlanes(studio.width, studio.height, studio.shift)
  return [
    (planes, time, index) => {
      copy.bytes.set(planes.bytes)
      for (const pass of one) pass(planes, time, index)
      for (const pass of other) pass(copy, time, index)
      mix(planes, copy)
    },
  ]
}

const media = (studio: Studio, look: LookName, second: LookName | undefined): Pass[] => {
  if (second === undefined) return looks[look](studio)
  for (const last of [SHOT, CUT]) {
    if (last.includes(second)) return [...looks[look](studio), ...looks[second](studio)]
    if (last.includes(look)) return [...looks[second](studio), ...looks[look](studio)]
  }
  if (DRAWN.includes(second) && !DRAWN.includes(look)) return beside(studio, look, second, multiply)
  if (DRAWN.includes(look) && !DRAWN.includes(second)) return beside(studio, second, look, multiply)
  return beside(studio, look, second, halve)
}

/** Everything that a prompt names: its look, another one mixed into it, the light it is seen in, and its texture. */
export const lookFor =
  (brief: StyleBrief): Look =>
  (studio) => {
    const { look, second, light, texture } = brief
    const made = media(studio, look, second)
    const lit = light === undefined ? [] : looks[light](studio)
    const isShot = !MADE.includes(look)
    const isLate = light !== undefined && LATE.includes(light) && !SHOT.includes(look)
    return [
      ...(isLate ? [...made, ...lit] : [...lit, ...made]),
      ...(texture === 'grit' ? [isShot ? grain(studio, 26) : paper(studio, 30, tooth, 128)] : []),
      ...(texture === 'glow' ? [bloom(studio, 0.35, 140, 60)] : []),
    ]
  }
