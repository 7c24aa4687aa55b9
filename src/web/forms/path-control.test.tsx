// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fieldsOf } from '../../shared/models/describe.ts'
import { findModel } from '../../shared/models/index.ts'
import { readPoints } from '../../shared/models/trajectory.ts'
import { useStudio } from '../state/studio.ts'
import { sampleFile } from '../testing/samples.ts'
import { PathControl } from './path-control.tsx'

const model = findModel('lucy-motion')
const field = model && fieldsOf(model).find(({ meta }) => meta.control === 'path')
if (field?.meta.control !== 'path') throw new Error('lucy-motion has no path')
const meta = field.meta

const Control = ({ error }: { error?: string }) => {
  const value = useStudio((state) => state.draft['trajectory'])
  const onChange = (next: typeof value) => useStudio.getState().setValue('trajectory', next)
  return <PathControl field={field} meta={meta} slot="trajectory" value={value} error={error} onChange={onChange} />
}

/** jsdom lays nothing out: the surface is 400 by 225 pixels from 100, 50. */
const SURFACE = { left: 100, top: 50, width: 400, height: 225 }

const show = (picture = true) => {
  if (picture) useStudio.getState().setValue('data:image', sampleFile('image', 'still.png'))
  render(<Control />)
}
const surface = () => {
  const found = screen.getByRole('application', { name: 'Path over the image' })
  found.getBoundingClientRect = () => ({ ...SURFACE, x: 100, y: 50, right: 500, bottom: 275, toJSON: () => '' })
  found.setPointerCapture = () => undefined
  return found
}
const points = () => {
  const value = useStudio.getState().draft['trajectory']
  return value === undefined ? [] : readPoints(value)
}
const places = () => {
  const found = points()
  return typeof found === 'string' ? found : found.map(({ x, y }) => [x, y])
}
const at = (x: number, y: number) => ({
  clientX: SURFACE.left + x * SURFACE.width,
  clientY: SURFACE.top + y * SURFACE.height,
  button: 0,
  isPrimary: true,
  pointerId: 1,
})
const stroke = (...way: [number, number][]) => {
  const [first = [0, 0]] = way
  fireEvent.pointerDown(surface(), at(...first))
  for (const place of way.slice(1)) fireEvent.pointerMove(surface(), at(...place))
  fireEvent.pointerUp(surface(), at(...(way.at(-1) ?? first)))
}
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  // jsdom has no pointer events of its own: these carry what a pointer says.
  vi.stubGlobal(
    'PointerEvent',
    class extends MouseEvent {
      readonly isPrimary = true
      readonly pointerId = 1
    },
  )
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

describe('a path', () => {
  it('waits for its picture', () => {
    show(false)
    expect(screen.getByText('Add the image: the path is drawn over it.')).toBeTruthy()
    expect(screen.queryByRole('application')).toBeNull()
  })

  it('is set point by point with clicks, which tell when each is reached', () => {
    show()
    stroke([0.2, 0.5])
    expect(screen.getByText('1 point: where does it go?')).toBeTruthy()
    stroke([0.6, 0.5])
    stroke([0.8, 0.5])
    expect(points()).toEqual([
      { frame: 0, x: 0.2, y: 0.5 },
      { frame: expect.closeTo(82.67, 1), x: 0.6, y: 0.5 },
      { frame: 124, x: 0.8, y: 0.5 },
    ])
    expect(screen.getByText('3 points')).toBeTruthy()
    for (const second of ['1 s', '2 s', '3 s', '4 s']) expect(screen.getByText(second)).toBeTruthy()
  })

  it('is drawn with a stroke, of which few points are kept', () => {
    show()
    stroke(...Array.from({ length: 50 }, (_, step): [number, number] => [0.1 + step / 100, 0.5]))
    expect(places()).toEqual([
      [0.1, 0.5],
      [0.59, 0.5],
    ])
  })

  it('takes a click for one point though the finger slips a little', () => {
    show()
    stroke([0.5, 0.5], [0.505, 0.505])
    expect(places()).toEqual([[0.5, 0.5]])
  })

  it('forgets a stroke that the browser takes over', () => {
    show()
    fireEvent.pointerDown(surface(), at(0.2, 0.2))
    fireEvent.pointerMove(surface(), at(0.7, 0.7))
    fireEvent.pointerCancel(surface(), at(0.7, 0.7))
    fireEvent.pointerUp(surface(), at(0.7, 0.7))
    expect(places()).toEqual([])
  })

  it('is taken back stroke by stroke, and cleared, which is taken back too', () => {
    show()
    stroke([0.1, 0.1], [0.5, 0.1], [0.5, 0.5])
    stroke([0.9, 0.9])
    expect(places()).toHaveLength(4)
    fireEvent.click(button('Take back the last point'))
    expect(places()).toHaveLength(3)
    fireEvent.click(button('Clear the path'))
    expect(places()).toEqual([])
    expect(button('Clear the path').disabled).toBe(true)
    fireEvent.click(button('Take back the last point'))
    expect(places()).toHaveLength(3)
  })

  it('of an earlier visit is taken back point by point', () => {
    useStudio
      .getState()
      .setValue('trajectory', '[{"frame":0,"x":0,"y":0},{"frame":20,"x":1,"y":0},{"frame":50,"x":1,"y":1}]')
    show()
    fireEvent.click(button('Take back the last point'))
    expect(points()).toEqual([
      { frame: 0, x: 0, y: 0 },
      { frame: 50, x: 1, y: 0 },
    ])
    fireEvent.click(button('Take back the last point'))
    fireEvent.click(button('Take back the last point'))
    expect(points()).toEqual([])
    expect(button('Take back the last point').disabled).toBe(true)
  })

  it('arrives earlier when it is told to', () => {
    show()
    stroke([0.2, 0.5])
    expect(screen.queryByRole('slider')).toBeNull()
    stroke([0.8, 0.5])
    const slider = screen.getByRole<HTMLInputElement>('slider', { name: /^Arrives after/ })
    expect(slider.getAttribute('aria-valuetext')).toBe('5.0 s')
    fireEvent.change(slider, { target: { value: '50' } })
    expect(points()).toMatchObject([{ frame: 0 }, { frame: 50 }])
    expect(slider.getAttribute('aria-valuetext')).toBe('2.0 s')
  })

  it('is made with the keyboard alone, and says where it is', () => {
    show()
    const press = (key: string, more = {}) => fireEvent.keyDown(surface(), { key, ...more })
    press('ArrowRight')
    expect(screen.getByRole('status').textContent).toBe('52 %, 50 %')
    press('Enter')
    expect(screen.getByRole('status').textContent).toBe('Point at 52 %, 50 %')
    press('ArrowUp', { shiftKey: true })
    press('ArrowLeft', { shiftKey: true })
    press(' ')
    press('Enter', { repeat: true })
    expect(places()).toEqual([
      [0.52, 0.5],
      [0.42, 0.4],
    ])
    press('Backspace')
    expect(places()).toEqual([[0.52, 0.5]])
    for (let step = 0; step < 12; step++) press('ArrowDown', { shiftKey: true })
    expect(screen.getByRole('status').textContent).toMatch(/, 100 %$/)
  })

  it('keeps its keys from the rest of the studio, and leaves it those that are not its own', () => {
    show()
    const heard: string[] = []
    const listen = (event: KeyboardEvent) => heard.push(event.key)
    document.addEventListener('keydown', listen)
    fireEvent.keyDown(surface(), { key: ' ' })
    fireEvent.keyDown(surface(), { key: 'ArrowLeft' })
    fireEvent.keyDown(surface(), { key: 'Enter', ctrlKey: true })
    fireEvent.keyDown(surface(), { key: 'Tab' })
    document.removeEventListener('keydown', listen)
    expect(heard).toEqual(['Enter', 'Tab'])
  })

  it('says what is wrong with it where it is', () => {
    useStudio.getState().setValue('data:image', sampleFile('image', 'still.png'))
    render(<Control error="Path needs at least 2 points." />)
    expect(surface().getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByRole('alert').textContent).toBe('Path needs at least 2 points.')
  })
})
