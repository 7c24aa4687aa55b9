import { createCanvas } from '@napi-rs/canvas'
import type { Rgb } from '../prompt/colours.ts'
import { css } from './colour.ts'
import type { Layer, Stage } from './stage.ts'

/** Shafts of light that fan out from a point above the frame and slowly change; painted small, so that they are soft. */
export const rayLayer = (
  stage: Stage,
  rays: { x: number; y: number; colour: Rgb; strength: number; count: number; spread: number; long: number },
): Layer => {
  const { width, height } = stage
  const scale = 1 / 8
  const canvas = createCanvas(Math.ceil(width * scale), Math.ceil(height * scale))
  const small = canvas.getContext('2d')
  const random = stage.random('rays')
  const list = Array.from({ length: rays.count }, (_, index) => ({
    angle: ((index + random()) / rays.count - 0.5) * rays.spread,
    wide: 0.012 + random() * 0.05,
    phase: random() * 6,
    speed: 0.3 + random() * 0.6,
    strength: 0.35 + random() * 0.65,
  }))
  return (ctx, view) => {
    small.setTransform(1, 0, 0, 1, 0, 0)
    small.clearRect(0, 0, canvas.width, canvas.height)
    small.setTransform(scale, 0, 0, scale, 0, 0)
    small.globalCompositeOperation = 'lighter'
    const x = rays.x - view.x * width * 0.4
    for (const ray of list) {
      const angle = ray.angle + Math.sin(view.seconds * ray.speed * 0.5 + ray.phase) * 0.02
      const alpha = rays.strength * ray.strength * (0.6 + 0.4 * Math.sin(view.seconds * ray.speed + ray.phase))
      const fade = small.createLinearGradient(
        x,
        rays.y,
        x + Math.sin(angle) * rays.long,
        rays.y + Math.cos(angle) * rays.long,
      )
      fade.addColorStop(0, css(rays.colour, alpha))
      fade.addColorStop(0.6, css(rays.colour, alpha * 0.45))
      fade.addColorStop(1, css(rays.colour, 0))
      small.fillStyle = fade
      for (const part of [1, 0.55]) {
        small.beginPath()
        small.moveTo(x + Math.sin(angle) * 10, rays.y)
        small.lineTo(
          x + Math.sin(angle - ray.wide * part) * rays.long,
          rays.y + Math.cos(angle - ray.wide * part) * rays.long,
        )
        small.lineTo(
          x + Math.sin(angle + ray.wide * part) * rays.long,
          rays.y + Math.cos(angle + ray.wide * part) * rays.long,
        )
        small.fill()
      }
    }
    ctx.globalCompositeOperation = 'screen'
    ctx.drawImage(canvas, 0, 0, width, height)
    ctx.globalCompositeOperation = 'source-over'
  }
}
