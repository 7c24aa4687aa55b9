import { type Rgb, rgb } from '../../../rgb.ts'
import { mix } from '../../../canvas/colour.ts'
import type { Random } from '../../../random.ts'
import { type SceneContext, type ScenePainter, still } from '../../layers.ts'
import { type Globe, globe } from '../../sky/globe.ts'
import { galaxyLayer } from './galaxy.ts'
import { nebula, starfield } from '../../sky/nebula.ts'
import { shipLayer, meteorLayer } from '../../sky/ship-and-meteors.ts'

/** The colours of a nebula: three each. */
const SCHEMES = [
  [0x243c96, 0xc44096, 0xffbe82],
  [0x146082, 0x46bebe, 0xf0dcaa],
  [0x54248c, 0xe2505a, 0xffc86e],
  [0x1e466e, 0xc8783c, 0xffe2b4],
  [0x18286e, 0x5a64e6, 0xbee6ff],
].map((colours) => colours.map(rgb))

const MARS = [0x96442a, 0xce7042, 0xf0b482].map(rgb)
const EARTH = [0x10366e, 0x306e54, 0xc4b482].map(rgb)
const MOON = [0x545054, 0x8c8684, 0xcec8c0].map(rgb)

const planetOf = (scene: SceneContext, random: Random, scheme: readonly Rgb[]): Globe => {
  const { width, height } = scene
  const { isMars, isEarth, hasRing } = scene.brief.details.space
  const ring = hasRing || (!isMars && !isEarth && random() < 0.4)
  const drawn = (): Globe['kind'] => (['gas', 'rock', 'water'] as const)[Math.floor(random() * 3)]!
  const kind = isMars ? 'rock' : isEarth ? 'water' : ring ? 'gas' : drawn()
  const dusty = (): Rgb[] => [
    mix(scheme[0]!, [120, 90, 80], 0.45),
    mix(scheme[1]!, [200, 170, 140], 0.5),
    mix(scheme[2]!, [250, 236, 214], 0.5),
  ]
  return {
    x: width * (scene.light.sun.x > 0.5 ? 0.3 : 0.7),
    y: height * (ring ? 0.54 : 0.62),
    radius: Math.min(width, height) * (ring ? 0.24 : 0.36 + random() * 0.12),
    kind,
    colours: isMars ? MARS : kind === 'water' ? EARTH : dusty(),
    ring,
    depth: 0.5,
    name: 'planet',
  }
}

const moonOf = ({ width, height, unit, light }: SceneContext, random: Random): Globe => ({
  x: width * (light.sun.x > 0.5 ? 0.68 : 0.3),
  y: height * (0.24 + random() * 0.16),
  radius: (34 + random() * 26) * unit,
  kind: 'rock',
  colours: MOON,
  ring: false,
  depth: 0.32,
  name: 'moon',
})

/** A nebula, stars at several distances, a planet that leans into the frame and its moon. */
export const paintSpace: ScenePainter = (scene) => {
  const { brief, height } = scene
  const random = scene.random('space')
  const drawn = SCHEMES[Math.floor(random() * SCHEMES.length)]!
  const [first, second] = brief.colours
  const scheme = first ? [mix(first, [20, 30, 110], 0.35), first, second ?? mix(first, [255, 240, 210], 0.6)] : drawn
  const { isDeep, hasGalaxy } = brief.details.space
  const bare = isDeep && !brief.figures.has('planet')
  const planet = planetOf(scene, random, scheme)
  const moon = moonOf(scene, random)
  return {
    horizon: height / 2,
    layers: [
      still(nebula(scene, scheme)),
      starfield(scene, 'far stars', 0.14, 1500, 0.8),
      starfield(scene, 'near stars', 0.24, 130, 1.9),
      ...(hasGalaxy ? [galaxyLayer(scene, scheme)] : []),
      ...(bare ? [] : [globe(scene, moon), globe(scene, planet)]),
      ...(brief.figures.has('meteors') ? [meteorLayer(scene)] : []),
      ...(brief.figures.has('spaceship') ? [shipLayer(scene)] : []),
      starfield(scene, 'dust', 1, 60, 1.1),
    ],
  }
}
