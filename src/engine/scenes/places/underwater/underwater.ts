import type { Rgb } from '../../../rgb.ts'
import { mix, shift } from '../../../canvas/colour.ts'
import { moteLayer } from '../../sky/falling.ts'
import { wavesOf } from '../../../canvas/noise-field.ts'
import { type Layer, type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { rayLayer } from '../../sky/rays.ts'
import { fishLayer, jellyLayer, whaleLayer } from './swimmers.ts'
import { paintLand } from '../../land/terrain.ts'
import { type Sea, reefLayer, kelpLayer } from './reef.ts'
import { waterLayer, causticLayer, bubbleLayer } from './water-light.ts'

/** A sandy floor with ripples, which fades into the water. */
const sandFloor = (scene: SceneContext, sea: Sea, horizon: number, sand: Rgb): Layer => {
  const noise = scene.noise('sand')
  const bends = wavesOf(noise, { x: 7, z: 9, octaves: 2 })
  const grains = wavesOf(noise, { x: 3, z: 4, octaves: 2 })
  const swells = wavesOf(noise, { x: 34, z: 44, octaves: 3 })
  const floor = paintLand(scene, {
    name: 'sand',
    depth: 0.6,
    near: 14,
    far: 260,
    nearest: true,
    eye: 9,
    horizon,
    heights: (xs, zs, out, count) => {
      const swell = swells(xs, zs, count)
      for (let at = 0; at < count; at++) out[at] = swell[at]! * 5
    },
    colours: (points, count) => {
      const { x, z, slopeX, slopeZ, haze } = points
      const bent = bends(x, z, count)
      const rough = grains(x, z, count)
      for (let at = 0; at < count; at++) {
        const ripple = Math.sin(z[at]! * 1.7 + bent[at]! * 5) * 0.07 * Math.max(0, 1 - z[at]! / 90)
        const lit = 0.8 - slopeZ[at]! * 1.6 - slopeX[at]! * 0.6 + ripple + rough[at]! * 0.1
        const shine = Math.min(1.2, Math.max(0.4, lit))
        points.red[at] = sand[0] * shine
        points.green[at] = sand[1] * shine
        points.blue[at] = sand[2] * shine
        haze[at] = Math.min(1, (z[at]! / 150) ** 0.8)
      }
    },
    hazeColour: mix(sea.mid, sea.low, 0.25),
  })
  return still(floor.sprite)
}

/** The colours of shallow or of deep water, tinted by the first colour of the words. */
const waterColours = (scene: SceneContext, deep: boolean): Sea => {
  const word = scene.brief.colours[0]
  const turn = (scene.random('sea water')() - 0.5) * 0.5
  const dye = (colour: Rgb): Rgb => (word ? mix(shift(colour, 0, 1, turn), word, 0.22) : shift(colour, 0, 1, turn))
  return deep
    ? { light: dye([60, 120, 170]), top: dye([26, 74, 126]), mid: dye([10, 36, 76]), low: dye([4, 14, 36]) }
    : { light: dye([196, 240, 236]), top: dye([92, 190, 208]), mid: dye([26, 112, 156]), low: dye([8, 46, 84]) }
}

/** Under the surface: shafts of light, a sandy floor with their net on it, corals, kelp, fish and bubbles. */
export const paintUnderwater: ScenePainter = (scene) => {
  const { brief, light, width, height, unit } = scene
  const deep = light.dark > 0.5 || brief.figures.has('jellyfish')
  const sea = waterColours(scene, deep)
  const horizon = height * 0.66
  const sand = mix([214, 198, 156], sea.mid, deep ? 0.72 : 0.4)
  return {
    horizon: height / 2,
    layers: [
      waterLayer(scene, sea),
      ...(brief.figures.has('whale') ? [whaleLayer(scene, sea)] : []),
      fishLayer(scene, {
        name: 'far fish',
        count: 46,
        size: 7,
        y: 0.36,
        depth: 0.3,
        colour: mix(sea.mid, sea.low, 0.5),
        bright: mix(sea.top, sea.mid, 0.4),
        spread: 0.14,
      }),
      sandFloor(scene, sea, horizon, sand),
      causticLayer(scene, horizon + 26 * unit, sea.light),
      reefLayer(scene, sea, false),
      rayLayer(scene, {
        x: width * light.sun.x,
        y: -height * 0.25,
        colour: sea.light,
        strength: deep ? 0.12 : 0.2,
        count: 13,
        spread: 1.5,
        long: height * 1.3,
      }),
      ...(brief.figures.has('jellyfish') ? [jellyLayer(scene)] : []),
      fishLayer(scene, {
        name: 'near fish',
        count: brief.figures.has('fish') ? 30 : 15,
        size: 17,
        y: 0.5,
        depth: 0.7,
        colour: [238, 128, 52],
        bright: [255, 214, 120],
        spread: 0.2,
      }),
      kelpLayer(scene, sea),
      reefLayer(scene, sea, true),
      bubbleLayer(scene, sea),
      moteLayer(scene, {
        name: 'plankton',
        colour: sea.light,
        count: 50,
        rise: 4,
        size: 0.9,
        from: 0,
        to: 1,
        blink: 0.5,
      }),
    ],
  }
}
