import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { errorBodySchema, readySchema, submittedSchema } from '../shared/routes.ts'
import { type Cluster, hasPostgres, startCluster } from './testing/postgres.ts'
import { serve, type Served } from './testing/serve.ts'
import { mountSmallDisk } from './testing/small-disk.ts'

const FIELDS = { prompt: 'a lighthouse at dusk', resolution: '480p' }
const noticesOf = async ({ health }: Pick<Served, 'health'>) => (await health()).notices.map(({ code }) => code)
const draw = ({ submit }: Pick<Served, 'submit'>) => submit('lucy-pro-t2i', FIELDS, { 'x-renderer': 'local' })
const idOf = async (answer: Response) => submittedSchema.parse(await answer.json()).job_id
const list = ({ url }: Served) => fetch(`${url}/v1/jobs`)
const readyOf = async ({ url }: Served) => readySchema.parse(await (await fetch(`${url}/v1/ready`)).json()).ready
/** The status, and of a refusal its code and words. */
const told = async (answer: Response) => {
  if (answer.ok) return { status: answer.status }
  const { code, detail } = errorBodySchema.parse(await answer.json())
  return { status: answer.status, code, detail, retryAfter: answer.headers.get('retry-after') }
}
const refused = (words: RegExp) => ({
  status: 503,
  code: 'DATABASE_AWAY',
  detail: expect.stringMatching(words),
  retryAfter: '2',
})

describe.skipIf(!hasPostgres)('a database that answers, but not as it should', () => {
  let cluster: Cluster
  let server: Served
  const closing: (() => Promise<void> | void)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })
  const start = async (settings: readonly string[] = [], folder?: string): Promise<string> => {
    cluster = await startCluster(settings)
    closing.push(cluster.remove)
    const databaseUrl = await cluster.createDatabase(folder)
    // However long it takes: leases pass as well while nothing can be written.
    server = await serve({ env: { DATABASE_URL: databaseUrl }, start: { teamTimes: { leaseMs: 120_000 } } })
    closing.push(() => server.close())
    return databaseUrl
  }

  it('has no connection left: says so with 503 and a notice, and goes on once there are', async () => {
    const databaseUrl = await start(['max_connections=12'])
    const others: pg.Client[] = []
    // All that are left.
    for (let isLeft = true; isLeft;) {
      const client = new pg.Client({ connectionString: databaseUrl })
      client.on('error', () => undefined)
      isLeft = await client.connect().then(
        () => others.push(client) > 0,
        () => false,
      )
    }
    // More at a time than it has connections. On a slow machine those that it has may answer all of them.
    const refusals: { status: number }[] = []
    await expect
      .poll(async () => {
        const asked = await Promise.all(Array.from({ length: 30 }, async () => told(await list(server))))
        refusals.push(...asked.filter(({ status }) => status !== 200))
        return refusals.length
      })
      .toBeGreaterThan(0)
    for (const refusal of refusals) expect(refusal).toEqual(refused(/^The database cannot be reached just now/))
    await expect.poll(() => noticesOf(server)).toEqual(['DATABASE_AWAY'])
    for (const client of others) await client.end()
    await expect.poll(() => noticesOf(server)).toEqual([])
    expect(await server.finished(await idOf(await draw(server)))).toMatchObject({ status: 'completed' })
  })

  it('takes no changes: shows what there is, refuses what is new in words, and goes on once it does', async () => {
    await start()
    const before = await idOf(await draw(server))
    await server.finished(before)
    await cluster.query('alter system set default_transaction_read_only = on')
    await cluster.query('select pg_reload_conf()')
    await expect
      .poll(async () => told(await draw(server)))
      .toEqual(
        refused(
          /^The database takes nothing new just now: it only answers questions.*Let it take changes.*nothing is lost/,
        ),
      )
    await expect.poll(() => noticesOf(server)).toEqual(['DATABASE_UNWRITABLE'])
    expect(await readyOf(server)).toBe(false)
    expect(await server.job(before)).toMatchObject({ status: 'completed' })
    expect((await list(server)).status).toBe(200)
    await cluster.query('alter system reset default_transaction_read_only')
    await cluster.query('select pg_reload_conf()')
    await expect.poll(() => noticesOf(server)).toEqual([])
    expect(await readyOf(server)).toBe(true)
    expect(await server.finished(await idOf(await draw(server)))).toMatchObject({ status: 'completed' })
  })

  const canMount = mountSmallDisk(1)
  canMount?.remove()
  if (!canMount) process.stderr.write("A database's full disk is not tested here: only root on Linux can mount one.\n")

  describe.runIf(canMount)('because its disk is full', () => {
    let disk: NonNullable<ReturnType<typeof mountSmallDisk>>
    beforeEach(() => {
      const mounted = mountSmallDisk(64)
      if (!mounted) throw new Error('it could be mounted before')
      disk = mounted
      closing.push(disk.remove)
    })

    it('shows what there is, refuses what is new in words, and writes the rest when there is room', async () => {
      const folder = join(disk.path, 'space')
      mkdirSync(folder)
      await start([], folder)
      await fetch(`${server.url}/v1/queue/pause`, { method: 'PUT' })
      const first = await idOf(await draw(server))
      disk.fill()
      const ids = [first]
      // Pages that are there already have room for some.
      const refusal = async () => {
        const answer = await draw(server)
        if (answer.ok) ids.push(await idOf(answer.clone()))
        return told(answer)
      }
      await expect
        .poll(refusal)
        .toEqual(
          refused(/^The database takes nothing new just now: its disk is full\. Free some space.*nothing is lost/),
        )
      await expect.poll(() => noticesOf(server)).toEqual(['DATABASE_UNWRITABLE'])
      expect((await list(server)).status).toBe(200)
      expect(await server.job(first)).toMatchObject({ status: 'pending' })
      disk.free()
      await expect.poll(() => noticesOf(server)).toEqual([])
      await fetch(`${server.url}/v1/queue/pause`, { method: 'DELETE' })
      for (const id of ids) expect(await server.finished(id)).toMatchObject({ status: 'completed' })
      // Milliseconds: a good many jobs are made that there was room for.
    }, 300_000)
  })
})
