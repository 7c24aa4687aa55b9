import { css, mix } from '../../canvas/colour.ts'
import { type Layer, layerAt, type SceneContext } from '../layers.ts'

/** A flock that crosses the sky with beating wings. */
export const birdLayer = (
  scene: SceneContext,
  area: { from: number; to: number; count: number; size: number },
): Layer => {
  const random = scene.random('birds')
  const { width, height, unit, light } = scene
  const side = random() < 0.5 ? -1 : 1
  const start = {
    x: side > 0 ? width * (0.12 + random() * 0.2) : width * (0.68 + random() * 0.2),
    y: height * (area.from + random() * (area.to - area.from)),
  }
  const birds = Array.from({ length: area.count }, (_, index) => {
    const rank = Math.ceil(index / 2)
    const wing = index % 2 === 0 ? 1 : -1
    return {
      x: start.x - side * rank * (26 + random() * 16) * unit * area.size,
      y: start.y + wing * rank * (9 + random() * 9) * unit * area.size + (random() - 0.5) * 16 * unit,
      size: (6 + random() * 3.4) * unit * area.size,
      phase: random() * Math.PI * 2,
      beat: 7 + random() * 2,
    }
  })
  const colour = css(mix(mix(light.ambient, [10, 10, 16], 0.65), light.haze, 0.12))
  return layerAt(0.3, (ctx, view) => {
    ctx.strokeStyle = colour
    ctx.fillStyle = colour
    ctx.lineCap = 'round'
    ctx.lineJoin = 'round'
    for (const bird of birds) {
      const x = bird.x + side * view.seconds * 34 * unit * (0.8 + area.size * 0.2)
      const y = bird.y + Math.sin(view.seconds * 0.9 + bird.phase) * 4 * unit
      const beat = Math.sin(view.seconds * bird.beat + bird.phase)
      const tip = beat * bird.size * 0.62
      const s = bird.size
      ctx.beginPath()
      ctx.moveTo(x - s, y - tip)
      ctx.quadraticCurveTo(x - s * 0.45, y - s * 0.34 - tip * 0.3, x, y)
      ctx.quadraticCurveTo(x + s * 0.45, y - s * 0.34 - tip * 0.3, x + s, y - tip)
      ctx.quadraticCurveTo(x + s * 0.45, y - s * 0.12 - tip * 0.2, x, y + s * 0.16)
      ctx.quadraticCurveTo(x - s * 0.45, y - s * 0.12 - tip * 0.2, x - s, y - tip)
      ctx.fill()
    }
  })
}
