import { describe, expect, it } from 'vitest'
import { PLAIN } from '../../shared/media.ts'
import type { KnownTask } from '../../shared/models/define.ts'
import { readingOf } from './reading.ts'

const read = (task: KnownTask, prompt: string, sources: Parameters<typeof readingOf>[0]['sources'] = {}) =>
  Object.fromEntries(readingOf({ task, prompt, sources, fps: 25 }).map(({ part, value }) => [part, value]))

describe('how a prompt was read', () => {
  it('names the place, light and camera of a scene, and what the seed chose', () => {
    expect(read('text-to-video', 'A lake at sunset with mountains, slow zoom in, teal and gold')).toEqual({
      Place: 'lake',
      'Also there': 'mountains',
      Light: 'sunset',
      Weather: null,
      Season: null,
      Colours: 'teal, gold',
      Camera: 'zoom in',
      Pace: 'slow',
    })
  })

  it('names what has a composition of its own', () => {
    expect(read('text-to-image', 'A koi pond')['Place']).toBe('pond')
  })

  it('says when no place was understood', () => {
    expect(read('text-to-image', 'Qwertz')['Place']).toMatch(/nowhere that is known/)
  })

  it('names the look of an edit, what is mixed into it and its adjectives', () => {
    expect(read('video-edit', '30% watercolour and ink at night, muted and warm')).toMatchObject({
      Look: 'watercolour',
      'Mixed with': 'ink',
      'Light and weather': 'night',
      Adjusted: 'less colour, warmer',
      Strength: '30 %',
    })
  })

  it('tells a look that the seed chose from one that was asked for', () => {
    expect(read('image-edit', 'Make it better')).toEqual({ Look: null })
  })

  it('tells of the palette of a reference image', () => {
    const media = { kind: 'image', mime_type: 'image/png', width: 2, height: 2, codec: 'png' } as const
    const reference_image = {
      path: 'r.png',
      media: { ...media, fps: null, duration: null, has_audio: false, ...PLAIN },
    }
    expect(read('image-edit', '', { reference_image })).toEqual({ Look: 'as it is', Palette: 'of the reference image' })
  })

  it('names what moves in an animated picture, and how one becomes another', () => {
    expect(read('image-to-video', 'Heavy rain, handheld')).toEqual({ Moves: 'rain', Camera: 'handheld' })
    expect(read('transition', 'Fast iris wipe')).toEqual({ Transition: 'round wipe', Pace: 'lively' })
  })

  it('names a path, what it was found to move, and what of it the clip does not show', () => {
    const path = (frame: number) => [
      { frame: 0, x: 0.2, y: 0.5 },
      { frame, x: 0.8, y: 0.5 },
    ]
    const order = { task: 'image-to-video', prompt: '', sources: {}, fps: 25 } as const
    expect(readingOf({ ...order, trajectory: path(124) }, 'subject')).toEqual([
      { part: 'Path', value: '2 points, right, 0 to 5 s' },
      { part: 'Moves', value: 'what stands at its start' },
    ])
    expect(readingOf({ ...order, trajectory: path(250) }, 'place')).toEqual([
      { part: 'Path', value: '2 points, right, 0 to 10 s' },
      { part: 'Moves', value: 'the place at its start, since nothing stands out there' },
      { part: 'Left out', value: 'what comes after 5 s' },
    ])
  })
})
