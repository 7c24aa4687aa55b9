import type { Rgb } from '../../../rgb.ts'
import { mix } from '../../../canvas/colour.ts'
import { hexColours } from '../../../canvas/hex-colours.ts'
import type { Random } from '../../../random.ts'
import type { SceneContext } from '../../context.ts'
import { still, type ScenePainter } from '../../layers.ts'
import { type Globe, globe } from '../../sky/globe.ts'
import { galaxyLayer } from './galaxy.ts'
import { nebula, starfield } from '../../sky/nebula.ts'
import { shipLayer, meteorLayer } from '../../sky/voyagers.ts'

/** The colours of a nebula: three each. */
const SCHEMES = [
  '243c96 c44096 ffbe82',
  '146082 46bebe f0dcaa',
  '54248c e2505a ffc86e',
  '1e466e c8783c ffe2b4',
  '18286e 5a64e6 bee6ff',
].map(hexColours)

const MARS = hexColours('96442a ce7042 f0b482')
const EARTH = hexColours('10366e 306e54 c4b482')
const MOON = hexColours('545054 8c8684 cec8c0')

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
