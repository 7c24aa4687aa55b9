import { expect, it } from 'vitest'
import { wheelIntent } from './wheel.ts'

const turn = (part: Partial<WheelEvent> & { wheelDeltaY?: number }) => ({
  deltaX: 0,
  deltaY: 0,
  deltaMode: 0,
  ctrlKey: false,
  metaKey: false,
  ...part,
})
const notch = turn({ deltaY: -100, wheelDeltaY: 120 })
const fingers = turn({ deltaX: 3, deltaY: -12, wheelDeltaY: 36 })

it('zooms by a pinch and by a wheel with a key, always', () => {
  for (const by of [turn({ deltaY: -5, ctrlKey: true }), { ...notch, metaKey: true }])
    for (const [canPan, scrolls] of [
      [false, true],
      [true, false],
    ] as const)
      expect(wheelIntent(by, canPan, scrolls)).toMatchObject({ kind: 'zoom' })
  expect(wheelIntent(turn({ deltaY: -5, ctrlKey: true }), false, false)).toEqual({
    kind: 'zoom',
    factor: Math.exp(0.05),
  })
})

it('comes back to where it was by as many turns the other way', () => {
  const [nearer, farther] = [notch, turn({ deltaY: 100, wheelDeltaY: -120 })].map((by) => wheelIntent(by, true, false))
  if (nearer?.kind !== 'zoom' || farther?.kind !== 'zoom') throw new Error('no zoom')
  expect(nearer.factor).toBeGreaterThan(1)
  expect(nearer.factor * farther.factor).toBeCloseTo(1)
})

it('zooms by a plain wheel, unless it would scroll the page', () => {
  expect(wheelIntent(notch, false, false)).toMatchObject({ kind: 'zoom' })
  expect(wheelIntent(notch, false, true)).toBeNull()
  expect(wheelIntent(notch, true, true)).toMatchObject({ kind: 'zoom' })
  // As Firefox tells it.
  expect(wheelIntent(turn({ deltaY: 3, deltaMode: 1 }), false, false)).toMatchObject({ kind: 'zoom' })
})

it('pans by two fingers where there is something to pan, and leaves the page alone otherwise', () => {
  expect(wheelIntent(fingers, true, true)).toEqual({ kind: 'pan', dx: -3, dy: 12 })
  expect(wheelIntent(fingers, false, false)).toBeNull()
  // A touchpad that happens to hit a whole notch.
  expect(wheelIntent(turn({ deltaY: -40, wheelDeltaY: 120 }), true, false)).toMatchObject({ kind: 'pan' })
})
