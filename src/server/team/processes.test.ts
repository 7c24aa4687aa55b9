import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isFinished } from '../../shared/job.ts'
import { submittedSchema } from '../../shared/routes.ts'
import { CLIP } from '../testing/clip.ts'
import { type DecartServer, startDecartServer } from '../testing/decart-server.ts'
import { kill, killAll, type Launched } from '../testing/launch.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { callsOf } from '../testing/order-calls.ts'
import { createRig, type Rig, watchPage } from './testing/team-rig.ts'

const KEY = 'k'
/** Takes some seconds to render. */
const CLIP_FIELDS = { prompt: 'a city by night', resolution: '480p' }
const idOf = async (answer: Response): Promise<string> => submittedSchema.parse(await answer.json()).job_id
/** The results that lie in the data folder, without what is written beside them. */
const results = (rig: Rig): string[] =>
  readdirSync(join(rig.dataDir, 'takes'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(mp4|png)$/.test(name),
  )

onPostgres('several processes on one database', (cluster) => {
  let rig: Rig
  let cloud: DecartServer
  let env: Record<string, string>
  beforeEach(async () => {
    rig = await createRig(cluster())
    cloud = await startDecartServer({ apiKey: KEY, result: () => CLIP })
    env = { DECART_API_KEY: KEY, DECART_BASE_URL: cloud.url }
  })
  afterEach(async () => {
    await killAll()
    await cloud.close()
    rig.remove()
  })

  const order = (server: Launched) =>
    callsOf(server).place('decart', 'lucy-clip', { prompt: 'winter', data: new Blob([new Uint8Array(CLIP)]) })
  const isRendering = (server: Launched, id: string) =>
    server.until(id, (job) => job.status === 'processing' && job.phase === 'rendering')

  it('move every page for a job that was made at another server, and serve its take', async () => {
    const [one, other] = await Promise.all([rig.web(), rig.web(), rig.worker()])
    const page = await watchPage(other.url)
    const id = await idOf(await one.submit('lucy-pro-t2v', CLIP_FIELDS, { 'idempotency-key': 'one' }))
    const asked = performance.now()
    const isIt = (job: { job_id: string }): boolean => job.job_id === id
    expect((await page.until(isIt)).at - asked).toBeLessThan(1000)
    await page.until((job) => isIt(job) && job.status === 'processing' && (job.progress ?? 0) > 0)
    expect((await page.until((job) => isIt(job) && isFinished(job))).job).toMatchObject({ status: 'completed' })
    expect(await other.job(id)).toEqual(await one.job(id))
    for (const server of [one, other])
      expect((await fetch(`${server.url}/v1/jobs/${id}/content`)).headers.get('content-type')).toBe('video/mp4')
    expect(await idOf(await other.submit('lucy-pro-t2v', CLIP_FIELDS, { 'idempotency-key': 'one' }))).toBe(id)
    await page.close()
  })

  it('say what jobs wait for that no worker takes, until one does', async () => {
    const [web] = await Promise.all([rig.web(env), rig.worker({ ...env, RENDERERS: 'decart' })])
    const ordered = await order(web)
    const id = await idOf(await web.submit('lucy-pro-t2i', CLIP_FIELDS, { 'x-renderer': 'local' }))
    const noticesOf = async () => (await web.health()).notices
    await expect
      .poll(noticesOf)
      .toEqual([
        { code: 'NO_WORKER', message: expect.stringMatching(/^Jobs wait for local, and no worker takes them/) },
      ])
    expect(await web.finished(ordered)).toMatchObject({ status: 'completed' })
    expect(await web.job(id)).toMatchObject({ status: 'pending' })
    await rig.worker({ ...env, RENDERERS: 'local' })
    expect(await web.finished(id)).toMatchObject({ status: 'completed' })
    await expect.poll(noticesOf).toEqual([])
  })

  it('end a render that was cancelled at another server, and an order with it', async () => {
    const [one, other] = await Promise.all([rig.web(env), rig.web(env), rig.worker(env)])
    const local = await idOf(await one.submit('lucy-pro-t2v', CLIP_FIELDS))
    await other.until(local, (job) => job.status === 'processing' && (job.progress ?? 0) > 0)
    expect(await callsOf(other).cancel(local)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED' } })
    cloud.become(['processing'])
    const ordered = await order(one)
    await isRendering(other, ordered)
    expect(await callsOf(other).cancel(ordered)).toMatchObject({
      status: 'failed',
      error: { code: 'CANCELLED', billed: 'maybe' },
    })
    // Its place is free again.
    expect(await one.finished(await idOf(await one.submit('lucy-pro-t2i', CLIP_FIELDS)))).toMatchObject({
      status: 'completed',
    })
    expect(results(rig)).toHaveLength(1)
  })

  it('go on elsewhere with what a killed worker rendered, and with what it had ordered', async () => {
    const [web, worker] = await Promise.all([rig.web(env), rig.worker(env)])
    cloud.become(['processing'])
    const ordered = await order(web)
    const local = await idOf(await web.submit('lucy-pro-t2v', CLIP_FIELDS))
    await isRendering(web, ordered)
    const { seed } = await web.until(local, (job) => job.status === 'processing' && (job.progress ?? 0) > 0)
    await kill(worker)
    await rig.worker(env)
    cloud.become(['completed'])
    expect(await web.finished(local)).toMatchObject({ status: 'completed', seed })
    expect(await web.finished(ordered)).toMatchObject({ status: 'completed' })
    expect(cloud.billed()).toBe(1)
    expect(results(rig)).toHaveLength(2)
  })

  it('never send an order again that a killed worker was just sending', async () => {
    const [web, worker] = await Promise.all([rig.web(env), rig.worker(env)])
    cloud.fail('submit', { kind: 'hold' })
    const id = await order(web)
    await cloud.until(() => cloud.billed() === 1)
    await kill(worker)
    await rig.worker(env)
    expect(await web.finished(id)).toMatchObject({ status: 'failed', error: { billed: 'maybe', resumable: false } })
    expect(cloud.billed()).toBe(1)
    cloud.release()
  })

  it('take nothing from a worker that was frozen past its leases and wakes up again', async () => {
    const [web, frozen] = await Promise.all([rig.web(env), rig.worker(env)])
    cloud.become(['processing'])
    const ordered = await order(web)
    const local = await idOf(await web.submit('lucy-pro-t2v', CLIP_FIELDS))
    await isRendering(web, ordered)
    await web.until(local, (job) => job.status === 'processing' && (job.progress ?? 0) > 0)
    frozen.child.kill('SIGSTOP')
    await rig.worker(env)
    cloud.become(['completed'])
    const [one, other] = await Promise.all([web.finished(local), web.finished(ordered)])
    frozen.child.kill('SIGCONT')
    // It works again, and has left nothing of what it had.
    const next = await Promise.all([1, 2, 3].map(async () => idOf(await web.submit('lucy-pro-t2i', CLIP_FIELDS))))
    for (const id of next) expect(await web.finished(id)).toMatchObject({ status: 'completed' })
    expect([await web.job(local), await web.job(ordered)]).toEqual([one, other])
    expect([one.status, other.status]).toEqual(['completed', 'completed'])
    await expect.poll(() => results(rig)).toHaveLength(5)
    expect(cloud.billed()).toBe(1)
  })

  it('hand back what they have on SIGTERM: orders go on elsewhere, renders begin anew', async () => {
    const [web, worker] = await Promise.all([rig.web(env), rig.worker(env)])
    cloud.become(['processing'])
    const ordered = await order(web)
    const local = await idOf(await web.submit('lucy-pro-t2v', CLIP_FIELDS))
    await isRendering(web, ordered)
    await web.until(local, (job) => job.status === 'processing' && (job.progress ?? 0) > 0)
    const begin = performance.now()
    const gone = new Promise<void>((resolve) => worker.child.once('exit', () => resolve()))
    worker.child.kill('SIGTERM')
    await gone
    expect(performance.now() - begin).toBeLessThan(8000)
    // At once, not when a lease has passed.
    for (const id of [ordered, local]) expect(await web.job(id)).toMatchObject({ status: 'pending' })
    await rig.worker(env)
    cloud.become(['completed'])
    for (const id of [ordered, local]) expect(await web.finished(id)).toMatchObject({ status: 'completed' })
    expect(cloud.billed()).toBe(1)
    expect(results(rig)).toHaveLength(2)
  })

  it('go on after the database was restarted in the middle', async () => {
    const [web, , other] = await Promise.all([rig.web(env), rig.worker(env), rig.web(env)])
    const page = await watchPage(other.url)
    cloud.become(['processing'])
    const ordered = await order(web)
    const local = await idOf(await web.submit('lucy-pro-t2v', CLIP_FIELDS))
    await isRendering(web, ordered)
    await cluster().stop()
    await cluster().start()
    cloud.become(['completed'])
    for (const id of [local, ordered])
      expect((await page.until((job) => job.job_id === id && isFinished(job))).job).toMatchObject({
        status: 'completed',
      })
    expect(cloud.billed()).toBe(1)
    await page.close()
  })

  it('mind no clock but the database’s', async () => {
    const [web] = await Promise.all([
      rig.web(env),
      rig.worker({ ...env, TEST_CLOCK_MS: String(10 * 60_000) }),
      rig.worker({ ...env, TEST_CLOCK_MS: String(-10 * 60_000) }),
    ])
    const ids = await Promise.all([
      ...[1, 2].map(async () => idOf(await web.submit('lucy-pro-t2v', CLIP_FIELDS))),
      ...[1, 2].map(() => order(web)),
    ])
    for (const id of ids) expect(await web.finished(id)).toMatchObject({ status: 'completed' })
    expect(cloud.billed()).toBe(2)
    expect(results(rig)).toHaveLength(4)
  })
})
