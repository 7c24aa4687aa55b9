import { pino } from 'pino'
import { expect, it } from 'vitest'
import { onPostgres } from '../../../testing/on-each-index.ts'
import { newJob } from '../../../jobs/transitions.ts'
import { createJobStore } from '../../job-store.ts'
import { POSTGRES_SCHEMA_VERSION } from './migrations.ts'
import { openPostgresIndex } from './open-postgres-index.ts'

const open = (databaseUrl: string) => openPostgresIndex({ databaseUrl, logger: pino({ level: 'silent' }) })

onPostgres('the schema on PostgreSQL', (cluster) => {
  it('is made once, however many servers start at the same time', async () => {
    const url = await cluster().createDatabase()
    const all = await Promise.all(Array.from({ length: 8 }, () => open(url)))
    expect(await cluster().query('select key, value from meta', url)).toEqual([
      { key: 'schema_version', value: String(POSTGRES_SCHEMA_VERSION) },
    ])
    const job = newJob({
      model: 'lucy-pro-t2i',
      requestedModel: 'lucy-pro-t2i',
      idempotencyKey: null,
      renderer: 'local',
      inputs: { prompt: 'a fox' },
      now: new Date(),
    })
    const stores = all.map((index) => createJobStore(index))
    await stores[0]?.add(job)
    for (const store of stores) expect((await store.get(job.job_id))?.job).toEqual(job)
    await Promise.all(all.map((index) => index.close()))
  })

  it('is brought up from an earlier one, with what is in it', async () => {
    const url = await cluster().createDatabase()
    await (await open(url)).close()
    // What the fourth version had.
    const before = `
      drop index jobs_text_by_age;
      alter table job_changes drop column owner;
      create or replace function rushes_tell_jobs() returns trigger language plpgsql as $$
        begin insert into job_changes (xid, id) select pg_current_xact_id(), id from touched; return null; end $$;
      insert into jobs (id, created_at, status, renderer, model, body, owner)
        values ('job_1', '2026-11-30T12:00:00.000Z', 'completed', 'local', 'a', '{}', 'person_a');
      update meta set value = '4'`
    await cluster().query(before, url)
    await (await open(url)).close()
    await cluster().query("delete from jobs where id = 'job_1'", url)
    expect(await cluster().query('select id, owner from job_changes order by xid', url)).toEqual([
      { id: 'job_1', owner: null },
      { id: 'job_1', owner: 'person_a' },
    ])
  })

  it('of a newer Rushes is refused in words, and nothing of it is changed', async () => {
    const url = await cluster().createDatabase()
    await (await open(url)).close()
    const newer = POSTGRES_SCHEMA_VERSION + 1
    await cluster().query(`update meta set value = '${newer}'`, url)
    await expect(open(url)).rejects.toThrow(
      `written by a newer Rushes (its version is ${newer}, this one reads up to ${POSTGRES_SCHEMA_VERSION})`,
    )
    expect(await cluster().query('select value from meta', url)).toEqual([{ value: String(newer) }])
  })

  it('is not made among the tables of another program', async () => {
    const url = await cluster().createDatabase()
    await cluster().query('create table jobs (theirs text)', url)
    await expect(open(url)).rejects.toThrow(/has tables of another program\. Make an empty one/)
    expect(await cluster().query('select * from jobs', url)).toEqual([])
    await cluster().query('drop table jobs', url)
    await (await open(url)).close()
  })

  it('that cannot be made leaves nothing behind, and says what to do', async () => {
    const url = await cluster().createDatabase()
    await cluster().query("create role guest login password 'secret-of-guest'", url)
    await cluster().query('revoke create on schema public from public', url)
    const { host, pathname } = new URL(url)
    const refused = await open(`postgres://guest:secret-of-guest@${host}${pathname}`).catch((error: unknown) => error)
    expect(String(refused)).toMatch(/may not make tables there\. Make it the owner of the database/)
    expect(String(refused)).not.toContain('secret-of-guest')
    await (await open(url)).close()
  })
})
