import Database from 'libsql'
import type { Job } from '../../shared/job.ts'

// Without prepared statements, which would keep the file open after its closing.
const quoted = (value: string | null): string => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`)

/** Writes an index as Rushes 0.1 did, word for word. `whole`: its files had all been read into it. */
export const writeOldIndex = (
  path: string,
  rows: readonly { job: Job; cloud?: unknown; result?: string }[],
  files: readonly { id: string; expires_at: string | null; body: object }[] = [],
  whole = true,
): void => {
  const database = new Database(path)
  database.exec('pragma journal_mode = WAL')
  database.exec(`
    create table if not exists jobs (
      seq integer primary key autoincrement,
      id text not null unique,
      idempotency_key text unique,
      status text not null,
      renderer text not null,
      model text not null,
      body text not null,
      cloud text,
      result text
    );
    create index if not exists jobs_by_status on jobs (status, renderer, seq);
    create index if not exists jobs_starred on jobs (seq) where json_extract(body, '$.starred') = 1;
    create table if not exists files (
      id text primary key,
      expires_at text,
      deleted integer not null default 0,
      body text not null
    );`)
  for (const { job, cloud = null, result = null } of rows) {
    const { job_id, idempotency_key, status, renderer, model } = job
    const order = cloud === null ? null : JSON.stringify(cloud)
    const values = [job_id, idempotency_key, status, renderer, model, JSON.stringify(job), order, result]
    database.exec(
      `insert into jobs (id, idempotency_key, status, renderer, model, body, cloud, result) values (${values.map(quoted).join()})`,
    )
  }
  for (const { id, expires_at, body } of files)
    database.exec(
      `insert into files (id, expires_at, body) values (${[id, expires_at, JSON.stringify(body)].map(quoted).join()})`,
    )
  if (whole) database.exec('pragma user_version = 1')
  database.close()
}
