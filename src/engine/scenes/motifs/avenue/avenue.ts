import type { Rgb } from '../../../rgb.ts'
import { pick } from '../../../random.ts'
import { bloomLayer } from '../../bloom.ts'
import type { DrawingContext, Paint } from '../../../canvas/drawing-context.ts'
import { drawGlow, fillShape, glowImage } from '../../../canvas/drawing.ts'
import { css, mix, shift } from '../../../canvas/colour.ts'
import { linearGradient } from '../../../canvas/gradients.ts'
import { fillEllipse } from '../../../canvas/paths.ts'
import { faceAcross } from '../../built/perspective.ts'
import { paintCanyon, streetOf, type Street, type StreetStyle } from './street-canyon.ts'
import { streetCars } from './street-cars.ts'
import { airLayer } from '../../sky/mist.ts'
import { neonOf } from '../../built/neon.ts'
import { skyLayers, flockLayers, weatherLayers } from '../../sky/outdoors.ts'
import { coverBox, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { paintSprite } from '../../../canvas/sprite.ts'
import { paintSign } from '../../built/towers.ts'
import { mirrorLayer } from '../../water/water.ts'
import { setPen, strokeCurve } from '../../../canvas/curves.ts'

/** The road with its kerbs, lanes and a crossing; half clear where it is wet, so that what is mirrored shows. */
const paintRoad = (ctx: DrawingContext, scene: SceneContext, street: Street, wet: boolean, night: boolean): void => {
  const { light, height } = scene
  const tar: Rgb = night ? mix([22, 24, 38], light.ambient, 0.4) : mix([104, 106, 114], light.ambient, 0.45)
  const strip = (x1: number, x2: number, z1: number, z2: number, fill: Paint): void =>
    fillShape(ctx, faceAcross(street.to, [x1, x2], [0, z1], [0, z2]), fill)
  const veil = wet ? 0.5 : 1
  const wash = linearGradient(
    ctx,
    [0, street.y, 0, height],
    [0, mix(tar, light.haze, 0.75), veil],
    [0.16, mix(tar, light.haze, 0.3), veil],
    [1, shift(tar, -0.06), wet ? 0.74 : 1],
  )
  strip(-1.005, 1.005, 0.3, 60, wash)
  const pave: Rgb = night ? shift(tar, 0.07) : shift(mix(tar, light.key, 0.3), 0.08)
  for (const side of [-1, 1]) {
    strip(side * 0.62, side * 1.02, 0.3, 40, css(pave, wet ? 0.42 : 0.95))
    strip(side * 0.61, side * 0.63, 0.3, 40, css(shift(pave, 0.08), 0.6))
  }
  const paint: Rgb = mix([240, 236, 222], light.ambient, night ? 0.45 : 0.1)
  for (let mark = 0; mark < 26; mark++) {
    const z = 0.5 + mark * 0.62
    for (const lane of [-0.31, 0.31]) strip(lane - 0.008, lane + 0.008, z, z + 0.3, css(paint, 0.5))
    strip(-0.012, 0.012, z, z + 0.62, css(mix(paint, [240, 190, 80], 0.6), 0.5))
  }
  for (let bar = -6; bar < 7; bar++) strip(bar * 0.092 - 0.026, bar * 0.092 + 0.026, 1.12, 1.5, css(paint, 0.62))
}

/** A lamp post at one kerb. Answers where its lamp is. */
const paintLampPost = (
  ctx: DrawingContext,
  street: Street,
  side: number,
  z: number,
  dark: string,
): [number, number] => {
  const [x, y] = street.to(side * 0.68, 0, z)
  const [, top] = street.to(side * 0.68, 0.52, z)
  const [armX, armY] = street.to(side * 0.54, 0.535, z)
  setPen(ctx, dark, Math.max(1, (y - top) * 0.016), 'round')
  strokeCurve(ctx, [x, y], [x, top], [x, armY, armX, armY])
  return [armX, armY]
}

/** Lamps along both kerbs, and their light. */
const paintLamps = (ctx: DrawingContext, { light, unit }: SceneContext, street: Street, night: boolean): void => {
  const warm = glowImage([255, 190, 110])
  for (let post = 9; post >= 0; post--) {
    const z = 1.25 + post * 1.35
    const dark = css(mix(mix(light.ambient, [10, 10, 16], 0.7), light.haze, Math.min(0.8, z / 16)))
    for (const side of [-1, 1]) {
      const [x, y] = paintLampPost(ctx, street, side, z, dark)
      if (!night) continue
      drawGlow(ctx, warm, [x, y, (120 * unit) / z], 0.8)
      fillEllipse(ctx, '#fff0cc', [x, y, (7 * unit) / z, (3 * unit) / z])
    }
  }
}

/** Neon signs that hang over the pavement, and their light. */
const paintSigns = (ctx: DrawingContext, scene: SceneContext, street: Street, neon: readonly Rgb[]): void => {
  const random = scene.random('kerb')
  for (let sign = 22; sign >= 0; sign--) {
    const z = 1.15 + sign * 0.44 + random() * 0.3
    const side = random() < 0.5 ? -1 : 1
    const upright = random() < 0.74
    const low = 0.3 + random() * 0.9
    const wide = upright ? 0.09 + random() * 0.05 : 0.24 + random() * 0.14
    const tall = upright ? 0.3 + random() * 0.4 : 0.09 + random() * 0.05
    const [x1, y1] = street.to(side * (0.985 - (side > 0 ? wide : 0)), low + tall, z)
    const [x2, y2] = street.to(side * (0.985 - (side > 0 ? 0 : wide)), low, z)
    const colour = pick(random, neon)
    const box = { x: Math.min(x1, x2), y: y1, width: Math.abs(x2 - x1), height: y2 - y1 }
    if (box.width < 5 || box.height < 5) continue
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    drawGlow(ctx, glowImage(colour, 48), [x, y, Math.max(box.width, box.height) * 1.7], 0.55)
    paintSign(ctx, random, { ...box, colour: mix(colour, scene.light.haze, Math.min(0.5, z / 20)) })
  }
}

/** A long street between high houses, the sky at its end, with traffic; in neon at night, mirrored where it is wet. */
export const paintAvenue: ScenePainter = (scene) => {
  const { brief, light, width, height, unit } = scene
  const random = scene.random('avenue')
  const night = light.dark > 0.35
  const futuristic = brief.style === 'futuristic'
  const street = streetOf(scene, { x: width * (0.36 + random() * 0.28), y: height * (0.52 + random() * 0.12) })
  const style: StreetStyle = { night, futuristic, neon: neonOf(scene) }
  const wet =
    light.weather === 'rain' || light.weather === 'storm' || brief.details.avenue.isWet || (night && random() < 0.6)
  const canyon = paintSprite(coverBox(scene, 0.5), 0.5, (ctx) => {
    paintCanyon(ctx, scene, street, style)
    if (!wet) paintRoad(ctx, scene, street, wet, night)
    paintLamps(ctx, scene, street, night)
    if (night) paintSigns(ctx, scene, street, style.neon)
  })
  const shine = wet
    ? [
        mirrorLayer(scene, { y: street.y + 7 * unit, depth: 0.5, calm: 0.55, tall: 1.35 }),
        still(paintSprite(coverBox(scene, 0.5, street.y), 0.5, (ctx) => paintRoad(ctx, scene, street, wet, night))),
      ]
    : []
  const colour = night ? mix(light.haze, style.neon[0]!, 0.35) : mix(light.haze, light.skyLow, 0.6)
  const mist = { name: 'avenue', y: street.y, thick: 60, depth: 0.4, colour }
  return {
    horizon: street.y,
    layers: [
      ...skyLayers(scene, street.y, night ? 0.7 : 1),
      still(canyon),
      airLayer(scene, { ...mist, strength: 0.36 }),
      ...shine,
      streetCars(scene, street, night),
      ...(night ? [] : flockLayers(scene)),
      ...weatherLayers(scene),
      ...(night ? [bloomLayer(scene, 0.5)] : []),
    ],
  }
}
