// @vitest-environment jsdom
import '../testing/fail-on-console-error.ts'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useEffect } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fieldsOf } from '../../shared/models/describe.ts'
import { findModel } from '../../shared/models/index.ts'
import { useConnection } from '../data/connection.ts'
import { useUploads } from '../data/uploads.ts'
import { slotOf } from '../state/draft.ts'
import { useStudio } from '../state/studio.ts'
import { TAKE_TYPE } from '../state/take-drag.ts'
import { undoForm, useUndo } from '../state/undo.ts'
import { type Asked, fakeServer, json } from '../testing/fake-server.ts'
import { sampleFile, sampleHealth } from '../testing/samples.ts'
import { useMany } from '../state/many.ts'
import { manyWords } from './many/many-line.tsx'
import { MediaControl } from './media-control.tsx'
import { hearPageFiles } from './page-files.ts'

// A slow machine is no failure.
configure({ asyncUtilTimeout: 20_000 })

const still = sampleFile('image', 'still.png')
const clip = sampleFile('video', 'clip.mp4')

/** The media fields of the chosen model, as the form shows them. */
const Fields = () => {
  useEffect(() => hearPageFiles(), [])
  const { modelId, draft, problems, setValue } = useStudio()
  const model = findModel(modelId)
  if (!model) return null
  return fieldsOf(model).map((field) =>
    field.meta.control === 'media' ? (
      <MediaControl
        key={slotOf(field)}
        field={field}
        meta={field.meta}
        slot={slotOf(field)}
        value={draft[slotOf(field)]}
        error={problems.fields[field.name]}
        onChange={(value) => setValue(slotOf(field), value)}
      />
    ) : null,
  )
}

/** Who makes it is not asked for here: the local engine stands for itself. */
const onlyAsked = new QueryClient({ defaultOptions: { queries: { enabled: false } } })

const show = (modelId: string, answers: Record<string, (asked: Asked) => Response | Promise<Response>> = {}) => {
  useStudio.getState().chooseModel(modelId)
  const log = fakeServer(answers)
  render(
    <QueryClientProvider client={onlyAsked}>
      <Fields />
    </QueryClientProvider>,
  )
  return log
}
const file = (name: string, type: string, bytes = 'bytes') => new File([bytes], name, { type })
const choose = (label: string, chosen: File) =>
  fireEvent.change(screen.getByLabelText(`${label} file`), { target: { files: [chosen] } })
const slot = (name: string) => useStudio.getState().draft[name]

beforeEach(() => {
  localStorage.clear()
  useStudio.setState(useStudio.getInitialState(), true)
  useUploads.setState(useUploads.getInitialState(), true)
  useUndo.setState(useUndo.getInitialState(), true)
  useConnection.setState({ state: 'connecting' })
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }))
  URL.createObjectURL = () => 'blob:shown'
  URL.revokeObjectURL = () => {}
  HTMLMediaElement.prototype.load = () => {}
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

describe('a media field', () => {
  it('uploads what is chosen at once and shows what it is', async () => {
    const log = show('lucy-dev-v2v', { 'POST /v1/files': () => json(clip) })
    choose('Video', file('clip.mp4', 'video/mp4'))
    await screen.findByText(/^Uploading clip\.mp4/)
    await screen.findByText('1280 × 720 · 5.0 s · 32 fps · 2.9 MB')
    expect(slot('data:video')).toEqual(clip)
    expect(log).toHaveLength(1)
    expect(screen.getByLabelText('Video: clip.mp4').getAttribute('src')).toBe(`/v1/files/${clip.id}/content`)
  })

  it('shows what the server makes of a clip that the browser cannot decode: a preview, else a still', () => {
    useStudio.getState().setValue('data:video', clip)
    show('lucy-dev-v2v')
    fireEvent.error(screen.getByLabelText('Video: clip.mp4'))
    expect(screen.getByLabelText('Video: clip.mp4').getAttribute('src')).toBe(`/v1/files/${clip.id}/preview`)
    fireEvent.error(screen.getByLabelText('Video: clip.mp4'))
    expect(screen.getByAltText('Video: clip.mp4').getAttribute('src')).toBe(`/v1/files/${clip.id}/thumbnail`)
  })

  it('says so where the draft has outlived the file', () => {
    useStudio.getState().setValue('data:image', still)
    show('lucy-pro-i2v')
    fireEvent.error(screen.getByAltText('Image: still.png'))
    expect(screen.getByText('No longer on the server: add it again.')).toBeTruthy()
  })

  it('refuses the wrong kind without sending a byte', async () => {
    const log = show('lucy-pro-i2v')
    choose('Image', file('clip.mp4', 'video/mp4'))
    await screen.findByText('clip.mp4 is a video. This takes an image.')
    expect(log).toEqual([])
  })

  const drag = (on: HTMLElement, files: File[]) => ({
    dataTransfer: {
      types: ['Files'],
      files,
      items: files.map((each) => ({ kind: 'file', type: each.type, getAsFile: () => each })),
      getData: () => '',
    },
    target: on,
  })
  /** What a page gives along when something of it is dragged. */
  const dragOfPage = (data: Record<string, string>) => ({
    dataTransfer: { types: Object.keys(data), files: [], items: [], getData: (type: string) => data[type] ?? '' },
  })
  const PNG = 'data:image/png;base64,iVBORw0KGgo='

  it('does not promise to take what does not fit', async () => {
    show('lucy-pro-i2v')
    const field = screen.getByRole('group', { name: 'Image' })
    fireEvent.dragEnter(field, drag(field, [file('clip.mp4', 'video/mp4')]))
    const words = await screen.findByText('This takes an image.')
    expect(words.className).toContain('text-trouble')
    expect(screen.queryByText('Let go to use it')).toBeNull()
    fireEvent.dragLeave(field, drag(field, []))
    await waitFor(() => expect(screen.queryByText('This takes an image.')).toBeNull())
    fireEvent.dragEnter(field, drag(field, [file('still.png', 'image/png')]))
    await screen.findByText('Let go to use it')
  })

  it('is given several files, of each of which a take is to be made, and shows the first', async () => {
    show('lucy-pro-i2v', { 'POST /v1/files': () => json(still) })
    const field = screen.getByRole('group', { name: 'Image' })
    const files = [file('still.png', 'image/png'), file('b.png', 'image/png'), file('notes.txt', 'text/plain')]
    fireEvent.dragEnter(field, drag(field, files))
    await screen.findByText('Let go for 3 takes')
    fireEvent.drop(field, drag(field, files))
    await waitFor(() => expect(slot('data:image')).toEqual(still))
    await waitFor(() =>
      expect(manyWords(useMany.getState().many?.files ?? [])).toEqual({
        sum: '2 files, each with this prompt.',
        refused: ['notes.txt is text. This takes an image.'],
      }),
    )
  })

  it('that only guides the result takes one of two files', async () => {
    const log = show('lucy-image-2')
    const field = screen.getByRole('group', { name: 'Reference image' })
    fireEvent.drop(field, drag(field, [file('a.png', 'image/png'), file('b.png', 'image/png')]))
    await screen.findByText('One file at a time: 2 were dropped.')
    expect(log).toEqual([])
  })

  it('of a transition takes two pictures for both ends, which can be swapped', async () => {
    const other = sampleFile('image', 'b.png')
    const answers = [still, other]
    show('lucy-pro-flf2v', { 'POST /v1/files': () => json(answers.shift()) })
    const field = screen.getByRole('group', { name: 'Last frame' })
    fireEvent.drop(field, drag(field, [file('still.png', 'image/png'), file('b.png', 'image/png')]))
    await waitFor(() => expect([slot('start:image'), slot('end:image')]).toEqual([still, other]))
    fireEvent.click(screen.getByRole('button', { name: 'Swap first and last frame' }))
    expect([slot('start:image'), slot('end:image')]).toEqual([other, still])
  })

  it('has the server fetch a picture that is dragged from another page', async () => {
    const log = show('lucy-pro-i2v', { 'POST /v1/files': () => json(still) })
    const field = screen.getByRole('group', { name: 'Image' })
    const dragged = dragOfPage({
      'text/uri-list': 'https://example.com/page',
      'text/html': '<a href="https://example.com/page"><img src="https://example.com/fox.png"></a>',
    })
    fireEvent.dragEnter(field, dragged)
    await screen.findByText('Let go to fetch it')
    fireEvent.drop(field, dragged)
    await waitFor(() => expect(slot('data:image')).toEqual(still))
    expect(log[0]?.body).toBe('{"url":"https://example.com/fox.png"}')
    expect(screen.queryByText('Let go to fetch it')).toBeNull()
  })

  it('takes the picture out of a data: address', async () => {
    const log = show('lucy-pro-i2v', { 'POST /v1/files': () => json(still) })
    fireEvent.drop(screen.getByRole('group', { name: 'Image' }), dragOfPage({ 'text/html': `<img src="${PNG}">` }))
    await waitFor(() => expect(slot('data:image')).toEqual(still))
    const body = log[0]?.body
    const sent = body instanceof FormData ? body.get('file') : null
    expect(sent instanceof File && [sent.name, sent.type, sent.size]).toEqual(['Dropped picture.png', 'image/png', 8])
  })

  it('takes the file that a picture of the studio stands for, not its small still', async () => {
    const log = show('lucy-pro-i2v', { [`GET /v1/files/${still.id}`]: () => json(still) })
    const url = `${location.origin}/v1/files/${still.id}/thumbnail`
    const field = screen.getByRole('group', { name: 'Image' })
    fireEvent.drop(field, dragOfPage({ 'text/html': `<img src="${url}">`, 'text/uri-list': url }))
    await waitFor(() => expect(slot('data:image')).toEqual(still))
    expect(log).toHaveLength(1)
  })

  it.each([
    ['words', { 'text/plain': 'A fox', 'text/html': '<b>A fox</b>' }, 'What was dropped is text. This takes an image.'],
    ['words in an address', { 'text/uri-list': 'data:text/html,<b>hi</b>' }, /^The data: address .* is no picture/],
    ['half a picture', { 'text/uri-list': 'data:image/png;base64,iVB*' }, /is damaged or cut short\.$/],
    ['a clip', { 'text/uri-list': 'data:video/mp4;base64,AAAA' }, 'Dropped clip.mp4 is a video. This takes an image.'],
  ])('refuses %s in words', async (_, data, sentence) => {
    const log = show('lucy-pro-i2v')
    fireEvent.drop(screen.getByRole('group', { name: 'Image' }), dragOfPage(data))
    await screen.findByText(sentence)
    expect(log).toEqual([])
  })

  it('does not promise to take words', async () => {
    show('lucy-pro-i2v')
    fireEvent.dragEnter(screen.getByRole('group', { name: 'Image' }), dragOfPage({ 'text/plain': 'A fox' }))
    expect((await screen.findByText('This takes an image.')).className).toContain('text-trouble')
  })

  it('shows the server’s judgement of a file that is not what its name says', async () => {
    const detail = 'file: This is not an image or a video.'
    show('lucy-pro-i2v', { 'POST /v1/files': () => json({ detail }, 415) })
    choose('Image', file('notes.png', 'image/png'))
    await screen.findByText('notes.png: This is not an image or a video.')
    expect(slot('data:image')).toBeUndefined()
  })

  it('refuses a file that the server finds to be of the other kind', async () => {
    show('lucy-pro-i2v', { 'POST /v1/files': () => json(clip) })
    choose('Image', file('still', ''))
    await screen.findByText('still is a video, and this takes an image.')
  })

  it('is emptied, and forgets a refusal once something fits', async () => {
    show('lucy-pro-i2v', { 'POST /v1/files': () => json(still) })
    choose('Image', file('empty.png', 'image/png', ''))
    await screen.findByText('empty.png is empty.')
    choose('Image', file('still.png', 'image/png'))
    await screen.findByText('still.png')
    expect(screen.queryByRole('alert')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Remove image' }))
    expect(slot('data:image')).toBeUndefined()
  })

  const away = () => Promise.reject(new TypeError('gone'))

  it('keeps a file while the server is away, and sends it by itself when that is back', async () => {
    useStudio.getState().setValue('data:image', still)
    let isThere = false
    const other = sampleFile('image', 'other.png')
    const log = show('lucy-pro-i2v', {
      'POST /v1/files': () => (isThere ? json(other) : away()),
      'GET /v1/health': () => (isThere ? json(sampleHealth()) : away()),
    })
    choose('Image', file('other.png', 'image/png'))
    await screen.findByText(/^Waiting for the server: other\.png/)
    expect([slot('data:image'), screen.queryByRole('alert')]).toEqual([still, null])
    isThere = true
    act(() => useConnection.setState({ state: 'open' }))
    await waitFor(() => expect(slot('data:image')).toEqual(other))
    expect(log.filter(({ method }) => method === 'POST')).toHaveLength(2)
  })

  it('waits no more once it is cancelled', async () => {
    const log = show('lucy-pro-i2v', { 'POST /v1/files': away, 'GET /v1/health': away })
    choose('Image', file('still.png', 'image/png'))
    await screen.findByText(/^Waiting for the server/)
    fireEvent.click(screen.getByRole('button', { name: 'Cancel upload' }))
    expect(screen.getByText('Drop, paste or choose an image')).toBeTruthy()
    const asked = log.length
    act(() => useConnection.setState({ state: 'open' }))
    expect(log).toHaveLength(asked)
  })

  it('gives a file up that breaks off again and again though the server is there', async () => {
    const log = show('lucy-pro-i2v', {
      'POST /v1/files': away,
      'GET /v1/health': () => json(sampleHealth()),
    })
    choose('Image', file('still.png', 'image/png'))
    await screen.findByText(/^still\.png could not be uploaded: the connection breaks off each time\./)
    expect(log.filter(({ method }) => method === 'POST')).toHaveLength(3)
  })

  it('says of a refused file that the one before it stays, and not that it is wrong', async () => {
    useStudio.getState().setValue('data:image', still)
    show('lucy-pro-i2v')
    choose('Image', file('notes.txt', 'text/plain'))
    await screen.findByText('notes.txt is text. This takes an image. still.png stays.')
    expect(document.querySelector('[aria-invalid=true], .text-trouble')).toBeNull()
    expect(slot('data:image')).toEqual(still)
  })

  it('lets an upload be cancelled', async () => {
    show('lucy-pro-i2v', { 'POST /v1/files': () => new Promise(() => {}) })
    choose('Image', file('still.png', 'image/png'))
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel upload' }))
    expect(screen.getByText('Drop, paste or choose an image')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('gets its file though the model was changed while it was on its way', async () => {
    let answer = (_: Response) => {}
    show('lucy-pro-i2v', { 'POST /v1/files': () => new Promise((resolve) => (answer = resolve)) })
    choose('Image', file('still.png', 'image/png'))
    await screen.findByText(/^Uploading/)
    act(() => useStudio.getState().chooseModel('lucy-pro-t2v'))
    answer(json(still))
    await waitFor(() => expect(slot('data:image')).toEqual(still))
  })
})

describe('an address', () => {
  const open = () => fireEvent.click(screen.getByRole('button', { name: 'From an address' }))
  const type = (value: string) => {
    fireEvent.change(screen.getByLabelText('Image address'), { target: { value } })
    fireEvent.click(screen.getByRole('button', { name: 'Import' }))
  }

  it('is fetched by the server', async () => {
    const log = show('lucy-pro-i2v', { 'POST /v1/files': () => json(still) })
    open()
    type(' https://example.com/still.png ')
    await waitFor(() => expect(slot('data:image')).toEqual(still))
    expect(log[0]?.body).toBe('{"url":"https://example.com/still.png"}')
  })

  it('that is none is not sent', () => {
    const log = show('lucy-pro-i2v')
    open()
    type('still.png')
    expect(screen.getByText('An address begins with http:// or https://.')).toBeTruthy()
    expect(log).toEqual([])
  })

  it('that the server refuses says why, without the name of its field', async () => {
    const detail = [{ loc: ['body', 'url'], msg: 'url 10.0.0.1 is not a public address.', type: 'value_error' }]
    show('lucy-pro-i2v', { 'POST /v1/files': () => json({ detail }, 422) })
    open()
    type('http://10.0.0.1/a.png')
    await screen.findByText('a.png: 10.0.0.1 is not a public address.')
    expect(screen.getByLabelText('Image address')).toHaveProperty('value', 'http://10.0.0.1/a.png')
  })
})

describe('a file for the page', () => {
  const paste = (pasted: File | null, data: Record<string, string> = {}) => {
    const event = new Event('paste', { bubbles: true, cancelable: true })
    const clipboardData = { files: pasted ? [pasted] : [], items: [], getData: (type: string) => data[type] ?? '' }
    Object.assign(event, { clipboardData })
    act(() => void document.dispatchEvent(event))
    return event
  }

  it('that is pasted goes to the first empty field of its kind', async () => {
    useStudio.getState().setValue('start:image', still)
    show('lucy-pro-flf2v', { 'POST /v1/files': () => json(still) })
    paste(file('still.png', 'image/png'))
    await waitFor(() => expect(slot('end:image')).toEqual(still))
  })

  it('that is pasted takes no other file’s place, unless the focus is there', async () => {
    const other = sampleFile('image', 'other.png')
    useStudio.getState().setValue('data:image', still)
    show('lucy-pro-i2v', { 'POST /v1/files': () => json(other) })
    paste(file('other.png', 'image/png'))
    expect(useStudio.getState().problems.message).toMatch(/no empty field/)
    expect(slot('data:image')).toEqual(still)
    screen.getByRole('button', { name: 'Replace image' }).focus()
    paste(file('other.png', 'image/png'))
    await waitFor(() => expect(slot('data:image')).toEqual(other))
  })

  it('that is dropped beside the fields does not replace the studio', async () => {
    show('lucy-dev-v2v', { 'POST /v1/files': () => json(clip) })
    const event = new Event('drop', { bubbles: true, cancelable: true })
    const files = [file('clip.mp4', 'video/mp4')]
    Object.assign(event, { dataTransfer: { files, items: [], types: ['Files'], getData: () => '' } })
    act(() => void document.body.dispatchEvent(event))
    expect(event.defaultPrevented).toBe(true)
    await waitFor(() => expect(slot('data:video')).toEqual(clip))
  })

  it('or the address of one goes to the field that fits, wherever it is pasted but into a text', async () => {
    const log = show('lucy-2.5', { 'POST /v1/files': () => json(still) })
    paste(null, { 'text/plain': 'https://example.com/fox.webp' })
    await waitFor(() => expect(slot('reference_image:image')).toEqual(still))
    expect(log[0]?.body).toBe('{"url":"https://example.com/fox.webp"}')
    const words = document.body.appendChild(document.createElement('textarea'))
    words.focus()
    expect(paste(null, { 'text/plain': 'https://example.com/fox.mp4' }).defaultPrevented).toBe(false)
    words.remove()
    expect(log).toHaveLength(1)
  })

  it('leaves words to the text that is being written, and pictures in letters not', async () => {
    show('lucy-pro-i2v', { 'POST /v1/files': () => json(still) })
    const words = document.body.appendChild(document.createElement('textarea'))
    words.focus()
    const cells = { 'text/plain': 'a\tb', 'text/html': '<table></table>' }
    expect(paste(file('cells.png', 'image/png'), cells).defaultPrevented).toBe(false)
    expect(useUploads.getState().bySlot).toEqual({})
    expect(paste(null, { 'text/plain': 'data:image/png;base64,iVBORw0KGgo=' }).defaultPrevented).toBe(true)
    await waitFor(() => expect(slot('data:image')).toEqual(still))
    expect(paste(null, { 'text/plain': 'data:text/html,hi' }).defaultPrevented).toBe(true)
    expect(useStudio.getState().problems.message).toMatch(/^The data: address that was pasted is no picture/)
    words.remove()
  })

  it('is a picture before it is words, where the focus is on a field for one', async () => {
    show('lucy-pro-i2v', { 'POST /v1/files': () => json(still) })
    screen.getByRole('button', { name: 'Image' }).focus()
    paste(file('cells.png', 'image/png'), { 'text/plain': 'a\tb' })
    await waitFor(() => expect(slot('data:image')).toEqual(still))
    screen.getByRole('button', { name: 'Replace image' }).focus()
    paste(null, { 'text/plain': 'words' })
    await screen.findByText('What was pasted is text. This takes an image. still.png stays.')
  })

  it('does not take the place of one that is on its way', async () => {
    show('lucy-pro-flf2v', { 'POST /v1/files': () => new Promise(() => {}) })
    paste(file('a.png', 'image/png'))
    paste(file('b.png', 'image/png'))
    await waitFor(() => expect(Object.keys(useUploads.getState().bySlot)).toEqual(['start:image', 'end:image']))
  })

  it('that the model has no use for goes to one that has, which is said and can be undone', async () => {
    show('lucy-pro-t2v', { 'POST /v1/files': () => json(still) })
    useStudio.getState().setValue('orientation', 'portrait')
    paste(file('still.png', 'image/png'))
    await waitFor(() => expect(slot('data:image')).toEqual(still))
    expect(useStudio.getState().modelId).toBe('lucy-pro-i2v')
    expect(useUndo.getState().said).toMatch(/^still\.png goes to Lucy Pro: image to video, as its image\./)
    act(undoForm)
    expect([useStudio.getState().modelId, slot('data:image')]).toEqual(['lucy-pro-t2v', undefined])
  })

  it('or the take of this server is named and not sent', async () => {
    const log = show('lucy-dev-v2v', { 'POST /v1/jobs/job_1/file': () => json({ ...clip, job_id: 'job_1' }) })
    const event = new Event('drop', { bubbles: true, cancelable: true })
    const getData = (type: string) => (type === TAKE_TYPE ? 'job_1' : '')
    Object.assign(event, { dataTransfer: { files: [], items: [], types: [TAKE_TYPE], getData } })
    act(() => void document.body.dispatchEvent(event))
    await waitFor(() => expect(slot('data:video')).toMatchObject({ job_id: 'job_1' }))
    expect(log.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/jobs/job_1/file'])
  })
})
