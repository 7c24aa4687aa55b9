import { describe, expect, it } from 'vitest'
import { readMotionBrief } from './motion-brief.ts'

describe('readMotionBrief', () => {
  it.each([
    ['zoom in slowly', 'zoom-in'],
    ['zoom out', 'zoom-out'],
    ['slow dolly in', 'dolly-in'],
    ['push in on the face', 'dolly-in'],
    ['pull back to reveal', 'dolly-out'],
    ['crane shot', 'rise'],
    ['pan to the left', 'pan-left'],
    ['panoramic shot', 'pan-right'],
    ['tilt up', 'tilt-up'],
    ['camera down', 'tilt-down'],
    ['orbit around the subject', 'orbit'],
    ['handheld', 'handheld'],
    ['static camera', 'static'],
    ['animate this', undefined],
  ])('reads the camera of "%s"', (prompt, camera) => expect(readMotionBrief(prompt).camera).toBe(camera))

  it('reads what moves', () => {
    expect([...readMotionBrief('Animate with gentle motion and wind').effects].sort()).toEqual(['breathe', 'wind'])
    expect([...readMotionBrief('rippling water under falling snow').effects].sort()).toEqual(['snow', 'water'])
    expect([...readMotionBrief('embers and flickering light').effects].sort()).toEqual(['embers', 'flicker'])
    expect([...readMotionBrief('her hair in the breeze, fireflies').effects].sort()).toEqual([
      'fireflies',
      'hair',
      'wind',
    ])
    expect([...readMotionBrief('autumn leaves falling').effects]).toEqual(['leaves'])
    expect([...readMotionBrief('clouds drift, no rain').effects]).toEqual(['clouds'])
  })

  it('reads how much', () => {
    const amount = (prompt: string): number => readMotionBrief(prompt).amount
    expect(amount('heavy rain')).toBeGreaterThan(amount('rain'))
    expect(amount('light snow')).toBeLessThan(amount('snow'))
    expect(amount('snow in the evening light')).toBe(amount('snow'))
    expect(readMotionBrief('cherry petals falling').petals).toBe(true)
    expect(readMotionBrief('autumn leaves falling').petals).toBe(false)
  })
})
