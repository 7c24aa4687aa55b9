// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { createQueryClient } from '../data/query-client.ts'
import { takeOfJob } from '../data/take.ts'
import { useStudio } from '../state/studio.ts'
import { fakeServer, json } from '../testing/fake-server.ts'
import { completedJob, failedJob, runningJob, sampleFile } from '../testing/samples.ts'
import { TakeOnStage } from './take-on-stage.tsx'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const clip = sampleFile('video', 'clip.mp4')

const show = (job: Job) => {
  fakeServer({ [`GET /v1/files/${clip.id}`]: () => json(clip) })
  render(
    <QueryClientProvider client={createQueryClient()}>
      <TakeOnStage take={takeOfJob(job)} />
    </QueryClientProvider>,
  )
}

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  HTMLMediaElement.prototype.load = () => {}
  HTMLMediaElement.prototype.pause = () => {}
  HTMLMediaElement.prototype.play = async () => {}
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('plays a clip from the library with its facts, and nothing to compare where there is no source', () => {
  show(completedJob('a', 1))
  expect(screen.getByLabelText('Local draft · Lucy Pro: text to video').getAttribute('src')).toBe('/v1/jobs/a/content')
  // On the picture who made it stands apart from the model, which a narrow one drops.
  expect(screen.getByText('Local draft').nextElementSibling?.textContent).toBe(' · Lucy Pro: text to video')
  for (const fact of ['1280 × 720', '25 fps', '5.0 s', '1.0 MB', 'made in 1:00', 'A lake'])
    expect(screen.getByText(fact)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Download' }).getAttribute('download')).toBe('A lake.mp4')
  expect(screen.queryByRole('radiogroup', { name: 'Compare' })).toBeNull()
})

it('compares with the source, alone, side by side and by an edge that the keys can move', async () => {
  show({ ...completedJob('a', 1), model: 'lucy-dev-v2v', inputs: { prompt: 'Snow', data: clip.id } })
  fireEvent.click(await screen.findByRole('radio', { name: 'Side by side' }))
  expect([screen.getByLabelText('Source').tagName, screen.getAllByText('Source').length]).toEqual(['VIDEO', 1])
  fireEvent.click(screen.getByRole('radio', { name: 'Slider' }))
  const edge = screen.getByRole('slider', { name: /^Compare/ })
  fireEvent.change(edge, { target: { value: '25' } })
  expect(edge.getAttribute('aria-valuetext')).toBe('Source 25 %')
  expect(screen.getByLabelText(/^Local draft/).parentElement?.style.clipPath).toBe('inset(0 0 0 25%)')
  fireEvent.click(screen.getByRole('radio', { name: 'Result alone' }))
  expect(screen.queryByLabelText('Source')).toBeNull()
})

describe('playback', () => {
  const press = (on: Element) => fireEvent.keyDown(on, { key: ' ' })
  const playing = () => screen.queryByRole('button', { name: 'Pause' }) !== null

  it('is stopped and started by a click on the picture, and by Space also from the chosen take’s row', () => {
    show(completedJob('a', 1))
    expect(playing()).toBe(true)
    fireEvent.click(screen.getByLabelText(/^Local draft/))
    expect(playing()).toBe(false)
    press(document.body)
    expect(playing()).toBe(true)
    press(screen.getByRole('slider', { name: 'Position' }))
    expect(playing()).toBe(false)
    const row = document.createElement('button')
    row.dataset['yieldsSpace'] = ''
    document.body.append(row)
    press(row)
    row.remove()
    expect(playing()).toBe(true)
  })

  it('leaves Space to buttons', () => {
    show(completedJob('a', 1))
    press(screen.getByRole('button', { name: 'Loop' }))
    expect(playing()).toBe(true)
  })

  it('is toggled by a click on the slider’s picture, not by dragging the edge', async () => {
    show({ ...completedJob('a', 1), model: 'lucy-dev-v2v', inputs: { prompt: 'Snow', data: clip.id } })
    fireEvent.click(await screen.findByRole('radio', { name: 'Slider' }))
    const edge = screen.getByRole('slider', { name: /^Compare/ })
    fireEvent.pointerDown(edge, { clientX: 50, clientY: 9 })
    fireEvent.change(edge, { target: { value: '10' } })
    fireEvent.pointerUp(edge)
    expect([playing(), edge.getAttribute('aria-valuetext')]).toEqual([false, 'Source 50 %'])
    fireEvent.pointerDown(edge, { clientX: 50, clientY: 9 })
    fireEvent.pointerMove(edge, { clientX: 80, clientY: 9 })
    fireEvent.change(edge, { target: { value: '80' } })
    fireEvent.pointerUp(edge)
    expect([playing(), edge.getAttribute('aria-valuetext')]).toEqual([false, 'Source 80 %'])
  })
})

it('shows a still where the browser cannot play the clip', () => {
  show(completedJob('a', 1))
  fireEvent.error(screen.getByLabelText(/^Local draft/))
  expect(screen.getByAltText(/^Local draft/).getAttribute('src')).toBe('/v1/jobs/a/thumbnail')
  expect(screen.getByText(/cannot show it/)).toBeTruthy()
})

it('waits honestly, with a way out', () => {
  show(runningJob('a', 1, 0.31))
  expect(screen.getByRole('heading', { name: 'Rendering, 31 %' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Cancel' })).toBeTruthy()
})

it('says what went wrong, what to do and what it may have cost', () => {
  const error = { code: 'TIMEOUT', message: 'Decart took too long.', billed: 'maybe', resumable: true } as const
  show({ ...failedJob('a', 1, error), renderer: 'decart' })
  expect(screen.getByRole('alert').textContent).toMatch(
    /took too long\. Decart still has the order.*may have billed it/,
  )
  expect(screen.getByRole('button', { name: 'Fetch the result' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Retry' })).toBeTruthy()
})
