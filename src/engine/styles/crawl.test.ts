import { expect, it } from 'vitest'
import { createPlanes, type Planes } from '../kernels/planes.ts'
import { STYLE_PROMPTS } from '../testing/prompts.ts'
import { drawStill, toClipPlanes } from '../testing/stills.ts'
import { createStyle } from './create-style.ts'

const WIDTH = 480
const HEIGHT = 270
/** Pixels from frame to frame. */
const PACE = 2
const FRAMES = 9
const FROM = 5

const LONG = toClipPlanes(drawStill(WIDTH + 40, HEIGHT + 2))

/** What a camera sees that pans over a picture. */
const view = (left: number): Planes => {
  const planes = createPlanes(WIDTH, HEIGHT, 1)
  const copy = (from: Uint8Array, across: number, to: Uint8Array, width: number, shift: number): void => {
    for (let row = 0; row * width < to.length; row++)
      to.set(from.subarray(row * across + shift, row * across + shift + width), row * width)
  }
  copy(LONG.y, LONG.width, planes.y, WIDTH, left)
  copy(LONG.u, LONG.chromaWidth, planes.u, planes.chromaWidth, left / 2)
  copy(LONG.v, LONG.chromaWidth, planes.v, planes.chromaWidth, left / 2)
  return planes
}
const PAN = Array.from({ length: FRAMES }, (_, index) => view(index * PACE))

/** Mean change of luma from frame to frame, once a look has settled. */
const change = (frames: readonly Uint8Array[]): number => {
  let sum = 0
  for (let index = FROM; index < FRAMES; index++) {
    const [one, other] = [frames[index - 1], frames[index]]
    for (let at = 0; at < WIDTH * HEIGHT; at++) sum += Math.abs((one?.[at] ?? 0) - (other?.[at] ?? 0))
  }
  return sum / WIDTH / HEIGHT / (FRAMES - FROM)
}
const OWN = change(PAN.map(({ y }) => y))

// Lines and dots have more contrast than what they draw, and so change by more; what crawled would by ten times as much.
it.each(Object.entries(STYLE_PROMPTS))('%s does not crawl under a slow pan', (look, prompt) => {
  const style = createStyle({ prompt, seed: 5, width: WIDTH, height: HEIGHT })
  const made = PAN.map((planes, index) => style.apply(planes, index / 25, index).y.slice())
  expect(change(made)).toBeLessThan(OWN * (look === 'rain' ? 5 : 3.6))
})
