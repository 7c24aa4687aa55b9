import type { Rgb } from '../../../rgb.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox, type Layer } from '../../layers.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'
import { xAt, yAt } from '../../../canvas/camera-view.ts'

export type Room = { left: number; right: number; top: number; bottom: number; floor: number; side: number }

/** The wall with a hole where the window is, the frame of the window, the floor of boards. */
export const shell = (scene: SceneContext, room: Room, wall: Rgb, wood: Rgb): Layer => {
  const { width, height, unit, light } = scene
  const depth = 0.5
  const box = coverBox(scene, depth)
  const random = scene.random('shell')
  const near = shift(wall, -0.16)
  const sprite = paintSprite(box, depth, (ctx) => {
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
  return (ctx, view) => drawSprite(ctx, view, sprite)
}

/** What lies outside is drawn only where the window shows it. */
export const through =
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
export const patchLayer = (scene: SceneContext, room: Room): Layer => {
  const { light, height, unit } = scene
  if (!light.sun.shown || light.weather === 'fog') return () => {}
  const lean = (light.sun.x > 0.5 ? -1 : 1) * 150 * unit
  const strength = light.sun.moon ? 0.2 : 0.42
  const box = coverBox(scene, 0.6)
  const sprite = paintSprite(
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
    drawSprite(ctx, view, sprite)
    ctx.globalCompositeOperation = 'source-over'
  }
}
