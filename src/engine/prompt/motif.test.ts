import { describe, expect, it } from 'vitest'
import { MOTIF_PROMPTS } from '../testing/prompts.ts'
import { MOTIFS, readMotif } from './motif.ts'
import { readSceneBrief } from './scene-brief.ts'
import { readWords } from './words.ts'

describe('motif', () => {
  it.each(MOTIFS)('of its own prompt is read: %s', (motif) => {
    expect(readMotif(readWords(MOTIF_PROMPTS[motif]))?.motif).toBe(motif)
  })

  it.each([
    ['A pond with koi under maple trees in autumn', 'pond'],
    ['Glacier and icebergs under a grey sky', 'icebergs'],
    ['A library with candles', 'library'],
    ['Geometric shapes in pastel pink and mint', 'shapes'],
    ['Rainy street in Tokyo at night, neon reflections', 'street'],
    ['Foggy harbour with fishing boats', 'harbour'],
    ['Golden gate bridge in the fog', 'bridge'],
    ['rooftops of Prague in the snow', 'old town'],
    ['A cafe interior, afternoon light through the window', 'cafe'],
    ['a single red rose, macro', 'flower'],
    ['a hummingbird', 'flower'],
    ['elephants on the Serengeti', 'savanna'],
    ['A hiker on a ridge above the clouds', 'summit'],
    ['a jungle waterfall', 'waterfall'],
    ['portrait of an old man', 'portrait'],
    ['a black cat', 'cat'],
    ['fireworks over Sydney', 'fireworks'],
    ['sky lanterns in the night', 'lanterns'],
    ['rocket launch at dawn', 'launch'],
    ['a snowy alpine village at night', 'village'],
    ['a fishing village by the sea', 'harbour'],
    ['a bowl of fruit on a wooden table, window light', 'still life'],
    ['close up of coffee being poured into a cup', 'still life'],
    ['a steaming bowl of ramen', 'still life'],
    ['a bouquet of roses in a vase', 'still life'],
    ['a red train in the snow', 'railway'],
    ['A railway by night', 'railway'],
    ['A full moon over mountains', 'moon'],
    ['a market in Marrakesh from above', 'crowd'],
    ['a red umbrella in a crowd', 'crowd'],
    ['Umbrellas on a rainy street from above', 'crowd'],
    ['a giant robot in the fog', 'robot'],
    ['two small androids', 'robot'],
    ['two kayaks on the rapids of a canyon', 'river'],
    ['an ice cave', 'cave'],
    ['stalactites in a cavern with crystals', 'cave'],
    ['a twister and a farm', 'storm cell'],
    ['A wheat field before a storm, lightning', 'storm cell'],
    ['children with kites on the beach', 'kites'],
    ['An astronaut on the moon', 'moon'],
  ])('of "%s" is %s', (prompt, motif) => {
    expect(readSceneBrief(prompt).motif).toBe(motif)
  })

  it.each([
    'A lake at sunset',
    'a city at night',
    'abstract flowing shapes',
    'a cozy living room',
    'a field of tulips',
    'a hiker in the forest',
    'a rocket in space',
    'A lighthouse in a thunderstorm',
    'an astronaut floating in space',
    'A castle on a hill under the full moon',
    'blurgh fnord',
  ])('is none where the place says all: %s', (prompt) => expect(readSceneBrief(prompt).motif).toBeUndefined())
})

describe('colours of things', () => {
  it('stay out of the air', () => {
    for (const prompt of ['sheep on green hills', 'a red rose', 'a meadow with white wild horses'])
      expect(readSceneBrief(prompt).airColours, prompt).toEqual([])
    expect(readSceneBrief('sheep on green hills').colours).toHaveLength(1)
  })

  it('that no thing wears colour it', () => {
    expect(readSceneBrief('purple synthwave city at sunset').airColours).toHaveLength(1)
    expect(readSceneBrief('green hills under a pink sky').airColours).toHaveLength(1)
  })
})
