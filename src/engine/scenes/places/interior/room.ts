import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillPolygon, fillRectangle, strokeLine } from '../../../canvas/paths.ts'
import { coverBox, type Layer, type SceneContext, shining, still } from '../../layers.ts'
import { paintSprite, type Box } from '../../../canvas/sprite.ts'
import { xAt, yAt } from '../../../canvas/camera-view.ts'

export type Room = { left: number; right: number; top: number; bottom: number; floor: number; side: number }

type Surfaces = { wall: Rgb; wood: Rgb }

const paintWall = (ctx: DrawingContext, { width, height }: SceneContext, room: Room, box: Box, wall: Rgb): void => {
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
  paint.addColorStop(1, css(shift(wall, -0.16)))
  fillRectangle(ctx, paint, [box.x, box.y, box.width, box.height])
}

/** Boards that run towards the eye, and the skirting above them. */
const paintFloor = (
  ctx: DrawingContext,
  scene: SceneContext,
  floor: number,
  box: Box,
  { wall, wood }: Surfaces,
): void => {
  const { width, height, unit } = scene
  const random = scene.random('shell')
  const boards = linearGradient(
    ctx,
    [0, floor, 0, height],
    [0, mix(wood, wall, 0.3)],
    [0.3, wood],
    [1, shift(wood, -0.12)],
  )
  fillRectangle(ctx, boards, [box.x, floor, box.width, box.height])
  for (let board = -26; board < 26; board++) {
    const top = width * 0.5 + board * 46 * unit
    const bottom = width * 0.5 + board * 150 * unit
    const foot = height + 40
    const tone = css(shift(wood, (random() - 0.5) * 0.07), 0.4)
    fillPolygon(ctx, tone, [top, floor, top + 46 * unit, floor, bottom + 150 * unit, foot, bottom, foot])
    ctx.strokeStyle = css(shift(wood, -0.2), 0.5)
    strokeLine(ctx, [top, floor, bottom, foot], 1.1 * unit)
  }
  fillRectangle(ctx, css(shift(wall, 0.08)), [box.x, floor - 16 * unit, box.width, 16 * unit])
  fillRectangle(ctx, css(shift(wood, -0.2), 0.4), [box.x, floor, box.width, 3 * unit])
}

/** Frame, bars and sill of the window. */
const paintFrame = (ctx: DrawingContext, { light, unit }: SceneContext, room: Room, wall: Rgb): void => {
  const { left, top, right, bottom } = room
  const [wide, tall, thick] = [right - left, bottom - top, 9 * unit]
  const bars = mix(shift(wall, 0.1), [250, 246, 240], light.dark > 0.5 ? 0 : 0.3)
  fillRectangle(ctx, css(bars), [left - thick, top - thick, wide + thick * 2, thick])
  ctx.fillRect(left - thick, top, thick, tall)
  ctx.fillRect(right, top, thick, tall)
  ctx.fillStyle = css(shift(bars, -0.1))
  for (const part of [1 / 3, 2 / 3]) ctx.fillRect(left + wide * part - 3 * unit, top, 6 * unit, tall)
  ctx.fillRect(left, top + tall * 0.36, wide, 5 * unit)
  fillRectangle(ctx, css(shift(bars, 0.03)), [left - 22 * unit, bottom, wide + 44 * unit, 12 * unit])
  fillRectangle(ctx, css(shift(wall, -0.2), 0.5), [left - 18 * unit, bottom + 12 * unit, wide + 36 * unit, 5 * unit])
}

/** The wall with a hole where the window is, the frame of the window, the floor of boards. */
export const roomLayer = (scene: SceneContext, room: Room, surfaces: Surfaces): Layer =>
  still(
    paintSprite(coverBox(scene, 0.5), 0.5, (ctx, box) => {
      paintWall(ctx, scene, room, box, surfaces.wall)
      paintFloor(ctx, scene, room.floor, box, surfaces)
      ctx.clearRect(room.left, room.top, room.right - room.left, room.bottom - room.top)
      paintFrame(ctx, scene, room, surfaces.wall)
    }),
  )

/** What lies outside is drawn only where the window shows it. */
export const throughWindow =
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
export const windowLightLayer = (scene: SceneContext, room: Room): Layer => {
  const { light, height, unit } = scene
  if (!light.sun.shown || light.weather === 'fog') return () => {}
  const { left, right, top, floor } = room
  const lean = (light.sun.x > 0.5 ? -1 : 1) * 150 * unit
  const strength = light.sun.moon ? 0.2 : 0.42
  const wide = (right - left) / 3
  // Where light through a place of the window meets the floor, 0 at the wall to 1 at the lower edge.
  const across = (x: number, u: number): number =>
    (x - (left + right) / 2) * (1 + u * 0.5) + (left + right) / 2 + lean * (0.4 + u)
  const paint = (ctx: DrawingContext): void => {
    for (let pane = 0; pane < 3; pane++)
      for (const [from, to] of [
        [0.06, 0.42],
        [0.47, 0.96],
      ] as const) {
        const [y1, y2] = [floor + (height - floor) * from, floor + (height - floor) * to]
        const [x1, x2] = [left + pane * wide + 5 * unit, left + pane * wide + wide - 5 * unit]
        const corners = [across(x1, from), y1, across(x2, from), y1, across(x2, to), y2, across(x1, to), y2]
        fillPolygon(ctx, css(light.key, strength * (1.1 - to * 0.4)), corners)
      }
    const shaft = linearGradient(ctx, [0, top, 0, height], [0, light.key, strength * 0.4], [1, light.key, 0])
    fillPolygon(ctx, shaft, [left, top, right, top, right + lean * 1.6, height, left + lean * 1.6, height])
  }
  return shining(paintSprite(coverBox(scene, 0.6), 0.6, paint, 0.2))
}
