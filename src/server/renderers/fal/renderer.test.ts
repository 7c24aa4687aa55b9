import { readFile } from 'node:fs/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OrderRecord, RenderContext } from '../../../shared/renderer.ts'
import { CLIP } from '../../testing/clip.ts'
import { type ConnectedFal, connectFal, FAL_KEY, failureOf } from '../../testing/fal/connect.ts'
import { probe } from '../../testing/probe.ts'
import { createOrderRenderer, type OrderRenderer } from '../order/renderer.ts'
import { createFalDialect } from './dialect.ts'

let fal: ConnectedFal
let renderer: OrderRenderer
beforeEach(async () => {
  fal = await connectFal({ result: () => CLIP })
  const more = { FAL_QUEUE_URL: fal.server.queueUrl, FAL_REST_URL: fal.server.restUrl }
  const settings = { url: null, key: FAL_KEY, headers: {}, more }
  const logger = pino({ level: 'silent' })
  renderer = createOrderRenderer(createFalDialect(), { settings, probe, logger, pollMs: 2 })
})
afterEach(async () => {
  await renderer.close()
  await fal.close()
})

const contextOf = () => {
  const records: OrderRecord[] = []
  const context: RenderContext = {
    signal: new AbortController().signal,
    recorded: null,
    record: async (record) => void records.push(record),
    onProgress: () => undefined,
  }
  return { context, records }
}

describe('a job at fal', () => {
  it('comes home by one order, through an upload, a refusal for now and a link that is late', async () => {
    fal.server.fail('submit', { kind: 'answer', status: 429, headers: { 'retry-after': '0' } })
    fal.server.fail('media', { kind: 'answer', status: 404 }, { kind: 'cut' })
    const still = await fal.fileOf(CLIP, 'image')
    const { context, records } = contextOf()
    const task = fal.taskOf('lucy-pro-i2v', { prompt: 'snow', resolution: '1080p' }, { data: still })
    const made = await renderer.render(task, context)
    expect((await readFile(made.path)).equals(CLIP)).toBe(true)
    expect(made.engine).toEqual({ name: 'Wan 2.2 14B', version: 'turbo' })
    expect(made.warnings).toEqual(['1080p was asked for; Wan 2.2 14B at fal makes 720p.'])
    expect(records.map(({ state }) => state)).toEqual(['sending', 'held', 'sending', 'sent'])
    expect(fal.server.submissions()).toBe(1)
  })

  it('whose model has gone says so, and so does the renderer from then on', async () => {
    fal.server.retire('fal-ai/flux-2/klein/4b')
    const task = fal.taskOf('lucy-pro-t2i', { prompt: 'snow' })
    expect((await failureOf(renderer.render(task, contextOf().context))).code).toBe('MODEL_MISSING')
    expect((await renderer.look()).models['lucy-pro-t2i']?.reason).toContain('This endpoint is gone')
  })

  it('that fal forgets is lost, and is not made again', async () => {
    fal.server.queue.become(['IN_QUEUE'])
    const { context, records } = contextOf()
    const rendering = failureOf(renderer.render(fal.taskOf('lucy-pro-t2v', { prompt: 'snow' }), context))
    await fal.server.until(
      () => records.some(({ state }) => state === 'sent') && fal.server.queue.jobs()[0]?.looks === 2,
    )
    fal.server.queue.forget()
    expect((await rendering).code).toBe('LOST')
    expect(fal.server.submissions()).toBe(1)
  })
})
