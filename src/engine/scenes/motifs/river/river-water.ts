import { rgb, type Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse, fillRounded, strokeLine } from '../../../canvas/paths.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import { toneOf } from '../../tone.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { xAt, yAt } from '../../../canvas/camera-view.ts'
import type { Course } from './river-course.ts'

/** The current: streaks of light and shade that run down the river, and foam about the stones of its rapids. */
export const currentLayer = (
  scene: SceneContext,
  course: Course,
  depth: number,
  look: { pale: Rgb; deep: Rgb; rapid: number },
): Layer => {
  const random = scene.random('current')
  const speed = (2.6 + look.rapid * 5) * Math.min(1.6, scene.brief.pace)
  const [start, span] = [course.near * 0.85, course.near * 9]
  const range = span - start
  const spread = (): number => start + (span - course.near) * random() ** 2
  const streaks = Array.from({ length: 240 }, () => ({
    z: spread(),
    side: (random() * 2 - 1) * 0.94,
    long: 0.8 + random() * 3,
    pace: 0.75 + random() * 0.5,
    pale: random() < 0.62,
    phase: random() * 6,
  }))
  const rocks = Array.from({ length: Math.round(look.rapid * 28) }, () => ({
    z: course.near * (1.1 + random() * 4.4),
    side: (random() * 2 - 1) * 0.85,
    size: 0.35 + random() * 0.9,
  }))
  const froth = rocks.flatMap((rock) =>
    Array.from({ length: 22 }, () => ({ rock, at: random(), off: random() * 2 - 1, size: 0.5 + random() })),
  )
  const dabs = createDabs(streaks.length + froth.length + rocks.length * 2)
  const wrap = (z: number): number => start + ((((z - start) % range) + range) % range)
  return (_, view) => {
    for (const streak of streaks) {
      const z = wrap(streak.z - view.seconds * speed * streak.pace)
      const sway = streak.side + Math.sin(view.seconds * 0.9 + streak.phase + z * 0.2) * 0.03
      const [a, b] = [course.to(z, sway), course.to(z + streak.long, sway)]
      const fade = Math.min(1, (span - z) / (span * 0.3)) * (0.7 + 0.3 * Math.sin(view.seconds * 2.4 + streak.phase))
      dabs.paint(streak.pale ? look.pale : look.deep, 0.22 * fade)
      const [fromX, fromY] = [xAt(view, a.x, depth), yAt(view, a.y, depth)]
      dabs.line(fromX, fromY, xAt(view, b.x, depth), yAt(view, b.y, depth), Math.max(0.8, 0.055 * a.scale))
    }
    for (const { rock, at, off, size } of froth) {
      const run = (at + view.seconds * 0.7) % 1
      const p = course.to(
        rock.z - 0.3 - run * 2.6,
        rock.side + (off * (0.3 + run) * rock.size) / course.half(rock.z),
        0.1 * Math.sin(run * Math.PI) * size,
      )
      dabs.paint([250, 252, 255], 0.62 * Math.sin(Math.min(1, run * 1.2) * Math.PI))
      dabs.ellipse(xAt(view, p.x, depth), yAt(view, p.y, depth), 0.34 * size * p.scale, 0.12 * size * p.scale, 0)
    }
    for (const rock of rocks) {
      const p = course.to(rock.z, rock.side)
      const wide = rock.size * p.scale
      dabs.paint(mix([84, 80, 78], look.deep, 0.3), 1)
      dabs.ellipse(xAt(view, p.x, depth), yAt(view, p.y - wide * 0.14, depth), wide, wide * 0.46, 0)
      dabs.paint(mix([150, 146, 140], look.pale, 0.3), 0.7)
      dabs.ellipse(xAt(view, p.x, depth), yAt(view, p.y - wide * 0.32, depth), wide * 0.6, wide * 0.18, 0)
    }
    dabs.lay(view.frameCanvas)
  }
}

const HULLS: readonly Rgb[] = [0xc43e2c, 0x346c96, 0xdea03c, 0x48784e].map(rgb)

type Spot = ReturnType<Course['to']>
type Hull = { bow: Spot; stern: Spot; left: Spot; right: Spot; scale: number }

/** A hull from above, its ends pointed, in the paint that is set. */
const drawHull = (ctx: DrawingContext, { bow, stern, left, right, scale }: Hull): void => {
  ctx.beginPath()
  ctx.moveTo(stern.x, stern.y)
  ctx.quadraticCurveTo(left.x - 0.12 * scale, left.y + 0.1 * scale, bow.x, bow.y)
  ctx.quadraticCurveTo(right.x + 0.12 * scale, right.y + 0.1 * scale, stern.x, stern.y)
  ctx.fill()
  // The side that stands out of the water towards the eye.
  const nearer = bow.y > stern.y ? bow : stern
  ctx.beginPath()
  ctx.moveTo(left.x, left.y)
  ctx.quadraticCurveTo(left.x, nearer.y, nearer.x, nearer.y + 0.3 * scale)
  ctx.quadraticCurveTo(right.x, nearer.y, right.x, right.y)
  ctx.quadraticCurveTo(nearer.x, nearer.y - 0.05 * scale, left.x, left.y)
  ctx.fill()
}

/** Somebody who sits at a spot and paddles; `stroke` is how far in radians, each second stroke on the other side. */
const drawPaddler = (
  ctx: DrawingContext,
  { x, y, scale }: Spot,
  stroke: number,
  paint: (colour: Rgb, shine: number) => string,
  vest: Rgb,
): void => {
  const reach = Math.sin(stroke)
  const hand = Math.sin(stroke * 0.5) > 0 ? 1 : -1
  const blade = [x + hand * (0.62 + reach * 0.06) * scale, y + (0.02 + reach * 0.16) * scale] as const
  ctx.strokeStyle = paint([120, 84, 52], 0.7)
  strokeLine(ctx, [x - hand * 0.12 * scale, y - 0.95 * scale, ...blade], Math.max(1, 0.05 * scale))
  const cloth = paint(vest, 0.75)
  fillRounded(ctx, cloth, [x - 0.24 * scale, y - 0.74 * scale, 0.48 * scale, 0.74 * scale, 0.16 * scale])
  ctx.strokeStyle = cloth
  const elbow = [x + hand * 0.34 * scale, y - (0.36 - reach * 0.08) * scale] as const
  strokeLine(ctx, [x + hand * 0.16 * scale, y - 0.6 * scale, ...elbow], 0.13 * scale)
  fillEllipse(ctx, paint([84, 56, 40], 0.6), [x, y - 0.92 * scale, 0.14 * scale, 0.17 * scale])
}

/** Canoes that are paddled along the river, seen from behind or coming, with their wakes. */
export const canoeLayer = (
  scene: SceneContext,
  course: Course,
  depth: number,
  { count, paint }: { count: number; paint: Rgb },
): Layer => {
  const random = scene.random('canoes')
  const tone = toneOf(scene)
  const way = random() < 0.6 ? 1 : -1
  const pace = 1.5 * Math.min(1.6, scene.brief.pace)
  const boats = Array.from({ length: count }, (_, index) => ({
    z: course.near * (1.32 + index * 0.62 + random() * 0.3),
    side: (random() - 0.5) * 0.7,
    phase: random() * 6,
    hull: index === 0 ? paint : HULLS[index % 4]!,
  })).sort((a, b) => b.z - a.z)
  const painted = (colour: Rgb, shine: number): string => css(tone(colour, shine))
  return layerAt(depth, (ctx, view) => {
    ctx.lineCap = 'round'
    ctx.lineJoin = 'round'
    for (const boat of boats) {
      const z = boat.z + way * pace * (view.seconds - scene.seconds / 2)
      const off = (metres: number): number => boat.side + metres / course.half(z)
      const [fore, aft] = [z + way * 3, z - way * 3]
      const { scale } = course.to(z, boat.side)
      ctx.strokeStyle = 'rgba(250,252,255,0.42)'
      const wakes = [-1, 1].map((edge) =>
        Array.from({ length: 6 }, (_, piece) =>
          course.to(aft - way * piece * 1.3, off(edge * (0.4 + piece * 0.34))),
        ).flatMap(({ x, y }) => [x, y]),
      )
      for (const wake of wakes) strokeLine(ctx, wake, Math.max(1, 0.06 * scale))
      const [left, right] = [course.to(z, off(-0.5), 0.22), course.to(z, off(0.5), 0.22)]
      const shade = tone(mix(boat.hull, [20, 16, 20], 0.4), 0.3)
      ctx.fillStyle = linearGradient(ctx, [left.x, 0, right.x, 0], [0, tone(boat.hull, 0.9)], [1, shade])
      const [bow, stern] = [course.to(fore, boat.side, 0.34), course.to(aft, boat.side, 0.3)]
      drawHull(ctx, { bow, stern, left, right, scale })
      const seats = [1.1, -1.1]
        .map((seat) => ({ seat, at: course.to(z + way * seat, boat.side, 0.2) }))
        .sort((a, b) => a.at.y - b.at.y)
      for (const { seat, at } of seats)
        drawPaddler(ctx, at, view.seconds * 2.6 + boat.phase, painted, seat > 0 ? [226, 120, 48] : [240, 196, 70])
    }
  })
}
