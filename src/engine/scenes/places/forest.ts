import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Random } from '../../random.ts'
import type { Rgb } from '../../prompt/colours.ts'
import { mentions } from '../../prompt/words.ts'
import { css, lit, mix, shift } from '../colour.ts'
import { moteLayer } from '../falling.ts'
import { mistLayer } from '../mist.ts'
import { heavens, weatherLayers } from '../outdoors.ts'
import { coverBox, drawPlate, paintPlate } from '../plate.ts'
import { rayLayer } from '../rays.ts'
import { foliage } from '../relief.ts'
import type { Layer, Stage } from '../stage.ts'
import { lookAt } from '../view.ts'
import type { PlacePainter } from './painter.ts'

/** A mass of leaves around a point: many small leaf shapes, the upper ones lit. */
const paintLeaves = (
  ctx: SKRSContext2D,
  random: Random,
  mass: { x: number; y: number; radius: number; leaf: number; dark: Rgb; light: Rgb; count: number },
): void => {
  for (let index = 0; index < mass.count; index++) {
    const angle = random() * Math.PI * 2
    const out = Math.sqrt(random()) * mass.radius
    const x = mass.x + Math.cos(angle) * out
    const y = mass.y + Math.sin(angle) * out * 0.72
    const up = 0.5 - (Math.sin(angle) * out) / mass.radius / 2
    ctx.fillStyle = css(mix(mass.dark, mass.light, Math.min(1, up * 0.75 + random() * 0.3 * (index / mass.count))), 0.9)
    ctx.beginPath()
    ctx.ellipse(
      x,
      y,
      mass.leaf * (0.6 + random() * 0.8),
      mass.leaf * (0.25 + random() * 0.3),
      random() * Math.PI,
      0,
      Math.PI * 2,
    )
    ctx.fill()
  }
}

/** One rank of trunks with their boughs, from far and pale to near and dark. */
const rankLayer = (stage: Stage, rank: number, ranks: number, floor: number): Layer => {
  const { light, width, height, unit } = stage
  const share = rank / (ranks - 1)
  const depth = 0.2 + share * 0.75
  const random = stage.random(`trunks ${rank}`)
  const box = coverBox(stage, depth)
  const far = (1 - share) ** 1.2 * Math.min(0.96, 0.82 + light.air * 0.06)
  const strength = light.dark > 0.6 ? 0.5 : 1
  const birch = mentions(stage.brief.words, ['birch', 'aspen'])
  const conifer =
    mentions(stage.brief.words, ['pine*', 'spruce', 'fir', 'redwood', 'conifer*', 'winter*', 'snow*']) ||
    light.season === 'winter'
  const bark = lit(birch ? [206, 200, 190] : [88, 70, 58], light.ambient, 0.95 * strength)
  const dark = mix(mix(bark, [10, 12, 14], 0.35 * share), light.haze, far)
  const rim = mix(lit(birch ? [240, 234, 222] : [150, 118, 84], light.key, strength), light.haze, far)
  const wide = (7 + share ** 2 * 62) * unit
  const count = Math.max(4, Math.round((width / unit / (24 + share * 170)) * (1 - share * 0.3)))
  const foot = floor + share ** 1.6 * (height - floor) * 0.62
  const path = stage.random('path')() < 0.5 ? 0.42 : 0.6
  const sunSide = light.sun.x > 0.5 ? 1 : -1
  const blossoms = mentions(stage.brief.words, ['blossom*', 'cherry', 'sakura', 'bloom*', 'pink']) ? 0.8 : 0
  const plate = paintPlate(box, depth, (ctx) => {
    const places = Array.from(
      { length: count },
      (_, index) => box.x + ((index + 0.15 + random() * 0.7) / count) * box.width,
    )
    for (const x of places) {
      const off = Math.abs(x / width - path)
      // The view is kept open along the path, the more the nearer.
      if (off < 0.05 + share * 0.2) continue
      const w = wide * (0.6 + random() * 0.7)
      const lean = (random() - 0.5) * w * 1.2
      const base = foot + (random() - 0.4) * 26 * unit * (0.4 + share)
      const body = ctx.createLinearGradient(x - w / 2, 0, x + w / 2, 0)
      body.addColorStop(sunSide > 0 ? 1 : 0, css(mix(dark, rim, 0.75)))
      body.addColorStop(sunSide > 0 ? 0.72 : 0.28, css(mix(dark, rim, 0.16)))
      body.addColorStop(sunSide > 0 ? 0 : 1, css(dark))
      ctx.fillStyle = body
      ctx.beginPath()
      ctx.moveTo(x - w * 0.9, base + 4 * unit)
      ctx.quadraticCurveTo(x - w * 0.46, base - w * 0.6, x - w * 0.42, base - w * 2.4)
      ctx.lineTo(x - w * 0.28 + lean, box.y - 4)
      ctx.lineTo(x + w * 0.28 + lean, box.y - 4)
      ctx.lineTo(x + w * 0.42, base - w * 2.4)
      ctx.quadraticCurveTo(x + w * 0.46, base - w * 0.6, x + w * 0.95, base + 4 * unit)
      ctx.fill()
      if (share > 0.45) {
        ctx.strokeStyle = css(mix(dark, [0, 0, 0], 0.4), 0.35)
        ctx.lineWidth = Math.max(0.8, w * 0.028)
        for (let crack = 0; crack < 26; crack++) {
          const cy = box.y + random() * (base - box.y)
          const cx = x + (random() - 0.5) * w * 0.7 + lean * (1 - (cy - box.y) / (base - box.y))
          ctx.beginPath()
          if (birch) {
            ctx.moveTo(cx - w * 0.12, cy)
            ctx.lineTo(cx + w * 0.12, cy + w * 0.02)
          } else {
            ctx.moveTo(cx, cy)
            ctx.lineTo(cx + (random() - 0.5) * w * 0.1, cy + w * (0.3 + random() * 0.8))
          }
          ctx.stroke()
        }
      }
      ctx.strokeStyle = css(mix(dark, rim, 0.1))
      ctx.lineCap = 'round'
      for (let bough = 0; bough < 5; bough++) {
        const by = base - (base - box.y) * (0.3 + random() * 0.68)
        const side = random() < 0.5 ? -1 : 1
        const long = w * (1.6 + random() * 3)
        ctx.lineWidth = w * (0.07 + random() * 0.08)
        ctx.beginPath()
        ctx.moveTo(x + lean * 0.5, by)
        ctx.quadraticCurveTo(
          x + side * long * 0.5,
          by - long * (conifer ? -0.06 : 0.3),
          x + side * long,
          by - long * (conifer ? -0.2 : 0.36),
        )
        ctx.stroke()
        if (conifer) {
          const needles = {
            dark: mix(lit([34, 56, 46], light.ambient, strength), light.haze, far),
            light: mix(
              lit(light.season === 'winter' ? [220, 228, 240] : [78, 104, 62], light.key, strength),
              light.haze,
              far,
            ),
          }
          for (let tuft = 0.3; tuft <= 1; tuft += 0.14)
            paintLeaves(ctx, random, {
              x: x + side * long * tuft,
              y: by + long * 0.2 * tuft * tuft,
              radius: w * 0.75,
              leaf: w * 0.2,
              ...needles,
              count: 9,
            })
        }
      }
    }
    if (conifer) return
    const leaf = (2.6 + share * 9) * unit
    const masses = Math.round(34 - share * 14)
    for (let index = 0; index < masses; index++) {
      const x = box.x + random() * box.width
      const open = Math.max(0, 1 - Math.abs(x / width - path) / 0.34)
      const y = box.y + random() ** 1.5 * height * (0.42 - share * 0.08) * (1 - open * 0.55)
      const leaves = foliage(light, random, blossoms)
      paintLeaves(ctx, random, {
        x,
        y,
        radius: (50 + share * 130) * unit,
        leaf,
        dark: mix(leaves.dark, light.haze, far),
        light: mix(leaves.light, light.haze, far * 0.9),
        count: Math.round(110 + share * 60),
      })
    }
  })
  const sway = stage.noise('boughs')
  return (ctx, view) => drawPlate(ctx, view, plate, sway(view.seconds * 0.35, rank) * 1.6 * unit * share)
}

/** The forest floor: earth and leaves, a path of light, ferns towards the eye. */
const floorLayer = (stage: Stage, floor: number): Layer => {
  const { light, width, height, unit } = stage
  const random = stage.random('floor')
  const noise = stage.noise('floor')
  const box = coverBox(stage, 0.6, floor - 30 * unit)
  const strength = light.dark > 0.6 ? 0.5 : 1
  const winter = light.season === 'winter'
  const soil: Rgb = winter ? [214, 220, 232] : light.season === 'autumn' ? [150, 92, 44] : [84, 96, 48]
  const near = lit(shift(soil, -0.14), light.ambient, strength)
  const far = mix(lit(soil, light.ambient, strength), light.haze, 0.72)
  const path = stage.random('path')() < 0.5 ? 0.42 : 0.6
  const plate = paintPlate(box, 0.6, (ctx) => {
    const fill = ctx.createLinearGradient(0, floor, 0, height)
    fill.addColorStop(0, css(far))
    fill.addColorStop(0.35, css(mix(far, near, 0.6)))
    fill.addColorStop(1, css(near))
    ctx.fillStyle = fill
    ctx.beginPath()
    ctx.moveTo(box.x, box.y + box.height)
    for (let x = box.x; x <= box.x + box.width; x += 6) ctx.lineTo(x, floor + noise(x / (160 * unit), 2) * 9 * unit)
    ctx.lineTo(box.x + box.width, box.y + box.height)
    ctx.fill()
    // The path, winding towards the light.
    const trail = mix(
      lit(winter ? [236, 240, 248] : [178, 150, 110], mix(light.key, light.ambient, 0.4), strength),
      light.haze,
      0.2,
    )
    for (let row = 0; row < 120; row++) {
      const u = row / 119
      const y = floor + 2 * unit + u * u * (height - floor + 40 * unit)
      const wide = (10 + u * u * 250) * unit
      const x = width * path + Math.sin(u * 3.1 + 0.4) * 90 * unit * u + (0.5 - path) * width * 0.3 * u
      const band = ctx.createLinearGradient(x - wide, 0, x + wide, 0)
      band.addColorStop(0, css(trail, 0))
      band.addColorStop(0.3, css(trail, 0.2 * (1 - u * 0.5)))
      band.addColorStop(0.7, css(trail, 0.2 * (1 - u * 0.5)))
      band.addColorStop(1, css(trail, 0))
      ctx.fillStyle = band
      ctx.fillRect(x - wide, y - 3 * unit, wide * 2, (4 + u * 10) * unit)
    }
    for (let count = 0; count < 5200; count++) {
      const u = random() ** 1.4
      const y = floor + u * (height + 20 - floor)
      const x = box.x + random() * box.width
      const size = (0.8 + u * 4.2) * unit
      const tone =
        light.season === 'autumn'
          ? mix([200, 90, 30], [226, 168, 60], random())
          : winter
            ? ([240, 244, 252] as const)
            : mix([70, 92, 40], [132, 120, 60], random())
      ctx.fillStyle = css(
        mix(lit(tone, random() < 0.4 ? light.key : light.ambient, strength), light.haze, 0.6 * (1 - u)),
        0.55,
      )
      ctx.beginPath()
      ctx.ellipse(x, y, size, size * 0.4, random() * 3, 0, Math.PI * 2)
      ctx.fill()
    }
  })
  return (ctx, view) => drawPlate(ctx, view, plate)
}

/** Ferns and grass that lean into the lower edge and stir. */
const fernLayer = (stage: Stage): Layer => {
  const { light, width, height, unit } = stage
  if (light.season === 'winter') return () => {}
  const random = stage.random('ferns')
  const strength = light.dark > 0.6 ? 0.4 : 0.85
  const green: Rgb = light.season === 'autumn' ? [150, 104, 44] : [74, 112, 50]
  const plants = Array.from({ length: 13 }, (_, index) => ({
    x: width * ((index + random()) / 13),
    y: height * (1.0 + random() * 0.06),
    size: (90 + random() * 90) * unit,
    phase: random() * 6,
    tone: mix(lit(shift(green, -0.1), light.ambient, strength), lit(green, light.key, strength), random() * 0.5),
  })).filter((plant) => Math.abs(plant.x / width - 0.5) > 0.14)
  return (ctx, view) => {
    lookAt(ctx, view, 1.2)
    for (const plant of plants) {
      ctx.fillStyle = css(plant.tone)
      for (let frond = -3; frond <= 3; frond++) {
        const lean = frond * 0.36 + Math.sin(view.seconds * 1.1 + plant.phase + frond) * 0.03
        const long = plant.size * (1 - Math.abs(frond) * 0.09)
        ctx.beginPath()
        for (let step = 0; step <= 14; step++) {
          const u = step / 14
          const bx = plant.x + Math.sin(lean * (0.5 + u)) * long * u
          const by = plant.y - Math.cos(lean * (0.5 + u)) * long * u * 0.9
          const leaf = long * 0.15 * Math.sin((0.12 + u * 0.88) * Math.PI) * (1 - u * 0.4)
          ctx.moveTo(bx - 0.8 * unit, by)
          ctx.lineTo(bx - leaf, by - leaf * 0.4 + leaf * Math.abs(lean) * 0.5)
          ctx.lineTo(bx + 0.5 * unit, by - long * 0.034)
          ctx.lineTo(bx + leaf, by - leaf * 0.4 + leaf * Math.abs(lean) * 0.5)
          ctx.lineTo(bx + 0.8 * unit, by)
        }
        ctx.fill()
      }
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

/** A forest that one stands in: trunk behind trunk in the haze, leaves above, shafts of light, a path. */
export const paintForest: PlacePainter = (stage) => {
  const { light, height, width, unit, brief } = stage
  const floor = height * (0.6 + stage.random('horizon')() * 0.06)
  const ranks = 5
  const layers: Layer[] = heavens(stage, floor, 0.5)
  layers.push(floorLayer(stage, floor))
  for (let rank = 0; rank < ranks; rank++) {
    layers.push(rankLayer(stage, rank, ranks, floor))
    if (rank < ranks - 1)
      layers.push(
        mistLayer(stage, {
          name: `wood ${rank}`,
          y: floor - (30 - rank * 16) * unit,
          thick: (150 - rank * 22) * unit,
          depth: 0.25 + rank * 0.18,
          strength: Math.min(0.9, (0.46 - rank * 0.1) * light.air),
          colour: mix(light.haze, light.skyLow, 0.5),
        }),
      )
  }
  const clear = light.sun.shown && light.weather !== 'snow'
  if (clear)
    layers.push(
      rayLayer(stage, {
        x: width * (light.sun.x > 0.5 ? 0.7 : 0.3),
        y: -height * 0.15,
        colour: light.sun.moon ? light.key : mix(light.key, light.sun.colour, 0.5),
        strength: light.sun.moon ? 0.1 : 0.2,
        count: 10,
        spread: 1.3,
        long: height * 1.25,
      }),
    )
  layers.push(fernLayer(stage))
  if (!brief.figures.has('fireflies') && light.weather === 'clear')
    layers.push(
      moteLayer(stage, {
        name: 'motes',
        colour: light.dark > 0.5 ? [206, 255, 150] : light.key,
        count: 40,
        rise: 6,
        size: 1.3,
        from: 0.2,
        to: 0.95,
        blink: 0.7,
      }),
    )
  return { horizon: floor, layers: [...layers, ...weatherLayers(stage)] }
}
