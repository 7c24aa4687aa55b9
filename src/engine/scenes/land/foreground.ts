import type { Rgb } from '../../rgb.ts'
import { lit, mix, shift } from '../../canvas/colour.ts'
import { createDabs } from '../../canvas/dabs.ts'
import { fbm } from '../../canvas/noise.ts'
import { coverBox, type Layer, type SceneContext, still } from '../layers.ts'
import { paintSprite } from '../../canvas/sprite.ts'
import { growthColour, pineColours } from './relief.ts'
import { createSpecks, type Specks } from '../../canvas/specks.ts'
import { paintPine } from './trees.ts'
import { scaleAt, xAt, yAt } from '../../canvas/camera-view.ts'
import { linearGradient } from '../../canvas/gradients.ts'

/** Ground close to the eye, dark against the bright distance, with spruces that frame the view at the sides. */
export const wooded = (
  scene: SceneContext,
  options: { y: number; depth: number; tall: number; open: number },
): Layer => {
  const { light, width, height, unit } = scene
  const random = scene.random(`wooded ${options.depth}`)
  const noise = scene.noise(`wooded ${options.depth}`)
  const colours = pineColours(light, options.depth < 0.8 ? 0.22 : 0.02)
  const ground = mix(colours.dark, lit(growthColour(light), light.ambient), light.season === 'winter' ? 0.75 : 0.25)
  const middle = scene.random('opening')() < 0.5 ? 0.4 : 0.6
  const crest = (x: number): number => {
    const off = Math.abs(x / width - middle)
    return options.y - Math.max(0, off - 0.1) * height * 0.2 + fbm(noise, x / (300 * unit), 1, 4) * 26 * unit
  }
  const side = light.sun.x > 0.5 ? 1 : -1
  const widest = coverBox(scene, options.depth, 0, height)
  let highest = height
  for (let x = widest.x; x <= widest.x + widest.width; x++) highest = Math.min(highest, crest(x))
  const box = coverBox(scene, options.depth, highest - options.tall * 1.2, height)
  const sprite = paintSprite(box, options.depth, (ctx) => {
    for (let x = box.x; x < box.x + box.width; x += options.tall * (0.045 + random() * 0.12)) {
      const off = Math.abs(x / width - middle)
      const shut = Math.min(1, Math.max(0, (off - options.open) * 5))
      const tall = options.tall * (0.16 + 0.84 * shut ** 1.3) * (0.55 + random() * 0.6)
      if (random() < 0.25 + (1 - shut) * 0.35) continue
      paintPine(ctx, random, { x, y: crest(x) + tall * 0.04 + 3 * unit, height: tall, ...colours, side })
    }
    ctx.beginPath()
    ctx.moveTo(box.x, box.y + box.height)
    for (let x = box.x; x <= box.x + box.width; x += 3) ctx.lineTo(x, crest(x) + noise(x / 5, 9) * 2 * unit)
    ctx.lineTo(box.x + box.width, box.y + box.height)
    ctx.closePath()
    const fill = linearGradient(ctx, [0, options.y - 40 * unit, 0, height], [0, ground], [1, shift(ground, -0.1)])
    ctx.fillStyle = fill
    ctx.fill()
    return speckle(scene, random, ground, box, crest)
  })
  return still(sprite)
}

/** Blades on the ground, where there is any. */
const speckle = (
  scene: SceneContext,
  random: () => number,
  ground: Rgb,
  box: { x: number; width: number },
  crest: (x: number) => number,
): Specks => {
  const { unit, height } = scene
  const bright = mix(ground, lit(growthColour(scene.light), scene.light.key, scene.light.dark > 0.6 ? 0.4 : 0.8), 0.5)
  const dark = shift(ground, -0.06)
  const specks = createSpecks(true)
  for (let count = 0; count < 2600; count++) {
    const x = box.x + random() * box.width
    const top = crest(x)
    const y = top + random() ** 1.6 * (height - top)
    const long = (3 + ((y - top) / height) * 40) * unit
    specks.paint(random() < 0.5 ? bright : dark, 0.35)
    const wide = (0.7 + random()) * unit
    specks.line(x, y, x + (random() - 0.5) * long * 0.6, Math.max(top, y - long), wide)
  }
  return specks
}

/** Straight pieces that a blade of grass is made of. */
const PIECES = 4

/** A blade as a moment shows it: its foot, how long it is and how far its tip is bent aside, in pixels. */
type Blade = { px: number; py: number; long: number; tip: number; lean: number }
type Dabs = ReturnType<typeof createDabs>

/** Along a curve from its foot, `base` wide, to its tip, ever thinner. */
const drawBlade = (dabs: Dabs, { px, py, long, tip }: Blade, base: number): void => {
  let [x, y] = [px, py]
  for (let piece = 1; piece <= PIECES; piece++) {
    const t = piece / PIECES
    const nextX = px + 2 * t * (1 - t) * (tip * 0.25 + base * 0.5) + t * t * tip
    const nextY = py - (2 * t * (1 - t) * 0.575 + t * t) * long
    dabs.line(x, y, nextX, nextY, 2 * base * (1 - (piece - 0.5) / PIECES))
    ;[x, y] = [nextX, nextY]
  }
}

/** Five petals around a paler heart on the tip of a blade. */
const drawFlower = (dabs: Dabs, { px, py, long, tip, lean }: Blade, petal: number, colour: Rgb): void => {
  dabs.paint(colour, 1)
  for (let index = 0; index < 5; index++) {
    const angle = index * 1.257 + lean * 4
    dabs.disc(px + tip + Math.cos(angle) * petal * 0.8, py - long + Math.sin(angle) * petal * 0.55, petal * 0.75)
  }
  dabs.paint(shift(colour, 0.12), 1)
  dabs.disc(px + tip, py - long, petal * 0.5)
}

/** Blades of grass at the lower edge that bend in the wind, with flowers where some are asked for. */
export const grassLayer = (
  scene: SceneContext,
  options: { y: number; tall: number; count: number; depth: number; tones: readonly Rgb[]; flowers: readonly Rgb[] },
): Layer => {
  const { width, height, unit } = scene
  const random = scene.random(`grass ${options.depth}`)
  const wind = scene.noise('grass wind')
  const reach = scene.reach.x * options.depth
  const blades = Array.from({ length: options.count }, () => {
    const low = random()
    return {
      x: -reach - 20 + random() * (width + reach * 2 + 40),
      y: options.y + low * (height + 30 * unit - options.y),
      tall: options.tall * (0.45 + random() * 0.7) * (0.5 + low * 0.7),
      lean: (random() - 0.5) * 0.5,
      flower: options.flowers.length > 0 && random() < 0.2 ? Math.floor(random() * options.flowers.length) : -1,
      size: (2 + random() * 3) * unit * (0.5 + low * 0.9),
      tone: Math.floor(random() * options.tones.length),
    }
  }).sort((a, b) => a.y - b.y)
  const dabs = createDabs(blades.length * (PIECES + 6))
  const rows = 3
  const share = Math.ceil(blades.length / rows)
  return (_, view) => {
    const scale = scaleAt(view, options.depth)
    const bend = (x: number, lean: number): number =>
      lean +
      wind(x / (280 * unit) - view.seconds * 0.7, view.seconds * 0.2) * 0.55 +
      wind(x / (60 * unit), view.seconds * 1.1) * 0.12
    for (let row = 0; row < rows; row++) {
      const slice = blades.slice(row * share, (row + 1) * share).map((blade) => ({
        ...blade,
        px: xAt(view, blade.x, options.depth),
        py: yAt(view, blade.y, options.depth),
        long: blade.tall * scale,
        tip: bend(blade.x, blade.lean) * blade.tall * scale,
      }))
      options.tones.forEach((tone, index) => {
        dabs.paint(tone, 1)
        for (const blade of slice)
          if (blade.tone === index) drawBlade(dabs, blade, (1.1 * unit + blade.tall * 0.016) * scale)
      })
      for (const blade of slice) {
        const flower = options.flowers[blade.flower]
        if (flower) drawFlower(dabs, blade, blade.size * scale, flower)
      }
    }
    dabs.lay(view.frameCanvas)
  }
}
