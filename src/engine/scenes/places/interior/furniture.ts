import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Rgb } from '../../../rgb.ts'
import { mentions } from '../../../prompt/words.ts'
import { css, lit, mix, shift, tint } from '../../../canvas/colour.ts'
import { moteLayer } from '../../sky/falling.ts'
import { coverBox, shining, type Layer } from '../../layers.ts'
import { drawSprite, glowSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'
import { fireLayer } from './hearth.ts'
import type { Room } from './room.ts'

export const wantsFire = ({ brief }: SceneContext): boolean =>
  mentions(brief.words, ['fireplace', 'fire', 'hearth', 'cozy', 'cosy']) || brief.figures.has('embers')

export const curtains = (scene: SceneContext, room: Room, cloth: Rgb): Layer => {
  const { unit } = scene
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
export const furniture = (scene: SceneContext, room: Room, cloth: Rgb, wood: Rgb, wall: Rgb): Layer[] => {
  const { width, unit, light, brief } = scene
  const random = scene.random('furniture')
  const lampOn = light.dark > 0.15 || mentions(brief.words, ['cozy', 'cosy', 'warm', 'lamp', 'candle'])
  const fire = wantsFire(scene)
  const x = room.side > 0 ? width * 0.24 : width * 0.76
  const lampX = room.side > 0 ? width * 0.455 : width * 0.545
  const ground = room.floor + 54 * unit
  const leaf = lit([74, 116, 70], mix(light.key, light.ambient, 0.4), light.dark > 0.5 ? 0.6 : 1)
  const box = coverBox(scene, 0.75)
  const still = paintSprite(box, 0.75, (ctx) => {
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
  const layers: Layer[] = [(ctx, view) => drawSprite(ctx, view, still)]
  if (lampOn) {
    const reach = 400 * unit
    const glow = glowSprite({ x: lampX, y: ground - 250 * unit, reach }, 0.75, [
      [0, [255, 206, 130], 0.6],
      [0.25, [255, 176, 96], 0.26],
      [1, [255, 150, 70], 0],
    ])
    layers.push(shining(glow))
  }
  if (fire)
    layers.push(
      fireLayer(
        scene,
        room.side > 0 ? width * 0.99 - 120 * unit : width * 0.01 + 120 * unit,
        room.floor + 20 * unit,
        wall,
      ),
    )
  layers.push(
    moteLayer(scene, {
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
