import type { Rgb } from '../../../rgb.ts'
import { css, lit, mix } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt, scaleAt, xAt, yAt } from '../../../canvas/camera-view.ts'

const silhouette = (scene: SceneContext, distance: number): Rgb =>
  mix(mix(scene.light.ambient, [8, 8, 14], 0.7), scene.light.haze, distance)

/** Boats that ride the waves and move slowly: sails, or a hull with a cabin. */
export const boatLayer = (scene: SceneContext, options: { horizon: number; sail: boolean; calm?: boolean }): Layer => {
  const { width, height, unit, light } = scene
  const random = scene.random('boats')
  const asked = scene.brief.figures.has('boats')
  const side = random() < 0.5 ? -1 : 1
  const boats = Array.from({ length: asked ? 3 : 1 }, (_, index) => {
    const near = asked ? [0.34, 0.12, 0.05][index]! : 0.07
    return {
      x: width * (index === 0 ? (side > 0 ? 0.3 : 0.66) + random() * 0.06 : 0.15 + random() * 0.7),
      y: options.horizon + near * (height - options.horizon) * 0.8,
      size: (16 + near * 230) * unit,
      phase: random() * 6,
      distance: 0.5 - near,
    }
  }).reverse()
  const bob = options.calm ? 0.35 : 1
  return (ctx, view) => {
    for (const boat of boats) {
      lookAt(ctx, view, 0.3 + boat.size / (400 * unit))
      const s = boat.size
      ctx.translate(
        boat.x + side * view.seconds * 6 * unit * (s / (60 * unit)),
        boat.y + Math.sin(view.seconds * 1.2 + boat.phase) * s * 0.035 * bob,
      )
      ctx.rotate(Math.sin(view.seconds * 0.9 + boat.phase) * 0.035 * bob)
      ctx.scale(side, 1)
      const dark = silhouette(scene, Math.max(0.05, boat.distance))
      // Its reflection, broken and dim.
      ctx.fillStyle = css(dark, 0.28)
      for (let row = 0; row < 7; row++) {
        const wide = s * (0.46 - row * 0.05)
        const swing = Math.sin(view.seconds * 2 + row * 1.4 + boat.phase) * s * 0.03
        ctx.fillRect(-wide + swing, s * 0.06 + row * s * 0.075, wide * 2, s * 0.04)
      }
      ctx.fillStyle = css(dark)
      ctx.beginPath()
      ctx.moveTo(-s * 0.5, -s * 0.06)
      ctx.quadraticCurveTo(0, s * 0.02, s * 0.6, -s * 0.1)
      ctx.quadraticCurveTo(s * 0.46, s * 0.1, s * 0.3, s * 0.1)
      ctx.lineTo(-s * 0.36, s * 0.1)
      ctx.closePath()
      ctx.fill()
      if (options.sail) {
        const cloth = lit([250, 244, 232], mix(light.key, light.ambient, 0.35), light.dark > 0.6 ? 0.5 : 1)
        const sail = mix(cloth, light.haze, Math.max(0, boat.distance))
        ctx.fillRect(-s * 0.012, -s * 1.34, s * 0.024, s * 1.3)
        ctx.fillStyle = css(sail)
        ctx.beginPath()
        ctx.moveTo(s * 0.03, -s * 1.3)
        ctx.quadraticCurveTo(s * 0.36, -s * 0.6, s * 0.5, -s * 0.16)
        ctx.lineTo(s * 0.03, -s * 0.16)
        ctx.fill()
        ctx.fillStyle = css(mix(sail, dark, 0.28))
        ctx.beginPath()
        ctx.moveTo(-s * 0.03, -s * 1.26)
        ctx.quadraticCurveTo(-s * 0.3, -s * 0.6, -s * 0.4, -s * 0.14)
        ctx.quadraticCurveTo(-s * 0.2, -s * 0.2, -s * 0.03, -s * 0.14)
        ctx.fill()
      } else {
        ctx.fillRect(-s * 0.16, -s * 0.26, s * 0.34, s * 0.22)
        ctx.fillRect(-s * 0.02, -s * 0.5, s * 0.02, s * 0.26)
        if (light.dark > 0.3) {
          ctx.fillStyle = 'rgba(255,214,140,0.95)'
          ctx.fillRect(-s * 0.1, -s * 0.2, s * 0.07, s * 0.06)
          ctx.fillRect(s * 0.04, -s * 0.2, s * 0.07, s * 0.06)
        }
      }
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    }
  }
}

/** A lighthouse whose beam turns when it is dark. */
export const lighthouseLayer = (scene: SceneContext, at: { x: number; y: number; tall: number }): Layer => {
  const { light, width, height } = scene
  const { x, y, tall } = at
  const wall = lit([240, 236, 228], mix(light.key, light.ambient, 0.4), light.dark > 0.6 ? 0.45 : 1)
  const sprite = paintSprite({ x: x - tall, y: y - tall * 1.4, width: tall * 2, height: tall * 1.6 }, 0.35, (ctx) => {
    const body = ctx.createLinearGradient(x - tall * 0.12, 0, x + tall * 0.12, 0)
    const bright = light.sun.x > 0.5 ? 1 : 0
    body.addColorStop(bright, css(wall))
    body.addColorStop(1 - bright, css(mix(wall, light.ambient, 0.6)))
    ctx.fillStyle = body
    ctx.beginPath()
    ctx.moveTo(x - tall * 0.12, y)
    ctx.lineTo(x - tall * 0.075, y - tall)
    ctx.lineTo(x + tall * 0.075, y - tall)
    ctx.lineTo(x + tall * 0.12, y)
    ctx.fill()
    ctx.fillStyle = css(lit([178, 44, 40], mix(light.key, light.ambient, 0.5), light.dark > 0.6 ? 0.5 : 1), 0.9)
    for (const band of [0.22, 0.56]) {
      ctx.fillRect(x - tall * (0.12 - band * 0.045), y - tall * (band + 0.16), tall * (0.24 - band * 0.09), tall * 0.16)
    }
    const dark = css(silhouette(scene, 0.1))
    ctx.fillStyle = dark
    ctx.fillRect(x - tall * 0.11, y - tall * 1.02, tall * 0.22, tall * 0.035)
    ctx.fillRect(x - tall * 0.06, y - tall * 1.17, tall * 0.12, tall * 0.15)
    ctx.beginPath()
    ctx.moveTo(x - tall * 0.085, y - tall * 1.16)
    ctx.quadraticCurveTo(x, y - tall * 1.32, x + tall * 0.085, y - tall * 1.16)
    ctx.fill()
    ctx.fillStyle = light.dark > 0.15 ? '#fff2c0' : css(mix(light.skyLow, [255, 255, 255], 0.4))
    ctx.fillRect(x - tall * 0.04, y - tall * 1.14, tall * 0.08, tall * 0.1)
    // The house of its keeper.
    ctx.fillStyle = css(mix(wall, light.ambient, 0.35))
    ctx.fillRect(x + tall * 0.12, y - tall * 0.2, tall * 0.34, tall * 0.22)
    ctx.fillStyle = dark
    ctx.beginPath()
    ctx.moveTo(x + tall * 0.09, y - tall * 0.19)
    ctx.lineTo(x + tall * 0.29, y - tall * 0.34)
    ctx.lineTo(x + tall * 0.49, y - tall * 0.19)
    ctx.fill()
  })
  return (ctx, view) => {
    drawSprite(ctx, view, sprite)
    if (light.dark < 0.15) return
    lookAt(ctx, view, 0.35)
    ctx.globalCompositeOperation = 'screen'
    const turn = view.seconds * 0.9 + 0.4
    for (const half of [0, Math.PI]) {
      const facing = Math.cos(turn + half)
      const long = width * facing
      const beam = ctx.createLinearGradient(x, 0, x + long, 0)
      const strength = Math.min(1, 0.25 + light.dark * 0.6) * Math.abs(facing)
      beam.addColorStop(0, css([255, 240, 190], strength))
      beam.addColorStop(1, css([255, 240, 190], 0))
      ctx.fillStyle = beam
      ctx.beginPath()
      ctx.moveTo(x, y - tall * 1.11)
      ctx.lineTo(x + long, y - tall * 1.09 - height * 0.09)
      ctx.lineTo(x + long, y - tall * 1.09 + height * 0.03)
      ctx.fill()
    }
    const glow = ctx.createRadialGradient(x, y - tall * 1.1, 0, x, y - tall * 1.1, tall * 0.6)
    glow.addColorStop(0, css([255, 240, 190], 0.7))
    glow.addColorStop(1, css([255, 240, 190], 0))
    ctx.fillStyle = glow
    ctx.fillRect(x - tall, y - tall * 2, tall * 2, tall * 2)
    ctx.globalCompositeOperation = 'source-over'
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

/** Palms that lean in from one side, their fronds moving in the breeze. */
export const palmLayer = (scene: SceneContext, side: number): Layer => {
  const { width, height, unit, light } = scene
  const random = scene.random('palms')
  const palms = Array.from({ length: 3 }, (_, index) => ({
    x: side > 0 ? width * (1.0 - index * 0.07 + random() * 0.03) : width * (index * 0.07 - random() * 0.03),
    y: height * (0.92 + random() * 0.1),
    tall: height * (0.62 - index * 0.12) * (0.9 + random() * 0.2),
    lean: -side * (0.28 + random() * 0.2),
    phase: random() * 6,
    fronds: Array.from({ length: 11 }, (_, frond) => ({
      angle: -Math.PI + (frond / 10) * Math.PI * 1.0 + (random() - 0.5) * 0.3,
      long: 0.8 + random() * 0.4,
    })),
  }))
  const dark = mix(mix(light.ambient, [10, 22, 18], 0.6), [0, 0, 0], light.dark > 0.1 ? 0.35 : 0.15)
  const bright = mix(dark, lit([120, 150, 60], light.key), light.dark > 0.1 ? 0.25 : 0.5)
  const dabs = createDabs(palms.length * 380)
  return (_, view) => {
    const scale = scaleAt(view, 1.2)
    const line = (x: number, y: number, toX: number, toY: number, wide: number): void =>
      dabs.line(xAt(view, x, 1.2), yAt(view, y, 1.2), xAt(view, toX, 1.2), yAt(view, toY, 1.2), wide * scale)
    /** A bend from one point past another to a third, in so many lines. */
    const bend = (points: readonly [number, number, number, number, number, number], steps: number, wide: number) => {
      const [x, y, midX, midY, endX, endY] = points
      let [fromX, fromY] = [x, y]
      for (let step = 1; step <= steps; step++) {
        const u = step / steps
        const toX = (1 - u) * (1 - u) * x + 2 * u * (1 - u) * midX + u * u * endX
        const toY = (1 - u) * (1 - u) * y + 2 * u * (1 - u) * midY + u * u * endY
        line(fromX, fromY, toX, toY, wide)
        ;[fromX, fromY] = [toX, toY]
      }
    }
    for (const palm of palms) {
      const sway = Math.sin(view.seconds * 0.9 + palm.phase) * 0.02
      const topX = palm.x + (palm.lean + sway) * palm.tall
      const topY = palm.y - palm.tall
      dabs.paint(dark, 1)
      bend([palm.x, palm.y, palm.x + palm.lean * palm.tall * 0.25, palm.y - palm.tall * 0.6, topX, topY], 14, 11 * unit)
      for (const frond of palm.fronds) {
        const angle = frond.angle + Math.sin(view.seconds * 1.4 + palm.phase + frond.angle * 3) * 0.05
        const long = palm.tall * 0.42 * frond.long
        const endX = topX + Math.cos(angle) * long
        const endY = topY + Math.sin(angle) * long * 0.55 + long * 0.34
        const midX = topX + Math.cos(angle) * long * 0.55
        const midY = topY + Math.sin(angle) * long * 0.75 - long * 0.05
        const wide = 2 * unit
        dabs.paint(Math.sin(angle) < -0.5 ? bright : dark, 1)
        for (let step = 1; step <= 11; step++) {
          const u = step / 11
          const bx = (1 - u) * (1 - u) * topX + 2 * u * (1 - u) * midX + u * u * endX
          const by = (1 - u) * (1 - u) * topY + 2 * u * (1 - u) * midY + u * u * endY
          const leaf = long * 0.24 * Math.sin(u * Math.PI * 0.9 + 0.2)
          const below = Math.cos(angle + 1.25) * leaf * 0.6 + Math.cos(angle) * leaf * 0.4
          const above = Math.cos(angle - 1.1) * leaf * 0.6 + Math.cos(angle) * leaf * 0.5
          line(bx, by, bx + below, by + leaf * 0.85, wide)
          line(bx, by, bx + above, by + leaf * 0.35, wide)
        }
        bend([topX, topY, midX, midY, endX, endY], 10, wide)
      }
    }
    dabs.lay(view.frameCanvas)
  }
}
