import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { createDecartClient, type DecartClient, type Engine, engineOf, models, type QueueJobResult } from './index.ts'

const client = createDecartClient({ baseUrl: '', fetch: () => Promise.reject(new TypeError('not called')) })
const data = new Blob(['x'])

describe('types', () => {
  it('follow the model', () => {
    // Never called: the compiler's complaints are what is tested.
    const calls = ({ process, queue }: DecartClient) => [
      process({ model: models.video('lucy-pro-i2v'), prompt: 'a', data, seed: 1, signal: AbortSignal.abort() }),
      process({ model: models.video('lucy-pro-flf2v'), prompt: 'a', start: data, end: new URL('https://a.b') }),
      process({ model: models.video('lucy-latest'), data }),
      process({ model: models.image('lucy-pro-t2i'), prompt: 'a', orientation: 'portrait', seed: undefined }),
      queue.submit({ model: models.video('lucy-vton-latest'), data, prompt: '', renderer: 'local' }),
      queue.submitAndPoll({ model: models.image('lucy-pro-i2i'), prompt: 'a', data, onStatusChange: () => {} }),
      process({ model: models.video('lucy-motion'), data, trajectory: [{ frame: 0, x: 0, y: 0 }] }),
      process({ model: models.video('lucy-motion-latest'), data, trajectory: '[]' }),
      process({ model: models.named('lucy-2.5'), anything: 1 }),
      process({ model: models.custom('acme-next'), anything: [1], renderer: 'decart' }),
      process({ model: models.custom('acme', { inputSchema: z.object({ words: z.string() }) }), words: 'a' }),
      process({ model: models.video('lucy-pro-t2v'), prompt: 'a', onProgress: (_, job) => engineOf(job)?.name }),
      // @ts-expect-error words is required by the caller's own schema
      process({ model: models.custom('acme', { inputSchema: z.object({ words: z.string() }) }) }),
      // @ts-expect-error onProgress is of submitAndPoll
      queue.submit({ model: models.video('lucy-pro-t2v'), prompt: 'a', onProgress: () => {} }),
      // @ts-expect-error progress may be null
      process({ model: models.video('lucy-pro-t2v'), prompt: 'a', onProgress: (progress) => progress.toFixed(1) }),
      // @ts-expect-error data is required
      process({ model: models.video('lucy-pro-i2v'), prompt: 'a' }),
      // @ts-expect-error data is required
      queue.submit({ model: models.video('lucy-2.1'), prompt: 'a' }),
      // @ts-expect-error end is required
      queue.submitAndPoll({ model: models.video('lucy-pro-flf2v'), prompt: 'a', start: data }),
      // @ts-expect-error start is not a field of this model
      process({ model: models.video('lucy-pro-i2v'), prompt: 'a', data, start: data }),
      // @ts-expect-error num_inference_steps is of the pro model alone
      queue.submit({ model: models.video('lucy-dev-v2v'), prompt: 'a', data, num_inference_steps: 9 }),
      // @ts-expect-error self_anchor is of lucy-2.5 alone
      process({ model: models.video('lucy-latest'), data, self_anchor: true }),
      // @ts-expect-error a seed is a number
      process({ model: models.video('lucy-pro-t2v'), prompt: 'a', seed: '1' }),
      // @ts-expect-error a file is no number
      process({ model: models.video('lucy-pro-i2v'), prompt: 'a', data: 1 }),
      // @ts-expect-error trajectory is required
      process({ model: models.video('lucy-motion'), data }),
      // @ts-expect-error a point has a frame
      process({ model: models.video('lucy-motion'), data, trajectory: [{ x: 0, y: 0 }] }),
      // @ts-expect-error the path has no prompt
      process({ model: models.video('lucy-motion'), data, trajectory: '[]', prompt: 'a' }),
      // @ts-expect-error the cloud's model knows 720p alone
      process({ model: models.video('lucy-clip'), prompt: 'a', data, resolution: '480p' }),
      // @ts-expect-error onStatusChange is of submitAndPoll
      queue.submit({ model: models.video('lucy-pro-t2v'), prompt: 'a', onStatusChange: () => {} }),
      // @ts-expect-error a name is no handle
      process({ model: 'lucy-pro-t2v', prompt: 'a' }),
    ]
    expect(calls).toHaveLength(1)
    const names = () => [
      // @ts-expect-error an image model
      models.video('lucy-pro-t2i'),
      // @ts-expect-error a video model
      models.image('lucy-latest'),
      // @ts-expect-error no model
      models.video('lucy-9'),
    ]
    expect(names).toThrow()
  })

  it('follow the answer', () => {
    expectTypeOf(client.process).returns.resolves.toEqualTypeOf<Blob>()
    expectTypeOf<Extract<QueueJobResult, { status: 'completed' }>['engine']>().toEqualTypeOf<Engine | null>()
    expectTypeOf(client.queue.status).returns.resolves.toHaveProperty('progress')
    expect(models.video('lucy-latest')).toMatchObject({ name: 'lucy-latest', id: 'lucy-2.1', kind: 'video', fps: 20 })
  })
})
