// @vitest-environment jsdom
import '../../testing/fail-on-console-error.ts'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useRef } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeViewer, fakeClip } from '../testing/fake-viewer.ts'
import { chosenOf, namesFor, newChoice } from '../choose.ts'
import { GAP } from '../geometry.ts'
import { CanvasView } from './canvas-view.tsx'
import { CellMarks } from './cell-marks.tsx'
import { ChooseBar } from './choose-bar.tsx'
import { judgeAt } from './compare-viewer.tsx'
import { judgingOf, useChoice, useChoosing } from './use-choice.ts'
import type { ScreenViewport } from './use-viewport.ts'

const NAMES = ['Draft one', 'Draft two', 'Cloud']
const STAGE: ScreenViewport = { width: 1200, height: 300, gap: GAP, ratio: 1 }

afterEach(cleanup)
// jsdom knows neither.
Element.prototype.setPointerCapture ??= () => {}
window.matchMedia ??= (media) => ({ ...new EventTarget(), media, matches: true }) as unknown as MediaQueryList

const show = () => {
  const viewer = createFakeViewer(NAMES.map(() => fakeClip()))
  const Chooser = () => {
    const choosing = useChoice(() => newChoice(NAMES.length))
    const { choice, act } = choosing
    const host = useRef<HTMLDivElement>(null)
    useChoosing(viewer, choosing, () => [])
    const told = namesFor(choice, NAMES)
    const judging = chosenOf(choice).length > 0 ? undefined : judgingOf(choosing)
    return (
      <>
        <pre>{told.join()}</pre>
        <CanvasView
          host={host}
          viewer={viewer}
          viewport={STAGE}
          label="Comparison"
          pick={judging && judgeAt(viewer, STAGE, judging)}
        >
          <CellMarks viewer={viewer} viewport={STAGE} names={told} judging={judging} />
        </CanvasView>
        <ChooseBar {...{ choice, act }} names={NAMES} prize={(won) => <b>prize {won.join()}</b>} drawSeed={() => 5} />
        <input aria-label="Prompt" />
      </>
    )
  }
  render(<Chooser />)
  const canvas = screen.getByRole('application')
  canvas.getBoundingClientRect = () => new DOMRect(0, 0, STAGE.width, STAGE.height)
  return viewer
}
const press = (key: string, on: Element = document.body) => fireEvent.keyDown(on, { key })
const says = () => screen.getByRole('status').textContent
const marks = () => screen.getAllByRole('listitem').map((item) => item.getAttribute('aria-label'))
const clickAt = (clientX: number, more = {}) => {
  const at = { clientX, clientY: 150, pointerId: 1, button: 0, ...more }
  fireEvent.pointerDown(screen.getByRole('application'), at)
  fireEvent.pointerUp(screen.getByRole('application'), at)
}

describe('choosing', () => {
  it('goes by keys to a winner, who fills the viewport and gets the prize, and back', () => {
    const viewer = show()
    expect(says()).toBe('3 left')
    press('1')
    press('2')
    screen.getByRole('button', { name: 'Keep Cloud' }).focus()
    press('x', document.activeElement as Element)
    expect(marks()).toEqual(['Draft one, kept', 'Draft two, kept', 'Cloud, rejected'])
    expect(says()).toBe('2 of 3 kept')
    press('n')
    expect(says()).toBe('Round 2 · 2 left')
    expect(viewer.state().view).toMatchObject({ mode: 'grid', order: [0, 1] })
    fireEvent.click(screen.getByRole('button', { name: 'Reject Draft one' }))
    expect([says(), screen.getByText('prize 1').tagName]).toEqual(['Winner: Draft two', 'B'])
    expect(viewer.state().view).toMatchObject({ mode: 'single', other: 1 })
    fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true })
    expect(viewer.state().view).toMatchObject({ mode: 'grid', order: [0, 1] })
    press('u')
    expect(says()).toBe('2 of 3 kept')
    expect(viewer.state().view.order).toEqual([0, 1, 2])
  })

  it('goes by clicks on the pictures: one keeps, one with Alt rejects, the same again takes it back', () => {
    const viewer = show()
    clickAt(600)
    clickAt(1000, { altKey: true })
    expect(marks()).toEqual(['Draft one, not judged', 'Draft two, kept', 'Cloud, rejected'])
    clickAt(600)
    expect(marks()[1]).toBe('Draft two, not judged')
    expect(viewer.state().playing).toBe(false)
    // Where sides share one place, a click plays as ever.
    viewer.setView({ mode: 'wipe' })
    clickAt(600)
    expect(viewer.state().playing).toBe(true)
  })

  it('rejects what is pointed at', () => {
    show()
    fireEvent.pointerMove(document.body, { clientX: 600, clientY: 150 })
    press('x')
    expect(marks()[1]).toBe('Draft two, rejected')
    fireEvent.pointerMove(document.body, { clientX: 600, clientY: 900 })
    press('x')
    expect(says()).toBe('2 left')
  })

  it('goes by the same keys on keyboards of other scripts', () => {
    show()
    fireEvent.keyDown(document.body, { key: '١', code: 'Digit1' })
    expect(says()).toBe('2 left')
    fireEvent.keyDown(document.body, { key: 'г', code: 'KeyU' })
    expect(says()).toBe('3 left')
  })

  it('leaves keys to what is typed into, and to the browser', () => {
    show()
    press('1', screen.getByLabelText('Prompt'))
    fireEvent.keyDown(document.body, { key: '1', ctrlKey: true })
    press('2')
    fireEvent.keyDown(screen.getByLabelText('Prompt'), { key: 'z', ctrlKey: true })
    expect(says()).toBe('2 left')
  })

  it('takes back a verdict by its own button', () => {
    show()
    const keep = screen.getByRole('button', { name: 'Keep Cloud' })
    fireEvent.click(keep)
    expect(keep.getAttribute('aria-pressed')).toBe('true')
    fireEvent.click(keep)
    expect(marks()[2]).toBe('Cloud, not judged')
  })

  it('blind says letters everywhere until the end', () => {
    const viewer = show()
    fireEvent.click(screen.getByRole('switch', { name: 'Blind' }))
    const { order } = viewer.state().view
    expect([...order].sort()).toEqual([0, 1, 2])
    expect(marks()).toEqual(['A, not judged', 'B, not judged', 'C, not judged'])
    const hidden = document.body.innerHTML
    for (const name of NAMES) expect(hidden).not.toContain(name)
    fireEvent.click(screen.getByRole('button', { name: 'Reject A' }))
    fireEvent.click(screen.getByRole('button', { name: 'Reject C' }))
    expect(says()).toBe(`Winner: ${NAMES[order[1] ?? 0]}`)
    expect(document.querySelector('pre')?.textContent).toBe(NAMES.join())
  })
})
