import type { Rgb } from '../../prompt/colours.ts'
import { mentions } from '../../prompt/words.ts'
import { css, mix, ramp, shift } from '../colour.ts'
import { createNoise, fbm } from '../noise.ts'
import { coverBox, drawPlate, paintPlate, pixelPlate, type Plate } from '../plate.ts'
import type { Layer, Stage } from '../stage.ts'
import { lookAt } from '../view.ts'
import type { PlacePainter } from './painter.ts'

const schemes: readonly (readonly [Rgb, Rgb, Rgb])[] = [
  [
    [36, 60, 150],
    [196, 64, 150],
    [255, 190, 130],
  ],
  [
    [20, 96, 130],
    [70, 190, 190],
    [240, 220, 170],
  ],
  [
    [84, 36, 140],
    [226, 80, 90],
    [255, 200, 110],
  ],
  [
    [30, 70, 110],
    [200, 120, 60],
    [255, 226, 180],
  ],
  [
    [24, 40, 110],
    [90, 100, 230],
    [190, 230, 255],
  ],
]

const nebula = (stage: Stage, scheme: readonly Rgb[]): Plate => {
  const { width, height } = stage
  const depth = 0.12
  const box = coverBox(stage, depth)
  const scale = 0.5
  const columns = Math.ceil(box.width * scale)
  const rows = Math.ceil(box.height * scale)
  const noise = stage.noise('nebula')
  const random = stage.random('nebula')
  const grain = stage.random('nebula grain')
  const data = new Uint8ClampedArray(columns * rows * 4)
  const long = Math.max(width, height)
  const angle = (random() - 0.5) * 1.6
  const midX = 0.35 + random() * 0.3
  const midY = 0.35 + random() * 0.3
  const table = ramp(
    [
      [0, [4, 5, 14]],
      [0.3, mix([6, 8, 22], scheme[0]!, 0.45)],
      [0.55, mix(scheme[0]!, scheme[1]!, 0.5)],
      [0.8, scheme[1]!],
      [1, scheme[2]!],
    ],
    512,
  )
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const x = (column / scale / long) * 2.3
      const y = (row / scale / long) * 2.3
      const wx = fbm(noise, x + 7, y, 3)
      const wy = fbm(noise, x, y + 19, 3)
      const cloud = fbm(noise, x * 1.1 + wx * 1.5, y * 1.1 + wy * 1.5, 5)
      const dust = fbm(noise, x * 2 + wy * 2 + 40, y * 2 + wx * 1.4, 4)
      const px = column / columns - midX
      const py = (row / rows - midY) * (rows / columns)
      const across = px * Math.sin(angle) + py * Math.cos(angle)
      const band = Math.exp(-(across * across) / 0.045)
      const bright = Math.min(
        1,
        Math.max(0, (0.3 + cloud * 0.85) * band * 1.05 + 0.04 - Math.max(0, dust) * 0.75 * band),
      )
      const at = ((bright * 511) | 0) * 3
      const index = (row * columns + column) * 4
      // Warm and cool regions within one cloud.
      const warmth = 1 + wx * 0.35
      const dither = grain() + grain() - 1
      data[index] = table[at]! * warmth + dither
      data[index + 1] = table[at + 1]! + dither
      data[index + 2] = table[at + 2]! * (2 - warmth) + dither
      data[index + 3] = 255
    }
  return pixelPlate(box, depth, { width: columns, height: rows, data })
}

const starfield = (stage: Stage, name: string, depth: number, count: number, size: number): Layer => {
  const random = stage.random(name)
  const box = coverBox(stage, depth)
  const plate = paintPlate(box, depth, (ctx) => {
    for (let index = 0; index < count; index++) {
      const x = box.x + random() * box.width
      const y = box.y + random() * box.height
      const bright = random() ** 4
      const warm = random()
      const colour: Rgb = warm < 0.22 ? [255, 214, 180] : warm < 0.5 ? [186, 208, 255] : [250, 250, 255]
      ctx.fillStyle = css(colour, 0.25 + bright * 0.75)
      const r = (0.4 + bright * size) * stage.unit
      ctx.beginPath()
      ctx.arc(x, y, r, 0, Math.PI * 2)
      ctx.fill()
      if (bright < 0.72) continue
      const glow = ctx.createRadialGradient(x, y, 0, x, y, r * 7)
      glow.addColorStop(0, css(colour, 0.34))
      glow.addColorStop(1, css(colour, 0))
      ctx.fillStyle = glow
      ctx.fillRect(x - r * 7, y - r * 7, r * 14, r * 14)
      ctx.fillStyle = css(colour, 0.3)
      ctx.fillRect(x - r * 8, y - 0.3 * stage.unit, r * 16, 0.6 * stage.unit)
      ctx.fillRect(x - 0.3 * stage.unit, y - r * 8, 0.6 * stage.unit, r * 16)
    }
  })
  return (ctx, view) => drawPlate(ctx, view, plate)
}

type Globe = {
  x: number
  y: number
  radius: number
  kind: 'rock' | 'gas' | 'water'
  colours: readonly Rgb[]
  ring: boolean
  depth: number
  name: string
}

/** A lit globe with bands or land, clouds, a soft edge between day and night, and a rim of air; rings go round it. */
const globe = (stage: Stage, planet: Globe): Layer => {
  const { x, y, radius, depth } = planet
  const side = Math.ceil(radius * 2.24)
  const noise = createNoise(stage.random(planet.name)() * 4294967296, planet.name)
  const grain = stage.random(`${planet.name} grain`)
  const data = new Uint8ClampedArray(side * side * 4)
  const lx = stage.light.sun.x > 0.5 ? 0.72 : -0.72
  const ly = -0.42
  const lz = 0.55
  const tilt = 0.35
  const [low, mid, high] = [planet.colours[0]!, planet.colours[1]!, planet.colours[2]!]
  const table = ramp(
    [
      [0, shift(low, -0.12)],
      [0.38, low],
      [0.62, mid],
      [1, high],
    ],
    256,
  )
  const air = planet.kind === 'water' ? ([120, 180, 255] as const) : mix(mid, [255, 255, 255], 0.35)
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const nx = (column - side / 2) / radius
      const ny = (row - side / 2) / radius
      const distance = Math.hypot(nx, ny)
      const index = (row * side + column) * 4
      if (distance > 1) {
        const facing = Math.max(0, (nx * lx + ny * ly) / distance + 0.25)
        const halo = Math.exp(-(distance - 1) * 30) * facing * 0.6
        data[index] = air[0]
        data[index + 1] = air[1]
        data[index + 2] = air[2]
        data[index + 3] = halo * 255
        continue
      }
      const nz = Math.sqrt(1 - distance * distance)
      const ty = ny * Math.cos(tilt) - nx * Math.sin(tilt)
      const tx = nx * Math.cos(tilt) + ny * Math.sin(tilt)
      let level: number
      if (planet.kind === 'gas') {
        const swirl = fbm(noise, tx * 2.2, ty * 5, 4) * 0.16
        level = 0.5 + fbm(noise, 3, (ty + swirl) * 7, 4) * 0.95 + fbm(noise, tx * 3, ty * 22 + swirl * 9, 3) * 0.13
      } else {
        const land = fbm(noise, tx * 1.9 + nz * 0.6, ty * 1.9 + nz * 0.8, 6)
        level = planet.kind === 'water' ? (land > 0.04 ? 0.62 + land * 0.6 : 0.18 + land * 0.4) : 0.5 + land * 0.9
      }
      const at = (Math.min(255, Math.max(0, level * 255)) | 0) * 3
      const day = nx * lx + ny * ly + nz * lz
      const lightness = Math.min(1, Math.max(0, day * 1.25 + 0.12)) ** 1.1
      const rim = (1 - nz) ** 2.6 * Math.max(0, day + 0.25)
      const cloud = planet.kind === 'water' ? Math.max(0, fbm(noise, tx * 2.6 + 30 + nz, ty * 4.4, 5) - 0.02) * 2.1 : 0
      for (let channel = 0; channel < 3; channel++) {
        const ground = table[at + channel]!
        const clouded = ground + (250 - ground) * Math.min(0.92, cloud)
        const shaded = clouded * (0.02 + lightness * 1.04)
        data[index + channel] = shaded + (air[channel]! - shaded) * Math.min(0.85, rim * 1.3) + (grain() - 0.5) * 2
      }
      data[index + 3] = Math.min(1, (1 - distance) * radius) * 255
    }
  const plate = pixelPlate({ x: x - side / 2, y: y - side / 2, width: side, height: side }, depth, {
    width: side,
    height: side,
    data,
  })
  if (!planet.ring) return (ctx, view) => drawPlate(ctx, view, plate)
  const reach = radius * 2.5
  const box = { x: x - reach, y: y - reach, width: reach * 2, height: reach * 2 }
  const rings = (front: boolean): Plate =>
    paintPlate(box, depth, (ctx) => {
      ctx.translate(x, y)
      ctx.rotate(-tilt)
      ctx.scale(1, 0.26)
      for (let band = 0; band < 46; band++) {
        const r = radius * (1.34 + band * 0.0205)
        const gap = band > 27 && band < 31
        const alpha = gap
          ? 0.03
          : Math.max(0.03, 0.34 + createNoise(5, planet.name)(band * 0.43, 2) * 0.34) * (1 - Math.abs(band - 22) / 60)
        ctx.strokeStyle = css(mix(high, mid, (band % 7) / 9), alpha)
        ctx.lineWidth = radius * 0.0225
        ctx.beginPath()
        ctx.arc(0, 0, r, front ? 0 : Math.PI, front ? Math.PI : Math.PI * 2)
        ctx.stroke()
      }
    })
  const back = rings(false)
  const front = rings(true)
  return (ctx, view) => {
    drawPlate(ctx, view, back)
    drawPlate(ctx, view, plate)
    drawPlate(ctx, view, front)
  }
}

const shipLayer = (stage: Stage): Layer => {
  const { width, height, unit } = stage
  const random = stage.random('ship')
  const side = random() < 0.5 ? -1 : 1
  const y = height * (0.56 + random() * 0.14)
  return (ctx, view) => {
    lookAt(ctx, view, 0.9)
    ctx.translate(width * (side > 0 ? 0.28 : 0.72) + side * view.seconds * 26 * unit, y - view.seconds * 7 * unit)
    ctx.scale(side * 62 * unit, 62 * unit)
    ctx.rotate(-0.18)
    ctx.globalCompositeOperation = 'screen'
    const flame = ctx.createLinearGradient(-0.9, 0, -2.6 - Math.sin(view.seconds * 17) * 0.12, 0)
    flame.addColorStop(0, 'rgba(150,210,255,0.95)')
    flame.addColorStop(1, 'rgba(60,120,255,0)')
    ctx.fillStyle = flame
    ctx.beginPath()
    ctx.moveTo(-0.9, -0.13)
    ctx.lineTo(-2.7, 0)
    ctx.lineTo(-0.9, 0.13)
    ctx.fill()
    ctx.globalCompositeOperation = 'source-over'
    const hull = ctx.createLinearGradient(0, -0.3, 0, 0.3)
    hull.addColorStop(0, '#c8d0dc')
    hull.addColorStop(0.5, '#6c7688')
    hull.addColorStop(1, '#1c2230')
    ctx.fillStyle = hull
    ctx.beginPath()
    ctx.moveTo(1.3, 0.02)
    ctx.quadraticCurveTo(0.6, -0.22, -0.2, -0.2)
    ctx.lineTo(-0.7, -0.46)
    ctx.lineTo(-0.95, -0.44)
    ctx.lineTo(-0.86, -0.17)
    ctx.lineTo(-0.92, 0.18)
    ctx.lineTo(-0.2, 0.2)
    ctx.quadraticCurveTo(0.7, 0.18, 1.3, 0.02)
    ctx.fill()
    ctx.fillStyle = '#323a4c'
    ctx.beginPath()
    ctx.moveTo(0.1, 0.06)
    ctx.lineTo(-0.9, 0.42)
    ctx.lineTo(-1.05, 0.4)
    ctx.lineTo(-0.6, 0.08)
    ctx.fill()
    ctx.fillStyle = '#9fe0ff'
    ctx.beginPath()
    ctx.ellipse(0.5, -0.08, 0.2, 0.045, 0.12, 0, Math.PI * 2)
    ctx.fill()
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

const meteorLayer = (stage: Stage): Layer => {
  const { width, height, unit } = stage
  const random = stage.random('meteors')
  const side = random() < 0.5 ? -1 : 1
  const list = Array.from({ length: 7 }, (_, index) => ({
    at: 0.2 + index * 0.7 + random() * 0.4,
    x: random() * width,
    y: random() * height * 0.4,
    long: (110 + random() * 160) * unit,
  }))
  return (ctx, view) => {
    ctx.lineCap = 'round'
    for (const meteor of list) {
      const age = (view.seconds - meteor.at) / 0.8
      if (age < 0 || age > 1) continue
      const x = meteor.x + side * age * 420 * unit
      const y = meteor.y + age * 200 * unit
      const trail = ctx.createLinearGradient(x, y, x - side * meteor.long, y - meteor.long * 0.48)
      trail.addColorStop(0, `rgba(255,255,255,${Math.sin(age * Math.PI)})`)
      trail.addColorStop(1, 'rgba(180,210,255,0)')
      ctx.strokeStyle = trail
      ctx.lineWidth = 2.2 * unit
      ctx.beginPath()
      ctx.moveTo(x, y)
      ctx.lineTo(x - side * meteor.long, y - meteor.long * 0.48)
      ctx.stroke()
    }
  }
}

/** A nebula, stars at several distances, a planet that leans into the frame and its moon. */
export const paintSpace: PlacePainter = (stage) => {
  const { brief, width, height, unit } = stage
  const random = stage.random('space')
  const drawn = schemes[Math.floor(random() * schemes.length)]!
  const [first, second] = brief.colours
  const scheme = first ? [mix(first, [20, 30, 110], 0.35), first, second ?? mix(first, [255, 240, 210], 0.6)] : drawn
  const { words } = brief
  const bare =
    mentions(words, ['galaxy', 'nebula', 'stars', 'milky way', 'universe', 'cosmos']) && !brief.figures.has('planet')
  const mars = mentions(words, ['mars', 'red planet'])
  const earth = mentions(words, ['earth', 'blue planet', 'orbit'])
  const ring = mentions(words, ['saturn', 'ring', 'rings']) || (!mars && !earth && random() < 0.4)
  const kind = mars
    ? 'rock'
    : earth
      ? 'water'
      : ring
        ? 'gas'
        : (['gas', 'rock', 'water'] as const)[Math.floor(random() * 3)]!
  const colours: readonly Rgb[] = mars
    ? [
        [150, 68, 42],
        [206, 112, 66],
        [240, 180, 130],
      ]
    : kind === 'water'
      ? [
          [16, 54, 110],
          [48, 110, 84],
          [196, 180, 130],
        ]
      : [
          mix(scheme[0]!, [120, 90, 80], 0.45),
          mix(scheme[1]!, [200, 170, 140], 0.5),
          mix(scheme[2]!, [250, 236, 214], 0.5),
        ]
  const left = stage.light.sun.x > 0.5
  const radius = Math.min(width, height) * (ring ? 0.24 : 0.36 + random() * 0.12)
  const planet: Globe = {
    x: width * (left ? 0.3 : 0.7),
    y: height * (ring ? 0.54 : 0.62),
    radius,
    kind,
    colours,
    ring,
    depth: 0.5,
    name: 'planet',
  }
  const moon: Globe = {
    x: width * (left ? 0.68 : 0.3),
    y: height * (0.24 + random() * 0.16),
    radius: (34 + random() * 26) * unit,
    kind: 'rock',
    colours: [
      [84, 80, 84],
      [140, 134, 132],
      [206, 200, 192],
    ],
    ring: false,
    depth: 0.32,
    name: 'moon',
  }
  const nebulaPlate = nebula(stage, scheme)
  return {
    horizon: height / 2,
    layers: [
      (ctx, view) => drawPlate(ctx, view, nebulaPlate),
      starfield(stage, 'far stars', 0.14, 1500, 0.8),
      starfield(stage, 'near stars', 0.24, 130, 1.9),
      ...(bare ? [] : [globe(stage, moon), globe(stage, planet)]),
      ...(brief.figures.has('meteors') ? [meteorLayer(stage)] : []),
      ...(brief.figures.has('spaceship') ? [shipLayer(stage)] : []),
      starfield(stage, 'dust', 1, 60, 1.1),
    ],
  }
}
