import type { Rgb } from '../../../rgb.ts'
import { css, mix } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import type { Layer } from '../../layers.ts'
import type { SceneContext } from '../../context.ts'
import { lookAt, xAt, yAt } from '../../../canvas/camera-view.ts'
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
  const span = course.near * 9
  const spread = (): number => course.near * 0.85 + (span - course.near) * random() ** 2
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
  const wrap = (z: number): number => {
    const range = span - course.near * 0.85
    return course.near * 0.85 + ((((z - course.near * 0.85) % range) + range) % range)
  }
  return (_, view) => {
    for (const streak of streaks) {
      const z = wrap(streak.z - view.seconds * speed * streak.pace)
      const sway = streak.side + Math.sin(view.seconds * 0.9 + streak.phase + z * 0.2) * 0.03
      const [a, b] = [course.to(z, sway), course.to(z + streak.long, sway)]
      const fade = Math.min(1, (span - z) / (span * 0.3)) * (0.7 + 0.3 * Math.sin(view.seconds * 2.4 + streak.phase))
      dabs.paint(streak.pale ? look.pale : look.deep, 0.22 * fade)
      dabs.line(
        xAt(view, a.x, depth),
        yAt(view, a.y, depth),
        xAt(view, b.x, depth),
        yAt(view, b.y, depth),
        Math.max(0.8, 0.055 * a.scale),
      )
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

/** Canoes that are paddled along the river, seen from behind or coming, with their wakes. */
export const canoeLayer = (
  scene: SceneContext,
  course: Course,
  depth: number,
  options: { count: number; paint: Rgb; tone: (colour: Rgb, shine: number) => Rgb },
): Layer => {
  const random = scene.random('canoes')
  const { tone, paint } = options
  const way = random() < 0.6 ? 1 : -1
  const pace = 1.5 * Math.min(1.6, scene.brief.pace)
  const boats = Array.from({ length: options.count }, (_, index) => ({
    z: course.near * (1.32 + index * 0.62 + random() * 0.3),
    side: (random() - 0.5) * 0.7,
    phase: random() * 6,
    hull:
      index === 0
        ? paint
        : (
            [
              [196, 62, 44],
              [52, 108, 150],
              [222, 160, 60],
              [72, 120, 78],
            ] as const
          )[index % 4]!,
  })).sort((a, b) => b.z - a.z)
  const painted = (colour: Rgb, shine: number): string => css(tone(colour, shine))
  return (ctx, view) => {
    lookAt(ctx, view, depth)
    ctx.lineCap = 'round'
    ctx.lineJoin = 'round'
    for (const boat of boats) {
      const z = boat.z + way * pace * (view.seconds - scene.seconds / 2)
      const off = (metres: number): number => boat.side + metres / course.half(z)
      const [fore, aft] = [z + way * 3, z - way * 3]
      const [bow, stern, mid] = [
        course.to(fore, boat.side, 0.34),
        course.to(aft, boat.side, 0.3),
        course.to(z, boat.side),
      ]
      const scale = mid.scale
      ctx.strokeStyle = 'rgba(250,252,255,0.42)'
      ctx.lineWidth = Math.max(1, 0.06 * scale)
      for (const edge of [-1, 1]) {
        ctx.beginPath()
        for (let piece = 0; piece <= 5; piece++) {
          const tail = course.to(aft - way * piece * 1.3, off(edge * (0.4 + piece * 0.34)))
          ctx.lineTo(tail.x, tail.y)
        }
        ctx.stroke()
      }
      const [left, right] = [course.to(z, off(-0.5), 0.22), course.to(z, off(0.5), 0.22)]
      const hull = ctx.createLinearGradient(left.x, 0, right.x, 0)
      hull.addColorStop(0, painted(boat.hull, 0.9))
      hull.addColorStop(1, painted(mix(boat.hull, [20, 16, 20], 0.4), 0.3))
      ctx.fillStyle = hull
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
      const seats = [1.1, -1.1]
        .map((seat) => ({ seat, at: course.to(z + way * seat, boat.side, 0.2) }))
        .sort((a, b) => a.at.y - b.at.y)
      for (const { seat, at } of seats) {
        const s = at.scale
        const stroke = view.seconds * 2.6 + boat.phase
        const reach = Math.sin(stroke)
        const hand = Math.sin(stroke * 0.5) > 0 ? 1 : -1
        ctx.strokeStyle = painted([120, 84, 52], 0.7)
        ctx.lineWidth = Math.max(1, 0.05 * s)
        ctx.beginPath()
        ctx.moveTo(at.x - hand * 0.12 * s, at.y - 0.95 * s)
        ctx.lineTo(at.x + hand * (0.62 + reach * 0.06) * s, at.y + (0.02 + reach * 0.16) * s)
        ctx.stroke()
        ctx.fillStyle = painted(seat > 0 ? [226, 120, 48] : [240, 196, 70], 0.75)
        ctx.beginPath()
        ctx.roundRect(at.x - 0.24 * s, at.y - 0.74 * s, 0.48 * s, 0.74 * s, 0.16 * s)
        ctx.fill()
        ctx.strokeStyle = ctx.fillStyle
        ctx.lineWidth = 0.13 * s
        ctx.beginPath()
        ctx.moveTo(at.x + hand * 0.16 * s, at.y - 0.6 * s)
        ctx.lineTo(at.x + hand * 0.34 * s, at.y - (0.36 - reach * 0.08) * s)
        ctx.stroke()
        ctx.fillStyle = painted([84, 56, 40], 0.6)
        ctx.beginPath()
        ctx.ellipse(at.x, at.y - 0.92 * s, 0.14 * s, 0.17 * s, 0, 0, Math.PI * 2)
        ctx.fill()
      }
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }
}
