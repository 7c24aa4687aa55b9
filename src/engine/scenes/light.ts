import { pick, type Random } from '../random.ts'
import type { Rgb } from '../rgb.ts'
import type { Place } from '../prompt/place.ts'
import type { SceneBrief } from '../prompt/scene-brief.ts'
import type { Season, TimeOfDay, Weather } from '../prompt/sky.ts'
import { mix, shift, tint } from '../canvas/colour.ts'

/** Everything about light and air that the parts of a scene share. */
export type Light = {
  time: TimeOfDay
  weather: Weather
  season: Season
  skyTop: Rgb
  skyMid: Rgb
  skyLow: Rgb
  /** What distance fades to. */
  haze: Rgb
  /** Direct light, and the light of the sky in the shade. */
  key: Rgb
  ambient: Rgb
  /** 0 by day to 1 at deep night. */
  dark: number
  /** Thickness of the air, 1 on an ordinary day. */
  air: number
  /** Across the picture and down to the horizon, each 0 to 1; below 1 it stands above the horizon. */
  sun: { x: number; height: number; colour: Rgb; shown: boolean; moon: boolean; glow: number }
  /** 0 none to 1 a clear moonless night. */
  stars: number
  /** Share of the sky under cloud, 0 to 1. */
  cover: number
}

type Hour = Pick<Light, 'skyTop' | 'skyMid' | 'skyLow' | 'key' | 'ambient' | 'dark'> & {
  height: number
  glow: number
  disc: Rgb
}

const hours: Readonly<Record<TimeOfDay, Hour>> = {
  dawn: {
    skyTop: [64, 84, 138],
    skyMid: [190, 150, 176],
    skyLow: [255, 208, 164],
    key: [255, 204, 164],
    ambient: [92, 98, 142],
    dark: 0.22,
    height: 0.9,
    glow: 0.85,
    disc: [255, 236, 206],
  },
  morning: {
    skyTop: [78, 140, 206],
    skyMid: [156, 198, 230],
    skyLow: [240, 230, 208],
    key: [255, 238, 208],
    ambient: [116, 140, 176],
    dark: 0,
    height: 0.5,
    glow: 0.6,
    disc: [255, 248, 228],
  },
  noon: {
    skyTop: [38, 112, 196],
    skyMid: [108, 172, 228],
    skyLow: [206, 230, 242],
    key: [255, 248, 234],
    ambient: [128, 152, 186],
    dark: 0,
    height: 0.16,
    glow: 0.45,
    disc: [255, 252, 240],
  },
  golden: {
    skyTop: [88, 124, 172],
    skyMid: [226, 184, 136],
    skyLow: [255, 222, 152],
    key: [255, 206, 122],
    ambient: [116, 106, 128],
    dark: 0.06,
    height: 0.72,
    glow: 1,
    disc: [255, 244, 204],
  },
  sunset: {
    skyTop: [46, 52, 108],
    skyMid: [190, 92, 126],
    skyLow: [255, 164, 84],
    key: [255, 158, 92],
    ambient: [88, 68, 112],
    dark: 0.2,
    height: 0.76,
    glow: 1.1,
    disc: [255, 226, 160],
  },
  dusk: {
    skyTop: [18, 26, 66],
    skyMid: [78, 70, 132],
    skyLow: [230, 148, 134],
    key: [170, 144, 176],
    ambient: [56, 58, 104],
    dark: 0.5,
    height: 1.06,
    glow: 0.6,
    disc: [255, 206, 176],
  },
  night: {
    skyTop: [5, 10, 28],
    skyMid: [14, 28, 62],
    skyLow: [40, 66, 108],
    key: [148, 178, 226],
    ambient: [24, 36, 70],
    dark: 0.85,
    height: 0.34,
    glow: 0.55,
    disc: [238, 242, 252],
  },
}

const overcast: Readonly<Record<Weather, { grey: number; dim: number; air: number; cover: number; glow: number }>> = {
  clear: { grey: 0, dim: 0, air: 0.8, cover: 0.22, glow: 1 },
  cloudy: { grey: 0.32, dim: 0.03, air: 1.1, cover: 0.62, glow: 0.6 },
  fog: { grey: 0.5, dim: -0.02, air: 3, cover: 0.3, glow: 0.5 },
  rain: { grey: 0.62, dim: 0.12, air: 1.9, cover: 0.85, glow: 0.15 },
  snow: { grey: 0.55, dim: -0.03, air: 1.8, cover: 0.6, glow: 0.3 },
  storm: { grey: 0.62, dim: 0.3, air: 1.6, cover: 0.95, glow: 0.1 },
}

/** What the prompt leaves open is drawn from `random`, so another seed means another hour or another sky. */
export const readLight = (brief: SceneBrief, random: Random): Light => {
  const drawnTime = pick(random, brief.style === 'futuristic' ? FUTURE_TIMES : USUAL_TIMES)
  const time = brief.time ?? drawnTime
  const drawnWeather = random() < 0.72 ? 'clear' : 'cloudy'
  const weather = brief.weather ?? drawnWeather
  const season = brief.season ?? (weather === 'snow' ? 'winter' : pick(random, ['spring', 'summer', 'summer'] as const))
  const hour = hours[time]
  const cast = overcast[weather]
  const turn = (random() - 0.5) * 0.28
  const lift = (random() - 0.5) * 0.04
  // A drawn side, well off the middle: a sun at the very centre makes a picture static.
  const side = random() < 0.5 ? 0.2 + random() * 0.2 : 0.6 + random() * 0.2
  const grey = (colour: Rgb, level: number): Rgb => {
    const flat = shift(colour, -cast.dim * (1 - hour.dark * 0.7), 1 - cast.grey * level, turn)
    return shift(flat, lift)
  }
  // Where the words colour a thing that stands there, the air takes little of it.
  const dye = OWN_COLOUR.has(brief.place) ? 0.3 : 0.85
  const painted = (colour: Rgb, share: number, which: number): Rgb => {
    const word = brief.airColours[which % Math.max(1, brief.airColours.length)]
    return word ? tint(colour, word, share * dye) : colour
  }
  const skyLow = painted(grey(hour.skyLow, 1), 0.6, 0)
  const skyMid = painted(grey(hour.skyMid, 1), 0.55, 1)
  const skyTop = painted(grey(hour.skyTop, 1), 0.45, 1)
  const moonless = time === 'night' && brief.details.sky.isMoonless
  const shown = !moonless && (weather === 'clear' || weather === 'cloudy' || weather === 'fog') && time !== 'dusk'
  return {
    time,
    weather,
    season,
    skyTop: weather === 'fog' ? mix(skyTop, skyMid, 0.5) : skyTop,
    skyMid,
    skyLow,
    haze: mix(skyLow, skyMid, time === 'sunset' || time === 'dusk' || time === 'dawn' ? 0.5 : 0.3),
    key: painted(grey(hour.key, 0.7), 0.3, 0),
    ambient: painted(grey(hour.ambient, 0.6), 0.3, 1),
    dark: Math.min(1, hour.dark + cast.dim * 0.6),
    air: cast.air,
    sun: {
      x: side,
      height: hour.height * (0.88 + random() * 0.2),
      colour: painted(hour.disc, 0.25, 0),
      shown,
      moon: time === 'night',
      glow: hour.glow * cast.glow,
    },
    stars: Math.max(0, (hour.dark - 0.3) / 0.55) * (1 - cast.cover * 0.75),
    cover: Math.min(1, cast.cover * (0.8 + random() * 0.4)),
  }
}

const OWN_COLOUR: ReadonlySet<Place> = new Set(['meadow', 'desert', 'interior', 'forest', 'snowfield'])
const USUAL_TIMES: readonly TimeOfDay[] = ['morning', 'noon', 'golden', 'sunset', 'dawn']
const FUTURE_TIMES: readonly TimeOfDay[] = ['night', 'dusk']
