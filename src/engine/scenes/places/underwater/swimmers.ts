import type { Rgb } from '../../../rgb.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt } from '../../../canvas/camera-view.ts'

/** A school that swims across in one direction, turning a little together. */
export const fishLayer = (
  scene: SceneContext,
  school: {
    name: string
    count: number
    size: number
    y: number
    depth: number
    colour: Rgb
    bright: Rgb
    spread: number
  },
): Layer => {
  const { width, height, unit } = scene
  const random = scene.random(school.name)
  const side = random() < 0.5 ? -1 : 1
  const fish = Array.from({ length: school.count }, () => {
    const angle = random() * Math.PI * 2
    const out = Math.sqrt(random())
    return {
      x: Math.cos(angle) * out * width * school.spread * 1.5,
      y: Math.sin(angle) * out * height * school.spread,
      size: school.size * (0.7 + random() * 0.6) * unit,
      phase: random() * 6,
      tone: random(),
    }
  })
  const middle = width * (side > 0 ? 0.28 + random() * 0.12 : 0.6 + random() * 0.12)
  return (ctx, view) => {
    lookAt(ctx, view, school.depth)
    for (const one of fish) {
      const swim = view.seconds * 30 * unit * school.depth
      const x = middle + one.x + side * swim + Math.sin(view.seconds * 0.8 + one.phase) * 9 * unit
      const y = height * school.y + one.y + Math.sin(view.seconds * 0.7 + one.x / (180 * unit)) * 14 * unit
      const beat = Math.sin(view.seconds * 7 + one.phase) * 0.2
      const s = one.size
      const d = side * s
      ctx.fillStyle = css(mix(school.colour, school.bright, one.tone * 0.6))
      ctx.beginPath()
      ctx.moveTo(x + d, y)
      ctx.quadraticCurveTo(x + d * 0.3, y - s * 0.52, x - d * 0.7, y - s * 0.04)
      ctx.lineTo(x - d * 1.2, y - s * (0.36 + beat))
      ctx.lineTo(x - d * 1.04, y + s * beat * 0.4)
      ctx.lineTo(x - d * 1.2, y + s * (0.36 - beat))
      ctx.lineTo(x - d * 0.7, y + s * 0.06)
      ctx.quadraticCurveTo(x + d * 0.3, y + s * 0.46, x + d, y)
      ctx.fill()
      if (s < 9 * unit) continue
      ctx.fillStyle = css(shift(school.colour, -0.12), 0.75)
      ctx.beginPath()
      ctx.moveTo(x + d * 0.25, y - s * 0.3)
      ctx.quadraticCurveTo(x - d * 0.1, y - s * 0.62, x - d * 0.4, y - s * 0.22)
      ctx.fill()
      ctx.fillStyle = css(mix(school.bright, [255, 255, 255], 0.5), 0.8)
      ctx.fillRect(x + d * 0.28 - s * 0.05, y - s * 0.27, s * 0.1, s * 0.52)
      ctx.fillStyle = '#101820'
      ctx.beginPath()
      ctx.arc(x + d * 0.66, y - s * 0.07, s * 0.06, 0, Math.PI * 2)
      ctx.fill()
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

/** Jellyfish that pulse upward, lit from within. */
export const jellyLayer = (scene: SceneContext): Layer => {
  const { width, height, unit, brief } = scene
  const random = scene.random('jellyfish')
  const tones: readonly Rgb[] =
    brief.colours.length > 0
      ? brief.colours
      : [
          [255, 140, 210],
          [130, 190, 255],
          [190, 140, 255],
        ]
  const list = Array.from({ length: 7 }, (_, index) => ({
    x: width * (0.14 + ((index * 0.37) % 0.76)),
    y: height * (0.24 + random() * 0.42),
    size: [92, 60, 46, 36, 28, 22, 18][index]! * unit,
    phase: random() * 6,
    tone: tones[index % tones.length]!,
    arms: Array.from({ length: 9 }, () => 0.7 + random() * 0.8),
  })).reverse()
  return (ctx, view) => {
    ctx.lineCap = 'round'
    for (const jelly of list) {
      lookAt(ctx, view, 0.3 + (jelly.size / (92 * unit)) * 0.5)
      const pulse = Math.sin(view.seconds * 1.9 + jelly.phase)
      const wide = jelly.size * (0.62 + pulse * 0.07)
      const tall = jelly.size * (0.6 - pulse * 0.06)
      const x = jelly.x + Math.sin(view.seconds * 0.4 + jelly.phase) * 14 * unit
      const y = jelly.y - view.seconds * 7 * unit - pulse * 4 * unit
      ctx.globalCompositeOperation = 'screen'
      const glow = ctx.createRadialGradient(x, y, 0, x, y, jelly.size * 2)
      glow.addColorStop(0, css(jelly.tone, 0.34))
      glow.addColorStop(1, css(jelly.tone, 0))
      ctx.fillStyle = glow
      ctx.fillRect(x - jelly.size * 2, y - jelly.size * 2, jelly.size * 4, jelly.size * 4)
      jelly.arms.forEach((long, index) => {
        const root = x + (index / 8 - 0.5) * wide * 1.5
        ctx.strokeStyle = css(jelly.tone, index % 3 === 1 ? 0.5 : 0.26)
        ctx.lineWidth = (index % 3 === 1 ? 0.055 : 0.02) * jelly.size
        ctx.beginPath()
        ctx.moveTo(root, y)
        for (let step = 1; step <= 12; step++) {
          const u = step / 12
          ctx.lineTo(
            root + Math.sin(view.seconds * 1.7 + jelly.phase + u * 5 + index) * jelly.size * 0.14 * u,
            y + u * jelly.size * 1.9 * long,
          )
        }
        ctx.stroke()
      })
      const dome = ctx.createRadialGradient(x, y - tall * 0.3, tall * 0.1, x, y - tall * 0.2, wide * 1.1)
      dome.addColorStop(0, css(mix(jelly.tone, [255, 255, 255], 0.5), 0.75))
      dome.addColorStop(0.7, css(jelly.tone, 0.42))
      dome.addColorStop(1, css(mix(jelly.tone, [255, 255, 255], 0.4), 0.75))
      ctx.fillStyle = dome
      ctx.beginPath()
      ctx.moveTo(x - wide, y)
      ctx.bezierCurveTo(x - wide, y - tall * 1.5, x + wide, y - tall * 1.5, x + wide, y)
      for (let scallop = 0; scallop < 6; scallop++) {
        const from = x + wide - (scallop / 6) * wide * 2
        ctx.quadraticCurveTo(from - wide / 6, y + tall * 0.16, from - wide / 3, y)
      }
      ctx.fill()
      ctx.globalCompositeOperation = 'source-over'
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    }
  }
}

/** A whale that glides by in the blue. */
export const whaleLayer = (scene: SceneContext, sea: { top: Rgb; mid: Rgb; low: Rgb }): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('whale')
  const side = random() < 0.5 ? -1 : 1
  const body = mix(sea.low, sea.mid, 0.35)
  const belly = mix(sea.mid, sea.top, 0.4)
  return (ctx, view) => {
    lookAt(ctx, view, 0.35)
    ctx.translate(
      width * (side > 0 ? 0.36 : 0.64) + side * view.seconds * 20 * unit,
      height * 0.36 + Math.sin(view.seconds * 0.7) * 8 * unit,
    )
    ctx.scale(side * 210 * unit, 210 * unit)
    ctx.rotate(-0.08 + Math.sin(view.seconds * 0.7) * 0.03)
    const tail = Math.sin(view.seconds * 1.3) * 0.1
    const skin = ctx.createLinearGradient(0, -0.25, 0, 0.3)
    skin.addColorStop(0, css(mix(body, sea.top, 0.28)))
    skin.addColorStop(0.45, css(body))
    skin.addColorStop(1, css(belly))
    ctx.fillStyle = skin
    ctx.beginPath()
    ctx.moveTo(1, 0.02)
    ctx.bezierCurveTo(0.8, -0.26, 0.1, -0.3, -0.4, -0.1)
    ctx.quadraticCurveTo(-0.8, 0.0, -1.05, tail * 0.8)
    ctx.quadraticCurveTo(-1.2, tail - 0.12, -1.42, tail - 0.16)
    ctx.quadraticCurveTo(-1.32, tail, -1.4, tail + 0.14)
    ctx.quadraticCurveTo(-1.2, tail + 0.08, -1.02, tail + 0.06)
    ctx.quadraticCurveTo(-0.5, 0.22, 0.1, 0.26)
    ctx.quadraticCurveTo(0.75, 0.26, 1, 0.02)
    ctx.fill()
    ctx.fillStyle = css(shift(body, -0.05))
    ctx.beginPath()
    ctx.moveTo(0.42, 0.16)
    ctx.quadraticCurveTo(0.2, 0.46 + tail * 0.6, -0.12, 0.5 + tail)
    ctx.quadraticCurveTo(0.06, 0.3, 0.18, 0.17)
    ctx.fill()
    ctx.strokeStyle = css(body, 0.4)
    ctx.lineWidth = 0.006
    for (let line = 0; line < 6; line++) {
      ctx.beginPath()
      ctx.moveTo(0.92 - line * 0.02, 0.07 + line * 0.026)
      ctx.quadraticCurveTo(0.5, 0.12 + line * 0.026, 0.06, 0.14 + line * 0.02)
      ctx.stroke()
    }
    ctx.fillStyle = css(shift(body, -0.12))
    ctx.beginPath()
    ctx.arc(0.7, 0.02, 0.013, 0, Math.PI * 2)
    ctx.fill()
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
