// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { SettingsAnswer } from '../../shared/renderers.ts'
import { createQueryClient } from '../data/query-client.ts'
import { type Asked, fakeServer, json } from '../testing/fake-server.ts'
import { sampleDecart, sampleOffer, sampleRenderer, sampleRenderers } from '../testing/samples.ts'
import { RenderersDialog } from './renderers-dialog.tsx'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const FILE = {
  file: 'wan2.2_ti2v_5B_fp16.safetensors',
  folder: 'models/diffusion_models',
  url: 'https://example.org/wan.safetensors',
  bytes: 9_300_000_000,
  licence: 'Apache-2.0',
}
const comfyui = sampleRenderer('comfyui', {
  title: 'ComfyUI',
  note: 'ComfyUI 0.38.1, 24 GB of graphics memory.',
  models: {
    'lucy-pro-t2v': sampleOffer('Wan 2.2 5B', { ready: false, reason: 'It is missing.', missing: [FILE] }),
    'lucy-pro-i2v': sampleOffer('Wan 2.2 5B', { ready: false, reason: 'It is missing.', missing: [FILE] }),
    'lucy-pro-t2i': sampleOffer('FLUX.2 klein 4B', { seconds: null, fps: null }),
  },
})
const settings: SettingsAnswer = {
  name: 'decart',
  asks: ['url', 'key'],
  url: 'https://api.example.org',
  key: null,
  headers: {},
  from_environment: ['url'],
}
const none = { usd: 0, certain: true, orders: 0 }

const show = (answers: Record<string, (asked: Asked) => Response | Promise<Response>> = {}, about = 'decart') => {
  const log = fakeServer({
    ...answers,
    'GET /v1/renderers': () => json(sampleRenderers(sampleDecart('none'), comfyui)),
    'GET /v1/renderers/*': () => json(settings),
    'GET /v1/workflows': () => json({ workflows: [], unreadable: [] }),
    'GET /v1/spending': () =>
      json({ today: { usd: 0.3, certain: false, orders: 3 }, month: none, limit_usd: 5, days: [] }),
  })
  const onClose = vi.fn()
  render(
    <QueryClientProvider client={createQueryClient()}>
      <RenderersDialog about={about} onClose={onClose} />
    </QueryClientProvider>,
  )
  return { log, onClose }
}
const section = async (name: string) => within(await screen.findByRole('region', { name }))

beforeEach(() => {
  // jsdom has dialogs, and no way to show them.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function close() {
    this.open = false
  }
  Element.prototype.scrollIntoView = () => {}
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('opens at the one it is about, and says what was spent', async () => {
  const { onClose } = show()
  const decart = await section('Decart')
  expect(decart.getByText('Set DECART_API_KEY.')).toBeTruthy()
  expect(decart.getByText('Prompts and files go to a third party.')).toBeTruthy()
  expect((await section('ComfyUI')).queryByText('Nothing leaves this machine.')).toBeNull()
  expect(await screen.findByText('Spent today: about $0.30 for 3 takes')).toBeTruthy()
  expect(screen.getByText('Limit: $5.00 a day, over all that bill.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(onClose).toHaveBeenCalledOnce()
})

it('tells engines once for the models they share, with each piece that is missing', async () => {
  show({}, 'comfyui')
  const comfy = await section('ComfyUI')
  const lists = await comfy.findAllByRole('list', { name: 'Missing' })
  expect(lists).toHaveLength(1)
  expect(comfy.getByText('for Lucy Pro: text to video · Lucy Pro: image to video')).toBeTruthy()
  expect(comfy.getByText(FILE.file)).toBeTruthy()
  expect(comfy.getByText('9.3 GB · Apache-2.0 · into models/diffusion_models')).toBeTruthy()
  expect(comfy.getByRole('button', { name: `Copy the address of ${FILE.file}` })).toBeTruthy()
})

it('does not let what the environment gives be changed, and says at the field why a key was not taken', async () => {
  const { log } = show({
    'PUT /v1/renderers/decart/settings': () =>
      json(
        { detail: 'Decart refuses this key.', code: 'INVALID_INPUT', fields: { key: 'is refused by Decart.' } },
        422,
      ),
  })
  const decart = await section('Decart')
  const key = await decart.findByLabelText<HTMLInputElement>('Key')
  expect(decart.queryByRole('textbox', { name: 'Address' })).toBeNull()
  expect(decart.getByText('https://api.example.org')).toBeTruthy()
  fireEvent.change(key, { target: { value: 'wrong' } })
  fireEvent.click(decart.getByRole('button', { name: 'Test and save' }))
  await waitFor(() => expect(key.getAttribute('aria-invalid')).toBe('true'))
  expect(decart.getByRole('alert').textContent).toMatch(/is refused by Decart/)
  expect(log.find(({ method }) => method === 'PUT')?.body).toBe('{"key":"wrong"}')
})

it('forgets a key in the page as soon as it is kept', async () => {
  show({ 'PUT /v1/renderers/decart/settings': () => json({ ...settings, key: 'set' }) })
  const decart = await section('Decart')
  const key = await decart.findByLabelText<HTMLInputElement>('Key')
  fireEvent.change(key, { target: { value: 'right' } })
  fireEvent.click(decart.getByRole('button', { name: 'Test and save' }))
  expect(await decart.findByText('It answered. Saved.')).toBeTruthy()
  expect(key.value).toBe('')
})
