// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fieldsOf } from '../../shared/models/describe.ts'
import { registry } from '../../shared/models/index.ts'
import { useAsks } from '../data/asks.ts'
import { createQueryClient } from '../data/query-client.ts'
import type { ControlProps } from '../state/control-props.ts'
import { useStudio } from '../state/studio.ts'
import { type Asked, fakeServer, json } from '../testing/fake-server.ts'
import { sampleFile } from '../testing/samples.ts'
import { MakeForm } from './make-form.tsx'
import { useAsk } from './use-ask.ts'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const health = (ready: boolean) => () =>
  json({
    status: 'ok',
    version: '1',
    renderers: { local: { ready: true, note: '' }, decart: { ready, note: '' } },
    default_renderer: ready ? 'decart' : 'local',
    limits: { video_bytes: 1, image_bytes: 1, pixels: 1, edit_seconds: 30 },
  })

const Media = ({ meta, error }: ControlProps<'media'>) => (
  <div role="group" aria-label={meta.title}>
    <span>{meta.title}</span>
    {error}
  </div>
)

const Form = () => {
  const [queryClient] = useState(createQueryClient)
  return (
    <QueryClientProvider client={queryClient}>
      <Inner />
    </QueryClientProvider>
  )
}
const Inner = () => <MakeForm ask={useAsk()} media={Media} />

const show = (answers: Record<string, (asked: Asked) => Response> = {}, cloud = false) => {
  const log = fakeServer({ 'GET /v1/health': health(cloud), ...answers })
  render(<Form />)
  return log
}
const prompt = () => screen.getByLabelText<HTMLTextAreaElement>(/^Prompt/)
const generate = () => fireEvent.click(screen.getByRole('button', { name: /^Generate/ }))

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  useAsks.setState(useAsks.getInitialState(), true)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

describe('the form of every model', () => {
  it.each(registry.map((model) => [model.id, model] as const))('shows all fields of %s, and no others', (_, model) => {
    show()
    act(() => useStudio.getState().chooseModel(model.id))
    const more = screen.queryByRole('button', { name: 'More' })
    if (more) fireEvent.click(more)
    for (const { meta } of fieldsOf(model))
      expect(screen.getAllByText(new RegExp(`^${meta.title}`)).length).toBeGreaterThan(0)
    const titles = screen.getAllByText((_text, element) => element?.tagName === 'LABEL' && element.hasAttribute('for'))
    const media = fieldsOf(model).filter(({ meta }) => meta.control === 'media').length
    // All but media, which the test's own component shows, and with the model itself.
    expect(titles).toHaveLength(fieldsOf(model).length - media + 1)
  })
})

describe('what is typed', () => {
  it('survives a change of model', () => {
    show()
    fireEvent.change(prompt(), { target: { value: 'Snow on the pines' } })
    fireEvent.change(screen.getByLabelText('Model'), { target: { value: 'lucy-pro-i2v' } })
    expect(prompt().value).toBe('Snow on the pines')
    expect(screen.getByRole('group', { name: 'Image' })).toBeTruthy()
  })

  it('is counted when it comes near the limit, and not before', () => {
    show()
    fireEvent.change(prompt(), { target: { value: 'x'.repeat(800) } })
    expect(screen.queryByText('800 / 1,000')).toBeNull()
    fireEvent.change(prompt(), { target: { value: 'x'.repeat(1001) } })
    expect(screen.getByText('1,001 / 1,000')).toBeTruthy()
  })

  it('draws a seed and clears it', () => {
    show()
    const seed = screen.getByLabelText<HTMLInputElement>('Seed')
    fireEvent.click(screen.getByRole('button', { name: 'Draw a seed' }))
    expect(seed.value).toMatch(/^\d{1,10}$/)
    expect(screen.getByText('· fixed')).toBeTruthy()
    // The note is not part of the field's name.
    expect(screen.getByRole('textbox', { name: /^Seed$/ })).toBe(seed)
    fireEvent.click(screen.getByRole('button', { name: 'Clear seed' }))
    expect(seed.value).toBe('')
    expect(screen.queryByText('· fixed')).toBeNull()
  })
})

describe('generate', () => {
  it('complains at the fields, puts the focus there, and asks for nothing', async () => {
    const log = show()
    fireEvent.change(screen.getByLabelText('Seed'), { target: { value: '1.5' } })
    generate()
    expect(screen.getByText('Prompt is required.')).toBeTruthy()
    expect(screen.getByText('Seed must be a whole number.')).toBeTruthy()
    await waitFor(() => expect(document.activeElement).toBe(prompt()))
    expect(log.filter(({ method }) => method === 'POST')).toEqual([])
    fireEvent.change(prompt(), { target: { value: 'A' } })
    expect(screen.queryByText('Prompt is required.')).toBeNull()
    expect(screen.getByText('Seed must be a whole number.')).toBeTruthy()
  })

  it('opens the lid over a field that is complained about', () => {
    show()
    act(() => useStudio.getState().chooseModel('lucy-pro-v2v'))
    expect(screen.queryByLabelText('Inference steps')).toBeNull()
    act(() => useStudio.getState().setValue('num_inference_steps', '99'))
    generate()
    expect(screen.getByLabelText('Inference steps').getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText('Inference steps must be at most 50.')).toBeTruthy()
  })

  it('sends what stands in the form, by Ctrl+Enter too, and shows the new take', async () => {
    const log = show({ 'POST /v1/jobs/lucy-pro-t2v': () => json({ job_id: 'job_1', status: 'pending' }) })
    fireEvent.change(prompt(), { target: { value: ' A lake ' } })
    fireEvent.keyDown(prompt(), { key: 'Enter', ctrlKey: true })
    await waitFor(() => expect(log.some(({ method }) => method === 'POST')).toBe(true))
    const sent = log.find(({ method }) => method === 'POST')?.body
    expect(sent instanceof FormData && Object.fromEntries(sent)).toEqual({ prompt: 'A lake' })
    expect(useStudio.getState()).toMatchObject({ selected: useAsks.getState().open[0]?.key, tab: 'stage' })
  })

  it('lands what the server refuses on its fields, and the rest above the button', async () => {
    const detail = [{ loc: ['body', 'prompt'], msg: 'prompt must not name anybody', type: 'value_error' }]
    show({ 'POST /v1/jobs/lucy-pro-t2v': () => json({ detail }, 422) })
    fireEvent.change(prompt(), { target: { value: 'Somebody' } })
    generate()
    await screen.findByText('Prompt must not name anybody.')
    expect(prompt().getAttribute('aria-invalid')).toBe('true')
    expect(useStudio.getState().tab).toBe('make')
  })
})

describe('the price', () => {
  const clip = sampleFile('video', 'clip.mp4')

  it('is nothing for the local engine', async () => {
    show()
    expect(screen.getByText(/^Free · local draft/)).toBeTruthy()
  })

  it('is estimated from the length of the clip where Decart runs it', async () => {
    show({}, true)
    act(() => useStudio.getState().chooseModel('lucy-2.5'))
    await screen.findByText('About $0.20 at Decart for 5 s')
    act(() => useStudio.getState().setValue('data:video', { ...clip, media: { ...clip.media, duration: 10 } }))
    expect(screen.getByText('About $0.40 at Decart')).toBeTruthy()
  })

  it('is nothing where the cloud was chosen on a visit when it still had a key', async () => {
    act(() => useStudio.getState().chooseRenderer('decart'))
    show({}, false)
    act(() => useStudio.getState().chooseModel('lucy-2.5'))
    await waitFor(() => expect(screen.getByText('Free · local draft')).toBeTruthy())
  })

  it('says so where the chosen cloud does not serve the model', async () => {
    show({}, true)
    await screen.findByText('Free · local draft, since Decart does not serve this model')
  })
})

it('groups the models by task and says who runs each', () => {
  show()
  const picker = screen.getByLabelText('Model')
  expect(within(picker).getAllByRole('group')).toHaveLength(6)
  expect(within(picker).getByRole('option', { name: 'Lucy 2.5 · cloud, local' })).toBeTruthy()
  expect(within(picker).getByRole('option', { name: 'Lucy Pro: video edit · cloud as Lucy Clip, local' })).toBeTruthy()
  expect(screen.getByText(/Runs on the local engine\.$/)).toBeTruthy()
})
