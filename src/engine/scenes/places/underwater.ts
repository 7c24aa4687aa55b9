import { createCanvas, ImageData } from '@napi-rs/canvas'
import type { Rgb } from '../../prompt/colours.ts'
import { css, mix, ramp, shift } from '../colour.ts'
import { moteLayer } from '../falling.ts'
import { fbm } from '../noise.ts'
import { coverBox, drawPlate, paintPlate, pixelPlate, still } from '../plate.ts'
import { rayLayer } from '../rays.ts'
import { fishLayer, jellyLayer, whaleLayer } from '../swimmers.ts'
import type { Layer, Stage } from '../stage.ts'
import { paintLand } from '../terrain.ts'
import { lookAt, yAt } from '../view.ts'
import type { PlacePainter } from './painter.ts'

type Sea = { top: Rgb; mid: Rgb; low: Rgb; light: Rgb }

const waterLayer = (stage: Stage, sea: Sea): Layer => {
  const { width, height } = stage
  const box = coverBox(stage, 0.05)
  const table = ramp(
    [
      [0, sea.light],
      [0.16, sea.top],
      [0.6, sea.mid],
      [1, sea.low],
    ],
    512,
  )
  const grain = stage.random('water grain')
  const data = new Uint8ClampedArray(box.width * box.height * 4)
  const sunX = width * stage.light.sun.x
  for (let row = 0; row < box.height; row++)
    for (let column = 0; column < box.width; column++) {
      const off = (column + box.x - sunX) / width
      const level = Math.min(1, Math.max(0, (row + box.y) / height + off * off * 0.5 - 0.02))
      const at = ((level * 511) | 0) * 3
      const dither = grain() + grain() - 1
      const index = (row * box.width + column) * 4
      data[index] = table[at]! + dither
      data[index + 1] = table[at + 1]! + dither
      data[index + 2] = table[at + 2]! + dither
      data[index + 3] = 255
    }
  return still(pixelPlate(box, 0.05, { width: box.width, height: box.height, data }))
}

/** The net of light that waves throw on the sand. */
const causticLayer = (stage: Stage, from: number, colour: Rgb): Layer => {
  const { width, height } = stage
  const columns = 200
  const rows = 54
  const canvas = createCanvas(columns, rows)
  const small = canvas.getContext('2d')
  const image = new ImageData(columns, rows)
  const noise = stage.noise('caustics')
  return (ctx, view) => {
    const { data } = image
    for (let row = 0; row < rows; row++) {
      const z = 1 / (0.1 + row / rows)
      for (let column = 0; column < columns; column++) {
        const x = (column / columns - 0.5) * z * 5
        const t = view.seconds * 0.4
        const a = noise(x * 1.3 + t, z * 2.2 - t * 0.6)
        const b = noise(x * 1.3 - t * 0.8 + 9, z * 2.2 + t * 0.7 + 4)
        const net = Math.max(0, 1 - Math.abs(a + b * 0.7) * 3.4) ** 3
        const index = (row * columns + column) * 4
        const fade = Math.min(1, row / rows / 0.3)
        data[index] = colour[0]
        data[index + 1] = colour[1]
        data[index + 2] = colour[2]
        data[index + 3] = net * 110 * fade
      }
    }
    small.putImageData(image, 0, 0)
    ctx.globalCompositeOperation = 'screen'
    const top = yAt(view, from, 0.6)
    ctx.drawImage(canvas, -width * 0.05, top, width * 1.1, height - top + 10)
    ctx.globalCompositeOperation = 'source-over'
  }
}

/** Rocks and corals that stand on the sea floor at the sides. */
const reefLayer = (stage: Stage, sea: Sea, near: boolean): Layer => {
  const { width, height, unit } = stage
  const random = stage.random(`reef ${near}`)
  const depth = near ? 1.1 : 0.55
  const far = near ? 0.12 : 0.55
  const box = coverBox(stage, depth)
  const corals: readonly Rgb[] = [
    [232, 96, 92],
    [240, 160, 84],
    [206, 98, 168],
    [240, 206, 120],
    [120, 92, 190],
    [96, 190, 160],
  ]
  const plate = paintPlate(box, depth, (ctx) => {
    const base = near ? height * 1.02 : height * 0.84
    const rock = mix(mix([42, 58, 74], sea.low, 0.5), sea.mid, far * 0.7)
    for (let index = 0; index < 11; index++) {
      const side = index % 2 === 0 ? -1 : 1
      const x = width * (0.5 + side * (0.26 + random() * 0.3))
      const size = (near ? 60 + random() * 120 : 26 + random() * 60) * unit
      ctx.fillStyle = css(shift(rock, (random() - 0.5) * 0.05))
      ctx.beginPath()
      ctx.moveTo(x - size * 1.2, base + 20 * unit)
      for (let step = 0; step <= 18; step++) {
        const u = step / 18
        ctx.lineTo(x + (u - 0.5) * size * 2.4, base - Math.sin(u * Math.PI) ** 0.6 * size * (0.7 + random() * 0.16))
      }
      ctx.lineTo(x + size * 1.2, base + 20 * unit)
      ctx.fill()
      for (let plant = 0; plant < 5; plant++) {
        const cx = x + (random() - 0.5) * size * 1.8
        const cy = base - size * (0.35 + random() * 0.35)
        const tone = mix(mix(corals[Math.floor(random() * corals.length)]!, sea.mid, 0.3), sea.mid, far)
        const tall = size * (0.32 + random() * 0.4)
        if (random() < 0.55) branchCoral(ctx, random, cx, cy, -Math.PI / 2, tall * 0.5, css(tone), tall * 0.075)
        else {
          ctx.fillStyle = css(tone)
          for (let blob = 0; blob < 9; blob++) {
            ctx.beginPath()
            ctx.ellipse(
              cx + (random() - 0.5) * tall,
              cy + random() * tall * 0.2,
              tall * (0.12 + random() * 0.14),
              tall * (0.2 + random() * 0.2),
              0,
              0,
              Math.PI * 2,
            )
            ctx.fill()
            ctx.fillStyle = css(shift(tone, (random() - 0.4) * 0.08))
          }
        }
      }
    }
  })
  return (ctx, view) => drawPlate(ctx, view, plate)
}

const branchCoral = (
  ctx: Parameters<Layer>[0],
  random: () => number,
  x: number,
  y: number,
  angle: number,
  long: number,
  tone: string,
  thick: number,
): void => {
  const ex = x + Math.cos(angle) * long
  const ey = y + Math.sin(angle) * long
  ctx.strokeStyle = tone
  ctx.lineCap = 'round'
  ctx.lineWidth = thick
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.lineTo(ex, ey)
  ctx.stroke()
  if (thick < 1) return
  const count = 2 + Math.floor(random() * 2)
  for (let index = 0; index < count; index++)
    branchCoral(ctx, random, ex, ey, angle + (random() - 0.5) * 1.5, long * (0.6 + random() * 0.2), tone, thick * 0.7)
}

/** Ribbons of kelp that wave from the floor. */
const kelpLayer = (stage: Stage, sea: Sea): Layer => {
  const { width, height, unit } = stage
  const random = stage.random('kelp')
  const stems = Array.from({ length: 22 }, (_, index) => {
    const side = index % 2 === 0 ? -1 : 1
    const near = random()
    return {
      x: width * (0.5 + side * (0.24 + random() * 0.3)),
      y: height * (0.92 + near * 0.12),
      tall: (120 + random() * 260) * unit * (0.6 + near * 0.6),
      wide: (4 + near * 7) * unit,
      phase: random() * 6,
      tone: css(mix(mix([40, 110, 70], sea.low, 0.4), sea.mid, 0.5 * (1 - near))),
    }
  })
  return (ctx, view) => {
    lookAt(ctx, view, 0.95)
    for (const stem of stems) {
      ctx.fillStyle = stem.tone
      ctx.beginPath()
      const point = (u: number): number =>
        Math.sin(view.seconds * 0.9 + stem.phase + u * 3.4) * 26 * unit * u +
        Math.sin(view.seconds * 0.5 + stem.phase) * 18 * unit * u
      for (let step = 0; step <= 16; step++) {
        const u = step / 16
        const leaf = stem.wide * (1 + 0.8 * Math.sin(u * 22 + stem.phase)) * (1 - u * 0.85)
        ctx.lineTo(stem.x + point(u) - leaf, stem.y - u * stem.tall)
      }
      for (let step = 16; step >= 0; step--) {
        const u = step / 16
        const leaf = stem.wide * (1 + 0.8 * Math.sin(u * 22 + stem.phase + 2)) * (1 - u * 0.85)
        ctx.lineTo(stem.x + point(u) + leaf, stem.y - u * stem.tall)
      }
      ctx.fill()
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

/** Bubbles that rise in strings and grow. */
const bubbleLayer = (stage: Stage): Layer => {
  const { width, height, unit } = stage
  const random = stage.random('bubbles')
  const bubbles = Array.from({ length: 64 }, (_, index) => {
    const string = Math.floor(index / 16)
    return {
      x: width * (0.16 + string * 0.23) + (random() - 0.5) * 30 * unit,
      at: random(),
      size: (1.2 + random() * 4) * unit,
      speed: 0.1 + random() * 0.08,
      phase: random() * 6,
    }
  })
  return (ctx, view) => {
    lookAt(ctx, view, 0.9)
    ctx.lineWidth = 1 * unit
    for (const bubble of bubbles) {
      const run = (bubble.at + view.seconds * bubble.speed) % 1
      const x = bubble.x + Math.sin(view.seconds * 2 + bubble.phase + run * 8) * 8 * unit
      const y = height * (1.02 - run * 1.06)
      const size = bubble.size * (0.6 + run * 0.8)
      ctx.fillStyle = 'rgba(220,245,255,0.12)'
      ctx.strokeStyle = 'rgba(230,250,255,0.5)'
      ctx.beginPath()
      ctx.arc(x, y, size, 0, Math.PI * 2)
      ctx.fill()
      ctx.stroke()
      ctx.fillStyle = 'rgba(255,255,255,0.75)'
      ctx.beginPath()
      ctx.arc(x - size * 0.35, y - size * 0.35, size * 0.22, 0, Math.PI * 2)
      ctx.fill()
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

/** Under the surface: shafts of light, a sandy floor with their net on it, corals, kelp, fish and bubbles. */
export const paintUnderwater: PlacePainter = (stage) => {
  const { brief, light, width, height, unit } = stage
  const random = stage.random('sea water')
  const word = brief.colours[0]
  const deep = light.dark > 0.5 || brief.figures.has('jellyfish')
  const turn = (random() - 0.5) * 0.5
  const dye = (colour: Rgb): Rgb => (word ? mix(shift(colour, 0, 1, turn), word, 0.22) : shift(colour, 0, 1, turn))
  const sea: Sea = deep
    ? { light: dye([60, 120, 170]), top: dye([26, 74, 126]), mid: dye([10, 36, 76]), low: dye([4, 14, 36]) }
    : { light: dye([196, 240, 236]), top: dye([92, 190, 208]), mid: dye([26, 112, 156]), low: dye([8, 46, 84]) }
  const noise = stage.noise('sand')
  const horizon = height * 0.66
  const sand = mix([214, 198, 156], sea.mid, deep ? 0.72 : 0.4)
  const floor = paintLand(stage, {
    name: 'sand',
    depth: 0.6,
    near: 14,
    far: 260,
    nearest: true,
    eye: 9,
    horizon,
    height: (x, z) => fbm(noise, x / 34, z / 44, 3) * 5,
    colour: (hit, out) => {
      const ripple =
        Math.sin(hit.z * 1.7 + fbm(noise, hit.x / 7, hit.z / 9, 2) * 5) * 0.07 * Math.max(0, 1 - hit.z / 90)
      const shine = Math.min(
        1.2,
        Math.max(0.4, 0.8 - hit.slopeZ * 1.6 - hit.slopeX * 0.6 + ripple + fbm(noise, hit.x / 3, hit.z / 4, 2) * 0.1),
      )
      for (let channel = 0; channel < 3; channel++) out[channel] = sand[channel]! * shine
    },
    haze: (hit) => Math.min(1, (hit.z / 150) ** 0.8),
    hazeColour: mix(sea.mid, sea.low, 0.25),
  })
  return {
    horizon: height / 2,
    layers: [
      waterLayer(stage, sea),
      ...(brief.figures.has('whale') ? [whaleLayer(stage, sea)] : []),
      fishLayer(stage, {
        name: 'far fish',
        count: 46,
        size: 7,
        y: 0.36,
        depth: 0.3,
        colour: mix(sea.mid, sea.low, 0.5),
        bright: mix(sea.top, sea.mid, 0.4),
        spread: 0.14,
      }),
      still(floor.plate),
      causticLayer(stage, horizon + 26 * unit, sea.light),
      reefLayer(stage, sea, false),
      rayLayer(stage, {
        x: width * light.sun.x,
        y: -height * 0.25,
        colour: sea.light,
        strength: deep ? 0.12 : 0.2,
        count: 13,
        spread: 1.5,
        long: height * 1.3,
      }),
      ...(brief.figures.has('jellyfish') ? [jellyLayer(stage)] : []),
      fishLayer(stage, {
        name: 'near fish',
        count: brief.figures.has('fish') ? 30 : 15,
        size: 17,
        y: 0.5,
        depth: 0.7,
        colour: [238, 128, 52],
        bright: [255, 214, 120],
        spread: 0.2,
      }),
      kelpLayer(stage, sea),
      reefLayer(stage, sea, true),
      bubbleLayer(stage),
      moteLayer(stage, {
        name: 'plankton',
        colour: sea.light,
        count: 50,
        rise: 4,
        size: 0.9,
        from: 0,
        to: 1,
        blink: 0.5,
      }),
    ],
  }
}
