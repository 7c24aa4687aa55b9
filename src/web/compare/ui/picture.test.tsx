// @vitest-environment jsdom
import '../../testing/fail-on-console-error.ts'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useRef } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { GAP } from '../geometry.ts'
import type { SideInfo } from '../protocol.ts'
import { createFakeViewer, fakeClip, fakePicture, type FakeViewer } from '../testing/fake-viewer.ts'
import type { View } from '../view.ts'
import { CanvasView } from './canvas-view.tsx'
import { ModeBar } from './mode-bar.tsx'
import { SideTags } from './side-tags.tsx'
import type { ScreenViewport } from './use-viewport.ts'
import { WipeEdge } from './wipe-edge.tsx'

afterEach(cleanup)

/** A viewport of 640x400 CSS pixels, on a screen with two device pixels for each. */
const STAGE: ScreenViewport = { width: 1280, height: 800, gap: GAP * 2, ratio: 2 }
const NAMES = ['Source', 'Result', 'Cloud']

const show = (infos: readonly SideInfo[], view: Partial<View> = {}): FakeViewer => {
  const viewer = createFakeViewer(infos)
  viewer.change({ view: { ...viewer.state().view, ...view } })
  const names = NAMES.slice(0, infos.length)
  const Picture = () => {
    const host = useRef<HTMLDivElement>(null)
    return (
      <>
        <CanvasView host={host} viewer={viewer} viewport={STAGE} label="Comparison">
          <SideTags viewer={viewer} viewport={STAGE} names={names} />
          <WipeEdge viewer={viewer} viewport={STAGE} names={names} />
        </CanvasView>
        <ModeBar viewer={viewer} viewport={STAGE} names={names} alone="Result alone" hasHeat />
        <input aria-label="Prompt" />
      </>
    )
  }
  render(<Picture />)
  return viewer
}
const two = (view: Partial<View> = {}) => show([fakeClip(), fakeClip()], view)
const canvas = () => screen.getByRole('application', { name: 'Comparison' })
const at = (x: number, y: number) => ({ clientX: x, clientY: y, pointerId: 1, button: 0, buttons: 1 })
const click = (on: Element, x: number, y: number) => {
  fireEvent.pointerDown(on, at(x, y))
  fireEvent.pointerUp(on, at(x, y))
}
// jsdom knows no capture of pointers.
Element.prototype.setPointerCapture ??= () => {}

describe('the canvas', () => {
  it('plays and pauses by a click, not by a drag', () => {
    const viewer = two()
    click(canvas(), 100, 200)
    expect(viewer.state().playing).toBe(true)
    fireEvent.pointerDown(canvas(), at(100, 200))
    fireEvent.pointerMove(canvas(), at(140, 200))
    fireEvent.pointerUp(canvas(), at(140, 200))
    expect(viewer.state().playing).toBe(true)
  })

  it('stands after a double click on the frame it stood on before, and plays on if it played', () => {
    const viewer = two({ mode: 'overlay' })
    const doubleClick = () => {
      click(canvas(), 160, 200)
      act(() => viewer.change({ target: viewer.state().target + 0.2 }))
      click(canvas(), 160, 200)
      fireEvent.doubleClick(canvas(), at(160, 200))
    }
    act(() => viewer.seek(2))
    doubleClick()
    expect(viewer.state()).toMatchObject({ playing: false, target: 2 })
    act(() => viewer.play())
    doubleClick()
    expect(viewer.state().playing).toBe(true)
  })

  it('zooms at the pointer and moves with the hand', () => {
    const viewer = show([fakeClip({ width: 2560, height: 1440 })])
    fireEvent.doubleClick(canvas(), at(160, 200))
    const { zoom, centre } = viewer.state().view
    expect(zoom).toBe(2)
    expect(centre.x).toBeCloseTo(0.375)
    fireEvent.pointerDown(canvas(), at(300, 200))
    fireEvent.pointerMove(canvas(), at(310, 200))
    fireEvent.pointerUp(canvas(), at(310, 200))
    // Ten CSS pixels are twenty of the 2560 that the picture is wide now.
    expect(viewer.state().view.centre.x).toBeCloseTo(centre.x - 20 / 2560)
    expect(viewer.state().playing).toBe(false)
    fireEvent.wheel(canvas(), { deltaY: -10, ctrlKey: true, clientX: 160, clientY: 200 })
    expect(viewer.state().view.zoom).toBeCloseTo(2 * Math.exp(0.1))
  })

  it('pans by the arrow keys when zoomed in, and leaves them alone otherwise', () => {
    const viewer = two({ mode: 'overlay' })
    expect(fireEvent.keyDown(canvas(), { key: 'ArrowRight' })).toBe(true)
    act(() => viewer.setView({ zoom: 3 }))
    expect(fireEvent.keyDown(canvas(), { key: 'ArrowRight' })).toBe(false)
    expect(viewer.state().view.centre.x).toBeGreaterThan(0.5)
  })

  it('zooms by + - 0 wherever the focus is, but not while one writes', () => {
    const viewer = two()
    fireEvent.keyDown(document.body, { key: '+' })
    expect(viewer.state().view.zoom).toBeGreaterThan(1)
    fireEvent.keyDown(document.body, { key: '0' })
    expect(viewer.state().view.zoom).toBe(1)
    fireEvent.keyDown(screen.getByLabelText('Prompt'), { key: '+' })
    expect(viewer.state().view.zoom).toBe(1)
  })
})

describe('the wipe’s edge', () => {
  const edge = () => screen.getByRole('slider', { name: /compare/i })

  it('is a slider that says how much is left of the reference', () => {
    const viewer = two({ mode: 'wipe' })
    expect(edge().getAttribute('aria-valuetext')).toBe('Source 50 %')
    fireEvent.change(edge(), { target: { value: '0.4' } })
    expect(edge().getAttribute('aria-valuetext')).toBe('Source 40 %')
    fireEvent.keyDown(edge(), { key: 'ArrowRight' })
    expect(viewer.state().view.edge).toBeCloseTo(0.405)
    fireEvent.keyDown(edge(), { key: 'End' })
    expect(viewer.state().view.edge).toBe(1)
  })

  it('stays where it is when a click plays, and follows a drag', () => {
    const viewer = two({ mode: 'wipe' })
    fireEvent.pointerDown(edge(), at(100, 200))
    fireEvent.change(edge(), { target: { value: '0.2' } })
    fireEvent.pointerUp(edge(), at(100, 200))
    expect(viewer.state().view.edge).toBe(0.5)
    expect(viewer.state().playing).toBe(true)
    fireEvent.pointerDown(edge(), at(100, 200))
    fireEvent.pointerMove(edge(), at(120, 200))
    fireEvent.change(edge(), { target: { value: '0.2' } })
    fireEvent.pointerUp(edge(), at(120, 200))
    expect(viewer.state().view.edge).toBe(0.2)
    expect(viewer.state().playing).toBe(true)
  })

  it('jumps at once where there is nothing to play', () => {
    const viewer = show([fakePicture(), fakePicture()], { mode: 'wipe' })
    fireEvent.pointerDown(edge(), at(100, 200))
    fireEvent.change(edge(), { target: { value: '0.2' } })
    expect(viewer.state().view.edge).toBe(0.2)
  })

  it('is there for wipes of two sides alone', () => {
    const viewer = two({ mode: 'wipe', edgeStands: 'level' })
    expect(edge().getAttribute('aria-orientation')).toBe('vertical')
    act(() => viewer.setView({ mode: 'overlay' }))
    expect(screen.queryByRole('slider', { name: /compare/i })).toBeNull()
  })
})

describe('tags', () => {
  const tag = (side: number) => document.querySelector(`[data-side="${side}"]`)

  it('say what a picture is, which frame it shows and where it lies', () => {
    const viewer = show([fakeClip(), fakePicture({ notes: [{ word: 'copy', sentence: 'This is a copy.' }] })], {
      mode: 'overlay',
    })
    act(() => viewer.seek(0.52))
    expect(tag(0)?.textContent).toContain('Source')
    expect(tag(0)?.textContent).toContain('frame 13 of 125')
    expect(tag(0)?.getAttribute('data-frame')).toBe('13')
    expect(tag(0)?.getAttribute('data-picture')).toBe('0 20 640 360')
    expect(tag(1)?.textContent).toBe('Resultcopy')
  })

  it('say of which side a small copy stands in, until its frame is there', () => {
    const viewer = two()
    const { shown } = viewer.state()
    act(() => viewer.change({ shown: { ...shown, proxies: [1] } }))
    expect([tag(0)?.textContent, tag(1)?.textContent].map((words) => words?.includes('preview'))).toEqual([false, true])
    act(() => viewer.change({ shown }))
    expect(screen.queryByText('preview')).toBeNull()
  })

  it('count what is seen: an edit list’s lead-in is not', () => {
    const starts = Float64Array.from({ length: 10 }, (_, frame) => (frame - 3) / 25)
    show([fakeClip({ starts, end: 7 / 25 }), fakeClip()])
    expect(tag(0)?.textContent).toContain('frame 0 of 7')
    expect(tag(0)?.getAttribute('data-frame')).toBe('3')
  })

  it('tell what could not be opened', () => {
    const viewer = two()
    act(() => viewer.change({ sides: [{ name: 'failed', reason: 'It is no clip.' }, { name: 'opening' }] }))
    expect(screen.getByRole('alert').textContent).toBe('It is no clip.')
  })
})

describe('ways to look', () => {
  const mode = (name: string) => screen.getByRole('radio', { name })

  it('names them, and calls more than two a grid', () => {
    two()
    for (const name of ['Result alone', 'Side by side', 'Wipe', 'Blink', 'Overlay', 'Difference']) mode(name)
    cleanup()
    show([fakeClip(), fakeClip(), fakeClip()])
    mode('Grid')
    cleanup()
    show([fakeClip()])
    expect(screen.queryByRole('radiogroup')).toBeNull()
  })

  it('shows what the mode needs and nothing else', () => {
    const viewer = two()
    fireEvent.click(mode('Overlay'))
    fireEvent.change(screen.getByRole('slider', { name: 'Opacity of Result' }), { target: { value: '25' } })
    expect(viewer.state().view).toMatchObject({ mode: 'overlay', opacity: 0.25 })
    fireEvent.click(mode('Difference'))
    expect(screen.queryByRole('slider')).toBeNull()
    fireEvent.change(screen.getByLabelText('Gain of the difference'), { target: { value: '16' } })
    expect(viewer.state().view.gain).toBe(16)
    fireEvent.click(screen.getByRole('button', { name: 'Swap sides' }))
    expect(viewer.state().view).toMatchObject({ reference: 1, other: 0 })
    fireEvent.click(mode('Wipe'))
    fireEvent.click(mode('Level edge'))
    expect(viewer.state().view.edgeStands).toBe('level')
  })

  it('keeps pixels as large as they were from mode to mode', () => {
    const viewer = two()
    fireEvent.click(screen.getByRole('button', { name: 'Pixel for pixel' }))
    screen.getByRole('button', { name: 'Zoom 100 %, show the whole picture' })
    fireEvent.click(mode('Wipe'))
    screen.getByRole('button', { name: 'Zoom 100 %, show the whole picture' })
    expect(viewer.state().view.zoom).toBeCloseTo(1)
  })

  it('changes the two parts when one side is chosen for both', () => {
    const viewer = show([fakeClip(), fakeClip(), fakeClip()], { mode: 'wipe' })
    fireEvent.change(screen.getByLabelText('Compared with it'), { target: { value: '0' } })
    expect(viewer.state().view).toMatchObject({ reference: 1, other: 0 })
    fireEvent.change(screen.getByLabelText('Reference'), { target: { value: '2' } })
    expect(viewer.state().view).toMatchObject({ reference: 2, other: 0 })
  })

  it('blinks as long as B or the button is held', () => {
    const viewer = two()
    const blinking = () => viewer.state().view.blinking
    fireEvent.keyDown(screen.getByLabelText('Prompt'), { key: 'b', code: 'KeyB' })
    expect(viewer.state().view.mode).toBe('grid')
    fireEvent.keyDown(document.body, { key: 'b', code: 'KeyB' })
    expect(viewer.state().view).toMatchObject({ mode: 'blink', blinking: true })
    fireEvent.keyUp(document.body, { key: 'b', code: 'KeyB' })
    expect(blinking()).toBe(false)
    fireEvent.keyDown(document.body, { key: 'b', code: 'KeyB' })
    fireEvent.blur(window)
    expect(blinking()).toBe(false)
    const button = screen.getByRole('button', { name: 'Hold for Source' })
    fireEvent.pointerDown(button, at(0, 0))
    expect(blinking()).toBe(true)
    fireEvent.pointerUp(button, at(0, 0))
    expect(blinking()).toBe(false)
  })
})
