import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../prompt/colours.ts'
import { mentions } from '../../prompt/words.ts'
import { css, lit, mix, shift, tint } from '../colour.ts'
import { moteLayer, rainLayer, snowLayer } from '../falling.ts'
import { heavens } from '../outdoors.ts'
import { mountainRanges } from '../ranges.ts'
import { coverBox, drawPlate, paintPlate } from '../plate.ts'
import type { Layer, Stage } from '../stage.ts'
import { lookAt, xAt, yAt } from '../view.ts'
import type { PlacePainter } from './painter.ts'

const wantsFire = ({ brief }: Stage): boolean =>
  mentions(brief.words, ['fireplace', 'fire', 'hearth', 'cozy', 'cosy']) || brief.figures.has('embers')

type Room = { left: number; right: number; top: number; bottom: number; floor: number; side: number }

/** The wall with a hole where the window is, the frame of the window, the floor of boards. */
const shell = (stage: Stage, room: Room, wall: Rgb, wood: Rgb): Layer => {
  const { width, height, unit, light } = stage
  const depth = 0.5
  const box = coverBox(stage, depth)
  const random = stage.random('shell')
  const near = shift(wall, -0.16)
  const plate = paintPlate(box, depth, (ctx) => {
    const paint = ctx.createRadialGradient(
      (room.left + room.right) / 2,
      (room.top + room.bottom) / 2,
      height * 0.2,
      width / 2,
      height / 2,
      Math.hypot(width, height) * 0.6,
    )
    paint.addColorStop(0, css(shift(wall, 0.05)))
    paint.addColorStop(0.5, css(wall))
    paint.addColorStop(1, css(near))
    ctx.fillStyle = paint
    ctx.fillRect(box.x, box.y, box.width, box.height)
    const far = width * 0.5
    const boards = ctx.createLinearGradient(0, room.floor, 0, height)
    boards.addColorStop(0, css(mix(wood, wall, 0.3)))
    boards.addColorStop(0.3, css(wood))
    boards.addColorStop(1, css(shift(wood, -0.12)))
    ctx.fillStyle = boards
    ctx.fillRect(box.x, room.floor, box.width, box.height)
    for (let board = -26; board < 26; board++) {
      const top = far + board * 46 * unit
      const bottom = far + board * 150 * unit
      ctx.fillStyle = css(shift(wood, (random() - 0.5) * 0.07), 0.4)
      ctx.beginPath()
      ctx.moveTo(top, room.floor)
      ctx.lineTo(top + 46 * unit, room.floor)
      ctx.lineTo(bottom + 150 * unit, height + 40)
      ctx.lineTo(bottom, height + 40)
      ctx.fill()
      ctx.strokeStyle = css(shift(wood, -0.2), 0.5)
      ctx.lineWidth = 1.1 * unit
      ctx.beginPath()
      ctx.moveTo(top, room.floor)
      ctx.lineTo(bottom, height + 40)
      ctx.stroke()
    }
    ctx.fillStyle = css(shift(wall, 0.08))
    ctx.fillRect(box.x, room.floor - 16 * unit, box.width, 16 * unit)
    ctx.fillStyle = css(shift(wood, -0.2), 0.4)
    ctx.fillRect(box.x, room.floor, box.width, 3 * unit)
    ctx.clearRect(room.left, room.top, room.right - room.left, room.bottom - room.top)
    // Reveal, frame and bars.
    const bars = mix(shift(wall, 0.1), [250, 246, 240], light.dark > 0.5 ? 0 : 0.3)
    ctx.fillStyle = css(bars)
    const thick = 9 * unit
    ctx.fillRect(room.left - thick, room.top - thick, room.right - room.left + thick * 2, thick)
    ctx.fillRect(room.left - thick, room.top, thick, room.bottom - room.top)
    ctx.fillRect(room.right, room.top, thick, room.bottom - room.top)
    ctx.fillStyle = css(shift(bars, -0.1))
    for (const part of [1 / 3, 2 / 3])
      ctx.fillRect(room.left + (room.right - room.left) * part - 3 * unit, room.top, 6 * unit, room.bottom - room.top)
    ctx.fillRect(room.left, room.top + (room.bottom - room.top) * 0.36, room.right - room.left, 5 * unit)
    ctx.fillStyle = css(shift(bars, 0.03))
    ctx.fillRect(room.left - 22 * unit, room.bottom, room.right - room.left + 44 * unit, 12 * unit)
    ctx.fillStyle = css(shift(wall, -0.2), 0.5)
    ctx.fillRect(room.left - 18 * unit, room.bottom + 12 * unit, room.right - room.left + 36 * unit, 5 * unit)
  })
  return (ctx, view) => drawPlate(ctx, view, plate)
}

/** What lies outside is drawn only where the window shows it. */
const through =
  (room: Room, layer: Layer): Layer =>
  (ctx, view) => {
    const left = xAt(view, room.left, 0.5)
    const top = yAt(view, room.top, 0.5)
    ctx.save()
    ctx.beginPath()
    ctx.rect(left - 4, top - 4, xAt(view, room.right, 0.5) - left + 8, yAt(view, room.bottom, 0.5) - top + 8)
    ctx.clip()
    layer(ctx, view)
    ctx.restore()
  }

/** The light that falls through the window onto the floor, with the shadows of its bars. */
const patchLayer = (stage: Stage, room: Room): Layer => {
  const { light, height, unit } = stage
  if (!light.sun.shown || light.weather === 'fog') return () => {}
  const lean = (light.sun.x > 0.5 ? -1 : 1) * 150 * unit
  const strength = light.sun.moon ? 0.2 : 0.42
  const box = coverBox(stage, 0.6)
  const plate = paintPlate(
    box,
    0.6,
    (ctx) => {
      const wide = (room.right - room.left) / 3
      for (let pane = 0; pane < 3; pane++)
        for (const [from, to] of [
          [0.06, 0.42],
          [0.47, 0.96],
        ] as const) {
          const y1 = room.floor + (height - room.floor) * from
          const y2 = room.floor + (height - room.floor) * to
          const x = room.left + pane * wide
          const spread = (u: number): number => 1 + u * 0.5
          const at = (px: number, u: number): number =>
            (px - (room.left + room.right) / 2) * spread(u) + (room.left + room.right) / 2 + lean * (0.4 + u)
          ctx.fillStyle = css(light.key, strength * (1.1 - to * 0.4))
          ctx.beginPath()
          ctx.moveTo(at(x + 5 * unit, from), y1)
          ctx.lineTo(at(x + wide - 5 * unit, from), y1)
          ctx.lineTo(at(x + wide - 5 * unit, to), y2)
          ctx.lineTo(at(x + 5 * unit, to), y2)
          ctx.fill()
        }
      const shaft = ctx.createLinearGradient(0, room.top, 0, height)
      shaft.addColorStop(0, css(light.key, strength * 0.4))
      shaft.addColorStop(1, css(light.key, 0))
      ctx.fillStyle = shaft
      ctx.beginPath()
      ctx.moveTo(room.left, room.top)
      ctx.lineTo(room.right, room.top)
      ctx.lineTo(room.right + lean * 1.6, height)
      ctx.lineTo(room.left + lean * 1.6, height)
      ctx.fill()
    },
    0.2,
  )
  return (ctx, view) => {
    ctx.globalCompositeOperation = 'screen'
    drawPlate(ctx, view, plate)
    ctx.globalCompositeOperation = 'source-over'
  }
}

const curtains = (stage: Stage, room: Room, cloth: Rgb): Layer => {
  const { unit } = stage
  const tones = [css(shift(cloth, 0.06), 0.97), css(shift(cloth, -0.06), 0.97)]
  return (ctx, view) => {
    lookAt(ctx, view, 0.54)
    for (const side of [-1, 1]) {
      const edge = side < 0 ? room.left - 34 * unit : room.right + 34 * unit
      for (let fold = 0; fold < 7; fold++) {
        const x = edge + side * -1 * (fold * 13 - 30) * unit
        const sway = Math.sin(view.seconds * 0.9 + fold * 0.7) * (2 + fold * 1.4) * unit
        ctx.fillStyle = tones[fold % 2]!
        ctx.beginPath()
        ctx.moveTo(x, room.top - 40 * unit)
        ctx.lineTo(x - side * 15 * unit, room.top - 40 * unit)
        ctx.quadraticCurveTo(
          x - side * 14 * unit + sway * 0.3,
          (room.top + room.floor) / 2,
          x - side * 20 * unit + sway,
          room.floor - 6 * unit,
        )
        ctx.lineTo(x + sway, room.floor - 6 * unit)
        ctx.quadraticCurveTo(x + sway * 0.3, (room.top + room.floor) / 2, x, room.top - 40 * unit)
        ctx.fill()
      }
    }
    ctx.fillStyle = css(shift(cloth, -0.28))
    ctx.fillRect(room.left - 90 * unit, room.top - 46 * unit, room.right - room.left + 180 * unit, 6 * unit)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

const plant = (
  ctx: SKRSContext2D,
  x: number,
  y: number,
  size: number,
  leaf: Rgb,
  pot: Rgb,
  random: () => number,
  sway: number,
): void => {
  ctx.fillStyle = css(pot)
  ctx.beginPath()
  ctx.moveTo(x - size * 0.2, y - size * 0.36)
  ctx.lineTo(x + size * 0.2, y - size * 0.36)
  ctx.lineTo(x + size * 0.15, y)
  ctx.lineTo(x - size * 0.15, y)
  ctx.fill()
  for (let index = 0; index < 15; index++) {
    const angle = -Math.PI / 2 + (random() - 0.5) * 2.3 + sway * (random() - 0.3)
    const long = size * (0.55 + random() * 0.55)
    const ex = x + Math.cos(angle) * long
    const ey = y - size * 0.36 + Math.sin(angle) * long
    ctx.fillStyle = css(shift(leaf, (random() - 0.5) * 0.14))
    ctx.beginPath()
    ctx.moveTo(x, y - size * 0.34)
    ctx.quadraticCurveTo(
      (x + ex) / 2 - Math.sin(angle) * size * 0.16,
      (y - size * 0.36 + ey) / 2 + Math.cos(angle) * size * 0.16,
      ex,
      ey,
    )
    ctx.quadraticCurveTo(
      (x + ex) / 2 + Math.sin(angle) * size * 0.16,
      (y - size * 0.36 + ey) / 2 - Math.cos(angle) * size * 0.16,
      x,
      y - size * 0.34,
    )
    ctx.fill()
  }
}

/** A sofa, a lamp, a plant, pictures, a rug: and a fire where one is asked for. */
const furniture = (stage: Stage, room: Room, cloth: Rgb, wood: Rgb, wall: Rgb): Layer[] => {
  const { width, unit, light, brief } = stage
  const random = stage.random('furniture')
  const lampOn = light.dark > 0.15 || mentions(brief.words, ['cozy', 'cosy', 'warm', 'lamp', 'candle'])
  const fire = wantsFire(stage)
  const x = room.side > 0 ? width * 0.24 : width * 0.76
  const lampX = room.side > 0 ? width * 0.455 : width * 0.545
  const ground = room.floor + 54 * unit
  const leaf = lit([74, 116, 70], mix(light.key, light.ambient, 0.4), light.dark > 0.5 ? 0.6 : 1)
  const box = coverBox(stage, 0.75)
  const still = paintPlate(box, 0.75, (ctx) => {
    ctx.fillStyle = css(mix(cloth, [240, 230, 214], 0.4), 0.85)
    ctx.beginPath()
    ctx.ellipse(width * 0.5, room.floor + 128 * unit, 330 * unit, 50 * unit, 0, 0, Math.PI * 2)
    ctx.fill()
    ctx.strokeStyle = css(cloth, 0.7)
    ctx.lineWidth = 5 * unit
    ctx.beginPath()
    ctx.ellipse(width * 0.5, room.floor + 128 * unit, 300 * unit, 42 * unit, 0, 0, Math.PI * 2)
    ctx.stroke()
    const s = unit * 1.15
    ctx.fillStyle = 'rgba(0,0,0,0.28)'
    ctx.beginPath()
    ctx.ellipse(x, ground + 12 * s, 190 * s, 20 * s, 0, 0, Math.PI * 2)
    ctx.fill()
    const round = (px: number, py: number, w: number, h: number, r: number, colour: Rgb): void => {
      const fill = ctx.createLinearGradient(0, py, 0, py + h)
      fill.addColorStop(0, css(shift(colour, 0.05)))
      fill.addColorStop(1, css(shift(colour, -0.09)))
      ctx.fillStyle = fill
      ctx.beginPath()
      ctx.roundRect(px, py, w, h, r)
      ctx.fill()
    }
    round(x - 160 * s, ground - 142 * s, 320 * s, 110 * s, 22 * s, shift(cloth, -0.05))
    round(x - 150 * s, ground - 78 * s, 148 * s, 46 * s, 14 * s, shift(cloth, 0.03))
    round(x + 2 * s, ground - 78 * s, 148 * s, 46 * s, 14 * s, shift(cloth, 0.02))
    round(x - 182 * s, ground - 104 * s, 46 * s, 106 * s, 18 * s, cloth)
    round(x + 136 * s, ground - 104 * s, 46 * s, 106 * s, 18 * s, cloth)
    round(x - 150 * s, ground - 40 * s, 300 * s, 38 * s, 8 * s, shift(cloth, -0.07))
    round(x - 130 * s, ground - 120 * s, 62 * s, 56 * s, 16 * s, tint(shift(cloth, 0.14), light.key, 0.5))
    round(x + 76 * s, ground - 118 * s, 58 * s, 54 * s, 16 * s, mix(cloth, wood, 0.6))
    for (const leg of [-150, 140]) {
      ctx.fillStyle = css(shift(wood, -0.25))
      ctx.fillRect(x + leg * s, ground - 4 * s, 10 * s, 16 * s)
    }
    for (let picture = 0; picture < 3; picture++) {
      const pw = (54 + random() * 30) * unit
      const ph = (60 + random() * 34) * unit
      const px = x + (picture - 1) * 108 * unit - pw / 2
      const py = room.floor - 330 * unit + (random() - 0.5) * 30 * unit
      ctx.fillStyle = css(shift(wood, -0.18))
      ctx.fillRect(px - 4 * unit, py - 4 * unit, pw + 8 * unit, ph + 8 * unit)
      const art = ctx.createLinearGradient(0, py, 0, py + ph)
      art.addColorStop(0, css(mix(light.skyMid, wall, 0.4)))
      art.addColorStop(0.6, css(mix(light.skyLow, cloth, 0.4)))
      art.addColorStop(1, css(shift(cloth, -0.15)))
      ctx.fillStyle = art
      ctx.fillRect(px, py, pw, ph)
      ctx.fillStyle = css(light.key, 0.5)
      ctx.beginPath()
      ctx.arc(px + pw * (0.3 + random() * 0.4), py + ph * 0.4, pw * 0.14, 0, Math.PI * 2)
      ctx.fill()
    }
    ctx.fillStyle = css(shift(wood, -0.28))
    ctx.fillRect(lampX - 2 * unit, ground - 250 * unit, 4 * unit, 250 * unit)
    ctx.beginPath()
    ctx.ellipse(lampX, ground, 30 * unit, 7 * unit, 0, 0, Math.PI * 2)
    ctx.fill()
    ctx.fillStyle = lampOn ? '#ffe2a8' : css(mix(wall, [255, 250, 240], 0.4))
    ctx.beginPath()
    ctx.moveTo(lampX - 26 * unit, ground - 300 * unit)
    ctx.lineTo(lampX + 26 * unit, ground - 300 * unit)
    ctx.lineTo(lampX + 44 * unit, ground - 238 * unit)
    ctx.lineTo(lampX - 44 * unit, ground - 238 * unit)
    ctx.fill()
    plant(
      ctx,
      room.side > 0 ? width * 0.93 : width * 0.07,
      ground + 26 * unit,
      150 * unit,
      leaf,
      mix(cloth, [200, 120, 80], 0.6),
      random,
      0,
    )
    plant(
      ctx,
      (room.left + room.right) / 2 + 70 * unit,
      room.bottom + 2 * unit,
      52 * unit,
      leaf,
      mix(wall, [220, 140, 96], 0.5),
      random,
      0,
    )
  })
  const layers: Layer[] = [(ctx, view) => drawPlate(ctx, view, still)]
  if (lampOn)
    layers.push((ctx, view) => {
      lookAt(ctx, view, 0.75)
      ctx.globalCompositeOperation = 'screen'
      const glow = ctx.createRadialGradient(lampX, ground - 262 * unit, 0, lampX, ground - 240 * unit, 380 * unit)
      glow.addColorStop(0, 'rgba(255,206,130,0.6)')
      glow.addColorStop(0.25, 'rgba(255,176,96,0.26)')
      glow.addColorStop(1, 'rgba(255,150,70,0)')
      ctx.fillStyle = glow
      ctx.fillRect(lampX - 400 * unit, ground - 650 * unit, 800 * unit, 800 * unit)
      ctx.globalCompositeOperation = 'source-over'
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    })
  if (fire)
    layers.push(
      fireLayer(
        stage,
        room.side > 0 ? width * 0.99 - 120 * unit : width * 0.01 + 120 * unit,
        room.floor + 20 * unit,
        wall,
      ),
    )
  layers.push(
    moteLayer(stage, {
      name: 'room dust',
      colour: lampOn ? [255, 214, 150] : light.key,
      count: 46,
      rise: 3,
      size: 1,
      from: 0.1,
      to: 0.95,
      blink: 0.6,
    }),
  )
  return layers
}

/** A hearth with flames that lick and throw their light into the room. */
const fireLayer = (stage: Stage, x: number, y: number, wall: Rgb): Layer => {
  const { unit, width, height } = stage
  const noise = stage.noise('fire')
  const stone = mix(wall, [70, 62, 60], 0.65)
  const plate = paintPlate(
    { x: x - 190 * unit, y: y - 400 * unit, width: 380 * unit, height: 430 * unit },
    0.6,
    (ctx) => {
      ctx.fillStyle = css(stone)
      ctx.fillRect(x - 150 * unit, y - 260 * unit, 300 * unit, 270 * unit)
      ctx.fillRect(x - 110 * unit, y - 400 * unit, 220 * unit, 150 * unit)
      ctx.fillStyle = css(shift(stone, 0.1))
      ctx.fillRect(x - 170 * unit, y - 274 * unit, 340 * unit, 22 * unit)
      ctx.fillStyle = '#120a08'
      ctx.beginPath()
      ctx.roundRect(x - 96 * unit, y - 180 * unit, 192 * unit, 186 * unit, [60 * unit, 60 * unit, 0, 0])
      ctx.fill()
      ctx.fillStyle = '#3a2216'
      ctx.fillRect(x - 66 * unit, y - 20 * unit, 132 * unit, 18 * unit)
      ctx.fillRect(x - 46 * unit, y - 36 * unit, 96 * unit, 16 * unit)
    },
  )
  return (ctx, view) => {
    drawPlate(ctx, view, plate)
    lookAt(ctx, view, 0.6)
    ctx.globalCompositeOperation = 'screen'
    for (let tongue = 0; tongue < 22; tongue++) {
      const u = tongue / 21 - 0.5
      const tall = (1 - Math.abs(u) * 1.5) * (74 + 60 * noise(view.seconds * 2.2 + tongue * 3, tongue)) * unit
      const fx = x + u * 120 * unit
      const tip = fx + noise(view.seconds * 1.6 + tongue, 7) * 22 * unit
      const flame = ctx.createLinearGradient(0, y - 24 * unit, 0, y - 24 * unit - tall)
      flame.addColorStop(0, 'rgba(255,190,80,0.6)')
      flame.addColorStop(0.5, 'rgba(255,110,30,0.4)')
      flame.addColorStop(1, 'rgba(200,40,10,0)')
      ctx.fillStyle = flame
      ctx.beginPath()
      ctx.moveTo(fx - 14 * unit, y - 22 * unit)
      ctx.quadraticCurveTo(fx - 13 * unit, y - 22 * unit - tall * 0.5, tip, y - 24 * unit - tall)
      ctx.quadraticCurveTo(fx + 13 * unit, y - 22 * unit - tall * 0.5, fx + 14 * unit, y - 22 * unit)
      ctx.fill()
    }
    const flicker = 0.42 + noise(view.seconds * 3, 2) * 0.12
    const glow = ctx.createRadialGradient(x, y - 60 * unit, 0, x, y - 40 * unit, 560 * unit)
    glow.addColorStop(0, `rgba(255,140,50,${flicker})`)
    glow.addColorStop(1, 'rgba(255,100,30,0)')
    ctx.fillStyle = glow
    ctx.fillRect(-width, -height, width * 3, height * 3)
    ctx.globalCompositeOperation = 'source-over'
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

/** A room with a large window: outside the hour and the weather, inside its light on the floor, a sofa, a lamp. */
export const paintInterior: PlacePainter = (stage) => {
  const { brief, light, width, height, unit } = stage
  const random = stage.random('room')
  const side = random() < 0.5 ? 1 : -1
  const floor = height * (0.72 + random() * 0.03)
  const hearth = wantsFire(stage)
  const span = Math.min(width * (hearth ? 0.28 : 0.4), height * 0.86)
  const middle = width * (hearth ? 0.5 + side * 0.1 : 0.5 + side * 0.2)
  const room: Room = {
    left: middle - span / 2,
    right: middle + span / 2,
    top: height * 0.13,
    bottom: floor - 96 * unit,
    floor,
    side,
  }
  const palettes: readonly (readonly [Rgb, Rgb])[] = [
    [
      [206, 194, 178],
      [96, 116, 122],
    ],
    [
      [150, 162, 150],
      [190, 120, 84],
    ],
    [
      [196, 172, 160],
      [92, 96, 128],
    ],
    [
      [120, 132, 148],
      [208, 164, 96],
    ],
  ]
  const [paint, fabric] = palettes[Math.floor(random() * palettes.length)]!
  const word = brief.colours[0]
  const dim = light.dark > 0.5 ? 0.85 : light.dark > 0.15 ? 0.92 : 1
  // At night the lamps light the room, and lamps are warm.
  const inside = light.dark > 0.5 ? mix(light.ambient, [150, 112, 84], 0.62) : mix(light.ambient, light.key, 0.6)
  const wall = lit(word ? tint(paint, word, 0.5) : paint, inside, dim)
  const cloth = lit(word ? tint(fabric, word, 0.7) : fabric, inside, dim * 1.05)
  const wood = lit([152, 106, 70], inside, dim)
  const outside = heavens(stage, floor)
  outside.push(
    ...mountainRanges(stage, {
      horizon: room.bottom - 24 * unit,
      tall: 0.5,
      floor: -200,
      count: 2,
      pines: true,
      snowy: light.season === 'winter',
      bottom: height,
    }).layers,
  )
  if (light.weather === 'rain' || light.weather === 'storm') outside.push(rainLayer(stage))
  if (light.weather === 'snow') outside.push(snowLayer(stage, 0.7))
  return {
    horizon: height * 0.55,
    layers: [
      ...outside.map((layer) => through(room, layer)),
      shell(stage, room, wall, wood),
      patchLayer(stage, room),
      curtains(stage, room, mix(cloth, [236, 228, 214], 0.55)),
      ...furniture(stage, room, cloth, wood, wall),
    ],
  }
}
