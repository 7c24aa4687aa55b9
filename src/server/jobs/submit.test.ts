import { type ClientRequest, request } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { jobPageSchema } from '../../shared/job.ts'
import { fileResourceSchema } from '../../shared/media.ts'
import { submittedSchema } from '../../shared/routes.ts'
import type { ImportUrl } from '../import-url.ts'
import { serve, type Served } from '../testing/serve.ts'

let server: Served
let importUrl: ImportUrl = () => Promise.reject(new Error('nothing is imported here'))
beforeAll(async () => {
  server = await serve({ start: { importUrl: (...args) => importUrl(...args) } })
})
afterAll(() => server.close())

const BEGIN = '--x\r\ncontent-disposition: form-data; name="prompt"\r\n\r\nlake\r\n--x\r\n'
const END = 'content-disposition: form-data; name="resolution"\r\n\r\n480p\r\n--x--\r\n'

/** A submission of which only the first half has been sent. `answer` rejects when its connection breaks. */
const begin = (key: string): { outgoing: ClientRequest; answer: Promise<{ status: number; body: unknown }> } => {
  const { hostname, port } = new URL(server.url)
  const outgoing = request({
    hostname,
    port,
    path: '/v1/jobs/lucy-pro-t2i',
    method: 'POST',
    headers: {
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': BEGIN.length + END.length,
      'idempotency-key': key,
    },
  })
  const answer = new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      text(incoming).then((body) => resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(body) }), reject)
    })
  })
  outgoing.write(BEGIN)
  return { outgoing, answer }
}

const abandon = async (key: string): Promise<void> => {
  // The server has taken note of the submission when it knows its key.
  while ((await fetch(`${server.url}/v1/jobs?idempotency_key=${key}`, { method: 'DELETE' })).status !== 200);
}

const jobs = async () => jobPageSchema.parse(await (await fetch(`${server.url}/v1/jobs`)).json()).jobs

it('makes no job of a submission that was cancelled while it came in', async () => {
  const { outgoing, answer } = begin('cancelled')
  await abandon('cancelled')
  outgoing.end(END)
  expect(await answer).toMatchObject({ status: 409, body: { code: 'CANCELLED' } })
  expect(await jobs()).toEqual([])
})

it('gives a client that asks again its job, although its first try hangs on a dead connection', async () => {
  const first = begin('again')
  const second = begin('again')
  second.outgoing.end(END)
  const { status, body } = await second.answer
  expect(status).toBe(200)
  const { job_id } = submittedSchema.parse(body)
  // Should the first come alive after all, it is the same job.
  first.outgoing.end(END)
  expect((await first.answer).body).toMatchObject({ job_id })
  expect(await jobs()).toHaveLength(1)
  expect(await server.finished(job_id)).toMatchObject({ status: 'completed' })
})

it('cancels the job of a key, although another try with that key is still coming in', async () => {
  const first = begin('both')
  first.answer.catch(() => undefined)
  const second = begin('both')
  second.outgoing.end(END)
  const { job_id } = submittedSchema.parse((await second.answer).body)
  await abandon('both')
  expect(await server.job(job_id)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
  first.outgoing.destroy()
})

it('makes no job whose source was forgotten while another one came in', async () => {
  const picture = (background: string) =>
    sharp({ create: { width: 32, height: 32, channels: 3, background } })
      .png()
      .toBuffer()
  const [bytes, other] = [await picture('#777'), await picture('#999')]
  let release: () => void = () => undefined
  const asked = new Promise<void>((arrived) => {
    importUrl = async () => {
      arrived()
      await new Promise<void>((resolve) => (release = resolve))
      return { stream: Readable.from([other]), filename: null }
    }
  })
  const { id } = fileResourceSchema.parse(
    await (await server.upload(new Blob([new Uint8Array(bytes)]), 'a.png')).json(),
  )
  const before = (await jobs()).length
  const end = 'https://example.com/end.png'
  const answer = server.submit('lucy-pro-flf2v', { prompt: 'a', start: id, end, resolution: '480p' })
  await asked
  await fetch(`${server.url}/v1/files/${id}`, { method: 'DELETE' })
  release()
  expect((await answer).status).toBe(404)
  expect(await jobs()).toHaveLength(before)
})
