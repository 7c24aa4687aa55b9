import { mentions } from '../../../prompt/words.ts'
import type { Rgb } from '../../../rgb.ts'
import { drawGlow, glowImage } from '../../../canvas/drawing.ts'
import { css, lit, mix, shift } from '../../../canvas/colour.ts'
import { rainLayer, snowLayer } from '../../sky/falling.ts'
import { drawSittingCat } from '../../figures/cat.ts'
import { neonOf } from '../../built/neon.ts'
import { heavens } from '../../sky/outdoors.ts'
import { type ScenePainter, coverBox, still, type Layer } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { skyline } from '../../built/skyline.ts'
import { mountainRanges } from '../../land/ranges.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

const FURS: readonly (readonly [words: readonly string[], fur: Rgb])[] = [
  [['black'], [26, 24, 30]],
  [['white'], [236, 230, 222]],
  [
    ['orange', 'ginger', 'red'],
    [206, 122, 56],
  ],
  [
    ['grey', 'gray', 'silver'],
    [120, 122, 130],
  ],
]

/** The window seat: frame, sill with plants, and curtains, dark against what is outside. */
const frame = (scene: SceneContext, sill: number, wall: Rgb): Layer => {
  const { width, height, unit, light } = scene
  const random = scene.random('window seat')
  const depth = 0.7
  const wood = mix(wall, [236, 226, 210], 0.4)
  const left = width * (width > height ? 0.14 : 0.05)
  const right = width - left
  const top = height * 0.05
  return still(
    paintSprite(coverBox(scene, depth), depth, (ctx, box) => {
      ctx.fillStyle = css(wall)
      ctx.fillRect(box.x, box.y, box.width, box.height)
      ctx.clearRect(left, top, right - left, sill - top)
      ctx.fillStyle = css(wood)
      const bar = 13 * unit
      for (const [x, y, w, h] of [
        [left - bar, top - bar, right - left + bar * 2, bar],
        [left - bar, top, bar, sill - top],
        [right, top, bar, sill - top],
        [(left + right) / 2 - bar * 0.35, top, bar * 0.7, sill - top],
        [left, top + (sill - top) * 0.34, right - left, bar * 0.6],
      ] as const)
        ctx.fillRect(x, y, w, h)
      const board = ctx.createLinearGradient(0, sill, 0, height)
      board.addColorStop(0, css(shift(wood, 0.06)))
      board.addColorStop(0.12, css(shift(wood, -0.04)))
      board.addColorStop(0.14, css(shift(wall, -0.1)))
      board.addColorStop(1, css(shift(wall, -0.18)))
      ctx.fillStyle = board
      ctx.fillRect(box.x, sill, box.width, box.height)
      const leaf = lit([70, 112, 72], mix(light.key, light.ambient, 0.5), light.dark > 0.5 ? 0.5 : 0.9)
      for (const pot of [0, 1, 2]) {
        const x = [left + 70 * unit, left + 140 * unit, right - 84 * unit][pot]!
        const size = (58 + random() * 26) * unit
        ctx.fillStyle = css(mix(lit([192, 110, 76], mix(light.key, light.ambient, 0.5)), wall, 0.3))
        ctx.beginPath()
        ctx.moveTo(x - size * 0.34, sill - size * 0.56)
        ctx.lineTo(x + size * 0.34, sill - size * 0.56)
        ctx.lineTo(x + size * 0.25, sill + 6 * unit)
        ctx.lineTo(x - size * 0.25, sill + 6 * unit)
        ctx.fill()
        for (let blade = 0; blade < 13; blade++) {
          const angle = -Math.PI / 2 + (random() - 0.5) * 2.4
          const long = size * (0.6 + random() * 0.9)
          const [ex, ey] = [x + Math.cos(angle) * long, sill - size * 0.5 + Math.sin(angle) * long]
          ctx.fillStyle = css(shift(leaf, (random() - 0.5) * 0.12))
          ctx.beginPath()
          ctx.moveTo(x, sill - size * 0.52)
          ctx.quadraticCurveTo((x + ex) / 2 - size * 0.16, (sill - size * 0.5 + ey) / 2, ex, ey)
          ctx.quadraticCurveTo(
            (x + ex) / 2 + size * 0.16,
            (sill - size * 0.5 + ey) / 2 + size * 0.08,
            x,
            sill - size * 0.52,
          )
          ctx.fill()
        }
      }
      for (const side of [-1, 1]) {
        for (let fold = 0; fold < 6; fold++) {
          const edge = side < 0 ? left - 30 * unit : right + 30 * unit
          const x = edge - side * (fold * 17 - 30) * unit
          ctx.fillStyle = css(mix(shift(wall, fold % 2 ? 0.1 : 0.04), light.skyLow, 0.12))
          ctx.beginPath()
          ctx.moveTo(x - 20 * unit, box.y)
          ctx.lineTo(x + 20 * unit, box.y)
          ctx.quadraticCurveTo(x + (18 + side * 8) * unit, sill * 0.6, x + (18 + side * 26) * unit, sill + 60 * unit)
          ctx.lineTo(x + (-18 + side * 26) * unit, sill + 60 * unit)
          ctx.quadraticCurveTo(x + (-18 + side * 8) * unit, sill * 0.6, x - 20 * unit, box.y)
          ctx.fill()
        }
      }
    }),
  )
}

/** A cat on a window sill that looks out: at a town, or hills, in whatever weather. */
export const paintCatWindow: ScenePainter = (scene) => {
  const { light, brief, width, height, unit } = scene
  const random = scene.random('cat window')
  const sill = height * 0.8
  const night = light.dark > 0.35
  const wall = night
    ? mix(lit([176, 128, 96], mix(light.ambient, [190, 130, 80], 0.55)), [10, 8, 14], 0.45)
    : mix(lit([190, 168, 150], mix(light.ambient, light.key, 0.3)), [16, 14, 24], 0.3)
  const fur = FURS.find(([words]) => mentions(brief.words, words))?.[1] ?? FURS[Math.floor(random() * FURS.length)]![1]
  const size = Math.min(height * 0.46, width * 0.5) * (0.9 + random() * 0.2)
  const x = width * (random() < 0.5 ? 0.38 + random() * 0.06 : 0.58 + random() * 0.06)
  const coat = mix(lit(fur, mix(light.ambient, light.skyLow, 0.3)), [10, 9, 14], 0.42)
  const rim = mix(light.skyLow, light.key, 0.4)
  const body = css(coat)
  const edge = css(mix(rim, fur, 0.3))
  const glow = glowImage(rim, 96)
  const view1 = mentions(brief.words, ['city', 'town', 'skyline', 'street']) || night || random() < 0.4
  const cat: Layer = (ctx, view) => {
    const flick =
      Math.sin(view.seconds * 1.5) * 0.7 +
      Math.sin(view.seconds * 3.7) * Math.max(0, Math.sin(view.seconds * 0.7)) * 0.8
    const turn = Math.sin(view.seconds * 0.6) * 0.9
    lookAt(ctx, view, 0.75)
    drawGlow(ctx, glow, x, sill - size * 0.6, size * 0.8, 0.22)
    const draw = (fill: string, dx: number, dy: number): void => {
      ctx.save()
      ctx.translate(x + dx, sill + 12 * unit + dy)
      ctx.scale(size, size * (1 + Math.sin(view.seconds * 1.8) * 0.006))
      drawSittingCat(ctx, fill, flick, turn)
      ctx.restore()
    }
    draw(edge, (light.sun.x > 0.5 ? 3 : -3) * unit, -3 * unit)
    draw(body, 0, 0)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
  const outside: Layer[] = heavens(scene, sill)
  if (view1) outside.push(...skyline(scene, sill + 10 * unit, night, false, neonOf(scene)).slice(2, 7))
  else
    outside.push(
      ...mountainRanges(scene, {
        horizon: sill - 60 * unit,
        tall: 0.6,
        count: 3,
        pines: true,
        bottom: height,
      }),
    )
  if (light.weather === 'rain' || light.weather === 'storm') outside.push(rainLayer(scene))
  if (light.weather === 'snow') outside.push(snowLayer(scene, 0.8))
  return { horizon: height * 0.6, layers: [...outside, frame(scene, sill, wall), cat] }
}
