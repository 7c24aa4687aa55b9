import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import type { Job } from '../../../shared/job.ts'
import { newJob } from '../../jobs/transitions.ts'
import { writeOldIndex } from '../../testing/old-index.ts'
import { createFileStore } from '../file-store.ts'
import { createFolderBlobs } from '../blobs/folder-blobs.ts'
import { createFolders } from '../folders.ts'
import { createJobStore } from '../job-store.ts'
import { type Connect, connectHere } from './connection.ts'
import { SCHEMA_VERSION } from './migrations.ts'
import { openIndex } from './open-index.ts'
import { DatabaseError } from './protocol.ts'

const newPath = () => join(mkdtempSync(join(tmpdir(), 'rushes-')), 'rushes.db')
const open = (path: string, connect: Connect = connectHere) =>
  openIndex({ path, connect, logger: pino({ level: 'silent' }), onReplaced: () => undefined })

const FILE = `file_${'ab'.repeat(16)}`
const jobOf = (prompt: string, more: Partial<Job> = {}): Job =>
  ({
    ...newJob({
      model: 'lucy-pro-i2i',
      requestedModel: 'lucy-pro-i2i',
      idempotencyKey: `key of ${prompt}`,
      renderer: 'local',
      inputs: { prompt, data: FILE },
      now: new Date('2026-10-01T12:00:00.000Z'),
    }),
    ...more,
  }) as Job
const media = { kind: 'image', mime_type: 'image/png', width: 2, height: 2, duration: null, fps: null, codec: 'png' }
const oldFile = {
  id: FILE,
  expires_at: '2026-10-02T12:00:00.000Z',
  body: {
    id: FILE,
    filename: 'a.png',
    mime_type: 'image/png',
    size_bytes: 9,
    created_at: '2026-10-01T11:00:00.000Z',
    expires_at: '2026-10-02T12:00:00.000Z',
    media: { ...media, has_audio: false },
    stored_as: `${FILE}.png`,
  },
}

const writeOld = (path: string, whole = true) =>
  writeOldIndex(
    path,
    [
      { job: jobOf('a fox', { starred: true, seed: 42 }) },
      { job: jobOf('a lake'), cloud: { state: 'sent', id: 'c1' }, result: 'takes/2026-10-01/a.png' },
      { job: { ...jobOf('a wreck'), status: 'exploded' } as unknown as Job },
    ],
    [oldFile],
    whole,
  )

/** What the stores make of an index. */
const contents = async (path: string) => {
  const index = open(path)
  const { whole } = await index.found
  const jobs = createJobStore(index)
  const nothing = () => Promise.reject(new Error('not asked for'))
  const files = createFileStore({
    index,
    blobs: createFolderBlobs(createFolders(mkdtempSync(join(tmpdir(), 'rushes-')))),
    newPath: nothing,
    prober: { probe: nothing, thumbnail: nothing, preview: nothing },
    derivatives: { remove: () => Promise.resolve() },
    isWhole: () => true,
  })
  const { jobs: listed, unreadable } = await jobs.list({}, 50, null)
  const version = await index.run((db) => sql<{ user_version: number }>`pragma user_version`.execute(db))
  const result = {
    whole,
    version: version.rows[0]?.user_version,
    prompts: listed.map(({ inputs }) => inputs['prompt']),
    unreadable: unreadable.length,
    starred: await jobs.count({ starred: true }),
    seeded: await jobs.count({ seed: 42 }),
    found: await jobs.count({ text: 'fox' }),
    total: await jobs.count({}),
    byKey: (await jobs.getByKey('key of a lake'))?.cloud,
    // Expired long ago, and still the source of jobs.
    file: (await files.get(FILE))?.filename,
    swept: await files.sweep(),
  }
  await index.close()
  return result
}

const WHOLE = {
  whole: true,
  version: SCHEMA_VERSION,
  prompts: ['a lake', 'a fox'],
  unreadable: 1,
  starred: 1,
  seeded: 1,
  found: 1,
  total: 3,
  byKey: { state: 'sent', id: 'c1' },
  file: 'a.png',
  swept: 0,
}

describe('an index of Rushes 0.1', () => {
  it('is brought up with all that it holds, the row that cannot be read included', async () => {
    const path = newPath()
    writeOld(path)
    expect(await contents(path)).toEqual(WHOLE)
    // And stays so.
    expect(await contents(path)).toEqual(WHOLE)
  })

  it('that was stopped while the files were read into it is not taken for whole', async () => {
    const path = newPath()
    writeOld(path, false)
    expect(await contents(path)).toEqual({ ...WHOLE, whole: false })
  })

  it('is never left half-way, at whatever statement the program is stopped', async () => {
    const counted = newPath()
    writeOld(counted)
    let statements = 0
    const counting: Connect = async (...asked) => {
      const connection = await connectHere(...asked)
      return { ...connection, query: (...query) => (statements++, connection.query(...query)) }
    }
    const index = open(counted, counting)
    await index.found
    await index.close()
    expect(statements).toBeGreaterThan(30)
    for (let last = 1; last < statements; last++) {
      const path = newPath()
      writeOld(path)
      let left = last
      const dying: Connect = async (...asked) => {
        const connection = await connectHere(...asked)
        const query: typeof connection.query = (...words) =>
          left-- > 0 ? connection.query(...words) : Promise.reject(new DatabaseError('SQLITE_IOERR', 'stopped'))
        return { ...connection, query }
      }
      await expect(open(path, dying).found).rejects.toThrow()
      expect(await contents(path), `stopped after ${last} of ${statements}`).toEqual(WHOLE)
    }
  })
})

it('refuses an index of a newer Rushes in words, and changes nothing of it', async () => {
  const path = newPath()
  const index = open(path)
  await index.found
  await index.run((db) => db.insertInto('meta').values({ key: 'a', value: 'theirs' }).execute())
  await index.run((db) => sql.raw(`pragma user_version = ${SCHEMA_VERSION + 1}`).execute(db))
  await index.close()
  for (let time = 0; time < 2; time++)
    await expect(open(path).found).rejects.toThrow(
      new RegExp(`newer Rushes .*version is ${SCHEMA_VERSION + 1}, this one reads up to ${SCHEMA_VERSION}`),
    )
  const left = await connectHere(path, 'salvage')
  expect((await left.query('select value from meta')).rows).toEqual([{ value: 'theirs' }])
  await left.close()
})

it.each([0, 1, -1, -216_924_161, 1_073_741_824])('puts an index aside whose version %i is damaged', async (version) => {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-'))
  const path = join(folder, 'rushes.db')
  const index = open(path)
  await index.found
  await index.run((db) => sql.raw(`pragma user_version = ${version}`).execute(db))
  await index.close()
  const again = open(path)
  expect((await again.found).aside).toHaveLength(1)
  await again.close()
})
