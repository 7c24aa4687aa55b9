import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Random } from '../../random.ts'
import type { Rgb } from '../../rgb.ts'
import { css, lit, mix, shift } from '../../canvas/colour.ts'
import type { SceneContext } from '../context.ts'

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

const WINDOWS: readonly Rgb[] = [
  [255, 214, 150],
  [255, 232, 196],
  [255, 190, 110],
  [206, 226, 255],
]

/** A tower from its foot up: walls, rows of windows, setbacks and what stands on its roof. Answers the lights on it. */
export const paintTower = (
  ctx: SKRSContext2D,
  scene: SceneContext,
  random: Random,
  tower: { x: number; foot: number; wide: number; tall: number },
  style: TowerStyle,
): Neon[] => {
  const { light, unit } = scene
  const { far } = style
  const lights: Neon[] = []
  const material: Rgb = style.night
    ? mix([18, 20, 34], light.ambient, 0.35 + random() * 0.2)
    : random() < 0.5
      ? mix(light.skyMid, [92, 104, 120], 0.5 + random() * 0.3)
      : lit(mix([196, 184, 170], [150, 140, 136], random()), mix(light.key, light.ambient, 0.4))
  const haze = style.night ? mix(light.haze, style.neon[0] ?? light.haze, 0.12) : light.haze
  const top = tower.foot - tower.tall
  const shape = random()
  const steps: { left: number; right: number; top: number; bottom: number }[] = []
  const left = tower.x - tower.wide / 2
  const right = tower.x + tower.wide / 2
  if (shape < 0.4) steps.push({ left, right, top, bottom: tower.foot })
  else {
    const first = top + tower.tall * (0.14 + random() * 0.22)
    const inset = tower.wide * (0.1 + random() * 0.13)
    steps.push({ left, right, top: first, bottom: tower.foot })
    steps.push({ left: left + inset, right: right - inset * (0.3 + random()), top, bottom: first })
    if (shape > 0.72) {
      const spire = tower.tall * (0.06 + random() * 0.1)
      steps.push({ left: left + inset * 2.1, right: right - inset * 2.1, top: top - spire, bottom: top })
    }
  }
  const sunSide = light.sun.x * scene.width > tower.x ? 1 : 0
  for (const step of steps) {
    if (step.right - step.left < 2) continue
    const face = ctx.createLinearGradient(step.left, 0, step.right, 0)
    const bright = mix(style.night ? shift(material, 0.05) : mix(material, light.key, 0.2), haze, far)
    const dull = mix(style.night ? shift(material, -0.03) : mix(shift(material, -0.14), light.ambient, 0.35), haze, far)
    face.addColorStop(sunSide, css(bright))
    face.addColorStop(0.42, css(mix(bright, dull, 0.5)))
    face.addColorStop(0.44, css(dull))
    face.addColorStop(1 - sunSide, css(dull))
    ctx.fillStyle = face
    ctx.fillRect(step.left, step.top, step.right - step.left, step.bottom - step.top)
    windows(ctx, scene, random, step, style, haze)
  }
  const roof = steps[steps.length - 1]!
  if (random() < 0.5) {
    const mast = (roof.right - roof.left) * (0.5 + random() * 1.1)
    const mx = roof.left + (roof.right - roof.left) * (0.3 + random() * 0.4)
    ctx.fillStyle = css(mix(shift(material, -0.05), haze, far))
    ctx.fillRect(mx - 0.8 * unit, roof.top - mast, 1.6 * unit, mast)
    if (style.night)
      lights.push({
        x: mx - 1.3 * unit,
        y: roof.top - mast,
        width: 2.6 * unit,
        height: 2.6 * unit,
        colour: [255, 60, 50],
        strength: random() < 0.4 ? 0.5 : 0.12,
      })
  } else if (far < 0.5) {
    ctx.fillStyle = css(mix(shift(material, -0.05), haze, far))
    for (let box = 0; box < 3; box++) {
      const bw = (roof.right - roof.left) * (0.1 + random() * 0.18)
      ctx.fillRect(roof.left + random() * (roof.right - roof.left - bw), roof.top - bw * 0.6, bw, bw * 0.6 + 1)
    }
  }
  if (style.night && style.neon.length > 0) {
    const colour = style.neon[Math.floor(random() * style.neon.length)]!
    const bodyWide = right - left
    if (random() < (style.futuristic ? 0.62 : 0.25)) {
      const edge = random() < 0.5 ? left : right - 2 * unit
      lights.push({
        x: edge,
        y: steps[0]!.top,
        width: Math.max(1, 2.2 * unit * (1 - far * 0.5)),
        height: (tower.foot - steps[0]!.top) * (0.45 + random() * 0.5),
        colour,
        strength: 1 - far * 0.55,
      })
    }
    if (random() < (style.futuristic ? 0.55 : 0.2)) {
      const rings = 1 + Math.floor(random() * 3)
      for (let ring = 0; ring < rings; ring++)
        lights.push({
          x: left,
          y: steps[0]!.top + ring * 9 * unit + 3 * unit,
          width: bodyWide,
          height: Math.max(1, 1.8 * unit * (1 - far * 0.5)),
          colour,
          strength: 0.9 - far * 0.5,
        })
    }
  }
  return lights
}

const windows = (
  ctx: SKRSContext2D,
  scene: SceneContext,
  random: Random,
  step: { left: number; right: number; top: number; bottom: number },
  style: TowerStyle,
  haze: Rgb,
): void => {
  const size = style.window
  const gapX = size * (0.7 + random() * 0.7)
  const gapY = size * (0.8 + random() * 0.9)
  const wide = size * (0.7 + random() * 0.9)
  const lively = 0.18 + random() * 0.42
  const tone = WINDOWS[Math.floor(random() * WINDOWS.length)]!
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
        const own =
          random() < 0.12 && style.neon.length > 0 ? style.neon[Math.floor(random() * style.neon.length)]! : tone
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
  ctx: SKRSContext2D,
  random: Random,
  sign: { x: number; y: number; width: number; height: number; colour: Rgb },
): Neon => {
  const { x, y, width, height, colour } = sign
  ctx.fillStyle = css(mix(colour, [8, 8, 20], 0.82), 0.92)
  ctx.fillRect(x, y, width, height)
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
