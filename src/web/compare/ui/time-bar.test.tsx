// @vitest-environment jsdom
import '../../testing/fail-on-console-error.ts'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { Profiler, useState } from 'react'
import { afterEach, expect, it } from 'vitest'
import type { ViewerState } from '../viewer-state.ts'
import type { SideInfo } from '../protocol.ts'
import { createFakeViewer, fakeClip, fakePicture } from '../testing/fake-viewer.ts'
import type { TimeFormat } from '../time-format.ts'
import { TimeBar } from './time-bar.tsx'

afterEach(cleanup)

const NAMES = ['Source', 'Draft', 'Cloud']
const show = (infos: readonly SideInfo[] = [fakeClip(), fakeClip({ fps: 20 })], part: Partial<ViewerState> = {}) => {
  const viewer = createFakeViewer(infos, part)
  const renders: number[] = []
  const Host = () => {
    const [format, setFormat] = useState<TimeFormat>('timecode')
    return (
      <Profiler id="bar" onRender={(_id, _phase, took) => renders.push(took)}>
        <TimeBar viewer={viewer} names={NAMES.slice(0, infos.length)} format={format} onFormat={setFormat} />
      </Profiler>
    )
  }
  render(<Host />)
  return { viewer, renders }
}
const change = (viewer: ReturnType<typeof show>['viewer'], part: Partial<ViewerState>) => act(() => viewer.change(part))
const button = (name: string | RegExp) => screen.getByRole('button', { name })
const time = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Time' })

it('plays, pauses and steps by its buttons', () => {
  const { viewer } = show()
  const bar = within(screen.getByRole('group', { name: 'Playback' }))
  fireEvent.click(bar.getByRole('button', { name: 'Play' }))
  expect(viewer.state().playing).toBe(true)
  fireEvent.click(bar.getByRole('button', { name: 'Pause' }))
  expect(viewer.state().playing).toBe(false)
  fireEvent.click(bar.getByRole('button', { name: 'Next frame' }))
  fireEvent.click(bar.getByRole('button', { name: 'Next frame' }))
  fireEvent.click(bar.getByRole('button', { name: 'Previous frame' }))
  expect(viewer.state().target).toBeCloseTo(0.04, 9)
  expect(time().value).toBe('00:00:01')
})

it('tells the time in the chosen way, and how long all is', () => {
  const { viewer } = show()
  change(viewer, { target: 2.52 })
  expect(time().value).toBe('00:02:13')
  fireEvent.click(button(/^TC: time as timecode, 25 fps/))
  expect([time().value, screen.getByText(/125/).textContent]).toEqual(['63', '/ 125'])
  fireEvent.click(button(/^frame: time as frame numbers, 25 fps/))
  expect([time().value, screen.getByText(/5\.000/).textContent]).toEqual(['2.520', '/ 5.000'])
  fireEvent.click(button(/^s: time as seconds/))
  expect(time().value).toBe('00:02:13')
})

it('never shows a frame that is not there, also at the very end', () => {
  const { viewer } = show()
  change(viewer, { target: 5 })
  expect(time().value).toBe('00:04:24')
})

it('goes where one types', () => {
  const { viewer } = show()
  fireEvent.focus(time())
  fireEvent.change(time(), { target: { value: '213' } })
  change(viewer, { target: 1 })
  expect(time().value).toBe('213')
  fireEvent.keyDown(time(), { key: 'Enter' })
  expect(viewer.state().target).toBeCloseTo(2.52, 9)
  expect(time().value).toBe('00:02:13')
})

it('says what is wrong with what was typed, and goes nowhere', () => {
  const { viewer } = show()
  fireEvent.change(time(), { target: { value: '00:02:30' } })
  fireEvent.keyDown(time(), { key: 'Enter' })
  expect(screen.getByRole('alert').textContent).toBe('Frames go from 00 to 24 here: a second has 25.')
  expect(time().getAttribute('aria-invalid')).toBe('true')
  expect(viewer.asked).toEqual([])
  fireEvent.keyDown(time(), { key: 'Escape' })
  expect([time().value, screen.queryByRole('alert')]).toEqual(['00:00:00', null])
})

it('goes to the last frame for a time after the end', () => {
  const { viewer } = show()
  fireEvent.change(time(), { target: { value: '01:00:00' } })
  fireEvent.blur(time())
  expect(viewer.state().shown.frames).toEqual([124, 99])
})

it('chooses the speed, and keeps the direction', () => {
  const { viewer } = show([fakeClip()], { rate: -1 })
  const speed = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Speed' })
  expect(speed.value).toBe('1')
  fireEvent.change(speed, { target: { value: '0.25' } })
  expect(viewer.state().rate).toBe(-0.25)
})

it('loops, and sets and clears the range', () => {
  const { viewer } = show()
  expect(button('Loop').getAttribute('aria-pressed')).toBe('true')
  fireEvent.click(button('Loop'))
  expect(viewer.state().loop).toBe(false)
  change(viewer, { target: 1 })
  fireEvent.click(button('Start the range here'))
  change(viewer, { target: 3 })
  fireEvent.click(button('End the range here'))
  expect(viewer.state().range).toEqual({ from: 1, to: 3.04 })
  fireEvent.click(button('Clear the range'))
  expect(viewer.state().range).toBe(null)
})

it('offers sound only of sides that have some', () => {
  show()
  expect(screen.queryByRole('button', { name: 'Sound' })).toBe(null)
  cleanup()
  const { viewer } = show([fakeClip(), fakeClip({ hasAudio: true })])
  fireEvent.click(button('Sound'))
  expect(viewer.state().sound).toBe(1)
  cleanup()
  const three = show([fakeClip({ hasAudio: true }), fakeClip(), fakeClip({ hasAudio: true })]).viewer
  const choice = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Sound' })
  expect([...choice.options].map(({ text }) => text)).toEqual(['Sound off', '1 · Source', '3 · Cloud'])
  fireEvent.change(choice, { target: { value: '2' } })
  expect(three.state().sound).toBe(2)
  fireEvent.change(choice, { target: { value: 'off' } })
  expect(three.state().sound).toBe(null)
})

it('moves one side alone by its own frames, and back to where it was', () => {
  const { viewer } = show()
  viewer.seek(1.03)
  expect(screen.queryByRole('group', { name: 'Align' })).toBe(null)
  fireEvent.click(button('Align'))
  const align = within(screen.getByRole('group', { name: 'Align' }))
  const on = align.getByRole('button', { name: 'Draft: a frame on' })
  fireEvent.click(on)
  fireEvent.click(on)
  expect(viewer.state().offsets).toEqual([0, 0.1])
  expect(align.getByRole('status', { name: 'Offset of Draft' }).textContent).toBe('+2 f +0.100 s')
  fireEvent.click(align.getByRole('button', { name: 'Draft: a frame back' }))
  fireEvent.click(align.getByRole('button', { name: 'Draft: a frame back' }))
  expect(viewer.state().offsets).toEqual([0, 0])
  fireEvent.click(align.getByRole('button', { name: 'Draft: a frame back' }))
  expect(align.getByRole('status', { name: 'Offset of Draft' }).textContent).toBe('−1 f −0.050 s')
  fireEvent.click(align.getByRole('button', { name: 'Draft: no offset' }))
  expect(viewer.state().offsets).toEqual([0, 0])
})

it('shows the drift of several, what was skipped if something was, and that it waits while it does', () => {
  const { viewer } = show()
  expect(screen.getByText('drift 0.0 ms')).toBeTruthy()
  expect(screen.queryByText(/skipped/)).toBe(null)
  change(viewer, { skipped: 3, waiting: true, shown: { ...viewer.state().shown, drift: 0.04 } })
  expect(screen.getByText('drift 40.0 ms')).toBeTruthy()
  expect(screen.getByText('3 skipped')).toBeTruthy()
  expect(screen.getByText('waiting for a frame')).toBeTruthy()
})

it('says nothing of drift beside a single clip', () => {
  show([fakeClip()])
  expect(screen.queryByText(/drift/)).toBe(null)
})

it('is not there where there are only pictures', () => {
  show([fakePicture(), fakePicture()])
  expect(screen.queryByRole('group', { name: 'Playback' })).toBe(null)
})

it('has nothing to align where a clip stands against a picture', () => {
  show([fakePicture(), fakeClip()])
  expect(screen.queryByRole('button', { name: 'Align' })).toBe(null)
  expect(button('Next frame')).toBeTruthy()
})

it('renders nothing for changes that are not about time', () => {
  const { viewer, renders } = show()
  const before = renders.length
  change(viewer, { view: { ...viewer.state().view, zoom: 3 } })
  change(viewer, { shown: { ...viewer.state().shown } })
  expect(renders.length).toBe(before)
})

it('is not there for a picture that is still being opened, and is for what may be a clip', () => {
  const viewer = createFakeViewer([fakePicture(), fakePicture()], { sides: [{ name: 'opening' }] })
  const bar = (kinds: readonly ('image' | 'video')[] | null) => (
    <TimeBar viewer={viewer} names={NAMES} {...(kinds && { kinds })} format="timecode" onFormat={() => {}} />
  )
  const { rerender } = render(bar(['image']))
  expect(screen.queryByRole('group', { name: 'Playback' })).toBeNull()
  rerender(bar(null))
  expect(screen.getByRole('group', { name: 'Playback' })).toBeTruthy()
})
