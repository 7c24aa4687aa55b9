import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { differences, readFixtures } from '../../testing/comfyui/fixtures.ts'
import { TINY_FILES } from '../../testing/comfyui/tiny-graphs.ts'
import { type ComfyuiServer, startComfyuiServer } from '../../testing/comfyui-server.ts'
import { readEvent } from './events.ts'
import { orderFailed } from './failures.ts'
import { nodesOf } from './object-info.ts'
import { graphRefused, nodeErrorsFailure } from './refusals.ts'
import { resultOf } from './results.ts'
import {
  acceptedSchema,
  cancelledSchema,
  featuresSchema,
  fileNamesSchema,
  historySchema,
  jobErrorSchema,
  jobSchema,
  queueSchema,
  refusalSchema,
  systemStatsSchema,
  uploadedSchema,
} from './wire.ts'

const fixtures = readFixtures()
const bodyOf = (name: string): unknown => {
  const fixture = fixtures.get(name)
  if (!fixture) throw new Error(`no fixture ${name}`)
  return fixture.body
}
const ID = '5f0c7e4e-9d0b-4f57-9a53-0a8d3b1f2c11'
const FACTS = { host: 'render-box', resolution: '720p', kind: 'image', cancelled: false } as const

describe('what ComfyUI writes is read', () => {
  it.each(['history-picture', 'history-clip'])('%s', (name) => {
    const past = historySchema.parse(bodyOf(name))[ID]
    const kind = name === 'history-clip' ? 'video' : 'image'
    expect(past?.prompt.carried).toMatchObject({ id: ID, output: '8' })
    expect(resultOf(past?.outputs ?? {}, '8', kind)).toEqual({
      filename: `x_00001_.${kind === 'video' ? 'mp4' : 'png'}`,
      subfolder: 'rushes',
      type: 'output',
    })
  })

  it.each([
    ['history-out-of-memory', 'OUT_OF_MEMORY'],
    ['history-interrupted', 'PROCESSING_ERROR'],
  ])('%s', (name, code) => {
    const status = historySchema.parse(bodyOf(name))[ID]?.status
    expect(orderFailed(FACTS, { messages: status?.messages ?? [] }).code).toBe(code)
  })

  it.each([
    ['job-waiting', 'pending'],
    ['job-running', 'in_progress'],
    ['job-done', 'completed'],
    ['job-failed', 'failed'],
    ['job-cancelled', 'cancelled'],
  ])('%s', (name, status) => {
    const job = jobSchema.parse(bodyOf(name))
    expect(job).toMatchObject({ id: ID, status, workflow: { extra_data: { rushes: { output: '8' } } } })
    if (status === 'failed')
      expect(orderFailed(FACTS, { messages: [], error: job.execution_error }).code).toBe('OUT_OF_MEMORY')
  })

  it.each([
    ['prompt-file-missing', 'MODEL_MISSING', 'no.safetensors is missing'],
    ['prompt-file-missing-of-many', 'MODEL_MISSING', 'no.safetensors is missing'],
    ['prompt-input-missing', 'INVALID_INPUT', 'Invalid image file: gone.png'],
    ['prompt-link-to-nowhere', 'INVALID_INPUT', "node '99', which is not in the graph"],
    ['prompt-node-missing-older', 'NODE_MISSING', 'no node NoSuchNode'],
    ['prompt-node-missing-newer', 'NODE_MISSING', 'no node NoSuchNode'],
    ['prompt-no-outputs', 'INVALID_INPUT', 'Prompt has no outputs'],
    ['prompt-bad-id', 'INVALID_INPUT', 'valid UUID'],
  ])('%s', (name, code, words) => {
    const error = graphRefused('render-box', refusalSchema.parse(bodyOf(name)))
    expect(error).toMatchObject({ code, billed: 'no' })
    expect(error.message).toContain(words)
  })

  it('prompt-accepted, whole and in part', () => {
    const failure = (name: string) => nodeErrorsFailure('render-box', acceptedSchema.parse(bodyOf(name)).node_errors)
    expect(failure('prompt-accepted')).toBeUndefined()
    expect(failure('prompt-accepted-in-part')).toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('choices in both forms', () => {
    expect(nodesOf(bodyOf('object-info-older-choice'))?.get('UNETLoader')).toEqual([
      { name: 'unet_name', required: true, type: 'COMBO', choices: ['tiny.safetensors'] },
      { name: 'weight_dtype', required: true, type: 'COMBO', choices: ['default', 'fp8_e4m3fn'] },
    ])
    expect(nodesOf(bodyOf('object-info-newer-choice'))?.get('SaveVideo')?.slice(2)).toEqual([
      { name: 'format', required: true, type: 'COMBO', choices: ['auto', 'mp4'], default: 'auto' },
      { name: 'codec', required: true, type: 'COMBO', choices: ['auto', 'h264'], default: 'auto' },
    ])
    expect(nodesOf(bodyOf('object-info-unknown'))?.size).toBe(0)
    expect(nodesOf({ Odd: { input: 'no' }, Other: {} })?.get('Odd')).toEqual([])
  })

  it('what the socket tells', () => {
    const events = z.array(z.unknown()).parse(bodyOf('socket-events'))
    const types = events.map((event) => readEvent(JSON.stringify(event))?.type ?? null)
    expect(types).toEqual([null, 'started', 'cached', 'node', 'count', 'counts', 'made', 'ended', 'ended'])
  })

  it('and the rest', () => {
    expect(systemStatsSchema.parse(bodyOf('system-stats')).system.comfyui_version).toBe('0.3.64')
    expect(featuresSchema.parse(bodyOf('features')).max_upload_size).toBe(100 * 1024 ** 2)
    expect(fileNamesSchema.parse(bodyOf('models-folder'))).toHaveLength(1)
    expect(uploadedSchema.parse(bodyOf('upload')).name).toBe('still.png')
    expect(queueSchema.parse(bodyOf('queue')).queue_running[0]).toMatchObject({ id: ID, carried: { output: '8' } })
    expect(historySchema.parse(bodyOf('history-nothing'))).toEqual({})
    expect(jobErrorSchema.parse(bodyOf('job-unknown')).error).toBe('Job not found')
    expect(cancelledSchema.parse(bodyOf('cancel-done')).cancelled).toBe(true)
  })
})

describe('the fake answers in the form of', () => {
  let server: ComfyuiServer
  afterEach(() => server.close())

  const start = async (version: string) => (server = await startComfyuiServer({ version, files: { ...TINY_FILES } }))
  const ask = async (path: string, body?: unknown) => {
    const init =
      body === undefined ? {} : { method: 'POST', body: body instanceof FormData ? body : JSON.stringify(body) }
    const answer = await fetch(server.url + path, init)
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false
    return { status: answer.status, body: isJson ? JSON.parse(text) : text }
  }
  const agrees = (name: string, { status, body }: { status: number; body: unknown }): void => {
    expect([name, status]).toEqual([name, fixtures.get(name)?.status])
    expect([name, ...differences(body, bodyOf(name))]).toEqual([name])
  }
  const upload = async (bytes: number) => {
    const form = new FormData()
    form.append('image', new Blob([new Uint8Array(bytes)]), 'still.png')
    return ask('/upload/image', form)
  }
  const save = (images: unknown, name = 'SaveImage') => ({
    '1': { class_type: 'LoadImage', inputs: { image: 'still.png' } },
    '8': { class_type: name, inputs: { images, video: images, filename_prefix: 'x', format: 'auto', codec: 'auto' } },
  })
  const order = (prompt: unknown, id: unknown = randomUUID()) => ({
    prompt,
    prompt_id: id,
    client_id: 'c',
    extra_data: {},
  })

  it('0.3.64', async () => {
    await start('0.3.64')
    agrees('system-stats', await ask('/system_stats'))
    agrees('features', await ask('/api/features'))
    agrees('models-folder', await ask('/models/vae'))
    agrees('models-unknown-folder', await ask('/models/nothing'))
    agrees('object-info-older-choice', await ask('/object_info/UNETLoader'))
    agrees('object-info-newer-choice', await ask('/object_info/SaveVideo'))
    agrees('object-info-unknown', await ask('/object_info/NoSuchNode'))
    agrees('upload', await upload(10))
    agrees('prompt-link-to-nowhere', await ask('/prompt', order(save(['99', 0]))))
    agrees('prompt-node-missing-older', await ask('/prompt', order(save(['1', 0], 'NoSuchNode'))))
    agrees('prompt-no-outputs', await ask('/prompt', order({ '1': save(null)['1'] })))
    const loader = { class_type: 'UNETLoader', inputs: { unet_name: 'no.safetensors', weight_dtype: 'default' } }
    agrees('prompt-file-missing', await ask('/prompt', order({ '1': loader, '8': save(['1', 0])['8'] })))
    server.hold('running')
    const id = randomUUID()
    agrees('prompt-accepted', await ask('/prompt', order(save(['1', 0]), id)))
    await ask('/prompt', order(save(['1', 0])))
    await server.until(() => server.heldAt() === 'running')
    agrees('queue', await ask('/queue'))
    server.release()
    await server.until(() => server.running() === null)
    agrees('history-picture', await ask(`/history/${id}`))
    agrees('history-nothing', await ask(`/history/${randomUUID()}`))
    expect((await ask(`/api/jobs/${id}`)).status).toBe(404)
  })

  it('0.38.1', async () => {
    await start('0.38.1')
    server.become({ maxUploadBytes: 1000 })
    const large = await upload(5000)
    expect(large).toMatchObject({
      status: 413,
      body: expect.stringMatching(/^Maximum request body size 1000 exceeded, /),
    })
    expect(String(bodyOf('upload-too-large'))).toMatch(/^Maximum request body size \d+ exceeded, /)
    await upload(10)
    agrees('prompt-node-missing-newer', await ask('/prompt', order(save(['1', 0], 'NoSuchNode'))))
    agrees('prompt-bad-id', await ask('/prompt', order(save(['1', 0]), 'mine')))
    const half = { ...save(['1', 0]), '12': { class_type: 'SaveImage', inputs: { filename_prefix: 'y' } } }
    agrees('prompt-accepted-in-part', await ask('/prompt', order(half)))
    await server.until(() => server.running() === null && server.pending().length === 0)
    const ids = [randomUUID(), randomUUID(), randomUUID()] as const
    server.hold('running')
    server.endNext('done', 'error')
    for (const [index, id] of ids.entries()) await ask('/prompt', order({ ...save(['2', 0]), '2': invert(index) }, id))
    await server.until(() => server.heldAt() === 'running')
    agrees('job-running', await ask(`/api/jobs/${ids[0]}`))
    agrees('job-waiting', await ask(`/api/jobs/${ids[1]}`))
    agrees('job-unknown', await ask(`/api/jobs/${randomUUID()}`))
    server.release()
    await server.until(() => server.running() === null && server.pending().length === 0)
    agrees('job-done', await ask(`/api/jobs/${ids[0]}`))
    agrees('job-failed', await ask(`/api/jobs/${ids[1]}`))
    server.hold('running')
    const last = randomUUID()
    await ask('/prompt', order({ ...save(['2', 0]), '2': invert(9) }, last))
    await server.until(() => server.heldAt() === 'running')
    agrees('cancel-done', await ask(`/api/jobs/${last}/cancel`, {}))
    await server.until(() => server.running() === null)
    agrees('job-cancelled', await ask(`/api/jobs/${last}`))
  })
})

/** A node whose result the server does not have yet. */
const invert = (index: number) => ({
  class_type: 'ImageScale',
  inputs: { image: ['1', 0], upscale_method: 'area', width: 10 + index, height: 10, crop: 'center' },
})
