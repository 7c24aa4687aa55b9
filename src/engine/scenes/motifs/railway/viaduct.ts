import type { Rgb } from '../../../rgb.ts'
import { type Tone, toneOf } from '../../tone.ts'
import type { DrawingContext, Paint } from '../../../canvas/drawing-context.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { fillRectangle, strokeLine } from '../../../canvas/paths.ts'
import { coverBox, type SceneContext } from '../../layers.ts'
import { type Box, paintSprite, type Sprite } from '../../../canvas/sprite.ts'
import type { Track } from './track.ts'

type Masonry = {
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

/** What is computed once for each key. */
const memoized = <Value>(compute: (...numbers: number[]) => Value): ((...numbers: number[]) => Value) => {
  const known = new Map<string, Value>()
  return (...numbers) => {
    const key = numbers.join(' ')
    const value = known.get(key) ?? compute(...numbers)
    known.set(key, value)
    return value
  }
}

type Wall = Masonry & { scene: SceneContext; track: Track; tone: Tone; box: Box; radius: number }

/** Pixels to a metre along the rails. */
const pixelsAt = (track: Track, along: number): number => Math.abs(track.to(along + 0.5).x - track.to(along - 0.5).x)

/** Metres from the rails down to where the air begins, under a place along them; nothing in a pier. */
const depthUnder = ({ span, radius }: Wall, along: number): number | undefined => {
  const off = Math.abs((((along % span) + span) % span) - span / 2)
  if (off >= radius) return undefined
  return CROWN + radius - Math.sqrt(radius * radius - off * off)
}

/** The wall, and what is seen of the arches' insides. Colours are worked out for a few hundred shades of the stone. */
const paintWall = (ctx: DrawingContext, wall: Wall): void => {
  const { scene, track, stone, foot, tone, box } = wall
  const { light } = scene
  const worn = scene.noise('masonry')
  const white = light.season === 'winter' || light.weather === 'snow'
  const paintsAt = memoized((far = 0, inside = 0, grain = 0): [number, string][] => {
    const face = (level: number, more: number, alpha = 1): string =>
      css(tone(shift(stone, grain + level), inside ? 0.08 : 0.62, Math.min(0.94, far + more)), alpha)
    return [
      [0, face(0.05, 0)],
      [0.16, face(-0.01, 0.02)],
      [0.6, face(-0.05, 0.2 * light.air)],
      [0.86, face(-0.04, 0.42, 0.75)],
      [1, face(-0.02, 0.6, 0)],
    ]
  })
  const trimsAt = memoized((far = 0) => ({
    crest: css(tone(shift(stone, 0.08), 0.9, far)),
    shadow: css(tone(shift(stone, -0.16), 0.1, far), 0.7),
    snow: css(tone([244, 248, 254], 0.8, far)),
  }))
  // Far to near, first what is seen of the arches' insides, then the wall.
  const fromFar = track.to(0).scale < track.to(track.long).scale
  for (const behind of [3.4, 0]) {
    let gone = 0
    while (gone < track.long) {
      const along = fromFar ? gone : track.long - gone
      const wide = pixelsAt(track, along)
      const top = track.to(along, PARAPET, behind)
      const step = Math.min(0.6, 1.6 / Math.max(0.2, wide))
      gone += step
      if (top.x < box.x - 20 || top.x > box.x + box.width + 20) continue
      const deep = depthUnder(wall, along)
      const end = deep === undefined ? foot : track.to(along, -deep, behind).y
      const grain = worn(along * 0.9, 2) * 0.05 + worn(along * 0.16, 7) * 0.07 - (deep === undefined ? 0 : 0.03)
      const far = Math.round(farAt(scene, top.scale) * 24) / 24
      const wash = ctx.createLinearGradient(0, top.y, 0, foot)
      for (const [at, colour] of paintsAt(far, behind > 0 ? 1 : 0, Math.round(grain * 90) / 90))
        wash.addColorStop(at, colour)
      const bar = (paint: Paint, y: number, tall: number): void =>
        fillRectangle(ctx, paint, [top.x - 0.5, y, step * wide + 1.2, tall])
      bar(wash, top.y, end - top.y)
      if (behind > 0) continue
      // A course that stands out under the parapet, and its shadow.
      const course = track.to(along, -0.15)
      const { crest, shadow, snow } = trimsAt(far)
      bar(crest, course.y, 0.34 * top.scale)
      bar(shadow, course.y + 0.34 * top.scale, 0.26 * top.scale)
      if (white) bar(snow, top.y - 0.16 * top.scale, 0.3 * top.scale)
    }
  }
}

/** Single stones, and the rings of stones that the arches are. */
const paintStones = (ctx: DrawingContext, { scene, track, stone, span, tone, box, radius }: Wall): void => {
  const { unit } = scene
  const random = scene.random('masonry')
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
      strokeLine(ctx, [inner.x, inner.y, outer.x, outer.y])
    }
    for (let block = 0; block < 46; block++) {
      const x = middle - span / 2 + (random() - 0.5) * PIER * 1.8
      const up = -CROWN - radius * 0.7 - random() * 20
      const at = track.to(x, Math.round(up / 0.8) * 0.8)
      ctx.fillStyle = css(tone(shift(stone, (random() - 0.5) * 0.2), 0.5, Math.min(0.9, air - (up / 30) * 0.4)), 0.32)
      const wide = Math.min(1, pixelsAt(track, x)) * 0.9 * near.scale * 0.5 + 1
      ctx.fillRect(at.x, at.y, wide, 0.6 * near.scale)
    }
  }
}

/** Moonlight along the upper edge. */
const paintMoonlight = (ctx: DrawingContext, { scene, track, stone }: Wall): void => {
  ctx.fillStyle = css(mix(stone, scene.light.key, 0.8), 0.4)
  for (let along = 0; along < track.long; along += 0.5) {
    const at = track.to(along, PARAPET)
    ctx.fillRect(at.x, at.y, Math.max(1, pixelsAt(track, along) * 0.5 + 0.5), Math.max(1, 0.12 * at.scale))
  }
}

/** A viaduct of tall round arches under a track. What stands further away is paler, and its feet are lost in the mist. */
export const viaduct = (scene: SceneContext, track: Track, masonry: Masonry, depth: number): Sprite => {
  const radius = masonry.span / 2 - PIER
  return paintSprite(coverBox(scene, depth), depth, (ctx, box) => {
    const wall: Wall = { ...masonry, scene, track, tone: toneOf(scene), box, radius }
    paintWall(ctx, wall)
    paintStones(ctx, wall)
    if (scene.light.dark > 0.6) paintMoonlight(ctx, wall)
  })
}
