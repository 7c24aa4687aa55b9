import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openWriter } from '../../src/engine/media/clip-writer.ts'
import type { Pixels } from '../../src/engine/frames.ts'
import { writeStillOf } from '../../src/engine/media/pictures.ts'
import { drawScene } from '../../src/engine/scenes/scene.ts'
import { createStyle } from '../../src/engine/styles/create-style.ts'
import { toClipPlanes, toPixels } from '../../src/engine/testing/stills.ts'
import { type Loop, LOOPS } from '../../src/web/stage/loop-list.ts'
import { root } from '../root.mjs'
import { toTile } from './sheet.ts'

/** Drawn at this size, shown at half of it. */
const DRAWN = { width: 960, height: 540 }
const WIDTH = 480
const FPS = 25
const SECONDS = 4
/** Frames in which the end goes over into the beginning. */
const OVER = 15
/** They lie on a page: small counts for more than fine. */
const QUALITY = 30

const mix = (from: Pixels, to: Pixels, share: number): Pixels => ({
  ...from,
  data: from.data.map((value, at) => value + ((to.data[at] ?? value) - value) * share),
})

/** Where the wipe stands, 0 to 1 from the left: to and fro once in the loop, slow at its ends. */
const wipeAt = (progress: number): number => 0.5 - 0.34 * Math.cos(2 * Math.PI * progress)

/** The picture left of the edge, the painting right of it, and a light line between them. */
const wiped = (picture: Pixels, painting: Pixels, at: number): Pixels => {
  const { width, height } = picture
  const data = new Uint8Array(picture.data)
  const edge = Math.round(at * width)
  for (let y = 0; y < height; y++)
    for (let x = edge; x < width; x++)
      for (let channel = 0; channel < 3; channel++) {
        const place = (y * width + x) * 4 + channel
        data[place] = x < edge + 2 ? 235 : (painting.data[place] ?? 0)
      }
  return { width, height, data }
}

const frames = async ({ prompt, seed, style }: Loop): Promise<Pixels[]> => {
  const length = SECONDS * FPS
  const scene = drawScene({ prompt, seed, ...DRAWN, fps: FPS, seconds: (length + OVER) / FPS })
  const look = style === undefined ? null : createStyle({ prompt: style, seed, ...DRAWN })
  const drawn: Pixels[] = []
  for (let at = 0; at < length + OVER; at++) {
    const picture: Pixels = { ...DRAWN, data: Uint8Array.from(scene.draw(at)) }
    const small = await toTile(picture, WIDTH)
    if (!look) drawn.push(small)
    else {
      const painting = await toTile(toPixels(look.apply(toClipPlanes(picture), at, at / FPS)), WIDTH)
      // The wipe has gone once round when the loop begins again.
      drawn.push(wiped(small, painting, wipeAt(at / length)))
    }
  }
  return drawn.slice(0, length).map((frame, at) => {
    const late = drawn[length + at]
    return late && at < OVER ? mix(late, frame, (at + 1) / (OVER + 1)) : frame
  })
}

/** Draws the loops of the empty stage into public/welcome, each with its first frame as a still; answers their sizes. */
export const writeWelcome = async (): Promise<string> => {
  const folder = join(root, 'public/welcome')
  await mkdir(folder, { recursive: true })
  const sizes: string[] = []
  for (const loop of LOOPS) {
    const all = await frames(loop)
    const [first] = all
    if (!first) continue
    const path = join(folder, `${loop.name}.mp4`)
    const writer = openWriter({
      path,
      width: first.width,
      height: first.height,
      rate: { num: FPS, den: 1 },
      comment: null,
      preset: 'veryslow',
      quality: QUALITY,
    })
    for (const frame of all) writer.writePixels(frame.data)
    writer.finish()
    await writeStillOf(first, join(folder, `${loop.name}.webp`))
    sizes.push(`${loop.name}.mp4 ${Math.round((await stat(path)).size / 1000)} kB`)
  }
  return sizes.join('\n')
}
