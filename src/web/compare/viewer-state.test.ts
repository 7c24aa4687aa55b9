import { expect, it } from 'vitest'
import { fakeClip } from './testing/fake-viewer.ts'
import { initialView } from './view.ts'
import { changeBy, initialState } from './viewer-state.ts'

const state = { ...initialState(2, initialView(2)), target: 3 }
const shown = { time: 1, frames: [25, 25], proxies: [], drift: 0 }
const tick = { name: 'tick' as const, shown, playing: false, waiting: false, skipped: 2, order: 4 }

it('has the length together with the side that was opened', () => {
  const info = fakeClip({ seconds: 5 })
  expect(changeBy(state, { name: 'side', side: 1, state: { name: 'ready', info } }, 0)).toEqual({
    sides: [{ name: 'opening' }, { name: 'ready', info }],
    duration: 5,
  })
})

it('follows the picture, but not while a seek is under way, and not what an earlier command led to', () => {
  expect(changeBy(state, tick, 4)).toMatchObject({ shown, playing: false, target: 1, skipped: 2 })
  expect(changeBy(state, { ...tick, waiting: true }, 4)).not.toHaveProperty('target')
  expect(changeBy(state, tick, 5)).toEqual({ shown, skipped: 2 })
})
