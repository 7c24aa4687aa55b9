import { existsSync } from 'node:fs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { BIN_DAYS } from '../../shared/library.ts'
import { createLibraryStore, type LibraryStore } from '../store/library-store.ts'
import { createWorkshop } from '../testing/workshop.ts'
import { createBin } from './bin.ts'
import { binned } from './edits.ts'

let workshop: Awaited<ReturnType<typeof createWorkshop>>
let library: LibraryStore
beforeEach(async () => {
  workshop = await createWorkshop()
  library = createLibraryStore(workshop.index)
})
afterEach(() => workshop.remove())

const DAY = 24 * 60 * 60 * 1000

const finished = async (prompt: string): Promise<{ id: string; path: string }> => {
  const id = await workshop.submit(prompt)
  await vi.waitFor(() => expect(workshop.local.at(-1)?.task.job.job_id).toBe(id))
  await workshop.local.at(-1)?.finish()
  // Its end is told to everybody before it is written down.
  await vi.waitFor(async () => expect((await workshop.jobs.get(id))?.result).toBeTruthy())
  return { id, path: workshop.takeFolder.path((await workshop.jobs.get(id))?.result ?? '') }
}

it('removes for good what has lain in it for thirty days, file and all, and nothing before', async () => {
  const [old, young, kept] = [await finished('old'), await finished('young'), await finished('kept')]
  const begin = new Date('2026-11-01T12:00:00.000Z')
  await workshop.runner.changes.change(old.id, binned(true, begin))
  await workshop.runner.changes.change(young.id, binned(true, new Date(begin.getTime() + DAY)))
  const made: string[] = []
  const told: string[] = []
  let now = new Date(begin.getTime() + BIN_DAYS * DAY)
  const bin = createBin({
    library,
    takes: workshop.takes,
    takeFiles: { forget: async (id) => void made.push(id) },
    derivatives: { remove: async (id) => void made.push(id) },
    bus: { tell: (event) => event.name === 'removed' && told.push(...event.jobs.map(({ id }) => id)) },
    inTurn: workshop.runner.changes.inTurn,
    now: () => now,
  })
  expect(await bin.sweep()).toBe(0)
  now = new Date(now.getTime() + 1)
  expect(await bin.sweep()).toBe(1)
  expect([made, told]).toEqual([[old.id, old.id], [old.id]])
  expect([old, young, kept].map(({ path }) => [existsSync(path), existsSync(`${path}.json`)])).toEqual([
    [false, false],
    [true, true],
    [true, true],
  ])
  expect(await workshop.jobs.get(old.id)).toBeUndefined()
  expect(await library.shelves()).toEqual({ shelves: [], binned: 1 })
  expect(await bin.empty()).toBe(1)
  expect([existsSync(young.path), existsSync(kept.path)]).toEqual([false, true])
})

it('takes a take whose file is gone already, and gives none of it back', async () => {
  const { id, path } = await finished('gone')
  await workshop.takes.discard(`takes/${path.split(/[/\\]/).slice(-2).join('/')}`)
  await workshop.runner.changes.change(id, binned(true, new Date()))
  expect(existsSync(`${path}.json`)).toBe(false)
  await expect(workshop.runner.changes.change(id, binned(false, new Date()))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
