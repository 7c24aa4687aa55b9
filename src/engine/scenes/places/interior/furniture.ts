import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, lit, mix, shift, tint } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillPath, fillRectangle, fillRounded, readPath, strokeEllipse } from '../../../canvas/paths.ts'
import { moteLayer } from '../../sky/falling.ts'
import { coverBox, type Layer, layerAt, type SceneContext, shining, still } from '../../layers.ts'
import { glowSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { Random } from '../../../random.ts'
import { fireLayer } from './hearth.ts'
import type { Room } from './room.ts'
import { fillCircle, fillCurve, setPen } from '../../../canvas/curves.ts'

/** The colours of a room's things, as its light shows them. */
type Materials = { cloth: Rgb; wood: Rgb; wall: Rgb }

export const wantsFire = ({ brief }: SceneContext): boolean =>
  brief.details.interior.hasFire || brief.figures.has('embers')

/** Curtains at both sides of the window, whose folds stir. */
export const curtains = (scene: SceneContext, room: Room, cloth: Rgb): Layer => {
  const { unit } = scene
  const tones = [css(shift(cloth, 0.06), 0.97), css(shift(cloth, -0.06), 0.97)]
  const [top, middle, foot] = [room.top - 40 * unit, (room.top + room.floor) / 2, room.floor - 6 * unit]
  return layerAt(0.54, (ctx, view) => {
    for (const side of [-1, 1]) {
      const edge = side < 0 ? room.left - 34 * unit : room.right + 34 * unit
      for (let fold = 0; fold < 7; fold++) {
        const x = edge + side * -1 * (fold * 13 - 30) * unit
        const sway = Math.sin(view.seconds * 0.9 + fold * 0.7) * (2 + fold * 1.4) * unit
        fillCurve(
          ctx,
          tones[fold % 2]!,
          [x, top],
          [x - side * 15 * unit, top],
          [x - side * 14 * unit + sway * 0.3, middle, x - side * 20 * unit + sway, foot],
          [x + sway, foot],
          [x + sway * 0.3, middle, x, top],
        )
      }
    }
    const rail = [room.left - 90 * unit, room.top - 46 * unit, room.right - room.left + 180 * unit, 6 * unit] as const
    fillRectangle(ctx, css(shift(cloth, -0.28)), rail)
  })
}

const POT = readPath('M -0.2 -0.36 L 0.2 -0.36 L 0.15 0 L -0.15 0')

const paintPlant = (
  ctx: DrawingContext,
  random: Random,
  at: { x: number; y: number; size: number },
  leaf: Rgb,
  pot: Rgb,
): void => {
  const { x, y, size } = at
  fillPath(ctx, css(pot), POT, at)
  for (let index = 0; index < 15; index++) {
    const angle = -Math.PI / 2 + (random() - 0.5) * 2.3
    // Drawn and not used: without it every leaf after this one would be another.
    random()
    const long = size * (0.55 + random() * 0.55)
    const [tipX, tipY] = [x + Math.cos(angle) * long, y - size * 0.36 + Math.sin(angle) * long]
    const [midX, midY] = [(x + tipX) / 2, (y - size * 0.36 + tipY) / 2]
    const [wideX, wideY] = [Math.sin(angle) * size * 0.16, Math.cos(angle) * size * 0.16]
    fillCurve(
      ctx,
      css(shift(leaf, (random() - 0.5) * 0.14)),
      [x, y - size * 0.34],
      [midX - wideX, midY + wideY, tipX, tipY],
      [midX + wideX, midY - wideY, x, y - size * 0.34],
    )
  }
}

const paintRug = (ctx: DrawingContext, { width, unit }: SceneContext, floor: number, cloth: Rgb): void => {
  const [x, y] = [width * 0.5, floor + 128 * unit]
  fillEllipse(ctx, css(mix(cloth, [240, 230, 214], 0.4), 0.85), [x, y, 330 * unit, 50 * unit])
  setPen(ctx, css(cloth, 0.7), 5 * unit)
  strokeEllipse(ctx, [x, y, 300 * unit, 42 * unit])
}

/** A sofa by its middle on the floor; `s` is the length of its unit in pixels. */
const paintSofa = (
  ctx: DrawingContext,
  { x, y, s }: { x: number; y: number; s: number },
  { cloth, wood }: Materials,
  light: Rgb,
): void => {
  fillEllipse(ctx, 'rgba(0,0,0,0.28)', [x, y + 12 * s, 190 * s, 20 * s])
  const part = (
    colour: Rgb,
    left: number,
    up: number,
    [wide, tall, corner]: readonly [number, number, number],
  ): void => {
    const top = y - up * s
    const fill = linearGradient(ctx, [0, top, 0, top + tall * s], [0, shift(colour, 0.05)], [1, shift(colour, -0.09)])
    fillRounded(ctx, fill, [x + left * s, top, wide * s, tall * s, corner * s])
  }
  part(shift(cloth, -0.05), -160, 142, [320, 110, 22])
  part(shift(cloth, 0.03), -150, 78, [148, 46, 14])
  part(shift(cloth, 0.02), 2, 78, [148, 46, 14])
  part(cloth, -182, 104, [46, 106, 18])
  part(cloth, 136, 104, [46, 106, 18])
  part(shift(cloth, -0.07), -150, 40, [300, 38, 8])
  part(tint(shift(cloth, 0.14), light, 0.5), -130, 120, [62, 56, 16])
  part(mix(cloth, wood, 0.6), 76, 118, [58, 54, 16])
  for (const leg of [-150, 140]) fillRectangle(ctx, css(shift(wood, -0.25)), [x + leg * s, y - 4 * s, 10 * s, 16 * s])
}

/** Three framed pictures side by side on the wall. */
const paintPictures = (
  ctx: DrawingContext,
  { light, unit }: SceneContext,
  random: Random,
  at: { x: number; y: number },
  { cloth, wood, wall }: Materials,
): void => {
  for (let picture = 0; picture < 3; picture++) {
    const wide = (54 + random() * 30) * unit
    const tall = (60 + random() * 34) * unit
    const x = at.x + (picture - 1) * 108 * unit - wide / 2
    const y = at.y + (random() - 0.5) * 30 * unit
    fillRectangle(ctx, css(shift(wood, -0.18)), [x - 4 * unit, y - 4 * unit, wide + 8 * unit, tall + 8 * unit])
    const art = linearGradient(
      ctx,
      [0, y, 0, y + tall],
      [0, mix(light.skyMid, wall, 0.4)],
      [0.6, mix(light.skyLow, cloth, 0.4)],
      [1, shift(cloth, -0.15)],
    )
    fillRectangle(ctx, art, [x, y, wide, tall])
    fillCircle(ctx, css(light.key, 0.5), [x + wide * (0.3 + random() * 0.4), y + tall * 0.4, wide * 0.14])
  }
}

const LAMPSHADE = readPath('M -26 -300 L 26 -300 L 44 -238 L -44 -238')

/** A lamp on a pole, by its foot. */
const paintLamp = (
  ctx: DrawingContext,
  { x, y, unit }: { x: number; y: number; unit: number },
  wood: Rgb,
  shade: string,
): void => {
  fillRectangle(ctx, css(shift(wood, -0.28)), [x - 2 * unit, y - 250 * unit, 4 * unit, 250 * unit])
  fillEllipse(ctx, css(shift(wood, -0.28)), [x, y, 30 * unit, 7 * unit])
  fillPath(ctx, shade, LAMPSHADE, { x, y, size: unit })
}

/** A sofa, a lamp, a plant, pictures, a rug: and a fire where one is asked for. */
export const furniture = (scene: SceneContext, room: Room, materials: Materials): Layer[] => {
  const { width, unit, light, brief } = scene
  const { cloth, wood, wall } = materials
  const random = scene.random('furniture')
  const lampOn = light.dark > 0.15 || brief.details.interior.hasLampOn
  const x = room.side > 0 ? width * 0.24 : width * 0.76
  const lampX = room.side > 0 ? width * 0.455 : width * 0.545
  const ground = room.floor + 54 * unit
  const leaf = lit([74, 116, 70], mix(light.key, light.ambient, 0.4), light.dark > 0.5 ? 0.6 : 1)
  const things = paintSprite(coverBox(scene, 0.75), 0.75, (ctx) => {
    paintRug(ctx, scene, room.floor, cloth)
    paintSofa(ctx, { x, y: ground, s: unit * 1.15 }, materials, light.key)
    paintPictures(ctx, scene, random, { x, y: room.floor - 330 * unit }, materials)
    const shade = lampOn ? '#ffe2a8' : css(mix(wall, [255, 250, 240], 0.4))
    paintLamp(ctx, { x: lampX, y: ground, unit }, wood, shade)
    const onFloor = { x: room.side > 0 ? width * 0.93 : width * 0.07, y: ground + 26 * unit, size: 150 * unit }
    paintPlant(ctx, random, onFloor, leaf, mix(cloth, [200, 120, 80], 0.6))
    const onSill = { x: (room.left + room.right) / 2 + 70 * unit, y: room.bottom + 2 * unit, size: 52 * unit }
    paintPlant(ctx, random, onSill, leaf, mix(wall, [220, 140, 96], 0.5))
  })
  const layers: Layer[] = [still(things)]
  if (lampOn) {
    const glow = glowSprite({ x: lampX, y: ground - 250 * unit, reach: 400 * unit }, 0.75, [
      [0, [255, 206, 130], 0.6],
      [0.25, [255, 176, 96], 0.26],
      [1, [255, 150, 70], 0],
    ])
    layers.push(shining(glow))
  }
  if (wantsFire(scene)) {
    const hearthX = room.side > 0 ? width * 0.99 - 120 * unit : width * 0.01 + 120 * unit
    layers.push(fireLayer(scene, hearthX, room.floor + 20 * unit, wall))
  }
  const colour: Rgb = lampOn ? [255, 214, 150] : light.key
  const dust = { name: 'room dust', colour, count: 46, rise: 3, size: 1, from: 0.1, to: 0.95, blink: 0.6 }
  return [...layers, moteLayer(scene, dust)]
}
