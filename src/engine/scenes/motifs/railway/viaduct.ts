import type { Rgb } from '../../../rgb.ts'
import { toneOf } from '../../tone.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { coverBox } from '../../layers.ts'
import { paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { SceneContext } from '../../context.ts'
import type { Track } from './track.ts'

export type Masonry = {
  stone: Rgb
  /** Metres from pier to pier. */
  span: number
  /** Where the piers are lost in mist and woods, in pixels of the frame. */
  foot: number
}

/** Metres: the parapet's height over the rails, what lies over an arch's crown, and half a pier's breadth. */
const PARAPET = 0.9
const CROWN = 1.5
const PIER = 1.5

/** How far a place along the rails lies in the air, by how many pixels a metre has there. */
export const farAt = (scene: SceneContext, scale: number): number =>
  Math.min(0.8, Math.max(0, 0.52 - scale / (20 * scene.unit)) * Math.min(1.7, 0.5 + scene.light.air * 0.5))

/** A viaduct of tall round arches under a track. What stands further away is paler, and its feet are lost in the mist. */
export const viaduct = (scene: SceneContext, track: Track, { stone, span, foot }: Masonry, depth: number): Sprite => {
  const { light, unit } = scene
  const tone = toneOf(scene)
  const random = scene.random('masonry')
  const worn = scene.noise('masonry')
  const box = coverBox(scene, depth)
  const white = light.season === 'winter' || light.weather === 'snow'
  const radius = span / 2 - PIER
  /** Metres from the rails down to where the air begins, under a place along them; nothing in a pier. */
  const under = (along: number): number | undefined => {
    const off = Math.abs((((along % span) + span) % span) - span / 2)
    if (off >= radius) return undefined
    return CROWN + radius - Math.sqrt(radius * radius - off * off)
  }
  const pixels = (along: number): number => Math.abs(track.to(along + 0.5).x - track.to(along - 0.5).x)
  const known = new Map<string, [number, string][]>()
  /** The colours of a wall down to its foot, worked out for a few hundred shades of the stone. */
  const paintsAt = (air: number, inside: boolean, grain: number): [number, string][] => {
    const [far, worn] = [Math.round(air * 24) / 24, Math.round(grain * 90) / 90]
    const key = `${far} ${inside} ${worn}`
    const before = known.get(key)
    if (before) return before
    const face = (level: number, more: number, alpha = 1): string =>
      css(tone(shift(stone, worn + level), inside ? 0.08 : 0.62, Math.min(0.94, far + more)), alpha)
    const made: [number, string][] = [
      [0, face(0.05, 0)],
      [0.16, face(-0.01, 0.02)],
      [0.6, face(-0.05, 0.2 * light.air)],
      [0.86, face(-0.04, 0.42, 0.75)],
      [1, face(-0.02, 0.6, 0)],
    ]
    known.set(key, made)
    return made
  }
  const trims = new Map<number, readonly [string, string, string]>()
  const trimsAt = (air: number): readonly [string, string, string] => {
    const far = Math.round(air * 24) / 24
    const before = trims.get(far)
    if (before) return before
    const made = [
      css(tone(shift(stone, 0.08), 0.9, far)),
      css(tone(shift(stone, -0.16), 0.1, far), 0.7),
      css(tone([244, 248, 254], 0.8, far)),
    ] as const
    trims.set(far, made)
    return made
  }
  return paintSprite(box, depth, (ctx) => {
    // Far to near, first what is seen of the arches' insides, then the wall.
    const fromFar = track.to(0).scale < track.to(track.long).scale
    for (const behind of [3.4, 0]) {
      let gone = 0
      while (gone < track.long) {
        const along = fromFar ? gone : track.long - gone
        const wide = pixels(along)
        const top = track.to(along, PARAPET, behind)
        const step = Math.min(0.6, 1.6 / Math.max(0.2, wide))
        gone += step
        if (top.x < box.x - 20 || top.x > box.x + box.width + 20) continue
        const deep = under(along)
        const end = deep === undefined ? foot : track.to(along, -deep, behind).y
        const grain = worn(along * 0.9, 2) * 0.05 + worn(along * 0.16, 7) * 0.07 - (deep === undefined ? 0 : 0.03)
        const paints = paintsAt(farAt(scene, top.scale), behind > 0, grain)
        const wash = ctx.createLinearGradient(0, top.y, 0, foot)
        for (const [at, colour] of paints) wash.addColorStop(at, colour)
        ctx.fillStyle = wash
        ctx.fillRect(top.x - 0.5, top.y, step * wide + 1.2, end - top.y)
        if (behind > 0) continue
        // A course that stands out under the parapet, and its shadow.
        const course = track.to(along, -0.15)
        const [crest, shadow, snow] = trimsAt(farAt(scene, top.scale))
        ctx.fillStyle = crest
        ctx.fillRect(top.x - 0.5, course.y, step * wide + 1.2, 0.34 * top.scale)
        ctx.fillStyle = shadow
        ctx.fillRect(top.x - 0.5, course.y + 0.34 * top.scale, step * wide + 1.2, 0.26 * top.scale)
        if (white) {
          ctx.fillStyle = snow
          ctx.fillRect(top.x - 0.5, top.y - 0.16 * top.scale, step * wide + 1.2, 0.3 * top.scale)
        }
      }
    }
    // Single stones, and the rings of stones that the arches are.
    for (let arch = 0; arch * span < track.long; arch++) {
      const middle = arch * span + span / 2
      const near = track.to(middle)
      if (near.scale < 3.4 * unit || near.x < box.x - 200 * unit || near.x > box.x + box.width + 200 * unit) continue
      const air = farAt(scene, near.scale)
      ctx.lineWidth = Math.max(0.8, 0.5 * near.scale)
      for (let wedge = 1; wedge < 15; wedge++) {
        const angle = (Math.PI * wedge) / 15
        const at = (out: number): { x: number; y: number } =>
          track.to(middle - Math.cos(angle) * out, Math.sin(angle) * out - CROWN - radius)
        ctx.strokeStyle = css(tone(shift(stone, (random() - 0.35) * 0.16), 0.7, air), 0.6)
        const [inner, outer] = [at(radius), at(radius + 0.75)]
        ctx.beginPath()
        ctx.moveTo(inner.x, inner.y)
        ctx.lineTo(outer.x, outer.y)
        ctx.stroke()
      }
      for (let block = 0; block < 46; block++) {
        const x = middle - span / 2 + (random() - 0.5) * PIER * 1.8
        const up = -CROWN - radius * 0.7 - random() * 20
        const at = track.to(x, Math.round(up / 0.8) * 0.8)
        ctx.fillStyle = css(tone(shift(stone, (random() - 0.5) * 0.2), 0.5, Math.min(0.9, air - (up / 30) * 0.4)), 0.32)
        ctx.fillRect(at.x, at.y, Math.min(1, pixels(x)) * 0.9 * near.scale * 0.5 + 1, 0.6 * near.scale)
      }
    }
    if (light.dark <= 0.6) return
    // Moonlight along the upper edge.
    ctx.fillStyle = css(mix(stone, light.key, 0.8), 0.4)
    for (let along = 0; along < track.long; along += 0.5) {
      const at = track.to(along, PARAPET)
      ctx.fillRect(at.x, at.y, Math.max(1, pixels(along) * 0.5 + 0.5), Math.max(1, 0.12 * at.scale))
    }
  })
}
