import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLibrary } from './library-data.ts'
import { insertRows } from './library-insert.ts'
import { firstRows, leakRow, scrollRow } from './library-look.ts'
import { motionRows } from './library-motion.ts'
import { spriteRow, trayRows } from './library-queue.ts'
import { respondRows } from './library-respond.ts'
import { type LibraryRig, openLibraryRig } from './library-rig.ts'
import { searchRows } from './library-search.ts'
import { printTable } from './table.ts'

const TAKES = 50_000
const RUNS = 7
const SEARCHES = 35
/** How often the wheel is turned. */
const TURNS = 120
/** Takes that come in while a clip plays. */
const ADDED = 10
/** Seconds for which motion is looked at. */
const SECONDS = 10
/** The tray shows fifty of them at most. */
const WAITING = [10, 50, 2000]

const lookAndSearch = async (rig: LibraryRig, runs: number, searches: number): Promise<void> => {
  printTable(
    'Library: all cards in sight with their pictures, from the navigation',
    ['', 'median', 'worst', 'cards', 'goal'],
    await firstRows(rig, runs),
  )
  printTable(
    `Library: a search at the server (${searches} each)`,
    ['', 'found', 'median', 'p95', 'goal'],
    await searchRows(rig.server.url, searches),
  )
}

const inUse = async (rig: LibraryRig): Promise<void> => {
  const times = ['median', 'worst', 'goal']
  printTable(
    'Library: scrolling by the wheel',
    ['', 'screens', 'long tasks', 'longest', 'between frames, p95', 'worst', 'cores', 'goal'],
    [await scrollRow(rig, 'column', TURNS), await scrollRow(rig, 'wall', TURNS)],
  )
  printTable(
    'Library: takes come in while a clip of 720p plays',
    ['', 'takes', 'new cards', 'redrawn', 'same canvas', 'frames shown', 'latest by', 'goal'],
    await insertRows(rig, ADDED),
  )
  printTable(
    'Library: the wall with its smallest pictures',
    ['', 'cards', 'moving', 'of one core', 'between frames', 'goal'],
    await motionRows(rig, SECONDS),
  )
  printTable(
    'Library: what a page holds before and after it was scrolled down the wall and up again',
    ['images', 'nodes', 'listeners', 'heap, MB', 'goal'],
    [await leakRow(rig, TURNS)],
  )
  printTable(
    'Library: until the next paint, on a processor slowed down four times',
    ['', ...times],
    await respondRows(rig, RUNS),
  )
  printTable('Library: a clip that was just made', ['', ...times], [await spriteRow(rig, RUNS)])
  printTable(
    'Library: the queue is opened',
    ['', 'median', 'worst', 'requests', 'long task', 'goal'],
    await trayRows(rig, WAITING, RUNS),
  )
}

/**
 * The studio in a real browser with a library of years, against its goals. `quick` looks and searches a little in a
 * small one, to see that it runs.
 */
export const benchLibrary = async (quick: boolean): Promise<void> => {
  const takes = quick ? 60 : TAKES
  const begin = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  await makeLibrary(folder, takes, quick)
  const made = ((performance.now() - begin) / 1000).toFixed(0)
  console.log(`\nA library of ${takes.toLocaleString('en')} takes was made in ${made} s`)
  const rig = await openLibraryRig(folder)
  try {
    await lookAndSearch(rig, quick ? 1 : RUNS, quick ? 1 : SEARCHES)
    if (!quick) await inUse(rig)
  } finally {
    await rig.close()
    await rm(folder, { recursive: true, force: true })
  }
}
