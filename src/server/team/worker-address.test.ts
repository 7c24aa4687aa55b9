import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readySchema, submittedSchema } from '../../shared/routes.ts'
import { CLIP } from '../testing/clip.ts'
import { type DecartServer, startDecartServer } from '../testing/decart-server.ts'
import { readExposition, valueOf } from '../testing/exposition.ts'
import { killAll, type Launched } from '../testing/launch.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { callsOf } from '../testing/order-calls.ts'
import { createRig, type Rig } from './testing/team-rig.ts'

const TOKEN = 'a-token-for-tests-0123'
const ASKED = { METRICS_PORT: '0' }

const readyOf = async ({ url }: Launched) => {
  const answer = await fetch(`${url}/v1/ready`)
  const { checks } = readySchema.parse(await answer.json())
  return { status: answer.status, unwell: checks.filter(({ ok }) => !ok).map(({ name }) => name) }
}
const statusOf = async (url: string, headers: Record<string, string> = {}) => (await fetch(url, { headers })).status

onPostgres('a worker that is to tell how it does', (cluster) => {
  let rig: Rig
  let cloud: DecartServer
  beforeEach(async () => {
    rig = await createRig(cluster())
    cloud = await startDecartServer({ apiKey: 'k', result: () => CLIP })
  })
  afterEach(async () => {
    await killAll()
    await cloud.close()
    rig.remove()
  })

  it('says that it lives and is ready, and what it has made, and serves nothing else', async () => {
    const [web, worker] = await Promise.all([rig.web(), rig.worker(ASKED)])
    expect(await readyOf(worker)).toEqual({ status: 200, unwell: [] })
    expect(await worker.health()).toMatchObject({ status: 'ok', renderers: {} })
    const answer = await web.submit('lucy-pro-t2i', { prompt: 'a pond', resolution: '480p' })
    const { job_id: id } = submittedSchema.parse(await answer.json())
    expect(await web.finished(id)).toMatchObject({ status: 'completed' })
    const told = readExposition(await (await fetch(`${worker.url}/metrics`)).text())
    expect(valueOf(told, 'rushes_jobs_total', { renderer: 'local', status: 'completed' })).toBe(1)
    expect(valueOf(told, 'process_resident_memory_bytes')).toBeGreaterThan(0)
    // It knows nothing of the queue, and does not say that it is empty.
    expect(told.get('rushes_queue_waiting')?.samples ?? []).toEqual([])
    expect(await statusOf(`${worker.url}/v1/jobs`)).toBe(404)
    expect(await statusOf(`${worker.url}/v1/jobs/${id}`)).toBe(404)
    expect(await statusOf(`${worker.url}/metrics`, { origin: 'https://attacker.example' })).toBe(403)
  })

  it('tells figures to who has the token', async () => {
    const worker = await rig.worker({ ...ASKED, METRICS_TOKEN: TOKEN })
    expect(await statusOf(`${worker.url}/metrics`)).toBe(401)
    expect(await statusOf(`${worker.url}/metrics`, { authorization: `Bearer ${TOKEN}` })).toBe(200)
  })

  it('is not ready while the database is away, and while it stops', async () => {
    const env = { ...ASKED, DECART_API_KEY: 'k', DECART_BASE_URL: cloud.url }
    const [web, worker] = await Promise.all([rig.web(env), rig.worker(env)])
    await cluster().stop()
    await expect.poll(() => readyOf(worker)).toEqual({ status: 503, unwell: ['index'] })
    expect(await worker.health()).toMatchObject({ status: 'ok' })
    await cluster().start()
    await expect.poll(() => readyOf(worker)).toEqual({ status: 200, unwell: [] })
    // An order that is just being sent keeps it a while.
    cloud.fail('submit', { kind: 'hold' })
    await expect.poll(() => readyOf(web)).toMatchObject({ status: 200 })
    await callsOf(web).place('decart', 'lucy-clip', { prompt: 'winter', data: new Blob([new Uint8Array(CLIP)]) })
    await cloud.until(() => cloud.billed() === 1)
    const gone = once(worker.child, 'exit')
    worker.child.kill('SIGTERM')
    await expect.poll(() => readyOf(worker)).toEqual({ status: 503, unwell: expect.arrayContaining(['stopping']) })
    cloud.release()
    expect(await gone).toEqual([0, null])
  })

  it('does not start where its port is taken, and says which setting names it', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? String(address.port) : ''
    await expect(rig.worker({ METRICS_PORT: port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken: perhaps Rushes runs already. Set METRICS_PORT to use another.`,
    )
    other.close()
  })
})
