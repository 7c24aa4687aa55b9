import { type Migration, runAll } from './schema.ts'

/** As the columns of jobs are. */
const TEXT = 'text collate "C"'

/**
 * What several servers and workers share beside the jobs themselves, on PostgreSQL. Triggers keep it, so that no writer of
 * jobs can forget it:
 *
 * - `queue` has a row for each job that is not finished: its place, and who holds it under which fencing token until when.
 *   It is narrow, so that beats and claims touch nothing else.
 * - `workers` says which workers there are and how many jobs each takes at a time.
 * - `job_changes` has a row for each change of a job, under the transaction that made it. From it a process that missed a
 *   notification learns what it missed, and of a job that was removed whose it was.
 */
const TABLES = [
  'create sequence claim_tokens',
  `create table queue (
    seq bigint primary key references jobs (seq) on delete cascade,
    id ${TEXT} not null unique,
    renderer ${TEXT} not null,
    model ${TEXT} not null,
    rank double precision not null,
    moved boolean not null,
    ordered boolean not null,
    cancel_requested boolean not null default false,
    attempt integer not null default 0,
    owner ${TEXT},
    token bigint,
    lease_until timestamptz
  ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02)`,
  'create index queue_waiting on queue (renderer, rank, seq) where owner is null',
  'create index queue_held on queue (owner, lease_until) where owner is not null',
  `create table workers (
    id ${TEXT} primary key,
    lanes jsonb not null,
    seen timestamptz not null
  )`,
  `create table job_changes (
    xid xid8 not null,
    id ${TEXT} not null,
    at timestamptz not null default now()
  )`,
  'create index job_changes_by_xid on job_changes (xid)',
]

/**
 * A row of the queue follows its job. That an order may have gone out is read off what is recorded of it, as text: the
 * record is written by this program alone.
 */
const QUEUE_FOLLOWS = [
  `create function rushes_queue_job() returns trigger language plpgsql as $$
  begin
    if new.status in ('completed', 'failed') then
      if tg_op = 'UPDATE' then
        delete from queue where seq = new.seq;
      end if;
      return null;
    end if;
    insert into queue (seq, id, renderer, model, rank, moved, ordered)
    values (
      new.seq, new.id, new.renderer, new.model,
      coalesce(new.queue_rank, extract(epoch from new.created_at::timestamptz) * 1000),
      new.queue_rank is not null,
      coalesce(new.cloud ~ '"state":"(sending|sent)"', false)
    )
    on conflict (seq) do update set
      rank = excluded.rank, moved = excluded.moved, ordered = excluded.ordered;
    return null;
  end $$`,
  'create trigger queue_added after insert on jobs for each row execute function rushes_queue_job()',
  `create trigger queue_changed after update of status, queue_rank, cloud on jobs for each row
    when (
      old.status is distinct from new.status or old.queue_rank is distinct from new.queue_rank
      or old.cloud is distinct from new.cloud
    )
    execute function rushes_queue_job()`,
  // What was there before this step.
  `insert into queue (seq, id, renderer, model, rank, moved, ordered)
    select seq, id, renderer, model,
      coalesce(queue_rank, extract(epoch from created_at::timestamptz) * 1000), queue_rank is not null,
      coalesce(cloud ~ '"state":"(sending|sent)"', false)
    from jobs where status not in ('completed', 'failed')`,
]

/** Ids that one notification names: it has room for 8,000 bytes. Of more, all look into the changes themselves. */
const NAMED = 100
const MAX_NAMED = 1000

/** Writes changes of jobs down and tells them. `columns`: what of `job_changes` is filled, by what each is. */
const tellJobs = (columns: Readonly<Record<string, string>>): string =>
  `create or replace function rushes_tell_jobs() returns trigger language plpgsql as $$
  declare
    words text;
  begin
    insert into job_changes (${Object.keys(columns).join(', ')}) select ${Object.values(columns).join(', ')} from touched;
    if (select count(*) from touched) > ${MAX_NAMED} then
      perform pg_notify('rushes', '{"look":true}');
      return null;
    end if;
    for words in
      select json_build_object(
        'jobs', json_agg(id),
        'waiting', bool_or(status = 'pending') and tg_op <> 'DELETE',
        'xid', pg_current_xact_id()::text
      )::text
      from (select id, status, (row_number() over () - 1) / ${NAMED} as part from touched) as parts
      group by part
    loop
      perform pg_notify('rushes', words);
    end loop;
    return null;
  end $$`

const CHANGE = { xid: 'pg_current_xact_id()', id: 'id' }

/** Every change of jobs is written down and told, once a statement, when its transaction is through. */
const CHANGES_ARE_TOLD = [
  tellJobs(CHANGE),
  ...(['insert', 'update', 'delete'] as const).map(
    (event) => `create trigger jobs_told_${event} after ${event} on jobs
      referencing ${event === 'delete' ? 'old' : 'new'} table as touched
      for each statement execute function rushes_tell_jobs()`,
  ),
]

/** What several servers and workers share. */
export const teamSchema: Migration = (db) => runAll(db, [...TABLES, ...QUEUE_FOLLOWS, ...CHANGES_ARE_TOLD])

/** Whose a job was that was removed is known for as long as that is: else nobody could say who may hear of it. */
export const ownersOfRemoved: Migration = (db) =>
  runAll(db, [
    `alter table job_changes add column owner ${TEXT}`,
    'create index job_changes_owned on job_changes (id) where owner is not null',
    tellJobs({ ...CHANGE, owner: "case when tg_op = 'DELETE' then owner end" }),
  ])

/** The channel on which all is told. */
export const CHANNEL = 'rushes'
