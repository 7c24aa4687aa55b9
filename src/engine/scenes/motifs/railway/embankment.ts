import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox, type SceneContext } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import { growthColour } from '../../land/relief.ts'
import type { Track } from './track.ts'
import { farAt } from './viaduct.ts'
import { setPen } from '../../../canvas/curves.ts'

/** A low bank of ballast and grass under rails, down to the water, with telegraph poles along it. */
export const embankment = (scene: SceneContext, track: Track, depth: number, line: number): Sprite => {
  const { light, unit } = scene
  const tone = toneOf(scene)
  const random = scene.random('embankment')
  const noise = scene.noise('embankment')
  const white = light.season === 'winter' || light.weather === 'snow'
  const grass = white ? ([232, 238, 246] as const) : mix(growthColour(light), [96, 92, 70], 0.35)
  return paintSprite(coverBox(scene, depth, 0, line + 4 * unit), depth, (ctx, box) => {
    for (let along = 0; along < track.long; along += 0.25) {
      const at = track.to(along, 0.25)
      if (at.x < box.x - 4 || at.x > box.x + box.width + 4) continue
      const wide = Math.max(1.6, 0.5 * at.scale)
      const air = farAt(scene, at.scale)
      const worn = noise(along * 0.5, 3) * 0.06
      ctx.fillStyle = css(tone(shift([112, 104, 98], worn), 0.5, air))
      ctx.fillRect(at.x - wide / 2, at.y, wide, 0.9 * at.scale)
      ctx.fillStyle = css(tone(shift(grass, worn - 0.04), 0.4 + noise(along * 0.2, 9) * 0.3, air))
      const top = at.y + (0.6 + noise(along * 0.7, 1) * 0.25) * at.scale
      ctx.fillRect(at.x - wide / 2, top, wide, Math.max(0, line + 1 - top))
      // Reeds and scrub at the water.
      ctx.fillStyle = css(tone(shift(grass, -0.12), 0.25, air))
      const tuft = (0.3 + random() * 0.9 + noise(along * 0.3, 5)) * at.scale
      ctx.fillRect(at.x, line - tuft, Math.max(1, 0.1 * at.scale), tuft)
    }
    for (let along = 9; along < track.long; along += 26) {
      const [foot, head] = [track.to(along, 0, 3), track.to(along, 7.4, 3)]
      setPen(ctx, css(tone([70, 58, 50], 0.4, farAt(scene, foot.scale))), Math.max(1, 0.22 * foot.scale))
      ctx.beginPath()
      ctx.moveTo(foot.x, foot.y)
      ctx.lineTo(head.x, head.y)
      ctx.moveTo(head.x - 0.9 * foot.scale, head.y + 0.7 * foot.scale)
      ctx.lineTo(head.x + 0.9 * foot.scale, head.y + 0.7 * foot.scale)
      ctx.stroke()
      const next = track.to(along + 26, 6.8, 3)
      ctx.lineWidth = Math.max(0.6, 0.05 * foot.scale)
      ctx.beginPath()
      ctx.moveTo(head.x, head.y + 0.6 * foot.scale)
      ctx.quadraticCurveTo((head.x + next.x) / 2, Math.max(head.y, next.y) + 1.2 * foot.scale, next.x, next.y)
      ctx.stroke()
    }
  })
}
