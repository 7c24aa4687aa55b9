// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useSubmissions } from '../data/submissions.ts'
import { createQueryClient } from '../data/query-client.ts'
import { readKept, useStudio } from '../state/studio.ts'
import { fakeServer, json } from '../testing/fake-server.ts'
import { sampleOffer, sampleRenderer, sampleRenderers } from '../testing/samples.ts'
import { MakeForm } from './make-form.tsx'
import { useSubmit } from './use-submit.ts'

configure({ asyncUtilTimeout: 20_000 })

const comfyui = sampleRenderer('comfyui', {
  title: 'ComfyUI',
  models: {
    'lucy-pro-t2v': sampleOffer('Wan 2.2 14B', {
      resolutions: ['480p', '720p', '1080p'],
      others: [
        sampleOffer('Wan 2.2 5B', { resolutions: ['480p', '720p'] }),
        sampleOffer('Wan Research', { engine: { name: 'Wan Research', licence: 'non-commercial' } }),
      ],
    }),
  },
  servers: [{ url: 'http://render-box:8188', state: 'ready', note: '', busy: 0 }],
})

const Inner = () => <MakeForm submit={useSubmit()} media={() => null} />
const Form = () => {
  const [queryClient] = useState(createQueryClient)
  return (
    <QueryClientProvider client={queryClient}>
      <Inner />
    </QueryClientProvider>
  )
}

const show = async () => {
  const log = fakeServer({
    'GET /v1/renderers': () => json(sampleRenderers(comfyui)),
    'POST /v1/jobs/lucy-pro-t2v': () => json({ job_id: 'job_1', status: 'pending' }),
  })
  render(<Form />)
  await screen.findByText('Wan 2.2 14B on render-box · free', { selector: 'p' })
  return log
}
const choose = (value: string) => fireEvent.change(screen.getByLabelText('Made by'), { target: { value } })
const sentBy = async (log: Awaited<ReturnType<typeof show>>) => {
  act(() => useStudio.getState().setValue('prompt', 'A lake'))
  fireEvent.click(screen.getByRole('button', { name: /^Generate/ }))
  const post = await waitFor(() => {
    const found = log.find(({ method }) => method === 'POST')
    if (!found) throw new Error('nothing was asked for yet')
    return found
  })
  const { headers, body } = post
  return {
    renderer: headers.get('x-renderer'),
    engine: headers.get('x-engine'),
    resolution: body instanceof FormData ? body.get('resolution') : undefined,
  }
}

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  useSubmissions.setState(useSubmissions.getInitialState(), true)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('lists the engines of a renderer under it, and says which may not be used commercially', async () => {
  await show()
  const group = within(screen.getByLabelText('Made by')).getByRole('group', { name: 'ComfyUI' })
  expect(within(group).getAllByRole('option')).toHaveLength(3)
  choose('comfyui: Wan Research')
  expect(screen.getByText('Wan Research on render-box · free · not for commercial use', { selector: 'p' })).toBeTruthy()
})

it('asks for the engine that was chosen, and keeps the choice for the model', async () => {
  const log = await show()
  choose('comfyui: Wan 2.2 5B')
  expect(await sentBy(log)).toEqual({ renderer: 'comfyui', engine: 'Wan 2.2 5B', resolution: null })
  const { engines, renderers } = readKept(JSON.parse(localStorage.getItem('rushes.studio') ?? '{}').state)
  expect([renderers, engines]).toEqual([{ 'lucy-pro-t2v': 'comfyui' }, { 'lucy-pro-t2v': 'Wan 2.2 5B' }])
})

it('leaves the engine to the renderer where none was chosen', async () => {
  const log = await show()
  choose('comfyui: Wan 2.2 5B')
  choose('comfyui')
  expect(await sentBy(log)).toEqual({ renderer: 'comfyui', engine: null, resolution: null })
})

it('makes the nearest resolution where the engine does not make what was chosen, and says so', async () => {
  const log = await show()
  fireEvent.click(screen.getByRole('radio', { name: '1080p' }))
  choose('comfyui: Wan 2.2 5B')
  const radio = screen.getByRole<HTMLInputElement>('radio', { name: '1080p' })
  expect([radio.disabled, radio.closest('label')?.dataset['tip']]).toEqual([true, 'Wan 2.2 5B does not make 1080p.'])
  expect(screen.getByRole<HTMLInputElement>('radio', { name: '720p' }).checked).toBe(true)
  expect(screen.getByText('Wan 2.2 5B does not make 1080p: it will be 720p.')).toBeTruthy()
  expect((await sentBy(log)).resolution).toBe('720p')
  // What was chosen stands again where it can be made.
  choose('comfyui')
  expect(screen.getByRole<HTMLInputElement>('radio', { name: '1080p' }).checked).toBe(true)
})
