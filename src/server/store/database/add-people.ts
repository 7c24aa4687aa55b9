import type { IndexQueries } from './tables.ts'

/**
 * The tables of people, what they sign in by and what they did, and the owner of each job. Through the schema builder and
 * with types that SQLite and PostgreSQL both have, so that the one text serves either.
 */
export const addPeople = async (db: IndexQueries): Promise<void> => {
  const { schema } = db
  await schema
    .createTable('people')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('identity', 'text', (column) => column.unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('spend_limit_usd', 'double precision')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('joined_at', 'text')
    .addColumn('disabled_at', 'text')
    .execute()
  await schema
    .createTable('tokens')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('last_used_at', 'text')
    .addColumn('expires_at', 'text')
    .addColumn('revoked_at', 'text')
    .addColumn('limits', 'text')
    .execute()
  await schema.createIndex('tokens_by_person').on('tokens').columns(['person_id', 'created_at']).execute()
  await schema
    .createTable('sessions')
    .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('sessions_by_person').on('sessions').column('person_id').execute()
  await schema
    .createTable('audit')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subjects', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('audit_by_time').on('audit').columns(['at', 'id']).execute()
  await schema.alterTable('jobs').addColumn('owner', 'text').execute()
  await schema
    .createIndex('jobs_by_owner')
    .on('jobs')
    .columns(['owner', 'created_at', 'seq'])
    .where('owner', 'is not', null)
    .execute()
}
