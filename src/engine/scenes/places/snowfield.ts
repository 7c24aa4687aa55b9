import { cabinLayer } from '../cabin.ts'
import { lit, mix } from '../colour.ts'
import { companyLayer } from '../company.ts'
import { snowLayer } from '../falling.ts'
import { wooded } from '../foreground.ts'
import { mistLayer } from '../mist.ts'
import { fbm } from '../noise.ts'
import { heavens, skyLife, weatherLayers } from '../outdoors.ts'
import { still } from '../plate.ts'
import { mountainRanges } from '../ranges.ts'
import { lightDirection } from '../relief.ts'
import type { Layer, Stage } from '../stage.ts'
import { paintLand } from '../terrain.ts'
import { wonders } from '../wonders.ts'
import type { PlacePainter } from './painter.ts'

const drifts = (stage: Stage, horizon: number): Layer => {
  const { light } = stage
  const noise = stage.noise('drifts')
  const fine = stage.noise('crust')
  const strength = light.dark > 0.6 ? 0.66 : 1
  const bright = lit([250, 251, 255], light.key, strength)
  const dark = mix(lit([196, 212, 240], light.ambient, strength * 1.15), light.skyMid, 0.2)
  const [lx, ly, lz] = lightDirection(light)
  const land = paintLand(stage, {
    name: 'drifts',
    depth: 0.7,
    near: 26,
    far: 420,
    nearest: true,
    eye: 11,
    horizon,
    height: (x, z) =>
      fbm(noise, x / 58, z / 74, 3) * 9 * Math.min(1, z / 160) + fbm(noise, x / 17 + 40, z / 23, 2) * 0.9 - 1,
    colour: (hit, out) => {
      const facing =
        (-hit.slopeX * lx * 2.6 + ly - hit.slopeZ * lz) / Math.sqrt(hit.slopeX ** 2 * 4 + hit.slopeZ ** 2 + 1)
      const shine = Math.min(1, Math.max(0, facing * 1.1 - 0.1 + fbm(fine, hit.x / 2.6, hit.z / 6, 3) * 0.16))
      const glitter = fine(hit.x * 3.1, hit.z * 2.3) > 0.72 ? 26 : 0
      for (let channel = 0; channel < 3; channel++)
        out[channel] = dark[channel]! + (bright[channel]! - dark[channel]!) * shine + glitter * shine
    },
    haze: (hit) => Math.min(0.9, (hit.z / 420) * 0.6 * light.air),
    hazeColour: light.haze,
  })
  return still(land.plate)
}

/** Snow on everything: mountains, spruces, drifts; it may fall, or the northern lights stand above it. */
export const paintSnowfield: PlacePainter = (stage) => {
  const { light, height, unit, brief } = stage
  const horizon = height * (0.54 + stage.random('horizon')() * 0.07)
  const falling = light.weather !== 'storm' && light.weather !== 'snow' && !brief.figures.has('aurora')
  return {
    horizon,
    layers: [
      ...heavens(stage, horizon, brief.figures.has('aurora') ? 0.35 : 1),
      ...mountainRanges(stage, { horizon, tall: 0.86, floor: -200, count: 3, pines: true, snowy: true, bottom: height })
        .layers,
      ...wonders(stage, horizon),
      mistLayer(stage, {
        name: 'plain',
        y: horizon + 30 * unit,
        thick: 56 * unit,
        depth: 0.4,
        strength: Math.min(0.9, 0.34 * light.air),
        colour: mix(light.haze, light.skyLow, 0.5),
      }),
      wooded(stage, { y: horizon + 84 * unit, depth: 0.5, tall: 80 * unit, open: 0.12 }),
      drifts(stage, horizon + 26 * unit),
      ...(brief.figures.has('cabin') ? [cabinLayer(stage, { y: height * 0.76, size: 120 * unit })] : []),
      ...companyLayer(stage, { horizon, y: height * 0.79, metre: 26 * unit, depth: 0.7, spread: 40 * unit }),
      ...skyLife(stage),
      ...weatherLayers(stage),
      ...(falling ? [snowLayer(stage, 0.45)] : []),
    ],
  }
}
