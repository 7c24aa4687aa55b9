import type { Rgb } from '../../../rgb.ts'
import { mix } from '../../../canvas/colour.ts'
import { drawSprite } from '../../../canvas/sprite.ts'
import type { ScenePainter } from '../../layers.ts'
import { type Globe, globe } from '../../sky/globe.ts'
import { galaxyLayer } from './galaxy.ts'
import { nebula, starfield } from '../../sky/nebula.ts'
import { shipLayer, meteorLayer } from '../../sky/voyagers.ts'

const schemes: readonly (readonly [Rgb, Rgb, Rgb])[] = [
  [
    [36, 60, 150],
    [196, 64, 150],
    [255, 190, 130],
  ],
  [
    [20, 96, 130],
    [70, 190, 190],
    [240, 220, 170],
  ],
  [
    [84, 36, 140],
    [226, 80, 90],
    [255, 200, 110],
  ],
  [
    [30, 70, 110],
    [200, 120, 60],
    [255, 226, 180],
  ],
  [
    [24, 40, 110],
    [90, 100, 230],
    [190, 230, 255],
  ],
]

/** A nebula, stars at several distances, a planet that leans into the frame and its moon. */
export const paintSpace: ScenePainter = (scene) => {
  const { brief, width, height, unit } = scene
  const random = scene.random('space')
  const drawn = schemes[Math.floor(random() * schemes.length)]!
  const [first, second] = brief.colours
  const scheme = first ? [mix(first, [20, 30, 110], 0.35), first, second ?? mix(first, [255, 240, 210], 0.6)] : drawn
  const { isDeep, isMars: mars, isEarth: earth, hasRing, hasGalaxy } = brief.details.space
  const bare = isDeep && !brief.figures.has('planet')
  const ring = hasRing || (!mars && !earth && random() < 0.4)
  const kind = mars
    ? 'rock'
    : earth
      ? 'water'
      : ring
        ? 'gas'
        : (['gas', 'rock', 'water'] as const)[Math.floor(random() * 3)]!
  const colours: readonly Rgb[] = mars
    ? [
        [150, 68, 42],
        [206, 112, 66],
        [240, 180, 130],
      ]
    : kind === 'water'
      ? [
          [16, 54, 110],
          [48, 110, 84],
          [196, 180, 130],
        ]
      : [
          mix(scheme[0]!, [120, 90, 80], 0.45),
          mix(scheme[1]!, [200, 170, 140], 0.5),
          mix(scheme[2]!, [250, 236, 214], 0.5),
        ]
  const left = scene.light.sun.x > 0.5
  const radius = Math.min(width, height) * (ring ? 0.24 : 0.36 + random() * 0.12)
  const planet: Globe = {
    x: width * (left ? 0.3 : 0.7),
    y: height * (ring ? 0.54 : 0.62),
    radius,
    kind,
    colours,
    ring,
    depth: 0.5,
    name: 'planet',
  }
  const moon: Globe = {
    x: width * (left ? 0.68 : 0.3),
    y: height * (0.24 + random() * 0.16),
    radius: (34 + random() * 26) * unit,
    kind: 'rock',
    colours: [
      [84, 80, 84],
      [140, 134, 132],
      [206, 200, 192],
    ],
    ring: false,
    depth: 0.32,
    name: 'moon',
  }
  const nebulaSprite = nebula(scene, scheme)
  return {
    horizon: height / 2,
    layers: [
      (ctx, view) => drawSprite(ctx, view, nebulaSprite),
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
