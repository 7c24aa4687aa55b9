import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { SPRITE_FRAMES } from '../shared/library.ts'
import { errorBodySchema, routes, submittedSchema } from '../shared/routes.ts'
import { serve, type Served } from './testing/serve.ts'

let server: Served
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server.close())

const made = async (model: string): Promise<string> => {
  const answer = await server.submit(model, { prompt: 'A lake', resolution: '480p' })
  const { job_id } = submittedSchema.parse(await answer.json())
  expect((await server.finished(job_id)).status).toBe('completed')
  return job_id
}

it('lie there soon after a clip is done, before anybody asks, and are made again where they are missing', async () => {
  const id = await made('lucy-pro-t2v')
  const path = join(server.dataDir, 'sprites', `${id}.webp`)
  await vi.waitFor(() => expect(existsSync(path)).toBe(true), 30_000)
  await rm(path)
  const answer = await fetch(`${server.url}${routes.jobSprite(id)}`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp'])
  const bytes = Buffer.from(await answer.arrayBuffer())
  const { width, height } = await sharp(bytes).metadata()
  expect([width / SPRITE_FRAMES, height]).toEqual([312, 180])
  expect(bytes.length).toBeLessThan(150_000)
  expect(existsSync(path)).toBe(true)
})

it('there are none of a picture, nor of what is not there', async () => {
  const answer = await fetch(`${server.url}${routes.jobSprite(await made('lucy-pro-t2i'))}`)
  const { detail } = errorBodySchema.parse(await answer.json())
  expect([answer.status, detail]).toEqual([415, 'This take is a picture: nothing in it moves. Its thumbnail shows it.'])
  expect((await fetch(`${server.url}${routes.jobSprite('job_none')}`)).status).toBe(404)
})
