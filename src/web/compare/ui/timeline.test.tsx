// @vitest-environment jsdom
import '../../testing/fail-on-console-error.ts'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ViewerState } from '../viewer-state.ts'
import { createFakeViewer, fakeClip } from '../testing/fake-viewer.ts'
import { Timeline } from './timeline.tsx'

/** Five seconds are five hundred pixels, from the hundredth on. */
const LEFT = 100
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(LEFT, 0, 500, 28))
  // jsdom has no pointer capture.
  Object.assign(HTMLElement.prototype, { setPointerCapture: () => {} })
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const show = (part: Partial<ViewerState> = {}) => {
  const viewer = createFakeViewer([fakeClip(), fakeClip({ fps: 20 })], part)
  render(<Timeline viewer={viewer} format="timecode" above={<p>strip</p>} />)
  return viewer
}
const position = () => screen.getByRole<HTMLInputElement>('slider', { name: 'Position' })
const handle = (name: 'Range start' | 'Range end') => screen.getByRole('slider', { name })
const at = (seconds: number) => ({ pointerId: 1, button: 0, clientX: LEFT + seconds * 100 })
const seeks = (viewer: ReturnType<typeof show>) =>
  viewer.asked.flatMap(([name, time]) => (name === 'seek' ? [time] : []))
const nextFrame = () => act(() => new Promise<void>((resolve) => void requestAnimationFrame(() => resolve())))

describe('the scrubber', () => {
  it('is a slider that goes by frames of the reference and says where it is', () => {
    const viewer = show()
    expect([position().min, position().max, Number(position().step)]).toEqual(['0', '5', 0.04])
    fireEvent.change(position(), { target: { value: '2.52' } })
    expect(viewer.state().target).toBe(2.52)
    expect(position().getAttribute('aria-valuetext')).toBe('00:02:13 of 00:05:00')
    fireEvent.change(position(), { target: { value: '5' } })
    expect(viewer.state().shown.frames).toEqual([124, 99])
  })

  it('seeks to the frame under the pointer, once for each frame of the screen and to where it is let go', async () => {
    const viewer = show()
    fireEvent.pointerDown(position(), at(1.03))
    expect(seeks(viewer)).toEqual([1])
    for (const time of [1.1, 1.5, 2.01]) fireEvent.pointerMove(position(), at(time))
    expect(seeks(viewer)).toEqual([1])
    await nextFrame()
    expect(seeks(viewer)).toEqual([1, 2])
    fireEvent.pointerMove(position(), at(3.05))
    fireEvent.pointerUp(position(), at(3.05))
    expect(seeks(viewer)).toEqual([1, 2, 3.04])
    fireEvent.pointerMove(position(), at(4))
    await nextFrame()
    expect(seeks(viewer)).toEqual([1, 2, 3.04])
  })

  it('stays inside, and shows the last frame at the right end', () => {
    const viewer = show()
    fireEvent.pointerDown(position(), at(9))
    expect(viewer.state().shown.frames).toEqual([124, 99])
    fireEvent.pointerUp(position(), at(-3))
    fireEvent.pointerDown(position(), at(-3))
    expect(viewer.state().target).toBe(0)
  })

  it('pauses for a drag and goes on afterwards if it played', () => {
    const viewer = show({ playing: true })
    fireEvent.pointerDown(position(), at(1))
    expect(viewer.state().playing).toBe(false)
    fireEvent.pointerUp(position(), at(1))
    expect(viewer.state().playing).toBe(true)
    act(() => viewer.pause())
    fireEvent.pointerDown(position(), at(2))
    fireEvent.pointerUp(position(), at(2))
    expect(viewer.state().playing).toBe(false)
  })

  it('does not move for another button or a second finger', () => {
    const viewer = show()
    fireEvent.pointerDown(position(), { ...at(1), button: 2 })
    expect(seeks(viewer)).toEqual([])
    fireEvent.pointerDown(position(), at(1))
    fireEvent.pointerDown(position(), { ...at(2), pointerId: 2 })
    fireEvent.pointerUp(position(), { ...at(2), pointerId: 2 })
    expect(viewer.state().target).toBe(1)
  })
})

describe('the range', () => {
  const range = { from: 1, to: 3 }

  it('says where it begins, and which frame is its last', () => {
    show({ range })
    expect(handle('Range start').getAttribute('aria-valuetext')).toBe('00:01:00')
    expect(handle('Range end').getAttribute('aria-valuetext')).toBe('00:02:24')
  })

  it('is made by taking a handle inwards from an end, and undone by taking it back', () => {
    const viewer = show()
    fireEvent.pointerDown(handle('Range start'), at(0))
    fireEvent.pointerMove(handle('Range start'), at(1.21))
    fireEvent.pointerUp(handle('Range start'), at(1.21))
    expect(viewer.state().range).toEqual({ from: 1.2, to: 5 })
    fireEvent.pointerDown(handle('Range start'), at(0))
    fireEvent.pointerUp(handle('Range start'), at(0))
    expect(viewer.state().range).toBe(null)
  })

  it('shows the frame at its end while that is dragged, and then what was there before', async () => {
    const viewer = show({ range, target: 2 })
    fireEvent.pointerDown(handle('Range end'), at(3))
    fireEvent.pointerMove(handle('Range end'), at(4))
    await nextFrame()
    expect(viewer.state().range).toEqual({ from: 1, to: 4 })
    expect(viewer.state().shown.frames[0]).toBe(99)
    fireEvent.pointerUp(handle('Range end'), at(4))
    expect(viewer.state().target).toBe(2)
  })

  it('moves by keys, and holds at least one frame', () => {
    const viewer = show({ range })
    const press = (name: 'Range start' | 'Range end', key: string, shiftKey = false) =>
      fireEvent.keyDown(handle(name), { key, shiftKey })
    press('Range start', 'ArrowRight')
    press('Range end', 'ArrowLeft', true)
    expect(viewer.state().range?.from).toBeCloseTo(1.04, 9)
    expect(viewer.state().range?.to).toBeCloseTo(2.6, 9)
    press('Range start', 'End')
    expect(viewer.state().range?.from).toBeCloseTo(2.56, 9)
    press('Range start', 'Home')
    press('Range end', 'End')
    expect(viewer.state().range).toBe(null)
    expect(press('Range end', 'Tab')).toBe(true)
  })
})

it('stands under what is above it, with the playhead through both', () => {
  const viewer = show()
  act(() => viewer.change({ shown: { time: 2.5, frames: [62, 50], proxies: [], drift: 0 }, target: 4, waiting: true }))
  const line = document.querySelector<HTMLElement>('.playhead')
  const grip = document.querySelector<HTMLElement>('.playhead-grip')
  expect([line?.style.left, grip?.style.left, grip?.dataset['apart']]).toEqual(['50%', '80%', 'true'])
  expect(line?.parentElement?.contains(screen.getByText('strip'))).toBe(true)
})

it('waits, unmoved, for a comparison that is not open yet', () => {
  const viewer = show({ duration: 0, sides: [{ name: 'opening' }, { name: 'opening' }] })
  expect(position().disabled).toBe(true)
  fireEvent.pointerDown(position(), at(1))
  expect(viewer.asked).toEqual([])
})
