import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { pick, type Random } from '../../random.ts'
import { rgb, type Rgb } from '../../rgb.ts'
import { css, lit, mix, shift } from '../../canvas/colour.ts'
import type { SceneContext } from '../layers.ts'
import type { Light } from '../light.ts'
import { fillRectangle } from '../../canvas/paths.ts'

export type Neon = { x: number; y: number; width: number; height: number; colour: Rgb; strength: number }

export type TowerStyle = {
  /** Haze over the tower, 0 near to 1 gone. */
  far: number
  /** Side of a window in pixels. */
  window: number
  night: boolean
  futuristic: boolean
  neon: readonly Rgb[]
}

const WINDOWS: readonly Rgb[] = [0xffd696, 0xffe8c4, 0xffbe6e, 0xcee2ff].map(rgb)

/** A tower as it is painted. `haze` is what its colours fade to, `material` that of its walls. */
type Tower = {
  ctx: DrawingContext
  scene: SceneContext
  random: Random
  style: TowerStyle
  haze: Rgb
  material: Rgb
}

/** A part of a tower between two setbacks. */
type Step = { left: number; right: number; top: number; bottom: number }
type Size = { x: number; foot: number; wide: number; tall: number }

const materialIn = (light: Light, random: Random, night: boolean): Rgb =>
  night
    ? mix([18, 20, 34], light.ambient, 0.35 + random() * 0.2)
    : random() < 0.5
      ? mix(light.skyMid, [92, 104, 120], 0.5 + random() * 0.3)
      : lit(mix([196, 184, 170], [150, 140, 136], random()), mix(light.key, light.ambient, 0.4))

/** A plain block, or one or two setbacks, from the foot up. */
const stepsOf = (random: Random, { x, foot, wide, tall }: Size): Step[] => {
  const top = foot - tall
  const shape = random()
  const [left, right] = [x - wide / 2, x + wide / 2]
  if (shape < 0.4) return [{ left, right, top, bottom: foot }]
  const first = top + tall * (0.14 + random() * 0.22)
  const inset = wide * (0.1 + random() * 0.13)
  const steps = [
    { left, right, top: first, bottom: foot },
    { left: left + inset, right: right - inset * (0.3 + random()), top, bottom: first },
  ]
  if (shape > 0.72) {
    const spire = tall * (0.06 + random() * 0.1)
    steps.push({ left: left + inset * 2.1, right: right - inset * 2.1, top: top - spire, bottom: top })
  }
  return steps
}

/** The walls of a step, brighter on the side of the sun (1 is the right), and their windows. */
const paintStep = (tower: Tower, step: Step, sunSide: number): void => {
  const { ctx, scene, style, haze, material } = tower
  const { far, night } = style
  const { light } = scene
  if (step.right - step.left < 2) return
  const face = ctx.createLinearGradient(step.left, 0, step.right, 0)
  const bright = mix(night ? shift(material, 0.05) : mix(material, light.key, 0.2), haze, far)
  const dull = mix(night ? shift(material, -0.03) : mix(shift(material, -0.14), light.ambient, 0.35), haze, far)
  face.addColorStop(sunSide, css(bright))
  face.addColorStop(0.42, css(mix(bright, dull, 0.5)))
  face.addColorStop(0.44, css(dull))
  face.addColorStop(1 - sunSide, css(dull))
  fillRectangle(ctx, face, [step.left, step.top, step.right - step.left, step.bottom - step.top])
  paintWindows(tower, step)
}

/** A mast with a red lamp at night, or the boxes of machines. Answers the lamp. */
const paintRoof = ({ ctx, scene, random, style, haze, material }: Tower, roof: Step): Neon[] => {
  const { unit } = scene
  const across = roof.right - roof.left
  const colour = (): string => css(mix(shift(material, -0.05), haze, style.far))
  if (random() < 0.5) {
    const mast = across * (0.5 + random() * 1.1)
    const x = roof.left + across * (0.3 + random() * 0.4)
    fillRectangle(ctx, colour(), [x - 0.8 * unit, roof.top - mast, 1.6 * unit, mast])
    if (!style.night) return []
    const lamp = { x: x - 1.3 * unit, y: roof.top - mast, width: 2.6 * unit, height: 2.6 * unit }
    return [{ ...lamp, colour: [255, 60, 50], strength: random() < 0.4 ? 0.5 : 0.12 }]
  }
  if (style.far < 0.5) {
    ctx.fillStyle = colour()
    for (let box = 0; box < 3; box++) {
      const wide = across * (0.1 + random() * 0.18)
      ctx.fillRect(roof.left + random() * (across - wide), roof.top - wide * 0.6, wide, wide * 0.6 + 1)
    }
  }
  return []
}

/** Tubes up an edge of the tower and around it, some towers have neither. */
const neonOn = ({ scene, random, style }: Tower, { left, right, top, bottom }: Step): Neon[] => {
  const { unit } = scene
  const { far, neon, futuristic } = style
  if (!style.night || neon.length === 0) return []
  const tubes: Neon[] = []
  const colour = pick(random, neon)
  if (random() < (futuristic ? 0.62 : 0.25))
    tubes.push({
      x: random() < 0.5 ? left : right - 2 * unit,
      y: top,
      width: Math.max(1, 2.2 * unit * (1 - far * 0.5)),
      height: (bottom - top) * (0.45 + random() * 0.5),
      colour,
      strength: 1 - far * 0.55,
    })
  if (random() < (futuristic ? 0.55 : 0.2)) {
    const rings = 1 + Math.floor(random() * 3)
    for (let ring = 0; ring < rings; ring++)
      tubes.push({
        x: left,
        y: top + ring * 9 * unit + 3 * unit,
        width: right - left,
        height: Math.max(1, 1.8 * unit * (1 - far * 0.5)),
        colour,
        strength: 0.9 - far * 0.5,
      })
  }
  return tubes
}

/** A tower from its foot up: walls, rows of windows, setbacks and what stands on its roof. Answers the lights on it. */
export const paintTower = (
  ctx: DrawingContext,
  scene: SceneContext,
  random: Random,
  size: Size,
  style: TowerStyle,
): Neon[] => {
  const { light } = scene
  const material = materialIn(light, random, style.night)
  const haze = style.night ? mix(light.haze, style.neon[0] ?? light.haze, 0.12) : light.haze
  const tower: Tower = { ctx, scene, random, style, haze, material }
  const steps = stepsOf(random, size)
  const sunSide = light.sun.x * scene.width > size.x ? 1 : 0
  for (const step of steps) paintStep(tower, step, sunSide)
  return [...paintRoof(tower, steps[steps.length - 1]!), ...neonOn(tower, steps[0]!)]
}

/** Rows of windows: by night some are lit, by day they mirror the sky, as single panes or as bands. */
const paintWindows = ({ ctx, scene, random, style, haze }: Tower, step: Step): void => {
  const size = style.window
  const gapX = size * (0.7 + random() * 0.7)
  const gapY = size * (0.8 + random() * 0.9)
  const wide = size * (0.7 + random() * 0.9)
  const lively = 0.18 + random() * 0.42
  const tone = pick(random, WINDOWS)
  const { light } = scene
  const bandy = random() < 0.3
  for (let y = step.top + size * 1.2; y < step.bottom - size; y += size + gapY) {
    const floorLit = random() < 0.1
    const dark = random() < 0.12
    if (bandy && !style.night) {
      ctx.fillStyle = css(mix(mix(light.skyMid, [40, 56, 78], 0.5), haze, style.far), 0.6)
      ctx.fillRect(step.left + size * 0.5, y, step.right - step.left - size, size)
      continue
    }
    for (let x = step.left + size * 0.8; x + wide < step.right - size * 0.4; x += wide + gapX) {
      if (style.night) {
        if (dark || random() > (floorLit ? 0.9 : lively)) continue
        const own = random() < 0.12 && style.neon.length > 0 ? pick(random, style.neon) : tone
        ctx.fillStyle = css(mix(own, haze, style.far * 0.8), 0.3 + random() * 0.62)
      } else {
        const glance = random()
        ctx.fillStyle = css(
          mix(
            glance > 0.975
              ? mix(light.skyLow, light.skyMid, 0.3)
              : mix(light.skyMid, [36, 48, 66], 0.45 + glance * 0.3),
            haze,
            style.far,
          ),
          0.75,
        )
      }
      ctx.fillRect(x, y, wide, size)
    }
  }
}

/** A sign of strokes that look like writing from afar, in a frame of light. */
export const paintSign = (
  ctx: DrawingContext,
  random: Random,
  sign: { x: number; y: number; width: number; height: number; colour: Rgb },
): Neon => {
  const { x, y, width, height, colour } = sign
  fillRectangle(ctx, css(mix(colour, [8, 8, 20], 0.82), 0.92), [x, y, width, height])
  ctx.strokeStyle = css(mix(colour, [255, 255, 255], 0.35))
  const line = Math.max(1, Math.min(width, height) * 0.06)
  ctx.lineWidth = line
  ctx.strokeRect(x + line, y + line, width - line * 2, height - line * 2)
  ctx.strokeStyle = css(mix(colour, [255, 255, 255], 0.7))
  ctx.lineCap = 'round'
  const cell = Math.min(width, height) * 0.62
  const upright = height > width
  const count = Math.max(1, Math.floor((upright ? height : width) / (cell * 1.25)))
  for (let index = 0; index < count; index++) {
    const cx = upright ? x + width / 2 - cell / 2 : x + cell * 0.3 + index * cell * 1.25
    const cy = upright ? y + cell * 0.35 + index * cell * 1.25 : y + height / 2 - cell / 2
    for (let stroke = 0; stroke < 4; stroke++) {
      const grid = (): number => (Math.floor(random() * 3) / 2) * cell * 0.76 + cell * 0.12
      ctx.beginPath()
      const sx = cx + grid()
      const sy = cy + grid()
      ctx.moveTo(sx, sy)
      if (random() < 0.5) ctx.lineTo(cx + grid(), sy)
      else ctx.lineTo(sx, cy + grid())
      ctx.stroke()
    }
  }
  return { x, y, width, height, colour, strength: 0.9 }
}
