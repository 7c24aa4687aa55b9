import type { Rgb } from '../../../rgb.ts'
import { fade, fillShape } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'

export type Workshop = {
  x: number
  bench: number
  lamp: { x: number; y: number }
  window: { x: number; y: number; wide: number; tall: number }
  wall: Rgb
  dusk: number
}

const gear = (
  ctx: Parameters<Parameters<typeof paintSprite>[2]>[0],
  x: number,
  y: number,
  radius: number,
  teeth: number,
  paint: string,
): void => {
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

/** A workshop's back wall: planks, a window with the evening or the day in it, tools on their board, shelves of parts. */
export const workshopWall = (scene: SceneContext, room: Workshop): Sprite => {
  const { width, height, unit, light } = scene
  const random = scene.random('workshop')
  const { wall, lamp, window: pane } = room
  const shade: Rgb = mix(wall, [14, 14, 22], 0.7)
  return paintSprite(coverBox(scene, 0.35), 0.35, (ctx, box) => {
    ctx.fillStyle = css(wall)
    ctx.fillRect(box.x, box.y, box.width, box.height)
    for (let x = box.x; x < box.x + box.width;) {
      const wide = (50 + random() * 26) * unit
      ctx.fillStyle = css(shift(wall, (random() - 0.5) * 0.06))
      ctx.fillRect(x, box.y, wide - 2 * unit, box.height)
      ctx.fillStyle = css(shade, 0.5)
      ctx.fillRect(x + wide - 2 * unit, box.y, 2 * unit, box.height)
      x += wide
    }
    // The window.
    ctx.fillStyle = css(mix(wall, [60, 42, 30], 0.5))
    ctx.fillRect(pane.x - 10 * unit, pane.y - 10 * unit, pane.wide + 20 * unit, pane.tall + 20 * unit)
    ctx.fillStyle = fade(ctx, pane.y, pane.y + pane.tall, [
      [0, light.skyTop],
      [0.5, light.skyMid],
      [1, light.skyLow],
    ])
    ctx.fillRect(pane.x, pane.y, pane.wide, pane.tall)
    ctx.save()
    ctx.beginPath()
    ctx.rect(pane.x, pane.y, pane.wide, pane.tall)
    ctx.clip()
    for (let hill = 0; hill < 3; hill++) {
      ctx.fillStyle = css(mix(mix(light.ambient, [30, 50, 44], 0.5), light.haze, 0.7 - hill * 0.25))
      ctx.beginPath()
      ctx.moveTo(pane.x, pane.y + pane.tall)
      for (let step = 0; step <= 20; step++)
        ctx.lineTo(
          pane.x + (pane.wide * step) / 20,
          pane.y + pane.tall * (0.66 + hill * 0.1) + Math.sin(step * 0.5 + hill * 2 + room.x) * 12 * unit,
        )
      ctx.lineTo(pane.x + pane.wide, pane.y + pane.tall)
      ctx.fill()
    }
    ctx.restore()
    ctx.fillStyle = css(mix(wall, [60, 42, 30], 0.5))
    for (const share of [1 / 3, 2 / 3]) ctx.fillRect(pane.x + pane.wide * share - 3 * unit, pane.y, 6 * unit, pane.tall)
    ctx.fillRect(pane.x, pane.y + pane.tall * 0.5 - 3 * unit, pane.wide, 6 * unit)
    // Tools on a board, on the side where no window is.
    const left = pane.x > width / 2
    const board = { x: left ? width * 0.06 : width * 0.6, y: height * 0.14, wide: width * 0.32, tall: height * 0.26 }
    ctx.fillStyle = css(mix(wall, [196, 160, 112], 0.3))
    ctx.fillRect(board.x, board.y, board.wide, board.tall)
    const metal = (level: number): string => css(mix([150, 156, 166], shade, level))
    for (let tool = 0; tool < 9; tool++) {
      const x = board.x + board.wide * ((tool + 0.5) / 9)
      const long = board.tall * (0.4 + random() * 0.36)
      const y = board.y + board.tall * 0.14
      const kind = Math.floor(random() * 4)
      ctx.fillStyle = css(
        (
          [
            [176, 62, 48],
            [52, 96, 140],
            [196, 150, 60],
            [70, 70, 76],
          ] as const
        )[kind]!,
      )
      ctx.beginPath()
      ctx.roundRect(x - 5 * unit, y + long * 0.5, 10 * unit, long * 0.5, 4 * unit)
      ctx.fill()
      ctx.fillStyle = metal(0.3)
      ctx.fillRect(x - 2.4 * unit, y, 4.8 * unit, long * 0.52)
      if (kind === 0) ctx.fillRect(x - 13 * unit, y, 26 * unit, 11 * unit)
      else if (kind === 1)
        fillShape(
          ctx,
          [
            [x - 10 * unit, y - 2 * unit],
            [x - 4 * unit, y + 12 * unit],
            [x + 4 * unit, y + 12 * unit],
            [x + 10 * unit, y - 2 * unit],
            [x + 4 * unit, y + 4 * unit],
            [x - 4 * unit, y + 4 * unit],
          ],
          metal(0.2),
        )
    }
    // Shelves of jars, boxes and cogs.
    for (let shelf = 0; shelf < 2; shelf++) {
      const y = height * (0.5 + shelf * 0.14)
      const from = left ? width * 0.03 : width * 0.58
      const wide = width * 0.38
      ctx.fillStyle = css(mix(wall, [70, 48, 32], 0.6))
      ctx.fillRect(from, y, wide, 9 * unit)
      ctx.fillStyle = css(shade, 0.45)
      ctx.fillRect(from, y + 9 * unit, wide, 7 * unit)
      for (let x = from + 10 * unit; x < from + wide - 40 * unit;) {
        const size = (20 + random() * 30) * unit
        const paint: Rgb = mix(
          (
            [
              [182, 86, 60],
              [78, 116, 132],
              [206, 168, 92],
              [104, 124, 84],
              [150, 140, 130],
            ] as const
          )[Math.floor(random() * 5)]!,
          wall,
          0.3,
        )
        const kind = random()
        if (kind < 0.3) gear(ctx, x + size / 2, y - size * 0.52, size * 0.5, 9, metal(0.25 + random() * 0.3))
        else {
          ctx.fillStyle = css(mix(paint, shade, random() * 0.3))
          ctx.beginPath()
          ctx.roundRect(
            x,
            y - size * (kind < 0.6 ? 1.3 : 0.8),
            size * (kind < 0.6 ? 0.7 : 1.2),
            size * (kind < 0.6 ? 1.3 : 0.8),
            3 * unit,
          )
          ctx.fill()
        }
        x += size * 1.3
      }
    }
    // Light of the lamp on the wall, and dark in the corners.
    const glow = ctx.createRadialGradient(lamp.x, lamp.y, 0, lamp.x, lamp.y, height * 0.9)
    glow.addColorStop(0, `rgba(255,206,130,${(0.3 + room.dusk * 0.3).toFixed(2)})`)
    glow.addColorStop(0.4, `rgba(255,190,110,${(0.1 + room.dusk * 0.08).toFixed(2)})`)
    glow.addColorStop(1, css(shade, 0.4 + room.dusk * 0.3))
    ctx.fillStyle = glow
    ctx.fillRect(box.x, box.y, box.width, box.height)
  })
}

/** The bench in front, with what lies on it. */
export const workbench = (scene: SceneContext, room: Workshop): Sprite => {
  const { width, height, unit } = scene
  const random = scene.random('bench')
  const wood: Rgb = mix([156, 106, 66], room.wall, 0.2)
  const shade: Rgb = [30, 22, 22]
  return paintSprite(coverBox(scene, 0.8, room.bench - 90 * unit), 0.8, (ctx, box) => {
    ctx.fillStyle = fade(ctx, room.bench, room.bench + 60 * unit, [
      [0, shift(wood, 0.08)],
      [1, mix(wood, shade, 0.3)],
    ])
    ctx.fillRect(box.x, room.bench, box.width, 60 * unit)
    ctx.fillStyle = fade(ctx, room.bench + 60 * unit, height, [
      [0, mix(wood, shade, 0.55)],
      [1, mix(wood, shade, 0.86)],
    ])
    ctx.fillRect(box.x, room.bench + 60 * unit, box.width, height)
    for (let grain = 0; grain < 160; grain++) {
      ctx.fillStyle = css(mix(wood, shade, 0.5), 0.14)
      ctx.fillRect(
        box.x + random() * box.width,
        room.bench + random() * 58 * unit,
        (40 + random() * 160) * unit,
        1.2 * unit,
      )
    }
    const pool = ctx.createRadialGradient(
      room.x,
      room.bench + 24 * unit,
      0,
      room.x,
      room.bench + 24 * unit,
      width * 0.36,
    )
    pool.addColorStop(0, 'rgba(255,214,150,0.4)')
    pool.addColorStop(1, 'rgba(255,214,150,0)')
    ctx.fillStyle = pool
    ctx.fillRect(box.x, room.bench, box.width, 60 * unit)
    for (let thing = 0; thing < 12; thing++) {
      const x = width * random()
      if (Math.abs(x - room.x) < 190 * unit) continue
      const y = room.bench + (10 + random() * 36) * unit
      const size = (14 + random() * 26) * unit
      if (random() < 0.4) gear(ctx, x, y - size * 0.2, size, 10, css(mix([190, 160, 96], shade, 0.2 + random() * 0.3)))
      else {
        ctx.fillStyle = css(
          mix(
            (
              [
                [170, 60, 48],
                [60, 104, 140],
                [180, 184, 190],
              ] as const
            )[Math.floor(random() * 3)]!,
            shade,
            0.2,
          ),
        )
        ctx.beginPath()
        ctx.roundRect(x - size, y - size * 0.3, size * 2.4, size * 0.4, size * 0.16)
        ctx.fill()
      }
    }
  })
}
