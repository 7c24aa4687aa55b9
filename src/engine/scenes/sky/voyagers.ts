import type { Layer } from '../layers.ts'
import type { SceneContext } from '../context.ts'
import { lookAt } from '../../canvas/camera-view.ts'

export const shipLayer = (scene: SceneContext): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('ship')
  const side = random() < 0.5 ? -1 : 1
  const y = height * (0.56 + random() * 0.14)
  return (ctx, view) => {
    lookAt(ctx, view, 0.9)
    ctx.translate(width * (side > 0 ? 0.28 : 0.72) + side * view.seconds * 26 * unit, y - view.seconds * 7 * unit)
    ctx.scale(side * 62 * unit, 62 * unit)
    ctx.rotate(-0.18)
    ctx.globalCompositeOperation = 'screen'
    const flame = ctx.createLinearGradient(-0.9, 0, -2.6 - Math.sin(view.seconds * 17) * 0.12, 0)
    flame.addColorStop(0, 'rgba(150,210,255,0.95)')
    flame.addColorStop(1, 'rgba(60,120,255,0)')
    ctx.fillStyle = flame
    ctx.beginPath()
    ctx.moveTo(-0.9, -0.13)
    ctx.lineTo(-2.7, 0)
    ctx.lineTo(-0.9, 0.13)
    ctx.fill()
    ctx.globalCompositeOperation = 'source-over'
    const hull = ctx.createLinearGradient(0, -0.3, 0, 0.3)
    hull.addColorStop(0, '#c8d0dc')
    hull.addColorStop(0.5, '#6c7688')
    hull.addColorStop(1, '#1c2230')
    ctx.fillStyle = hull
    ctx.beginPath()
    ctx.moveTo(1.3, 0.02)
    ctx.quadraticCurveTo(0.6, -0.22, -0.2, -0.2)
    ctx.lineTo(-0.7, -0.46)
    ctx.lineTo(-0.95, -0.44)
    ctx.lineTo(-0.86, -0.17)
    ctx.lineTo(-0.92, 0.18)
    ctx.lineTo(-0.2, 0.2)
    ctx.quadraticCurveTo(0.7, 0.18, 1.3, 0.02)
    ctx.fill()
    ctx.fillStyle = '#323a4c'
    ctx.beginPath()
    ctx.moveTo(0.1, 0.06)
    ctx.lineTo(-0.9, 0.42)
    ctx.lineTo(-1.05, 0.4)
    ctx.lineTo(-0.6, 0.08)
    ctx.fill()
    ctx.fillStyle = '#9fe0ff'
    ctx.beginPath()
    ctx.ellipse(0.5, -0.08, 0.2, 0.045, 0.12, 0, Math.PI * 2)
    ctx.fill()
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}

export const meteorLayer = (scene: SceneContext): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('meteors')
  const side = random() < 0.5 ? -1 : 1
  const list = Array.from({ length: 7 }, (_, index) => ({
    at: 0.2 + index * 0.7 + random() * 0.4,
    x: random() * width,
    y: random() * height * 0.4,
    long: (110 + random() * 160) * unit,
  }))
  return (ctx, view) => {
    ctx.lineCap = 'round'
    for (const meteor of list) {
      const age = (view.seconds - meteor.at) / 0.8
      if (age < 0 || age > 1) continue
      const x = meteor.x + side * age * 420 * unit
      const y = meteor.y + age * 200 * unit
      const trail = ctx.createLinearGradient(x, y, x - side * meteor.long, y - meteor.long * 0.48)
      trail.addColorStop(0, `rgba(255,255,255,${Math.sin(age * Math.PI)})`)
      trail.addColorStop(1, 'rgba(180,210,255,0)')
      ctx.strokeStyle = trail
      ctx.lineWidth = 2.2 * unit
      ctx.beginPath()
      ctx.moveTo(x, y)
      ctx.lineTo(x - side * meteor.long, y - meteor.long * 0.48)
      ctx.stroke()
    }
  }
}
