import { join } from 'node:path'
import { createCanvas, ImageData, type SKRSContext2D } from '@napi-rs/canvas'
import sharp from 'sharp'
import type { Pixels } from '../../src/engine/frames.ts'
import { drawScene } from '../../src/engine/scenes/scene.ts'
import { createStyle } from '../../src/engine/styles/create-style.ts'
import { toClipPlanes, toPixels } from '../../src/engine/testing/stills.ts'
import { root } from '../root.mjs'
import { toTile } from './sheet.ts'

const WIDTH = 1080
const BAND = 272
const GAP = 8

/** Two wide scenes, each in strips of eight styles. */
const BANDS = [
  {
    scene: 'Hot air balloons over alpine mountains and a castle in spring, clear morning',
    seed: 2,
    styles: ['watercolour', 'oil', 'anime', 'gouache', 'stained glass', 'low poly', 'comic', 'pixel art'],
  },
  {
    scene: 'A fishing harbour in the morning',
    seed: 2,
    styles: ['risograph', 'ink', 'charcoal', 'film noir', 'cyanotype', 'neon', 'vintage', 'pencil and watercolour'],
  },
] as const

const SCENES = [
  ['Snowy forest cabin at dusk', 1],
  ['Horses on the prairie at sunset', 1],
  ['Saturn and its rings, a spaceship passing', 1],
  ['A coral reef full of fish, sunlight from above', 1],
  ['Camels crossing the Sahara at golden hour', 1],
  ['A futuristic cityscape at night with neon lights', 1],
  ['Northern lights over the frozen Arctic', 1],
  ['A path through an autumn forest, falling leaves', 1],
  ['A cozy living room with a fireplace at night', 1],
  ['A lone walker with a dog on the beach at dusk', 1],
  ['A koi pond under a maple', 1],
  ['An old library by candlelight', 1],
  ['Penguins on an ice floe among icebergs', 3],
  ['A friendly robot in a workshop', 1],
  ['Stormy ocean with huge waves', 1],
  ['A steam train crossing a viaduct in the mountains', 2],
  ['A full moon over a lake', 2],
  ['A river winds through a valley, a canoe on it', 2],
  ['A village in the alps', 2],
  ['Fruit, wine and bread on a table by window light', 2],
] as const

const picture = (prompt: string, seed: number, width: number, height: number): Pixels => ({
  width,
  height,
  data: Uint8Array.from(drawScene({ prompt, seed, width, height, fps: 25, seconds: 0 }).draw(0)),
})

const canvasOf = ({ width, height, data }: Pixels) => {
  const canvas = createCanvas(width, height)
  canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0)
  return canvas
}

const label = (ctx: SKRSContext2D, text: string, x: number, y: number): void => {
  ctx.font = '600 12px Inter'
  const wide = ctx.measureText(text).width
  ctx.fillStyle = 'rgba(12,13,15,0.78)'
  ctx.beginPath()
  ctx.roundRect(x, y - 20, wide + 14, 20, 5)
  ctx.fill()
  ctx.fillStyle = '#f4f2ee'
  ctx.fillText(text, x + 7, y - 6)
}

/** The sheet in the README: own scenes in strips of styles, and twenty more scenes. */
export const writeReadmeSheet = async (): Promise<string> => {
  const across = 5
  const wide = (WIDTH - GAP * (across + 1)) / across
  const tall = Math.round((wide * 9) / 16)
  const rows = Math.ceil(SCENES.length / across)
  const canvas = createCanvas(WIDTH, GAP + BANDS.length * (BAND + GAP) + rows * (tall + GAP))
  const ctx = canvas.getContext('2d')
  ctx.fillStyle = '#111214'
  ctx.fillRect(0, 0, canvas.width, canvas.height)
  const inner = WIDTH - GAP * 2
  for (const [row, { scene, seed, styles }] of BANDS.entries()) {
    const source = picture(scene, seed, inner * 1.5, BAND * 1.5)
    const planes = toClipPlanes(source)
    const top = GAP + row * (BAND + GAP)
    const strip = inner / styles.length
    for (const [index, prompt] of styles.entries()) {
      const style = createStyle({ prompt, seed: 7, width: source.width, height: source.height })
      const made = canvasOf(await toTile(toPixels(style.apply(planes, 0, 0)), inner))
      const left = GAP + index * strip
      const slant = 22
      ctx.save()
      ctx.beginPath()
      ctx.rect(GAP, top, inner, BAND)
      ctx.clip()
      ctx.beginPath()
      // Slanted cuts, straight at the sheet's sides.
      ctx.moveTo(index === 0 ? left : left + slant, top)
      ctx.lineTo(index === styles.length - 1 ? left + strip : left + strip + slant, top)
      ctx.lineTo(index === styles.length - 1 ? left + strip : left + strip - slant, top + BAND)
      ctx.lineTo(index === 0 ? left : left - slant, top + BAND)
      ctx.closePath()
      ctx.clip()
      ctx.drawImage(made, GAP, top)
      ctx.restore()
    }
    for (let index = 1; index < styles.length; index++) {
      ctx.strokeStyle = '#111214'
      ctx.lineWidth = 3
      ctx.beginPath()
      ctx.moveTo(GAP + index * strip + 22, top)
      ctx.lineTo(GAP + index * strip - 22, top + BAND)
      ctx.stroke()
    }
    styles.forEach((prompt, index) =>
      label(
        ctx,
        prompt.replace('film ', '').replace('pencil and ', 'pencil + '),
        GAP + index * strip + (index === 0 ? 8 : -2),
        top + BAND - 8,
      ),
    )
  }
  const below = GAP + BANDS.length * (BAND + GAP)
  for (const [index, [prompt, seed]] of SCENES.entries()) {
    const tile = canvasOf(await toTile(picture(prompt, seed, 832, 468), Math.round(wide)))
    ctx.drawImage(
      tile,
      GAP + (index % across) * (wide + GAP),
      below + Math.floor(index / across) * (tall + GAP),
      wide,
      tall,
    )
    await new Promise((resolve) => setImmediate(resolve))
  }
  const path = join(root, 'docs/gallery.png')
  await sharp(canvas.toBuffer('image/png')).png({ palette: true, colours: 200, dither: 0.35, effort: 9 }).toFile(path)
  return path
}
