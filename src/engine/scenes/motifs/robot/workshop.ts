import { pick, type Random } from '../../../random.ts'
import { rgb, type Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { linearGradient, radialGradient } from '../../../canvas/gradients.ts'
import { fillPath, fillRectangle, fillRounded, readPath } from '../../../canvas/paths.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox, type SceneContext } from '../../layers.ts'
import { type Box, paintSprite, type Sprite } from '../../../canvas/sprite.ts'

/** Frame pixels; the window is outside the wall, `dusk` 0 by day to 1. */
export type Workshop = {
  x: number
  bench: number
  lamp: { x: number; y: number }
  window: { x: number; y: number; wide: number; tall: number }
  wall: Rgb
  dusk: number
}

/** What the parts of one sprite are painted with. `shade` is what the room's colours darken to. */
type Brush = { ctx: DrawingContext; random: Random; scene: SceneContext; room: Workshop; shade: Rgb }

const HANDLES = [0xb03e30, 0x34608c, 0xc4963c, 0x46464c].map(rgb)
const JARS = [0xb6563c, 0x4e7484, 0xcea85c, 0x687c54, 0x968c82].map(rgb)
const TOOLS = [0xaa3c30, 0x3c688c, 0xb4b8be].map(rgb)
const SPANNER = readPath('M-10 -2 L-4 12 L4 12 L10 -2 L4 4 L-4 4 Z')

type Gear = { x: number; y: number; radius: number; teeth: number }

const gear = (ctx: DrawingContext, paint: string, { x, y, radius, teeth }: Gear): void => {
  ctx.fillStyle = paint
  ctx.beginPath()
  for (let step = 0; step < teeth * 4; step++) {
    const out = step % 4 < 2 ? radius : radius * 0.82
    const angle = (step / (teeth * 4)) * Math.PI * 2
    ctx.lineTo(x + Math.cos(angle) * out, y + Math.sin(angle) * out)
  }
  ctx.closePath()
  ctx.arc(x, y, radius * 0.3, 0, Math.PI * 2)
  ctx.fill('evenodd')
}

const planks = ({ ctx, random, scene: { unit }, room: { wall }, shade }: Brush, box: Box): void => {
  fillRectangle(ctx, css(wall), [box.x, box.y, box.width, box.height])
  for (let x = box.x; x < box.x + box.width;) {
    const wide = (50 + random() * 26) * unit
    fillRectangle(ctx, css(shift(wall, (random() - 0.5) * 0.06)), [x, box.y, wide - 2 * unit, box.height])
    fillRectangle(ctx, css(shade, 0.5), [x + wide - 2 * unit, box.y, 2 * unit, box.height])
    x += wide
  }
}

/** The window, with the evening or the day in it over three hills. */
const windowOnHills = ({ ctx, scene, room }: Brush): void => {
  const { light, unit } = scene
  const { x, y, wide, tall } = room.window
  const frame = css(mix(room.wall, [60, 42, 30], 0.5))
  fillRectangle(ctx, frame, [x - 10 * unit, y - 10 * unit, wide + 20 * unit, tall + 20 * unit])
  const sky = linearGradient(ctx, [0, y, 0, y + tall], [0, light.skyTop], [0.5, light.skyMid], [1, light.skyLow])
  fillRectangle(ctx, sky, [x, y, wide, tall])
  ctx.save()
  ctx.beginPath()
  ctx.rect(x, y, wide, tall)
  ctx.clip()
  for (let hill = 0; hill < 3; hill++) {
    ctx.fillStyle = css(mix(mix(light.ambient, [30, 50, 44], 0.5), light.haze, 0.7 - hill * 0.25))
    ctx.beginPath()
    ctx.moveTo(x, y + tall)
    for (let step = 0; step <= 20; step++)
      ctx.lineTo(
        x + (wide * step) / 20,
        y + tall * (0.66 + hill * 0.1) + Math.sin(step * 0.5 + hill * 2 + room.x) * 12 * unit,
      )
    ctx.lineTo(x + wide, y + tall)
    ctx.fill()
  }
  ctx.restore()
  for (const share of [1 / 3, 2 / 3]) fillRectangle(ctx, frame, [x + wide * share - 3 * unit, y, 6 * unit, tall])
  ctx.fillRect(x, y + tall * 0.5 - 3 * unit, wide, 6 * unit)
}

const toolBoard = ({ ctx, random, scene, room, shade }: Brush, isLeft: boolean): void => {
  const { width, height, unit } = scene
  const board = { x: isLeft ? width * 0.06 : width * 0.6, y: height * 0.14, wide: width * 0.32, tall: height * 0.26 }
  fillRectangle(ctx, css(mix(room.wall, [196, 160, 112], 0.3)), [board.x, board.y, board.wide, board.tall])
  const metal = (level: number): string => css(mix([150, 156, 166], shade, level))
  for (let tool = 0; tool < 9; tool++) {
    const x = board.x + board.wide * ((tool + 0.5) / 9)
    const long = board.tall * (0.4 + random() * 0.36)
    const y = board.y + board.tall * 0.14
    const kind = Math.floor(random() * 4)
    fillRounded(ctx, css(HANDLES[kind]!), [x - 5 * unit, y + long * 0.5, 10 * unit, long * 0.5, 4 * unit])
    fillRectangle(ctx, metal(0.3), [x - 2.4 * unit, y, 4.8 * unit, long * 0.52])
    if (kind === 0) ctx.fillRect(x - 13 * unit, y, 26 * unit, 11 * unit)
    else if (kind === 1) fillPath(ctx, metal(0.2), SPANNER, { x, y, size: unit })
  }
}

/** Two shelves of jars, boxes and cogs. */
const partShelves = ({ ctx, random, scene, room: { wall }, shade }: Brush, isLeft: boolean): void => {
  const { width, height, unit } = scene
  const from = isLeft ? width * 0.03 : width * 0.58
  const wide = width * 0.38
  for (let shelf = 0; shelf < 2; shelf++) {
    const y = height * (0.5 + shelf * 0.14)
    fillRectangle(ctx, css(mix(wall, [70, 48, 32], 0.6)), [from, y, wide, 9 * unit])
    fillRectangle(ctx, css(shade, 0.45), [from, y + 9 * unit, wide, 7 * unit])
    for (let x = from + 10 * unit; x < from + wide - 40 * unit;) {
      const size = (20 + random() * 30) * unit
      const paint = mix(pick(random, JARS), wall, 0.3)
      const kind = random()
      const [across, tall] = kind < 0.6 ? [0.7, 1.3] : [1.2, 0.8]
      if (kind < 0.3) {
        const metal = css(mix([150, 156, 166], shade, 0.25 + random() * 0.3))
        gear(ctx, metal, { x: x + size / 2, y: y - size * 0.52, radius: size * 0.5, teeth: 9 })
      } else {
        const colour = css(mix(paint, shade, random() * 0.3))
        fillRounded(ctx, colour, [x, y - size * tall, size * across, size * tall, 3 * unit])
      }
      x += size * 1.3
    }
  }
}

/** A workshop's back wall: planks, a window, tools on their board and shelves of parts where no window is. */
export const workshopWall = (scene: SceneContext, room: Workshop): Sprite => {
  const { wall, lamp, dusk } = room
  const shade = mix(wall, [14, 14, 22], 0.7)
  const random = scene.random('workshop')
  const isLeft = room.window.x > scene.width / 2
  return paintSprite(coverBox(scene, 0.35), 0.35, (ctx, box) => {
    const brush: Brush = { ctx, random, scene, room, shade }
    planks(brush, box)
    windowOnHills(brush)
    toolBoard(brush, isLeft)
    partShelves(brush, isLeft)
    // Light of the lamp on the wall, and dark in the corners.
    const glow = ctx.createRadialGradient(lamp.x, lamp.y, 0, lamp.x, lamp.y, scene.height * 0.9)
    glow.addColorStop(0, `rgba(255,206,130,${(0.3 + dusk * 0.3).toFixed(2)})`)
    glow.addColorStop(0.4, `rgba(255,190,110,${(0.1 + dusk * 0.08).toFixed(2)})`)
    glow.addColorStop(1, css(shade, 0.4 + dusk * 0.3))
    fillRectangle(ctx, glow, [box.x, box.y, box.width, box.height])
  })
}

/** Tools and cogs that lie on the bench, beside the robot. */
const looseParts = ({ ctx, random, scene, room, shade }: Brush): void => {
  const { width, unit } = scene
  for (let thing = 0; thing < 12; thing++) {
    const x = width * random()
    if (Math.abs(x - room.x) < 190 * unit) continue
    const y = room.bench + (10 + random() * 36) * unit
    const size = (14 + random() * 26) * unit
    if (random() < 0.4) {
      const brass = css(mix([190, 160, 96], shade, 0.2 + random() * 0.3))
      gear(ctx, brass, { x, y: y - size * 0.2, radius: size, teeth: 10 })
    } else {
      const colour = css(mix(pick(random, TOOLS), shade, 0.2))
      fillRounded(ctx, colour, [x - size, y - size * 0.3, size * 2.4, size * 0.4, size * 0.16])
    }
  }
}

/** The bench in front, with what lies on it. */
export const workbench = (scene: SceneContext, room: Workshop): Sprite => {
  const { width, height, unit } = scene
  const { bench } = room
  const random = scene.random('bench')
  const wood = mix([156, 106, 66], room.wall, 0.2)
  const shade: Rgb = [30, 22, 22]
  return paintSprite(coverBox(scene, 0.8, bench - 90 * unit), 0.8, (ctx, box) => {
    const edge = bench + 60 * unit
    const top = linearGradient(ctx, [0, bench, 0, edge], [0, shift(wood, 0.08)], [1, mix(wood, shade, 0.3)])
    fillRectangle(ctx, top, [box.x, bench, box.width, 60 * unit])
    const front = linearGradient(ctx, [0, edge, 0, height], [0, mix(wood, shade, 0.55)], [1, mix(wood, shade, 0.86)])
    fillRectangle(ctx, front, [box.x, edge, box.width, height])
    const grain = css(mix(wood, shade, 0.5), 0.14)
    for (let line = 0; line < 160; line++) {
      const [x, y] = [box.x + random() * box.width, bench + random() * 58 * unit]
      fillRectangle(ctx, grain, [x, y, (40 + random() * 160) * unit, 1.2 * unit])
    }
    const warm = [255, 214, 150] as const
    const pool = radialGradient(ctx, [room.x, bench + 24 * unit, width * 0.36], [0, warm, 0.4], [1, warm, 0])
    fillRectangle(ctx, pool, [box.x, bench, box.width, 60 * unit])
    looseParts({ ctx, random, scene, room, shade })
  })
}
