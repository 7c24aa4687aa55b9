import type { Rgb } from '../../../rgb.ts'
import type { DrawingContext } from '../../../canvas/drawing-context.ts'
import { css, lit, mix } from '../../../canvas/colour.ts'
import { createDabs } from '../../../canvas/dabs.ts'
import { linearGradient, radialGradient } from '../../../canvas/gradients.ts'
import { fillPath, fillPolygon, fillRectangle, readPath } from '../../../canvas/paths.ts'
import type { Random } from '../../../random.ts'
import { drawSprite, paintSprite } from '../../../canvas/sprite.ts'
import { type Layer, layerAt, type SceneContext } from '../../layers.ts'
import { lookAt, scaleAt, xAt, yAt } from '../../../canvas/camera-view.ts'

const silhouette = (scene: SceneContext, distance: number): Rgb =>
  mix(mix(scene.light.ambient, [8, 8, 14], 0.7), scene.light.haze, distance)

type Boat = { x: number; y: number; size: number; phase: number; distance: number }

const HULL = readPath('M -0.5 -0.06 Q 0 0.02 0.6 -0.1 Q 0.46 0.1 0.3 0.1 L -0.36 0.1 Z')
const MAINSAIL = readPath('M 0.03 -1.3 Q 0.36 -0.6 0.5 -0.16 L 0.03 -0.16')
const JIB = readPath('M -0.03 -1.26 Q -0.3 -0.6 -0.4 -0.14 Q -0.2 -0.2 -0.03 -0.14')

/** Mast and sails, in the colour of the hull and in that of their cloth. */
const drawSails = (ctx: DrawingContext, { light }: SceneContext, { size: s, distance }: Boat, dark: Rgb): void => {
  const cloth = lit([250, 244, 232], mix(light.key, light.ambient, 0.35), light.dark > 0.6 ? 0.5 : 1)
  const sail = mix(cloth, light.haze, Math.max(0, distance))
  ctx.fillRect(-s * 0.012, -s * 1.34, s * 0.024, s * 1.3)
  const at = { x: 0, y: 0, size: s }
  fillPath(ctx, css(sail), MAINSAIL, at)
  fillPath(ctx, css(mix(sail, dark, 0.28)), JIB, at)
}

/** A cabin and its funnel, with lit windows in the dark. */
const drawCabin = (ctx: DrawingContext, { light }: SceneContext, { size: s }: Boat): void => {
  ctx.fillRect(-s * 0.16, -s * 0.26, s * 0.34, s * 0.22)
  ctx.fillRect(-s * 0.02, -s * 0.5, s * 0.02, s * 0.26)
  if (light.dark <= 0.3) return
  fillRectangle(ctx, 'rgba(255,214,140,0.95)', [-s * 0.1, -s * 0.2, s * 0.07, s * 0.06])
  ctx.fillRect(s * 0.04, -s * 0.2, s * 0.07, s * 0.06)
}

/** Boats that ride the waves and move slowly: sails, or a hull with a cabin. */
export const boatLayer = (scene: SceneContext, options: { horizon: number; sail: boolean }): Layer => {
  const { width, height, unit } = scene
  const random = scene.random('boats')
  const asked = scene.brief.figures.has('boats')
  const side = random() < 0.5 ? -1 : 1
  const boats = Array.from({ length: asked ? 3 : 1 }, (_, index): Boat => {
    const near = asked ? [0.34, 0.12, 0.05][index]! : 0.07
    return {
      x: width * (index === 0 ? (side > 0 ? 0.3 : 0.66) + random() * 0.06 : 0.15 + random() * 0.7),
      y: options.horizon + near * (height - options.horizon) * 0.8,
      size: (16 + near * 230) * unit,
      phase: random() * 6,
      distance: 0.5 - near,
    }
  }).reverse()
  return (ctx, view) => {
    for (const boat of boats) {
      lookAt(ctx, view, 0.3 + boat.size / (400 * unit))
      const s = boat.size
      ctx.translate(
        boat.x + side * view.seconds * 6 * unit * (s / (60 * unit)),
        boat.y + Math.sin(view.seconds * 1.2 + boat.phase) * s * 0.035,
      )
      ctx.rotate(Math.sin(view.seconds * 0.9 + boat.phase) * 0.035)
      ctx.scale(side, 1)
      const dark = silhouette(scene, Math.max(0.05, boat.distance))
      // Its reflection, broken and dim.
      ctx.fillStyle = css(dark, 0.28)
      for (let row = 0; row < 7; row++) {
        const wide = s * (0.46 - row * 0.05)
        const swing = Math.sin(view.seconds * 2 + row * 1.4 + boat.phase) * s * 0.03
        ctx.fillRect(-wide + swing, s * 0.06 + row * s * 0.075, wide * 2, s * 0.04)
      }
      fillPath(ctx, css(dark), HULL, { x: 0, y: 0, size: s })
      if (options.sail) drawSails(ctx, scene, boat, dark)
      else drawCabin(ctx, scene, boat)
      ctx.setTransform(1, 0, 0, 1, 0, 0)
    }
  }
}

const TOWER = readPath('M -0.12 0 L -0.075 -1 L 0.075 -1 L 0.12 0')
const TOWER_ROOF = readPath('M -0.085 -1.16 Q 0 -1.32 0.085 -1.16')
const HOUSE_ROOF = readPath('M 0.09 -0.19 L 0.29 -0.34 L 0.49 -0.19')
const BEAM: Rgb = [255, 240, 190]

/** A lighthouse by its foot, `size` pixels tall up to its gallery, and its keeper's house. */
const paintLighthouse = (
  ctx: DrawingContext,
  scene: SceneContext,
  at: { x: number; y: number; size: number },
): void => {
  const { light } = scene
  const { x, y, size } = at
  const block = (paint: string, left: number, up: number, wide: number, tall: number): void =>
    fillRectangle(ctx, paint, [x + size * left, y - size * up, size * wide, size * tall])
  const wall = lit([240, 236, 228], mix(light.key, light.ambient, 0.4), light.dark > 0.6 ? 0.45 : 1)
  const bright = light.sun.x > 0.5 ? 1 : 0
  const body = linearGradient(
    ctx,
    [x - size * 0.12, 0, x + size * 0.12, 0],
    [bright, wall],
    [1 - bright, mix(wall, light.ambient, 0.6)],
  )
  fillPath(ctx, body, TOWER, at)
  const red = css(lit([178, 44, 40], mix(light.key, light.ambient, 0.5), light.dark > 0.6 ? 0.5 : 1), 0.9)
  for (const band of [0.22, 0.56]) block(red, -(0.12 - band * 0.045), band + 0.16, 0.24 - band * 0.09, 0.16)
  const dark = css(silhouette(scene, 0.1))
  block(dark, -0.11, 1.02, 0.22, 0.035)
  block(dark, -0.06, 1.17, 0.12, 0.15)
  fillPath(ctx, dark, TOWER_ROOF, at)
  const lantern = light.dark > 0.15 ? '#fff2c0' : css(mix(light.skyLow, [255, 255, 255], 0.4))
  block(lantern, -0.04, 1.14, 0.08, 0.1)
  block(css(mix(wall, light.ambient, 0.35)), 0.12, 0.2, 0.34, 0.22)
  fillPath(ctx, dark, HOUSE_ROOF, at)
}

/** A lighthouse whose beam turns when it is dark. */
export const lighthouseLayer = (scene: SceneContext, at: { x: number; y: number; tall: number }): Layer => {
  const { light, width, height } = scene
  const { x, y, tall } = at
  const box = { x: x - tall, y: y - tall * 1.4, width: tall * 2, height: tall * 1.6 }
  const sprite = paintSprite(box, 0.35, (ctx) => paintLighthouse(ctx, scene, { x, y, size: tall }))
  return layerAt(0.35, (ctx, view) => {
    drawSprite(ctx, view, sprite)
    if (light.dark < 0.15) return
    ctx.globalCompositeOperation = 'screen'
    const turn = view.seconds * 0.9 + 0.4
    for (const half of [0, Math.PI]) {
      const facing = Math.cos(turn + half)
      const end = x + width * facing
      const strength = Math.min(1, 0.25 + light.dark * 0.6) * Math.abs(facing)
      const beam = linearGradient(ctx, [x, 0, end, 0], [0, BEAM, strength], [1, BEAM, 0])
      const far = y - tall * 1.09
      fillPolygon(ctx, beam, [x, y - tall * 1.11, end, far - height * 0.09, end, far + height * 0.03])
    }
    const glow = radialGradient(ctx, [x, y - tall * 1.1, tall * 0.6], [0, BEAM, 0.7], [1, BEAM, 0])
    fillRectangle(ctx, glow, [x - tall, y - tall * 2, tall * 2, tall * 2])
    ctx.globalCompositeOperation = 'source-over'
  })
}

/** A bend from one point past another to a third. */
type Bend = readonly [x: number, y: number, midX: number, midY: number, endX: number, endY: number]

const placeAlong = ([x, y, midX, midY, endX, endY]: Bend, u: number): [number, number] => [
  (1 - u) * (1 - u) * x + 2 * u * (1 - u) * midX + u * u * endX,
  (1 - u) * (1 - u) * y + 2 * u * (1 - u) * midY + u * u * endY,
]

const palmsOf = ({ width, height }: SceneContext, random: Random, side: number) =>
  Array.from({ length: 3 }, (_, index) => ({
    x: side > 0 ? width * (1.0 - index * 0.07 + random() * 0.03) : width * (index * 0.07 - random() * 0.03),
    y: height * (0.92 + random() * 0.1),
    tall: height * (0.62 - index * 0.12) * (0.9 + random() * 0.2),
    lean: -side * (0.28 + random() * 0.2),
    phase: random() * 6,
    fronds: Array.from({ length: 11 }, (_, frond) => ({
      angle: -Math.PI + (frond / 10) * Math.PI * 1.0 + (random() - 0.5) * 0.3,
      long: 0.8 + random() * 0.4,
    })),
  }))

/** Palms that lean in from one side, their fronds moving in the breeze. */
export const palmLayer = (scene: SceneContext, side: number): Layer => {
  const { unit, light } = scene
  const palms = palmsOf(scene, scene.random('palms'), side)
  const dark = mix(mix(light.ambient, [10, 22, 18], 0.6), [0, 0, 0], light.dark > 0.1 ? 0.35 : 0.15)
  const bright = mix(dark, lit([120, 150, 60], light.key), light.dark > 0.1 ? 0.25 : 0.5)
  const dabs = createDabs(palms.length * 380)
  return (_, view) => {
    const scale = scaleAt(view, 1.2)
    const line = (x: number, y: number, toX: number, toY: number, wide: number): void =>
      dabs.line(xAt(view, x, 1.2), yAt(view, y, 1.2), xAt(view, toX, 1.2), yAt(view, toY, 1.2), wide * scale)
    const drawBend = (bend: Bend, steps: number, wide: number): void => {
      let [fromX, fromY] = bend
      for (let step = 1; step <= steps; step++) {
        const [toX, toY] = placeAlong(bend, step / steps)
        line(fromX, fromY, toX, toY, wide)
        ;[fromX, fromY] = [toX, toY]
      }
    }
    /** A frond from the top of its palm: leaflets to both sides of its rib. */
    const drawFrond = (x: number, y: number, angle: number, long: number): void => {
      const midX = x + Math.cos(angle) * long * 0.55
      const midY = y + Math.sin(angle) * long * 0.75 - long * 0.05
      const rib = [
        x,
        y,
        midX,
        midY,
        x + Math.cos(angle) * long,
        y + Math.sin(angle) * long * 0.55 + long * 0.34,
      ] as const
      const wide = 2 * unit
      dabs.paint(Math.sin(angle) < -0.5 ? bright : dark, 1)
      for (let step = 1; step <= 11; step++) {
        const u = step / 11
        const [atX, atY] = placeAlong(rib, u)
        const leaf = long * 0.24 * Math.sin(u * Math.PI * 0.9 + 0.2)
        const below = Math.cos(angle + 1.25) * leaf * 0.6 + Math.cos(angle) * leaf * 0.4
        const above = Math.cos(angle - 1.1) * leaf * 0.6 + Math.cos(angle) * leaf * 0.5
        line(atX, atY, atX + below, atY + leaf * 0.85, wide)
        line(atX, atY, atX + above, atY + leaf * 0.35, wide)
      }
      drawBend(rib, 10, wide)
    }
    for (const { x, y, tall, lean, phase, fronds } of palms) {
      const sway = Math.sin(view.seconds * 0.9 + phase) * 0.02
      const [topX, topY] = [x + (lean + sway) * tall, y - tall]
      dabs.paint(dark, 1)
      drawBend([x, y, x + lean * tall * 0.25, y - tall * 0.6, topX, topY], 14, 11 * unit)
      for (const { angle, long } of fronds)
        drawFrond(topX, topY, angle + Math.sin(view.seconds * 1.4 + phase + angle * 3) * 0.05, tall * 0.42 * long)
    }
    dabs.lay(view.frameCanvas)
  }
}
