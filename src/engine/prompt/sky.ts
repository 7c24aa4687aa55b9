import { mentioned, terms, type Words } from './words.ts'

const TIMES = ['dawn', 'morning', 'noon', 'golden', 'sunset', 'dusk', 'night'] as const
export type TimeOfDay = (typeof TIMES)[number]

const WEATHERS = ['clear', 'cloudy', 'fog', 'rain', 'snow', 'storm'] as const
export type Weather = (typeof WEATHERS)[number]

const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const
export type Season = (typeof SEASONS)[number]

const times: Readonly<Record<TimeOfDay, readonly string[]>> = {
  golden: ['golden hour', 'golden light', 'late afternoon', 'warm light', 'evening sun', 'low sun', 'afternoon'],
  sunset: ['sunset', 'sundown', 'setting sun', 'evening glow', 'evening', 'afterglow'],
  dawn: ['dawn', 'sunrise', 'daybreak', 'first light', 'rising sun', 'early morning'],
  dusk: ['dusk', 'twilight', 'blue hour', 'nightfall', 'gloaming'],
  night: terms(`
    night*, midnight, moon*, starry, stars, nocturnal, aurora, northern lights, milky way, neon, cyberpunk, dark,
    firefly, fireflies, lantern, firework, new year*, candlelight
  `),
  morning: ['morning', 'breakfast'],
  noon: ['noon', 'midday', 'day', 'daylight', 'daytime', 'sunny', 'bright', 'blue sky', 'summer'],
}

const weathers: Readonly<Record<Weather, readonly string[]>> = {
  storm: ['storm*', 'lightning', 'thunder*', 'tempest', 'hurricane', 'tornado', 'twister', 'supercell', 'cyclone'],
  snow: ['snowing', 'snowfall', 'snowflake', 'blizzard', 'falling snow', 'snowy', 'snow', 'snowstorm'],
  rain: ['rain', 'rainy', 'raining', 'drizzle', 'shower', 'wet', 'downpour', 'monsoon', 'rainfall'],
  fog: ['fog*', 'mist*', 'haze', 'hazy', 'smok*', 'steamy', 'rising steam'],
  cloudy: ['cloud*', 'overcast', 'grey sky', 'gray sky', 'gloomy', 'moody', 'melancholic', 'dramatic', 'epic'],
  clear: ['clear', 'cloudless', 'sunny'],
}

const seasons: Readonly<Record<Season, readonly string[]>> = {
  autumn: ['autumn*', 'fall', 'falling leaves', 'maple', 'october', 'november', 'harvest'],
  winter: ['winter*', 'snow*', 'frozen', 'frost*', 'icy', 'ice', 'christmas', 'december', 'january', 'cold'],
  spring: ['spring*', 'blossom*', 'cherry', 'sakura', 'april', 'may', 'bloom*', 'fresh'],
  summer: ['summer*', 'tropical', 'july', 'august', 'hot', 'lush'],
}

/** The time of day that a prompt names, if any. */
export const readTime = (words: Words): TimeOfDay | undefined => mentioned(words, times)[0]

/** The weather that a prompt names, if any; the wilder of two wins. */
export const readWeather = (words: Words): Weather | undefined => mentioned(words, weathers)[0]

/** The season that a prompt names, if any. */
export const readSeason = (words: Words): Season | undefined => mentioned(words, seasons)[0]
