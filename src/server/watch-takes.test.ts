import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createJobBus, type JobEvent } from './jobs/bus.ts'
import { completed, newJob } from './jobs/transitions.ts'
import { createFolders, writeJson } from './store/folders.ts'
import type { Index } from './store/database/index-access.ts'
import { createJobStore, type JobStore } from './store/job-store.ts'
import { createLibraryStore } from './store/library-store.ts'
import { createTakeFolder } from './store/take-folder.ts'
import { openTestIndex } from './testing/open-test-index.ts'
import { type TakesWatch, watchTakes } from './watch-takes.ts'

const root = () => mkdtempSync(join(tmpdir(), 'rushes-'))
let folders: ReturnType<typeof createFolders>
let index: Index
let jobs: JobStore
let watching: TakesWatch
let events: JobEvent[]
let warnings: string[]
beforeEach(async () => {
  folders = createFolders(root())
  index = await openTestIndex(folders)
  jobs = createJobStore(index)
  events = []
  warnings = []
  const bus = createJobBus()
  bus.subscribe((event) => events.push(event))
  watching = watchTakes({
    folders,
    takes: createTakeFolder(folders),
    jobs,
    library: createLibraryStore(index),
    bus,
    inTurn: (work) => work(),
    logger: pino({ level: 'warn' }, { write: (line: string) => warnings.push(line) }),
  })
})
afterEach(async () => {
  await watching.close()
  await index.close()
  rmSync(folders.root, { recursive: true, force: true })
})

/** A finished take in that folder below `takes`, known to the index. */
const take = async (place: string, name: string): Promise<string> => {
  const asked = { model: 'lucy-pro-t2i', requestedModel: 'a', idempotencyKey: null, renderer: 'local', inputs: {} }
  const facts = { mime_type: 'image/png', width: 2, height: 2, duration: null, fps: null, bytes: 4 }
  const job = completed(newJob({ ...asked, now: new Date() }), { ...facts, filename: name }, new Date())
  const result = `takes/${place}/${name}`
  mkdirSync(join(folders.takes, place), { recursive: true })
  writeFileSync(join(folders.root, result), 'take')
  await writeJson(folders, join(folders.root, `${result}.json`), job)
  await jobs.restore([{ job, cloud: null, result }])
  return job.job_id
}
const placeOf = async (id: string) => (await jobs.get(id))?.result

it('takes a day that was renamed for a move: nothing is told to be gone, and all is found at its new place', async () => {
  const ids = [await take('2026-11-29', 'a.png'), await take('2026-11-29', 'b.png')]
  await watching.start()
  renameSync(join(folders.takes, '2026-11-29'), join(folders.takes, 'lake'))
  await vi.waitFor(async () => {
    expect(await Promise.all(ids.map(placeOf))).toEqual(['takes/lake/a.png', 'takes/lake/b.png'])
  }, 10_000)
  expect(events.filter(({ name }) => name === 'removed')).toEqual([])
})

it('forgets a day that was deleted as a whole, and takes in one that comes, folders in it included', async () => {
  const ids = [await take('2026-11-28', 'a.png'), await take('2026-11-28', 'b.png')]
  const kept = await take('2026-11-29', 'c.png')
  const copy = root()
  cpSync(join(folders.takes, '2026-11-28'), join(copy, 'from elsewhere', 'deep'), { recursive: true })
  await watching.start()
  rmSync(join(folders.takes, '2026-11-28'), { recursive: true })
  await vi.waitFor(async () => expect(await jobs.count({})).toBe(1), 10_000)
  expect(
    events.flatMap((event) => (event.name === 'removed' ? event.jobs.map(({ id }) => id) : [])).toSorted(),
  ).toEqual(ids.toSorted())
  expect(await placeOf(kept)).toBe('takes/2026-11-29/c.png')
  cpSync(copy, folders.takes, { recursive: true })
  await vi.waitFor(async () => expect(await jobs.count({})).toBe(3), 10_000)
  expect(await placeOf(ids[0] ?? '')).toBe('takes/from elsewhere/deep/a.png')
  rmSync(copy, { recursive: true })
})

it('forgets nothing where the folder itself is moved away, as a disk is that is not mounted', async () => {
  const id = await take('2026-11-29', 'a.png')
  await watching.start()
  const away = join(dirname(folders.takes), 'away')
  renameSync(folders.takes, away)
  // What happens there happens to nothing that is known.
  rmSync(join(away, '2026-11-29', 'a.png'))
  await vi.waitFor(() => expect(warnings.join()).toContain('nothing is forgotten'), 10_000)
  expect([await placeOf(id), events]).toEqual(['takes/2026-11-29/a.png', []])
})
