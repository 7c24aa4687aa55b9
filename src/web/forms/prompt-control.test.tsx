// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useSubmissions } from '../data/submissions.ts'
import { jobStore } from '../data/job-store.ts'
import { jobsOptions } from '../data/jobs.ts'
import { createQueryClient } from '../data/query-client.ts'
import { useStudio } from '../state/studio.ts'
import { undoForm, useUndo } from '../state/undo.ts'
import { type Asked, fakeServer, json } from '../testing/fake-server.ts'
import { completedJob, sampleDecart, sampleRenderers } from '../testing/samples.ts'
import { MakeForm } from './make-form.tsx'
import { rememberPrompt } from './prompt/history.ts'
import { usePresets } from './prompt/presets.ts'
import { useRepeat } from './repeat.ts'
import { useSubmit } from './use-submit.ts'

configure({ asyncUtilTimeout: 20_000 })

const Inner = () => <MakeForm submit={useSubmit()} media={() => null} />
const Form = ({ jobs }: { jobs: ReturnType<typeof completedJob>[] }) => {
  const [queryClient] = useState(() => {
    const created = createQueryClient()
    created.setQueryData(jobsOptions.queryKey, {
      pages: [{ ids: jobStore.add(jobs, jobStore.now()), unreadable: [], next_cursor: null }],
      pageParams: [null],
    })
    return created
  })
  return (
    <QueryClientProvider client={queryClient}>
      <Inner />
    </QueryClientProvider>
  )
}

const WORDS = /fox|snow/g
/** Knows foxes and snow. */
const read = ({ body }: Asked) => {
  const { prompt } = JSON.parse(String(body))
  const known = [...prompt.matchAll(WORDS)].map(({ 0: word, index }) => [index, index + word.length])
  const reading = [
    { part: 'Place', value: 'forest' },
    { part: 'Weather', value: 'snow' },
    { part: 'Season', value: null },
  ]
  return json({ reading, known })
}

const show = (key: 'none' | 'ready' = 'none', jobs: ReturnType<typeof completedJob>[] = []) => {
  const log = fakeServer({
    'GET /v1/renderers': () => json(sampleRenderers(sampleDecart(key))),
    'POST /v1/models/*': read,
    'POST /v1/jobs/*': () => json({ job_id: 'job_new', status: 'pending' }),
  })
  render(<Form jobs={jobs} />)
  return log
}
const prompt = () => screen.getByLabelText<HTMLTextAreaElement>(/^Prompt/)
const write = (text: string) => fireEvent.change(prompt(), { target: { value: text } })
const marked = () =>
  [...document.querySelectorAll<HTMLElement>('[data-known]')].map(
    ({ textContent, dataset }) => `${textContent}${dataset['known'] === 'true' ? '+' : '?'}`,
  )
const orders = (log: Asked[]) => log.filter(({ method, path }) => method === 'POST' && path.startsWith('/v1/jobs'))
const readings = (log: Asked[]) => log.filter(({ path }) => path.endsWith('/reading'))

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  useSubmissions.setState(useSubmissions.getInitialState(), true)
  useUndo.setState({ done: [], undone: [], said: null })
  usePresets.setState({ presets: [] })
  useRepeat.setState({ found: null })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('shows what the local engine knows of the words, and says what it will draw', async () => {
  const log = show()
  write('a fo')
  write('a fox in glorbix snow')
  await waitFor(() => expect(marked()).toEqual(['fox+', 'glorbix?', 'snow+']))
  expect(readings(log)).toHaveLength(1)
  expect(screen.getByRole('status', { name: 'What the local engine reads' }).textContent).toBe(
    'Will draw: forest, snow. Left to the seed: season. Not known: glorbix.',
  )
  // Until the new words are read, the old marks go with theirs.
  write('Look, a fox in glorbix snow')
  write('Look, a fox in glorbix snow and')
  expect(marked()).toEqual(['fox+', 'glorbix?', 'snow+'])
  write('a {fox|snow}')
  await screen.findByText('Each alternative is read by itself.')
  write('')
  expect(marked()).toEqual([])
})

it('says nothing of it where another renderer will run', async () => {
  act(() => useStudio.getState().chooseModel('lucy-2.5'))
  const log = show('ready')
  await screen.findByText(/^Lucy 2\.5 at Decart · about/, { selector: 'p' })
  write('a fox')
  fireEvent.change(screen.getByLabelText('Made by'), { target: { value: 'local' } })
  await waitFor(() => expect(marked()).toEqual(['fox+']))
  fireEvent.change(screen.getByLabelText('Made by'), { target: { value: 'decart' } })
  expect(marked()).toEqual([])
  expect(screen.queryByRole('status', { name: 'What the local engine reads' })).toBeNull()
  expect(readings(log)).toHaveLength(1)
})

it('recalls prompts by arrow up at the start, and goes back to what was written', () => {
  for (const each of ['one', 'two']) rememberPrompt(each)
  show()
  const press = (key: string) => fireEvent.keyDown(prompt(), { key })
  prompt().focus()
  press('ArrowUp')
  expect(prompt().value).toBe('two')
  press('ArrowUp')
  press('ArrowUp')
  expect(prompt().value).toBe('one')
  press('ArrowDown')
  expect(prompt().value).toBe('two')
  press('Escape')
  expect(prompt().value).toBe('')
  write('my own')
  prompt().setSelectionRange(0, 0)
  press('ArrowUp')
  expect(prompt().value).toBe('my own')
  write('two')
  prompt().setSelectionRange(2, 2)
  press('ArrowUp')
  expect(prompt().value).toBe('two')
  prompt().setSelectionRange(0, 0)
  fireEvent.keyDown(prompt(), { key: 'ArrowUp', isComposing: true })
  expect(prompt().value).toBe('two')
  press('ArrowUp')
  expect(prompt().value).toBe('one')
})

it('keeps words as a preset and puts them into another prompt, which can be undone', async () => {
  const log = show()
  write('16 mm film')
  fireEvent.click(screen.getByRole('button', { name: 'Save as preset…' }))
  const name = await screen.findByLabelText('Name of the preset')
  await waitFor(() => expect(document.activeElement).toBe(name))
  fireEvent.change(name, { target: { value: 'Film' } })
  fireEvent.keyDown(name, { key: 'Enter' })
  write('A fox')
  fireEvent.click(screen.getByRole('button', { name: 'Film' }))
  expect(prompt().value).toBe('A fox, 16 mm film')
  act(undoForm)
  expect(prompt().value).toBe('A fox')
  fireEvent.click(screen.getByRole('button', { name: 'Delete preset Film' }))
  expect(screen.queryByRole('button', { name: 'Film' })).toBeNull()
  expect(orders(log)).toEqual([])
})

it('makes the same take a second time only where that is meant', async () => {
  const log = show('none', [completedJob('job_1', 1)])
  write('A lake')
  const generate = () => fireEvent.click(screen.getByRole('button', { name: /^Generate/ }))
  fireEvent.change(screen.getByLabelText('Seed'), { target: { value: '7' } })
  generate()
  await screen.findByText('This take exists already.')
  fireEvent.click(screen.getByRole('button', { name: 'Show it' }))
  expect(useStudio.getState()).toMatchObject({ selected: 'job_1', tab: 'stage' })
  expect(orders(log)).toEqual([])
  // Another seed is another take, and so is another prompt.
  fireEvent.change(screen.getByLabelText('Seed'), { target: { value: '8' } })
  expect(screen.queryByText('This take exists already.')).toBeNull()
  fireEvent.change(screen.getByLabelText('Seed'), { target: { value: '7' } })
  generate()
  fireEvent.click(screen.getByRole('button', { name: 'Make it again anyway' }))
  await waitFor(() => expect(orders(log)).toHaveLength(1))
  expect(screen.queryByText('This take exists already.')).toBeNull()
  await waitFor(() => expect(useSubmissions.getState().open.every(({ phase }) => phase.name === 'watching')).toBe(true))
  await screen.findByRole('button', { name: /^Generate/ })
  generate()
  fireEvent.click(screen.getByRole('button', { name: 'New seed' }))
  await waitFor(() => expect(orders(log)).toHaveLength(2))
  const body = orders(log)[1]?.body
  expect(body instanceof FormData && body.get('seed')).toBe(useStudio.getState().draft['seed'])
})

it('says at the field what is no number, once it was written', () => {
  show()
  const seed = screen.getByLabelText('Seed')
  fireEvent.change(seed, { target: { value: '1e3' } })
  expect(screen.queryByText(/must be a whole number/)).toBeNull()
  fireEvent.blur(seed)
  expect(screen.getByText('Seed must be a whole number, in digits 0 to 9.')).toBeTruthy()
  expect(screen.queryByText('Prompt is required.')).toBeNull()
  fireEvent.change(seed, { target: { value: '1000' } })
  expect(screen.queryByText(/must be a whole number/)).toBeNull()
})

it('lets a seed go with the model that it was fixed for, and says so', () => {
  show()
  const seed = () => screen.getByLabelText<HTMLInputElement>('Seed')
  fireEvent.change(seed(), { target: { value: '956' } })
  fireEvent.click(screen.getByRole('radio', { name: 'Picture' }))
  expect(seed().value).toBe('')
  expect(screen.getByText(/^Seed 956 let go: it was fixed for Lucy Pro: text to video\./)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Keep it' }))
  expect(seed().value).toBe('956')
  expect(screen.queryByText(/let go/)).toBeNull()
})
