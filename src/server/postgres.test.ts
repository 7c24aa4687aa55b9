import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { jobPageSchema } from '../shared/job.ts'
import { shelvesSchema } from '../shared/library.ts'
import { errorBodySchema, submittedSchema } from '../shared/routes.ts'
import { kill, killAll, launch } from './testing/launch.ts'
import { onPostgres } from './testing/on-each-index.ts'
import { hasPostgres, startCluster } from './testing/postgres.ts'
import { serve, type Served } from './testing/serve.ts'

const FIELDS = { prompt: 'a lighthouse at dusk', resolution: '480p' }
const idOf = async (answer: Response) => submittedSchema.parse(await answer.json()).job_id
const newFolder = () => mkdtempSync(join(tmpdir(), 'rushes-'))
const pageOf = async (url: string, query = '') =>
  jobPageSchema.parse(await (await fetch(`${url}/v1/jobs?${query}`)).json())
const idsOf = async (url: string, query = '') => (await pageOf(url, query)).jobs.map(({ job_id: id }) => id)
const noticesOf = async ({ health }: Pick<Served, 'health'>) => (await health()).notices.map(({ code }) => code)

afterEach(killAll)

onPostgres('a server on PostgreSQL', (cluster) => {
  it('makes, lists, finds and keeps takes there, and nothing of them in an index of its own', async () => {
    const env = { DATABASE_URL: await cluster().createDatabase() }
    const dataDir = newFolder()
    const first = await serve({ dataDir, env })
    const pixels = sharp({ create: { width: 64, height: 64, channels: 3, background: '#468' } })
    const image = new Blob([new Uint8Array(await pixels.png().toBuffer())])
    const ids = [
      await idOf(await first.submit('lucy-pro-t2i', { ...FIELDS, prompt: 'a zeppelin' }, { 'Idempotency-Key': 'k' })),
      await idOf(await first.submit('lucy-pro-i2i', { prompt: 'a drawing of it', resolution: '480p', data: image })),
    ]
    const [made = '', edited = ''] = ids
    for (const id of ids) expect((await first.finished(id)).status).toBe('completed')
    const changes = { job_ids: [made], add_shelf: 'Sky' }
    const changed = await fetch(`${first.url}/v1/jobs/changes`, {
      method: 'POST',
      body: JSON.stringify(changes),
      headers: { 'content-type': 'application/json' },
    })
    expect([changed.status, await changed.json()]).toMatchObject([200, { problems: [] }])
    expect(await idsOf(first.url, 'text=zepp')).toEqual([made])
    await first.close(true)

    const second = await serve({ dataDir, env })
    expect([await idsOf(second.url), (await pageOf(second.url)).total]).toEqual([[edited, made], 2])
    expect(await idsOf(second.url, 'shelf=Sky')).toEqual([made])
    const shelves = shelvesSchema.parse(await (await fetch(`${second.url}/v1/shelves`)).json())
    expect(shelves).toEqual({ shelves: [{ name: 'Sky', count: 1 }], binned: 0 })
    expect(await idOf(await second.submit('lucy-pro-t2i', FIELDS, { 'Idempotency-Key': 'k' }))).toBe(made)
    const content = await fetch(`${second.url}/v1/jobs/${edited}/content`)
    expect(await sharp(Buffer.from(await content.arrayBuffer())).metadata()).toMatchObject({ format: 'png' })
    expect(await noticesOf(second)).toEqual([])
    expect(readdirSync(dataDir).filter((name) => name.startsWith('rushes.db'))).toEqual([])
    await second.close()
  })

  it('goes on with what it left unfinished when it was killed, in its order', async () => {
    const env = { DATABASE_URL: await cluster().createDatabase() }
    const dataDir = newFolder()
    const first = await launch(dataDir, env)
    const ids: string[] = []
    for (const prompt of ['one', 'two', 'three'])
      ids.push(await idOf(await first.submit('lucy-pro-t2v', { prompt, resolution: '480p' })))
    const [running = '', second = '', third = ''] = ids
    await first.until(running, (job) => job.status === 'processing')
    const move = await fetch(`${first.url}/v1/queue/move`, {
      method: 'POST',
      body: JSON.stringify({ job_id: third, before: second }),
      headers: { 'content-type': 'application/json' },
    })
    expect(move.ok).toBe(true)
    await kill(first)
    const again = await launch(dataDir, env)
    const [jobSecond, jobThird] = [await again.job(second), await again.job(third)]
    expect([jobThird.status === 'pending' ? jobThird.queue_position : 0, jobSecond.status]).toEqual([
      expect.any(Number),
      'pending',
    ])
    if (jobThird.status === 'pending' && jobSecond.status === 'pending')
      expect(jobThird.queue_position).toBeLessThan(jobSecond.queue_position ?? 0)
    for (const id of ids) expect((await again.finished(id)).status).toBe('completed')
  })
})

/** How many clips lie among the takes. */
const clipsIn = (dataDir: string): number =>
  readdirSync(join(dataDir, 'takes'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mp4'))
    .length

describe.skipIf(!hasPostgres)('while the database is away', () => {
  it('says so, loses nothing, and goes on by itself', async () => {
    const cluster = await startCluster()
    // However long the machine takes to render: leases pass as well while the database is away.
    const start = { teamTimes: { leaseMs: 120_000 } }
    const server = await serve({ env: { DATABASE_URL: await cluster.createDatabase() }, start })
    try {
      const before = await idOf(await server.submit('lucy-pro-t2i', FIELDS))
      expect((await server.finished(before)).status).toBe('completed')
      // In the middle of its work when the database goes, and done before that is back.
      const during = await idOf(await server.submit('lucy-pro-t2v', FIELDS))
      await server.until(during, (job) => job.status === 'processing' && (job.progress ?? 0) > 0)
      await cluster.stop()
      await expect.poll(() => noticesOf(server)).toEqual(['DATABASE_AWAY'])
      for (const ask of [
        () => fetch(`${server.url}/v1/jobs`),
        () => fetch(`${server.url}/v1/jobs/${before}`),
        () => server.submit('lucy-pro-t2i', FIELDS, { 'Idempotency-Key': 'again' }),
      ]) {
        const answer = await ask()
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
        const body = errorBodySchema.parse(await answer.json())
        expect(body).toMatchObject({ code: 'DATABASE_AWAY', detail: expect.stringMatching(/Nothing is lost/) })
      }
      // It lies there, and is seen once the database knows of it.
      await expect.poll(() => clipsIn(server.dataDir)).toBe(1)
      await cluster.start()
      await expect.poll(() => noticesOf(server)).toEqual([])
      const after = await idOf(await server.submit('lucy-pro-t2i', FIELDS, { 'Idempotency-Key': 'again' }))
      expect((await server.finished(after)).status).toBe('completed')
      await expect
        .poll(async () => (await pageOf(server.url)).jobs.map(({ job_id: id, status }) => [id, status]))
        .toEqual([
          [after, 'completed'],
          [during, 'completed'],
          [before, 'completed'],
        ])
      await expect.poll(() => cluster.query('select 1 as up')).toEqual([{ up: 1 }])
    } finally {
      await server.close()
      await cluster.remove()
    }
  })

  it('keeps no server from stopping, and what it had goes on at the next start', async () => {
    const cluster = await startCluster()
    const dataDir = newFolder()
    const env = { DATABASE_URL: await cluster.createDatabase() }
    const start = { teamTimes: { leaseMs: 3000, beatMs: 500, lookMs: 500 } }
    const server = await serve({ dataDir, env, start })
    const ids = [
      await idOf(await server.submit('lucy-pro-t2v', FIELDS)),
      await idOf(await server.submit('lucy-pro-t2v', FIELDS)),
    ]
    await cluster.kill()
    await expect.poll(() => noticesOf(server)).toEqual(['DATABASE_AWAY'])
    await server.close(true)
    await cluster.start()
    const again = await serve({ dataDir, env, start })
    for (const id of ids) expect((await again.finished(id)).status).toBe('completed')
    await again.close()
    await cluster.remove()
  })
})

describe('a database that cannot be used', () => {
  const refusal = async (databaseUrl: string): Promise<string> => {
    const lines: string[] = []
    const started = serve({ env: { DATABASE_URL: databaseUrl }, log: (line) => lines.push(line) })
    const error = await started.then(
      () => null,
      (failure: unknown) => failure,
    )
    const words = error instanceof Error ? error.message : 'it started'
    for (const text of [words, ...lines]) expect(text).not.toContain('hunter2')
    return words
  }

  it('is named where it is, without its password, with what to do', async () => {
    expect(await refusal('postgres://me:hunter2@127.0.0.1:1/rushes')).toBe(
      'The database at 127.0.0.1:1/rushes cannot be used: nothing listens there. Start PostgreSQL, or set DATABASE_URL to where it is.',
    )
    expect(await refusal('postgres://me:hunter2@no-such-host.invalid/rushes')).toMatch(
      /^The database at no-such-host\.invalid:5432\/rushes cannot be used: there is no machine of that name\./,
    )
    expect(await refusal('mysql://me:hunter2@127.0.0.1/rushes')).toMatch(
      /DATABASE_URL: must be the URL of a PostgreSQL database/,
    )
  })

  it.skipIf(!hasPostgres)('because of its password or its name is said to be so', async () => {
    const cluster = await startCluster()
    const url = new URL(await cluster.createDatabase())
    url.pathname = '/other'
    expect(await refusal(url.href)).toMatch(
      /\/other cannot be used: it has no database of that name\. Make it \(createdb\)/,
    )
    url.password = 'hunter2'
    expect(await refusal(url.href)).toMatch(/does not accept this user and password\. Correct them in DATABASE_URL\.$/)
    await cluster.remove()
  })
})
