import type { Rgb } from '../../../rgb.ts'
import type { Tone } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { createHaze } from '../../../canvas/haze.ts'
import { coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt, scaleAt, xAt, yAt } from '../../../canvas/camera-view.ts'

/** Where water falls: the middle and breadth of it, its lip and its foot. Pixels. */
export type Fall = { x: number; wide: number; top: number; foot: number }

/** The white body of a fall, and threads of water that run down over it, faster the further they have fallen. */
export const fallLayers = (scene: SceneContext, fall: Fall, index: number, water: Rgb, blue: Rgb): Layer[] => {
  const { unit } = scene
  const random = scene.random(`fall ${index}`)
  const depth = 0.42
  const tall = fall.foot - fall.top
  const flare = (at: number): number => fall.wide * (0.5 + at * 0.14)
  const body = paintSprite(
    { x: fall.x - fall.wide, y: fall.top - 12 * unit, width: fall.wide * 2, height: tall + 24 * unit },
    depth,
    (ctx) => {
      const wash = ctx.createLinearGradient(fall.x - fall.wide * 0.6, 0, fall.x + fall.wide * 0.6, 0)
      wash.addColorStop(0, css(blue, 0.9))
      wash.addColorStop(0.3, css(water))
      wash.addColorStop(0.62, css(mix(water, blue, 0.3)))
      wash.addColorStop(0.8, css(water))
      wash.addColorStop(1, css(blue, 0.9))
      ctx.fillStyle = wash
      ctx.beginPath()
      ctx.moveTo(fall.x - flare(0), fall.top + 4 * unit)
      ctx.quadraticCurveTo(fall.x, fall.top - 9 * unit, fall.x + flare(0), fall.top + 4 * unit)
      ctx.quadraticCurveTo(fall.x + flare(0.3), fall.top + tall * 0.4, fall.x + flare(1), fall.foot)
      ctx.lineTo(fall.x - flare(1), fall.foot)
      ctx.quadraticCurveTo(fall.x - flare(0.3), fall.top + tall * 0.4, fall.x - flare(0), fall.top + 4 * unit)
      ctx.fill()
      for (let strand = 0; strand < 60; strand++) {
        const at = random() * 2 - 1
        ctx.strokeStyle = css(random() < 0.5 ? blue : shift(water, 0.04), 0.2 + random() * 0.3)
        ctx.lineWidth = (1 + random() * 4) * unit
        ctx.beginPath()
        ctx.moveTo(fall.x + at * flare(0), fall.top)
        ctx.lineTo(fall.x + at * flare(1) + (random() - 0.5) * 8 * unit, fall.foot)
        ctx.stroke()
      }
    },
  )
  const threads = Array.from({ length: Math.round(46 + fall.wide / unit / 2) }, () => ({
    at: random() * 2 - 1,
    phase: random(),
    pace: 0.55 + random() * 0.3,
    long: 0.1 + random() * 0.18,
    wide: (1 + random() * 3.4) * unit,
    pale: random() < 0.7,
  }))
  const tints = [css(shift(water, 0.05), 0.75), css(blue, 0.5)]
  const spray = createHaze(scene, mix(water, [255, 255, 255], 0.4), false)
  const clouds = Array.from({ length: 22 }, () => ({
    at: random() * 2 - 1,
    phase: random(),
    size: fall.wide * (0.3 + random() * 0.5),
    pace: 0.2 + random() * 0.16,
  }))
  return [
    still(body),
    (ctx, view) => {
      lookAt(ctx, view, depth)
      ctx.lineCap = 'round'
      for (const pale of [true, false]) {
        ctx.strokeStyle = tints[pale ? 0 : 1]!
        for (const thread of threads) {
          if (thread.pale !== pale) continue
          const run = (thread.phase + view.seconds * thread.pace) % 1
          const from = run * run * 1.1 - 0.06
          const to = Math.min(1, from + thread.long * (0.4 + run))
          if (to <= 0) continue
          ctx.lineWidth = thread.wide
          ctx.beginPath()
          ctx.moveTo(fall.x + thread.at * flare(Math.max(0, from)) * 0.94, fall.top + tall * Math.max(0, from))
          ctx.lineTo(fall.x + thread.at * flare(to) * 0.94, fall.top + tall * to)
          ctx.stroke()
        }
      }
      for (const cloud of clouds) {
        const age = (cloud.phase + view.seconds * cloud.pace) % 1
        const grown = cloud.size * (0.5 + age)
        const x = fall.x + cloud.at * fall.wide * (0.7 + age * 0.5)
        const y = fall.foot - age * fall.wide * 0.7
        const scale = scaleAt(view, depth)
        spray.puff(
          xAt(view, x, depth),
          yAt(view, y, depth),
          grown * scale,
          grown * 0.8 * scale,
          0.5 * Math.sin(age * Math.PI),
        )
      }
      spray.lay(view.frameCanvas)
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    },
  ]
}

/** The pool at its foot, with the rings that run out from the falling water. */
export const poolLayers = (
  scene: SceneContext,
  line: number,
  falls: readonly Fall[],
  tone: Tone,
  water: Rgb,
): Layer[] => {
  const { height, unit, light } = scene
  const random = scene.random('pool')
  const depth = 0.5
  const base: Rgb = scene.brief.colours[0] ? mix([40, 130, 132], scene.brief.colours[0], 0.5) : [38, 124, 128]
  const sprite = paintSprite(coverBox(scene, depth, line), depth, (ctx, box) => {
    const wash = ctx.createLinearGradient(0, line, 0, height)
    wash.addColorStop(0, css(mix(tone(shift(base, 0.2), 0.8), water, 0.4)))
    wash.addColorStop(0.2, css(mix(tone(base, 0.75), light.skyLow, 0.14)))
    wash.addColorStop(1, css(tone(shift(base, -0.18), 0.35)))
    ctx.fillStyle = wash
    ctx.fillRect(box.x, line, box.width, box.height)
    for (let streak = 0; streak < 300; streak++) {
      const down = random() ** 1.6
      ctx.fillStyle = css(
        random() < 0.6 ? mix(water, light.skyLow, 0.4) : tone(shift(base, -0.14), 0.3),
        0.06 + random() * 0.16,
      )
      ctx.beginPath()
      ctx.ellipse(
        box.x + random() * box.width,
        line + down * (height - line),
        (8 + down * 60) * unit,
        (0.8 + down * 2.6) * unit,
        0,
        0,
        Math.PI * 2,
      )
      ctx.fill()
    }
  })
  const rings = falls.flatMap((fall) =>
    Array.from({ length: 9 }, () => ({ fall, at: random(), off: (random() - 0.5) * 0.8 })),
  )
  return [
    still(sprite),
    (ctx, view) => {
      lookAt(ctx, view, depth)
      ctx.strokeStyle = css(mix(water, [255, 255, 255], 0.3))
      for (const ring of rings) {
        const age = (ring.at + view.seconds * 0.16) % 1
        const long = ring.fall.wide * (0.6 + age * 2)
        ctx.globalAlpha = 0.5 * (1 - age) * Math.min(1, age * 6)
        ctx.lineWidth = (1 + 2 * (1 - age)) * unit
        ctx.beginPath()
        ctx.ellipse(
          ring.fall.x + ring.off * ring.fall.wide,
          line + 4 * unit + age * (height - line) * 0.45,
          long,
          long * 0.13,
          0,
          0,
          Math.PI,
        )
        ctx.stroke()
      }
      ctx.globalAlpha = 1
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    },
  ]
}
