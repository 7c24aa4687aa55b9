import { css, lit, mix } from '../../canvas/colour.ts'
import { drawSprite, paintSprite } from '../../canvas/sprite.ts'
import type { Layer } from '../layers.ts'
import type { SceneContext } from '../context.ts'
import { lookAt } from '../../canvas/camera-view.ts'

/** A small house of logs with a lit window and smoke from its chimney. */
export const cabinLayer = (scene: SceneContext, at: { y: number; size: number; x?: number }): Layer => {
  const { light, width } = scene
  const random = scene.random('cabin')
  const s = at.size
  const x = at.x ?? width * (light.sun.x > 0.5 ? 0.3 : 0.66)
  const y = at.y
  const strength = light.dark > 0.6 ? 0.55 : 1
  const wall = lit([132, 92, 62], mix(light.key, light.ambient, 0.45), strength)
  const gable = lit([104, 72, 50], light.ambient, strength)
  const winter = light.season === 'winter' || light.weather === 'snow'
  const roof = winter
    ? mix(lit([240, 244, 252], mix(light.key, light.ambient, 0.5), strength), [255, 255, 255], 0.3)
    : lit([92, 66, 62], mix(light.key, light.ambient, 0.5), strength)
  const glow = light.dark > 0.1 || light.weather !== 'clear'
  const sprite = paintSprite({ x: x - s * 1.7, y: y - s * 1.6, width: s * 3.4, height: s * 3 }, 0.6, (ctx) => {
    ctx.fillStyle = css(wall)
    ctx.fillRect(x - s * 0.7, y - s * 0.42, s * 0.95, s * 0.46)
    ctx.fillStyle = css(gable)
    ctx.beginPath()
    ctx.moveTo(x + s * 0.25, y + s * 0.04)
    ctx.lineTo(x + s * 0.25, y - s * 0.42)
    ctx.lineTo(x + s * 0.5, y - s * 0.82)
    ctx.lineTo(x + s * 0.75, y - s * 0.42)
    ctx.lineTo(x + s * 0.75, y + s * 0.04)
    ctx.fill()
    ctx.strokeStyle = css(mix(wall, [10, 6, 6], 0.5), 0.5)
    ctx.lineWidth = s * 0.008
    for (let log = 1; log < 7; log++) {
      ctx.beginPath()
      ctx.moveTo(x - s * 0.7, y - s * 0.42 + log * s * 0.066)
      ctx.lineTo(x + s * 0.75, y - s * 0.42 + log * s * 0.066)
      ctx.stroke()
    }
    ctx.fillStyle = css(mix(gable, [20, 20, 24], 0.4))
    ctx.fillRect(x - s * 0.44, y - s * 1.02, s * 0.13, s * 0.36)
    ctx.fillStyle = css(roof)
    ctx.beginPath()
    ctx.moveTo(x - s * 0.8, y - s * 0.38)
    ctx.lineTo(x - s * 0.52, y - s * 0.86)
    ctx.lineTo(x + s * 0.52, y - s * 0.86)
    ctx.lineTo(x + s * 0.26, y - s * 0.38)
    ctx.fill()
    ctx.fillStyle = css(mix(mix(roof, light.ambient, 0.45), gable, 0.3))
    ctx.beginPath()
    ctx.moveTo(x + s * 0.5, y - s * 0.88)
    ctx.lineTo(x + s * 0.84, y - s * 0.38)
    ctx.lineTo(x + s * 0.74, y - s * 0.38)
    ctx.lineTo(x + s * 0.48, y - s * 0.76)
    ctx.fill()
    ctx.strokeStyle = css(mix(gable, [12, 10, 14], 0.4))
    ctx.lineWidth = s * 0.022
    ctx.beginPath()
    ctx.moveTo(x - s * 0.8, y - s * 0.37)
    ctx.lineTo(x + s * 0.26, y - s * 0.37)
    ctx.lineTo(x + s * 0.5, y - s * 0.84)
    ctx.lineTo(x + s * 0.8, y - s * 0.37)
    ctx.stroke()
    const window = glow ? '#ffcf7a' : css(mix(light.skyMid, [30, 40, 60], 0.4))
    ctx.fillStyle = window
    for (const off of [-0.55, -0.12]) ctx.fillRect(x + off * s, y - s * 0.3, s * 0.18, s * 0.19)
    ctx.fillRect(x + s * 0.42, y - s * 0.32, s * 0.16, s * 0.18)
    ctx.fillStyle = css(mix(gable, [16, 10, 8], 0.6))
    ctx.fillRect(x - s * 0.31, y - s * 0.3, s * 0.14, s * 0.34)
    if (winter) {
      // Snow lies against the walls, so that the house stands in it and not on it.
      for (let heap = 0; heap < 15; heap++) {
        const off = -0.86 + (heap / 14) * 1.72 + (random() - 0.5) * 0.06
        ctx.fillStyle = css(mix(roof, light.ambient, 0.25 + random() * 0.2))
        ctx.beginPath()
        ctx.ellipse(
          x + off * s,
          y + s * 0.06,
          s * (0.1 + random() * 0.09),
          s * (0.035 + random() * 0.04),
          0,
          0,
          Math.PI * 2,
        )
        ctx.fill()
      }
    }
    if (!glow) return
    ctx.globalCompositeOperation = 'screen'
    const light1 = ctx.createRadialGradient(x - s * 0.2, y - s * 0.2, 0, x - s * 0.2, y - s * 0.1, s * 1.3)
    light1.addColorStop(0, 'rgba(255,180,90,0.4)')
    light1.addColorStop(1, 'rgba(255,160,70,0)')
    ctx.fillStyle = light1
    ctx.fillRect(x - s * 1.7, y - s * 1.6, s * 3.4, s * 3)
  })
  const smoke = Array.from({ length: 26 }, (_, index) => ({
    at: index / 26,
    drift: 0.6 + random() * 0.8,
    size: 0.6 + random() * 0.8,
  }))
  const pale = mix(light.haze, [255, 255, 255], 0.25)
  return (ctx, view) => {
    lookAt(ctx, view, 0.6)
    for (const puff of smoke) {
      const age = (puff.at + view.seconds * 0.09) % 1
      ctx.fillStyle = css(pale, 0.16 * (1 - age) * Math.min(1, age * 8))
      ctx.beginPath()
      ctx.arc(
        x - s * 0.375 + age * age * s * 0.8 * puff.drift + Math.sin(age * 9 + view.seconds) * s * 0.02,
        y - s * 1.02 - age * s * 1.1,
        s * (0.035 + age * 0.16) * puff.size,
        0,
        Math.PI * 2,
      )
      ctx.fill()
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    drawSprite(ctx, view, sprite)
  }
}
