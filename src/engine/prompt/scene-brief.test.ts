import { describe, expect, it } from 'vitest'
import { readSceneBrief } from './scene-brief.ts'

describe('place', () => {
  it.each([
    ['A serene lake at sunset with mountains in the background', 'lake'],
    ['A futuristic cityscape at night with neon lights', 'city'],
    ['Epic fantasy landscape with dragons', 'mountains'],
    ['waves on a tropical beach', 'sea'],
    ['a path through an autumn forest', 'forest'],
    ['camels crossing the Sahara', 'desert'],
    ['a spiral galaxy', 'space'],
    ['a coral reef full of fish', 'underwater'],
    ['poppy fields in June', 'meadow'],
    ['the frozen Arctic', 'snowfield'],
    ['a cozy living room with a fireplace', 'interior'],
    ['abstract flowing shapes', 'abstract'],
  ])('of "%s" is %s', (prompt, place) => {
    expect(readSceneBrief(prompt)).toMatchObject({ place, placeFrom: 'named' })
  })

  it.each([
    ['a sailboat', 'sea'],
    ['a taxi', 'city'],
    ['a fox', 'forest'],
    ['a cat', 'interior'],
    ['a whale', 'underwater'],
    ['a rocket', 'space'],
  ])('of a subject, "%s", is its usual one: %s', (prompt, place) => {
    expect(readSceneBrief(prompt)).toMatchObject({ place, placeFrom: 'implied' })
  })

  it('is abstract where nothing is known, and such prompts still differ', () => {
    const one = readSceneBrief('blurgh fnord')
    expect(one).toMatchObject({ place: 'abstract', placeFrom: 'nothing' })
    expect(readSceneBrief('quux').hash).not.toBe(one.hash)
  })

  it('is not what stands in the background', () => {
    expect(readSceneBrief('a meadow with a lake in the background')).toMatchObject({ place: 'meadow', also: ['lake'] })
  })
})

describe('hero', () => {
  it.each([
    ['a samurai in the rain', 'samurai', 'forest'],
    ['a girl with an umbrella in the rain', 'umbrella', 'city'],
    ['a knight on a beach', 'knight', 'sea'],
    ['an astronaut walking on mars', 'astronaut', 'desert'],
  ])('of "%s" is %s, in the %s', (prompt, hero, place) => {
    const brief = readSceneBrief(prompt)
    expect(brief).toMatchObject({ hero, place })
    expect(brief.figures.has('people')).toBe(false)
  })

  it.each(['a knight on a horse', 'a samurai army', 'an astronaut on the moon', 'a woman on a beach'])(
    'is none who stands large: %s',
    (prompt) => expect(readSceneBrief(prompt).hero).toBeUndefined(),
  )
})

describe('places of what people ask for', () => {
  it.each([
    ['sunrise over rice terraces', 'meadow'],
    ['a lonely tree on a hill at sunset', 'meadow'],
    ['an old man reading a book', 'interior'],
    ['a greenhouse full of plants', 'forest'],
  ])('of "%s" is %s', (prompt, place) => expect(readSceneBrief(prompt).place).toBe(place))
})

describe('sky', () => {
  it.each([
    ['at dawn', 'dawn'],
    ['sunrise', 'dawn'],
    ['early morning light', 'dawn'],
    ['in the morning', 'morning'],
    ['on a sunny day', 'noon'],
    ['golden hour', 'golden'],
    ['sunset', 'sunset'],
    ['blue hour', 'dusk'],
    ['under the stars', 'night'],
    ['midnight', 'night'],
  ])('"%s" is %s', (prompt, time) => expect(readSceneBrief(prompt).time).toBe(time))

  it('reads weather and season', () => {
    expect(readSceneBrief('a thunderstorm over the sea').weather).toBe('storm')
    expect(readSceneBrief('rainy street').weather).toBe('rain')
    expect(readSceneBrief('misty valley').weather).toBe('fog')
    expect(readSceneBrief('snow falling on pines')).toMatchObject({ weather: 'snow', season: 'winter' })
    expect(readSceneBrief('autumn leaves').season).toBe('autumn')
    expect(readSceneBrief('cherry blossoms').season).toBe('spring')
  })

  it('keeps an open sky for the northern lights', () => {
    expect(readSceneBrief('northern lights over snow')).toMatchObject({ weather: 'clear', time: 'night' })
  })

  it('leaves open what is not said', () => {
    expect(readSceneBrief('mountains')).toMatchObject({ time: undefined, weather: undefined, season: undefined })
  })
})

describe('colours, figures, camera', () => {
  it('reads colours in the order of the words', () => {
    const [first, second] = readSceneBrief('a purple sky over a gold sea').colours
    expect(first?.[2]).toBeGreaterThan(first?.[1] ?? 255)
    expect(second?.[0]).toBeGreaterThan(second?.[2] ?? 255)
  })

  it('does not take the golden hour for gold', () => {
    expect(readSceneBrief('a lake in the golden hour').colours).toEqual([])
  })

  it('reads figures', () => {
    expect([...readSceneBrief('dragons above a castle, birds and a boat').figures].sort()).toEqual([
      'birds',
      'boats',
      'castle',
      'dragons',
    ])
    expect(readSceneBrief('a lake without boats').figures.has('boats')).toBe(false)
  })

  it('reads the camera and its pace', () => {
    expect(readSceneBrief('slow pan left across a valley')).toMatchObject({ camera: 'pan-left', pace: 0.75 })
    expect(readSceneBrief('drone shot of the coast').camera).toBe('rise')
    expect(readSceneBrief('a valley')).toMatchObject({ camera: undefined, pace: 1 })
  })
})
