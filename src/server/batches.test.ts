import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createDecartClient, models } from '../client/index.ts'
import { jobPageSchema } from '../shared/job.ts'
import { errorBodySchema } from '../shared/routes.ts'
import { serve, type Served } from './testing/serve.ts'

let server: Served
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server.close())

const batchOf = async ({ url }: Served, id: string) => {
  const answer = await fetch(`${url}/v1/jobs?batch=${id}`)
  return jobPageSchema
    .parse(await answer.json())
    .jobs.map(({ batch_position, batch_size, batch_label, status }) => [
      batch_position,
      batch_size,
      batch_label,
      status,
    ])
    .toSorted()
}

const order = { prompt: 'A lake', resolution: '480p' }

it('is told by its jobs, as the client sent it, also after the index was made again from the files', async () => {
  const { queue } = createDecartClient({ baseUrl: server.url })
  const model = models.image('lucy-pro-t2i')
  const submit = (position: number, label?: string) =>
    queue.submitAndPoll({
      model,
      prompt: 'A lake',
      resolution: '480p',
      batch: { id: 'b-1_x', position, size: 2, label },
    })
  await Promise.all([submit(1, 'röd, 50 %'), submit(2)])
  const expected = [
    [1, 2, 'röd, 50 %', 'completed'],
    [2, 2, null, 'completed'],
  ]
  expect(await batchOf(server, 'b-1_x')).toEqual(expected)
  await server.close(true)
  rmSync(join(server.dataDir, 'rushes.db'))
  server = await serve({ dataDir: server.dataDir })
  await vi.waitFor(async () => expect(await batchOf(server, 'b-1_x')).toEqual(expected), 10_000)
})

it.each([
  [{ 'x-batch': 'a b' }, /^x-batch must be 1 to 64 of the characters A-Z, a-z, 0-9, _ and -$/],
  [{ 'x-batch': 'a'.repeat(65), 'x-batch-place': '1/2' }, /^x-batch must be/],
  [{ 'x-batch': 'a' }, /^x-batch-place must say the place in the batch, as 3.8$/],
  [{ 'x-batch': 'a', 'x-batch-place': '9/8' }, /^x-batch-place must be a place in the batch as 3\/8/],
  [{ 'x-batch': 'a', 'x-batch-place': '1/65' }, /at most 64/],
  [{ 'x-batch': 'a', 'x-batch-place': '0/8' }, /^x-batch-place/],
  [{ 'x-batch': 'a', 'x-batch-place': '1/2', 'x-batch-label': '%E0%A4' }, /^x-batch-label must be percent-encoded/],
  [{ 'x-batch': 'a', 'x-batch-place': '1/2', 'x-batch-label': '%C3%A9'.repeat(201) }, /has 201/],
  [{ 'x-batch-place': '1/2' }, /^x-batch-place needs x-batch/],
  [{ 'x-batch-label': 'red' }, /^x-batch-label needs x-batch/],
])('refuses %j in words', async (headers, words) => {
  const answer = await server.submit('lucy-pro-t2i', order, { ...headers })
  const body = errorBodySchema.parse(await answer.json())
  expect(answer.status).toBe(422)
  const [problem] = Array.isArray(body.detail) ? body.detail : []
  expect(problem?.msg).toMatch(words)
})
