// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fieldsOf } from '../../shared/models/describe.ts'
import { registry } from '../../shared/models/index.ts'
import { useSubmissions } from '../data/submissions.ts'
import { createQueryClient } from '../data/query-client.ts'
import type { ControlProps } from '../state/control-props.ts'
import { useStudio } from '../state/studio.ts'
import { type Asked, fakeServer, json } from '../testing/fake-server.ts'
import { sampleDecart, sampleFile, sampleRenderers } from '../testing/samples.ts'
import { MakeForm } from './make-form.tsx'
import { useSubmit } from './use-submit.ts'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

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
const Inner = () => <MakeForm submit={useSubmit()} media={Media} />

const show = (
  answers: Record<string, (asked: Asked) => Response | Promise<Response>> = {},
  key: Parameters<typeof sampleDecart>[0] = 'none',
) => {
  const log = fakeServer({ 'GET /v1/renderers': () => json(sampleRenderers(sampleDecart(key))), ...answers })
  render(<Form />)
  return log
}
/** What the prompt says is asked too, as one writes. */
const isOrder = ({ method, path }: Asked) => method === 'POST' && path.startsWith('/v1/jobs')
const prompt = () => screen.getByLabelText<HTMLTextAreaElement>(/^Prompt/)
const generate = () => fireEvent.click(screen.getByRole('button', { name: /^(Generate|Sending)/ }))

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  useSubmissions.setState(useSubmissions.getInitialState(), true)
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

describe('several takes', () => {
  it('are one batch: sent in their order, each with its key, place and label, and looked at from the first on', async () => {
    const log = show({ 'POST /v1/jobs/lucy-pro-t2v': () => json({ job_id: 'job_new', status: 'pending' }) })
    fireEvent.change(prompt(), { target: { value: 'A {red|blue} fox' } })
    fireEvent.change(screen.getByLabelText('Seed'), { target: { value: '41' } })
    fireEvent.click(screen.getByRole('radio', { name: '2' }))
    expect(screen.getByText('2 × 2 = 4 takes. Their seeds go on from the fixed one.')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: /^Generate 4/ }))
    expect(useSubmissions.getState().open.map(({ batch }) => batch?.position)).toEqual([4, 3, 2, 1])
    expect(useStudio.getState().selected).toBe(useSubmissions.getState().open.at(-1)?.key)
    await waitFor(() => expect(log.filter(isOrder)).toHaveLength(4))
    const posts = log.filter(isOrder)
    expect(posts.map(({ headers }) => [headers.get('x-batch-place'), headers.get('x-batch-label')])).toEqual([
      ['1/4', 'red'],
      ['2/4', 'red'],
      ['3/4', 'blue'],
      ['4/4', 'blue'],
    ])
    expect(posts.map(({ body }) => body instanceof FormData && [body.get('prompt'), body.get('seed')])).toEqual([
      ['A red fox', '41'],
      ['A red fox', '42'],
      ['A blue fox', '41'],
      ['A blue fox', '42'],
    ])
    expect(new Set(posts.map(({ headers }) => headers.get('x-batch'))).size).toBe(1)
    expect(new Set(posts.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(4)
  })

  it('beyond what fits are refused with the sum, and alternatives that cannot be read at the prompt', () => {
    const log = show()
    fireEvent.change(prompt(), { target: { value: '{a|b|c|d|e} fox' } })
    fireEvent.click(screen.getByRole('radio', { name: '16' }))
    generate()
    expect(screen.getAllByText('That makes 80 takes: 64 at once is the most.').length).toBeGreaterThan(0)
    fireEvent.change(prompt(), { target: { value: '{a|{b|c}} fox' } })
    generate()
    expect(screen.getByText(/^Prompt has alternatives inside of alternatives/)).toBeTruthy()
    expect(log.some(({ method }) => method === 'POST')).toBe(false)
  })
})

describe('generate', () => {
  it('complains at the fields, puts the focus there, and asks for nothing', async () => {
    const log = show()
    fireEvent.change(screen.getByLabelText('Seed'), { target: { value: '1.5' } })
    generate()
    expect(screen.getByText('Prompt is required.')).toBeTruthy()
    expect(screen.getByText('Seed must be a whole number, in digits 0 to 9.')).toBeTruthy()
    await waitFor(() => expect(document.activeElement).toBe(prompt()))
    expect(log.filter(isOrder)).toEqual([])
    fireEvent.change(prompt(), { target: { value: 'A' } })
    expect(screen.queryByText('Prompt is required.')).toBeNull()
    expect(screen.getByText('Seed must be a whole number, in digits 0 to 9.')).toBeTruthy()
  })

  const NO_NUMBER = 'Seed must be a whole number, in digits 0 to 9.'
  it.each([
    ['1.000', NO_NUMBER],
    ['1.5', NO_NUMBER],
    ['1,000', NO_NUMBER],
    ['1e3', NO_NUMBER],
    ['0x10', NO_NUMBER],
    ['+5', NO_NUMBER],
    ['1 000', NO_NUMBER],
    ['١٢', NO_NUMBER],
    ['１２', NO_NUMBER],
    ['-1', 'Seed must be at least 0.'],
    ['4294967296', 'Seed must be at most 4294967295.'],
    ['9007199254740993', 'Seed must be at most 4294967295.'],
    ['99999999999999999999999', 'Seed must be at most 4294967295.'],
  ])('does not take %s for a seed', (typed, sentence) => {
    const log = show()
    fireEvent.change(prompt(), { target: { value: 'A lake' } })
    fireEvent.change(screen.getByLabelText('Seed'), { target: { value: typed } })
    generate()
    expect(screen.getByText(sentence)).toBeTruthy()
    expect(log.filter(isOrder)).toEqual([])
  })

  it.each([
    [' 5 ', '5'],
    ['0', '0'],
    ['007', '7'],
    ['4294967295', '4294967295'],
  ])('takes %j for the seed %s', async (typed, sent) => {
    const log = show({ 'POST /v1/jobs/lucy-pro-t2v': () => json({ job_id: 'job_1', status: 'pending' }) })
    fireEvent.change(prompt(), { target: { value: 'A lake' } })
    fireEvent.change(screen.getByLabelText('Seed'), { target: { value: typed } })
    generate()
    await waitFor(() => expect(log.some(isOrder)).toBe(true))
    const body = log.find(isOrder)?.body
    expect(body instanceof FormData && body.get('seed')).toBe(sent)
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
    await waitFor(() => expect(log.some(isOrder)).toBe(true))
    const sent = log.find(isOrder)?.body
    expect(sent instanceof FormData && Object.fromEntries(sent)).toEqual({ prompt: 'A lake' })
    expect(useStudio.getState()).toMatchObject({ selected: useSubmissions.getState().open[0]?.key, tab: 'stage' })
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

describe('one act', () => {
  const accepted = () => json({ job_id: `job_${log.length}`, status: 'pending' })
  const keysOf = () => log.filter(isOrder).map(({ headers }) => headers.get('idempotency-key'))
  const button = () => screen.getByRole('button', { name: /^(Generate|Sending)/ })
  let log: Asked[] = []
  const showWith = (answer: (asked: Asked) => Response | Promise<Response>) => {
    log = show({ 'POST /v1/jobs/lucy-pro-t2v': answer })
    fireEvent.change(prompt(), { target: { value: 'A lake' } })
  }
  const isAccepted = () =>
    waitFor(() => expect(useSubmissions.getState().open.every(({ phase }) => phase.name === 'watching')).toBe(true))

  it('is a double click and a double tap', async () => {
    showWith(accepted)
    fireEvent.click(button(), { detail: 1 })
    await isAccepted()
    fireEvent.click(button(), { detail: 2 })
    expect(keysOf()).toHaveLength(1)
    const tap = () =>
      fireEvent(
        button(),
        new PointerEvent('click', { pointerType: 'touch', bubbles: true, cancelable: true, detail: 1 }),
      )
    tap()
    await isAccepted()
    tap()
    expect(keysOf()).toHaveLength(2)
  })

  it('is whatever asks until the server has it, which the button says; the next press is another', async () => {
    const answers: ((answer: Response) => void)[] = []
    showWith(() => new Promise((resolve) => answers.push(resolve)))
    generate()
    fireEvent.click(button(), { detail: 1 })
    fireEvent.keyDown(prompt(), { key: 'Enter', ctrlKey: true })
    fireEvent.submit(screen.getByRole('form', { name: 'Make' }))
    await screen.findByRole('button', { name: 'Sending…' })
    generate()
    expect(keysOf()).toHaveLength(1)
    // What was changed is asked for on purpose.
    fireEvent.change(prompt(), { target: { value: 'Another lake' } })
    generate()
    await waitFor(() => expect(keysOf()).toHaveLength(2))
    fireEvent.change(prompt(), { target: { value: 'A lake' } })
    generate()
    expect(keysOf()).toHaveLength(2)
    for (const answer of answers) answer(accepted())
    await isAccepted()
    fireEvent.keyDown(prompt(), { key: 'Enter', ctrlKey: true, repeat: true })
    expect(keysOf()).toHaveLength(2)
    fireEvent.keyDown(prompt(), { key: 'Enter', ctrlKey: true })
    await waitFor(() => expect(new Set(keysOf()).size).toBe(3))
    expect(useStudio.getState().selected).toBe(keysOf()[2])
  })

  it('is not asked for by the Enter that ends a word which is being composed', async () => {
    showWith(accepted)
    const enter = { key: 'Enter', ctrlKey: true }
    fireEvent.keyDown(prompt(), { ...enter, isComposing: true })
    fireEvent.keyDown(prompt(), { ...enter, metaKey: true, keyCode: 229 })
    expect(useSubmissions.getState().open).toEqual([])
    fireEvent.keyDown(prompt(), enter)
    await waitFor(() => expect(keysOf()).toHaveLength(1))
  })

  it('does not flicker where the server is quick', async () => {
    const seen: (string | null)[] = []
    showWith(accepted)
    const watch = new MutationObserver(() => seen.push(button().textContent))
    watch.observe(button(), { childList: true, characterData: true, subtree: true })
    generate()
    await isAccepted()
    watch.disconnect()
    expect(seen).toEqual([])
  })

  it('goes on under its key where no answer came, unless something else is asked for', async () => {
    showWith(() => Promise.reject(new TypeError('gone')))
    const isLost = () =>
      waitFor(() => expect(useSubmissions.getState().open.map(({ phase }) => phase.name)).not.toContain('submitting'))
    generate()
    await isLost()
    generate()
    await isLost()
    fireEvent.change(prompt(), { target: { value: 'Another lake' } })
    generate()
    await isLost()
    const [first, second, third] = keysOf()
    expect([second === first, third === first]).toEqual([true, false])
    expect(useSubmissions.getState().open).toHaveLength(2)
  })
})

describe('the price', () => {
  const clip = sampleFile('video', 'clip.mp4')

  it('is nothing for the local engine', async () => {
    show()
    expect(screen.getByText(/^Free · local draft/)).toBeTruthy()
  })

  it('is estimated from the length of the clip where Decart runs it', async () => {
    show({}, 'ready')
    act(() => useStudio.getState().chooseModel('lucy-2.5'))
    await screen.findByText('Lucy 2.5 at Decart · about $0.20 for 5 s')
    act(() => useStudio.getState().setValue('data:video', { ...clip, media: { ...clip.media, duration: 10 } }))
    expect(screen.getByText('Lucy 2.5 at Decart · about $0.40', { selector: 'p' })).toBeTruthy()
  })

  it('is nothing where the cloud was chosen on a visit when it still had a key', async () => {
    act(() => useStudio.getState().chooseRenderer('lucy-2.5', 'decart'))
    show({}, 'none')
    act(() => useStudio.getState().chooseModel('lucy-2.5'))
    await waitFor(() => expect(screen.getByText('Free · local draft')).toBeTruthy())
  })

  it('is none where the key is refused: why is said, with a draft instead for who wants one', async () => {
    show({}, 'refused')
    act(() => useStudio.getState().chooseModel('lucy-2.5'))
    await screen.findByText(/^Decart refuses the API key\./)
    expect(screen.queryByText(/about \$/)).toBeNull()
    expect(screen.getByRole('button', { name: 'Make it locally' })).toBeTruthy()
    fireEvent.change(screen.getByLabelText('Made by'), { target: { value: 'local' } })
    expect(screen.getByText('Free · local draft')).toBeTruthy()
    expect(screen.queryByText(/^Decart refuses the API key\./)).toBeNull()
  })

  it('says so where the chosen cloud does not serve the model', async () => {
    show({}, 'ready')
    await screen.findByText('Free · local draft, since Decart does not serve this model')
  })
})

it('groups the models by task and says who runs each', async () => {
  show({}, 'ready')
  const picker = screen.getByLabelText('Model')
  expect(within(picker).getAllByRole('group')).toHaveLength(6)
  expect(await within(picker).findByRole('option', { name: 'Lucy 2.5 · Decart' })).toBeTruthy()
  // Nothing is said of a model that the local engine alone makes.
  expect(within(picker).getByRole('option', { name: 'Lucy Pro: text to video' })).toBeTruthy()
  act(() => useStudio.getState().chooseModel('lucy-pro-v2v'))
  expect(screen.getByText(/Decart answers to this name with Lucy Clip\.$/)).toBeTruthy()
})
