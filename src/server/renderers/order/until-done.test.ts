import { describe, expect, it, vi } from 'vitest'
import { RushesError } from '../../../shared/errors.ts'
import type { OrderRecord } from '../../../shared/renderer.ts'
import { createMemoryServer } from '../../testing/memory-dialect.ts'
import { orderContext } from '../../testing/order-context.ts'
import type { Look } from './dialect.ts'
import { TransientError } from './transient-error.ts'
import { untilDone } from './until-done.ts'

const running = (progress: number | null): Look => ({ state: 'running', progress })
const unknown: Look = { state: 'unknown' }
const SENT: OrderRecord = { state: 'sent', id: 'id-1' }

const bench = (
  looks: readonly (Look | Error)[],
  options: { pollMs?: number; timeoutMs?: number; recorded?: OrderRecord } = {},
) => {
  const server = createMemoryServer()
  server.looks.push(...looks)
  const about = orderContext(options.recorded ?? null)
  const done = untilDone({
    connection: server.connection,
    order: { id: 'id-1' },
    addressee: { title: 'render-box', paid: true },
    context: about.context,
    pollMs: options.pollMs ?? 1,
    timeoutMs: options.timeoutMs ?? null,
    patienceMs: 40,
  })
  return { server, ...about, done }
}

describe('an order that is looked at', () => {
  it('is done once the other side says so, with what that says', async () => {
    const { done } = bench([{ state: 'waiting' }, running(null), { state: 'done', result: { name: 'a.mp4' } }])
    expect(await done).toEqual({ name: 'a.mp4' })
  })

  it('shows progress that only grows, and no more than there is', async () => {
    const { done, progress } = bench([running(0.5), running(0.2), running(0.7), running(7), running(0.1)])
    await done
    expect(progress).toEqual([0.5, 0.5, 0.7, 1, 1])
  })

  it('is looked at at once where there is news of it, and not watched any longer than that', async () => {
    const { done, server, progress } = bench([running(0.3)], { pollMs: 600_000, recorded: SENT })
    await vi.waitFor(() => expect(progress).toEqual([0.3]))
    server.tell(0.4)
    server.tell(null)
    await done
    expect([progress, server.isWatched()]).toEqual([[0.3, 0.4], false])
  })

  it('passes over what may work the next time', async () => {
    const { done } = bench([new TransientError('HTML'), running(null), new TransientError('503')])
    expect(await done).toEqual({})
  })

  it('fails as the other side says', async () => {
    const error = new RushesError('OUT_OF_MEMORY', 'Too small.')
    await expect(bench([running(null), { state: 'failed', error }]).done).rejects.toBe(error)
  })

  it('is lost once two looks in a row say that it is not known', async () => {
    await expect(bench([unknown, running(null), unknown, unknown]).done).rejects.toMatchObject({
      code: 'LOST',
      billed: 'maybe',
    })
    expect(await bench([unknown]).done).toEqual({})
  })

  it('is given up where nobody answers for too long, and still stands', async () => {
    const silence = Array.from({ length: 500 }, () => new TransientError('nothing listens there'))
    await expect(bench(silence).done).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringMatching(/nothing listens there\. The order still stands/),
    })
  })

  it('is given up where it takes longer than it may', async () => {
    await expect(
      bench(
        Array.from({ length: 500 }, () => running(null)),
        { timeoutMs: 20 },
      ).done,
    ).rejects.toMatchObject({
      code: 'TIMEOUT',
    })
  })

  it("ends with the signal's reason, whatever it waits for", async () => {
    const { done, controller, server } = bench([], { pollMs: 600_000 })
    controller.abort(new Error('never mind'))
    await expect(done).rejects.toThrow('never mind')
    expect(server.isWatched()).toBe(false)
  })
})
