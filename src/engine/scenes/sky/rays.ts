import type { Rgb } from '../../rgb.ts'
import { createHaze } from '../../canvas/haze.ts'
import type { Layer, SceneContext } from '../layers.ts'

/** Shafts of light that fan out from a point above the frame and slowly change. */
export const rayLayer = (
  scene: SceneContext,
  rays: { x: number; y: number; colour: Rgb; strength: number; count: number; spread: number; long: number },
): Layer => {
  const { width } = scene
  const haze = createHaze(scene, rays.colour, true)
  const random = scene.random('rays')
  const list = Array.from({ length: rays.count }, (_, index) => ({
    angle: ((index + random()) / rays.count - 0.5) * rays.spread,
    wide: 0.012 + random() * 0.05,
    phase: random() * 6,
    speed: 0.3 + random() * 0.6,
    strength: 0.35 + random() * 0.65,
  }))
  return (_, view) => {
    const x = rays.x - view.x * width * 0.4
    for (const ray of list) {
      const angle = ray.angle + Math.sin(view.seconds * ray.speed * 0.5 + ray.phase) * 0.02
      const alpha = rays.strength * ray.strength * (0.6 + 0.4 * Math.sin(view.seconds * ray.speed + ray.phase))
      for (const part of [1, 0.55]) haze.shaft({ x, y: rays.y, angle, wide: ray.wide * part, long: rays.long }, alpha)
    }
    haze.lay(view.frameCanvas)
  }
}
