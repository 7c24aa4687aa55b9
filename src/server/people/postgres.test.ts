import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { jobPageSchema } from '../../shared/job.ts'
import { auditPageSchema } from '../../shared/people.ts'
import { queueSchema } from '../../shared/queue.ts'
import { routes, submittedSchema } from '../../shared/routes.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { apiTokenOf, callAs, type Caller, invited, signIn } from '../testing/people.ts'
import { formOf, serve, type Served } from '../testing/serve.ts'

const run = promisify(execFile)

// The people of a team: two servers on one database.

onPostgres('people on PostgreSQL', (cluster) => {
  let databaseUrl: string
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })
  const servers = async (): Promise<[Served, Served]> => {
    databaseUrl = await cluster().createDatabase()
    const env = { DATABASE_URL: databaseUrl, AUTH: 'token', TEAM_SEES: 'own', ROLE: 'web' }
    const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
    const one = await serve({ dataDir, env })
    closing.push(() => one.close())
    const other = await serve({ dataDir, env })
    closing.push(() => other.close(true))
    return [one, other]
  }
  const submit = async (who: Caller, prompt: string) =>
    submittedSchema.parse(
      await (await who.ask(routes.submit('lucy-pro-t2i'), 'POST', formOf({ prompt, resolution: '480p' }))).json(),
    ).job_id

  it('come in at any server by a link that was made on a machine of the team', async () => {
    const [one, other] = await servers()
    const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
    const invite = async (...args: string[]): Promise<string> => {
      const script = fileURLToPath(new URL('../../../scripts/invite/main.ts', import.meta.url))
      const env = { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, AUTH: 'token' }
      const { stdout } = await run(process.execPath, ['--import', 'tsx', script, ...args], { env })
      return /\/sign-in#(\S+)/.exec(stdout)?.[1] ?? stdout
    }
    const ada = await signIn(one.url, await invite('--name', 'Ada', '--role', 'admin'))
    expect(ada.me).toMatchObject({ person: { name: 'Ada', role: 'admin' } })
    // Nothing of it lies on the machine, where no server would look.
    expect(readdirSync(dataDir)).toEqual([])
    // Who is known comes back as themselves, elsewhere.
    const again = await signIn(other.url, await invite('--name', 'Ada'))
    expect(again.me).toEqual(ada.me)
  })

  it('come in at one server and are known at the other, see their own, and are kept out everywhere', async () => {
    const [one, other] = await servers()
    const ada = await signIn(one.url, one.firstSecret, 'Ada')
    await expect(signIn(other.url, other.firstSecret, 'Eve')).rejects.toThrow(/401/)
    const grace = await invited(one.url, ada, 'Grace')
    const there = callAs(other.url, grace.headers)
    expect((await there.call(routes.me)).body).toMatchObject({ person: { name: 'Grace' } })
    const [hers, his] = [await submit(there, 'a pond of Grace'), await submit(ada, 'a pond of Ada')]
    const listed = async (who: Caller, query = '') =>
      jobPageSchema.parse((await who.call(`${routes.jobs}${query}`)).body).jobs.map(({ job_id: id }) => id)
    for (const query of ['', '?text=pond']) {
      expect(await listed(there, query)).toEqual([hers])
      expect(await listed(ada, query)).toEqual([his, hers])
    }
    expect((await there.call(routes.job(his))).status).toBe(404)
    await expect
      .poll(async () => queueSchema.parse((await there.call(routes.queue)).body))
      .toMatchObject({ waiting: [{ job_id: hers }], waiting_total: 2 })
    expect((await there.call(routes.queue, 'DELETE')).body).toEqual({ cancelled: 1 })
    expect((await ada.call(routes.queue, 'DELETE')).body).toEqual({ cancelled: 1 })

    const { token } = await apiTokenOf(grace)
    const program = callAs(other.url, { 'x-api-key': token })
    const stream = await program.ask(routes.events)
    await ada.call(routes.person(grace.me.person?.id ?? ''), 'PATCH', { disabled: true })
    await stream.text()
    expect((await program.call(routes.jobs)).status).toBe(401)
    expect((await there.call(routes.jobs)).status).toBe(401)
    const { entries } = auditPageSchema.parse((await ada.call(routes.audit)).body)
    expect(entries[0]).toMatchObject({ person: 'Ada', action: 'person.changed' })
  })
})
