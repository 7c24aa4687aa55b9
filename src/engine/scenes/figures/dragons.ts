import type { DrawingContext } from '../../canvas/drawing-context.ts'
import { css, mix } from '../../canvas/colour.ts'
import { fillPath, readPath } from '../../canvas/paths.ts'
import type { Layer, SceneContext } from '../layers.ts'
import { lookAt } from '../../canvas/camera-view.ts'
import { setPen } from '../../canvas/curves.ts'

type Dragon = { x: number; y: number; size: number; speed: number; phase: number; side: number }

/** The body as a chain of points from the snout to the tip of the tail, waving as it flies; x runs back from the head. */
const spine = (beat: number): { x: number; y: number; thick: number }[] =>
  Array.from({ length: 26 }, (_, index) => {
    const u = index / 25
    const neck = u < 0.3 ? -Math.sin((u / 0.3) * Math.PI) * 0.1 - (0.3 - u) * 0.42 : 0
    const tail = u > 0.5 ? Math.sin((u - 0.5) * 9 - beat * 0.5) * 0.12 * (u - 0.5) * 2 : 0
    const belly = Math.max(0, 1 - Math.abs(u - 0.38) / 0.22)
    return {
      x: -u * 2.1 + 0.75,
      y: neck + tail - Math.sin(beat) * 0.04,
      thick: u < 0.03 ? 0.045 : 0.042 + belly * 0.085 - Math.max(0, u - 0.55) * 0.09,
    }
  })

/** Fingers of a wing: angle behind the upright (radians) and length. */
const FINGERS = [
  [0.1, 0.92],
  [0.5, 1.12],
  [0.9, 1.08],
  [1.26, 0.9],
] as const

/** One wing: an arm with a wrist, and fingers that fan out and hold the membrane. `lift` is -1 (down) to 1 (up). */
const wing = (ctx: DrawingContext, lift: number, far: boolean): void => {
  const rootX = far ? 0.16 : 0.08
  const reach = far ? 0.84 : 1
  const rise = (y: number): number => y * (lift * 0.92 + 0.1) * reach
  const wrist = { x: rootX + 0.2 - Math.abs(lift) * 0.04, y: rise(-0.5) }
  const tips = FINGERS.map(([angle, long]) => ({
    x: wrist.x - Math.sin(angle) * long * reach,
    y: wrist.y + rise(-Math.cos(angle) * long * 0.86),
  }))
  tips.push({ x: rootX - 0.62, y: 0.03 })
  ctx.beginPath()
  ctx.moveTo(rootX + 0.06, 0)
  ctx.quadraticCurveTo(rootX + 0.22, wrist.y * 0.4, wrist.x + 0.03, wrist.y)
  ctx.quadraticCurveTo(wrist.x + 0.04, (wrist.y + tips[0]!.y) / 2, tips[0]!.x, tips[0]!.y)
  for (let index = 1; index < tips.length; index++) {
    const tip = tips[index]!
    const before = tips[index - 1]!
    // The membrane hangs in a bow between two fingers.
    const slack = 0.3
    const midX = (before.x + tip.x) / 2
    const midY = (before.y + tip.y) / 2
    ctx.quadraticCurveTo(midX + (wrist.x - midX) * slack, midY + (wrist.y * 0.8 - midY) * slack, tip.x, tip.y)
  }
  ctx.closePath()
  ctx.fill()
  const membrane = ctx.fillStyle
  setPen(ctx, 'rgba(10,6,10,0.5)', 0.016)
  ctx.beginPath()
  for (const tip of tips.slice(0, -1)) {
    ctx.moveTo(wrist.x, wrist.y)
    ctx.quadraticCurveTo((wrist.x + tip.x) / 2 + 0.03, (wrist.y + tip.y) / 2, tip.x, tip.y)
  }
  ctx.moveTo(rootX, 0)
  ctx.quadraticCurveTo(rootX + 0.2, wrist.y * 0.4, wrist.x, wrist.y)
  ctx.stroke()
  ctx.fillStyle = membrane
}

/** Jaw, brow and two horns swept back, about the first point of the spine; the barb, about its last; the folded legs. */
const HEAD = readPath(
  'M 0.2 0.02 L 0.06 -0.055 L -0.02 -0.07 L -0.2 -0.17 L -0.07 -0.05 L -0.22 -0.08 L -0.06 0.04 L 0.05 0.075 L 0.17 0.07 L 0.08 0.03 Z',
)
const BARB = readPath('M 0.06 0 L -0.02 -0.07 L -0.17 0 L -0.02 0.07')
const LEG = readPath('M 0.06 0.05 L -0.1 0.2 L -0.24 0.2 L -0.12 0.15 L -0.07 0.04')

type Bone = ReturnType<typeof spine>[number]

const traceBack = (ctx: DrawingContext, bones: readonly Bone[]): void => {
  ctx.beginPath()
  for (const { x, y, thick } of bones) ctx.lineTo(x, y - thick)
}

const drawBody = (ctx: DrawingContext, bones: readonly Bone[], body: string): void => {
  ctx.fillStyle = body
  traceBack(ctx, bones)
  for (const { x, y, thick } of [...bones].reverse()) ctx.lineTo(x, y + thick)
  ctx.closePath()
  ctx.fill()
  const [head, tip] = [bones[0]!, bones[25]!]
  fillPath(ctx, body, HEAD, { x: head.x, y: head.y, size: 1 })
  for (const { x, y, thick } of bones.slice(3, 22)) {
    ctx.beginPath()
    ctx.moveTo(x + 0.03, y - thick + 0.01)
    ctx.lineTo(x - 0.05, y - thick - 0.05)
    ctx.lineTo(x - 0.03, y - thick + 0.01)
    ctx.fill()
  }
  fillPath(ctx, body, BARB, { x: tip.x, y: tip.y, size: 1 })
  for (const x of [0.16, -0.3]) fillPath(ctx, body, LEG, { x, y: 0, size: 1 })
}

type Hide = { body: string; membrane: string; rim: string }

const drawDragon = (ctx: DrawingContext, beat: number, { body, membrane, rim }: Hide): void => {
  const lift = Math.sin(beat)
  ctx.fillStyle = membrane
  wing(ctx, lift * 0.9 + 0.12, true)
  const bones = spine(beat)
  drawBody(ctx, bones, body)
  ctx.fillStyle = membrane
  wing(ctx, lift, false)
  setPen(ctx, rim, 0.012)
  traceBack(ctx, bones.slice(1, 20))
  ctx.stroke()
}

type Puff = { at: number; spread: number; size: number }

/** A breath of fire every five seconds. */
const breatheFire = (ctx: DrawingContext, seconds: number, puffs: readonly Puff[]): void => {
  const cycle = (seconds + 2.4) % 5
  const breath = cycle > 1.6 && cycle < 4.2 ? Math.sin(((cycle - 1.6) / 2.6) * Math.PI) : 0
  if (breath <= 0.02) return
  ctx.globalCompositeOperation = 'screen'
  for (const puff of puffs) {
    const run = (puff.at + seconds * 1.5) % 1
    const heat = 1 - run
    const [green, blue] = [Math.round(80 + heat * 150), Math.round(20 + heat * 90)]
    ctx.fillStyle = `rgba(255,${green},${blue},${0.34 * breath * Math.min(1, heat * 2)})`
    ctx.beginPath()
    const y = -0.08 + run * 0.2 + puff.spread * run * 0.16
    ctx.arc(0.95 + run * 1.15 * breath, y, (0.03 + run * 0.13) * puff.size, 0, Math.PI * 2)
    ctx.fill()
  }
  ctx.globalCompositeOperation = 'source-over'
}

/** Dragons that cross the sky with slow wing beats; the nearest breathes fire now and then. */
export const dragonLayer = (scene: SceneContext): Layer => {
  const { light, width, height, unit } = scene
  const random = scene.random('dragons')
  const side = light.sun.x > 0.5 ? 1 : -1
  const fly = ([right, left]: readonly [number, number], y: number, size: number, speed: number): Dragon => ({
    x: width * (side > 0 ? right : left),
    y: height * y,
    size: size * unit,
    speed,
    phase: random() * 6,
    side,
  })
  const nearest = fly([0.3, 0.7], 0.27, 128, 22)
  const dragons = [nearest, fly([0.64, 0.36], 0.17, 46, 12), { ...fly([0.76, 0.24], 0.3, 27, 8), side: -side }]
  const puffs = Array.from({ length: 34 }, () => ({ at: random(), spread: (random() - 0.5) * 2, size: 0.5 + random() }))
  return (ctx, view) => {
    for (const dragon of [...dragons].reverse()) {
      const far = 1 - Math.min(1, dragon.size / (128 * unit))
      const dark = mix(mix(light.ambient, [12, 8, 14], 0.72), light.haze, 0.08 + far * 0.5)
      const membrane = mix(mix(dark, light.key, 0.16), [120, 36, 30], 0.22 * (1 - far))
      lookAt(ctx, view, 0.3 + 0.3 * (1 - far))
      ctx.translate(
        dragon.x + dragon.side * (view.seconds - scene.seconds / 2) * dragon.speed * unit,
        dragon.y + Math.sin(view.seconds * 0.8 + dragon.phase) * dragon.size * 0.08,
      )
      ctx.scale(dragon.side * dragon.size, dragon.size)
      ctx.rotate(-0.1 + Math.sin(view.seconds * 0.6 + dragon.phase) * 0.04)
      const hide = { body: css(dark), membrane: css(membrane, 0.96), rim: css(light.key, 0.4 * (1 - far)) }
      drawDragon(ctx, view.seconds * (2.6 + far * 2) + dragon.phase, hide)
      if (dragon === nearest) breatheFire(ctx, view.seconds, puffs)
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    }
  }
}
