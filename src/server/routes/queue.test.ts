import { afterAll, beforeAll, expect, it } from 'vitest'
import { cancelledSchema, queueSchema } from '../../shared/queue.ts'
import { routes, submittedSchema } from '../../shared/routes.ts'
import { serve, type Served } from '../testing/serve.ts'

let server: Served
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server.close())

const call = async (path: string, method: string, body?: unknown): Promise<[number, unknown]> => {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return [answer.status, await answer.json()]
}

it('is paused, put in another order, emptied and let go over HTTP', async () => {
  expect((await call(routes.queuePause, 'PUT'))[1]).toMatchObject({ paused: true, waiting_total: 0 })
  const submit = async () =>
    submittedSchema.parse(await (await server.submit('lucy-pro-t2i', { prompt: 'a', resolution: '480p' })).json())
      .job_id
  const [one, two] = [await submit(), await submit()]
  const moved = queueSchema.parse((await call(routes.queueMove, 'POST', { job_id: two, before: one }))[1])
  expect(moved.waiting.map(({ job_id }) => job_id)).toEqual([two, one])
  expect((await call(routes.queueMove, 'POST', { job_id: 'none', before: null }))[0]).toBe(404)
  expect((await call(routes.queueMove, 'POST', {}))[0]).toBe(422)
  expect((await call(routes.queuePause, 'PUT', { running: 'stop' }))[0]).toBe(422)
  expect(cancelledSchema.parse((await call(routes.queue, 'DELETE'))[1])).toEqual({ cancelled: 2 })
  expect((await call(routes.queuePause, 'DELETE'))[1]).toMatchObject({ paused: false, waiting: [] })
})
