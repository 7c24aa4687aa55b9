import { describe, expect, it } from 'vitest'
import { readMotionBrief } from './motion-brief.ts'

describe('readMotionBrief', () => {
  it.each([
    ['zoom in slowly', 'zoom-in'],
    ['pull back to reveal', 'zoom-out'],
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
    expect([...readMotionBrief('embers and flickering light').effects].sort()).toEqual(['embers', 'light'])
  })
})
