import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLibrary } from './library-data.ts'
import { insertRows } from './library-insert.ts'
import { firstRows, leakRow, scrollRow } from './library-look.ts'
import { motionRows } from './library-motion.ts'
import { spriteRow, trayRows } from './library-queue.ts'
import { respondRows } from './library-respond.ts'
import { openLibraryRig } from './library-rig.ts'
import { searchRows } from './library-search.ts'
import { printTable } from './table.ts'

/** How much is measured: all of it, or just enough to see that it runs. */
type Extent = { takes: number; runs: number; turns: number; added: number; seconds: number; waiting: readonly number[] }

const WHOLE: Extent = { takes: 50_000, runs: 7, turns: 120, added: 10, seconds: 10, waiting: [10, 2000] }
const QUICK: Extent = { takes: 240, runs: 1, turns: 5, added: 2, seconds: 1, waiting: [3] }

/** The studio in a real browser with a library of years, against its goals. `quick` just sees that it runs. */
export const benchLibrary = async (quick: boolean): Promise<void> => {
  const { takes, runs, turns, added, seconds, waiting } = quick ? QUICK : WHOLE
  const begin = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  await makeLibrary(folder, takes)
  const made = ((performance.now() - begin) / 1000).toFixed(0)
  console.log(`\nA library of ${takes.toLocaleString('en')} takes was made in ${made} s`)
  const rig = await openLibraryRig(folder)
  try {
    const times = ['median', 'worst', 'goal']
    printTable(
      'Library: all cards in sight with their pictures, from the navigation',
      ['', 'median', 'worst', 'cards', 'goal'],
      await firstRows(rig, runs),
    )
    printTable(
      `Library: a search at the server (${runs * 5} each)`,
      ['', 'found', 'median', 'p95', 'goal'],
      await searchRows(rig.server.url, runs * 5),
    )
    printTable(
      'Library: scrolling by the wheel',
      ['', 'screens', 'long tasks', 'longest', 'between frames, p95', 'worst', 'cores', 'goal'],
      [await scrollRow(rig, 'column', turns), await scrollRow(rig, 'wall', turns)],
    )
    printTable(
      'Library: takes come in while a clip of 720p plays',
      ['', 'takes', 'new cards', 'redrawn', 'same canvas', 'frames shown', 'latest by', 'goal'],
      await insertRows(rig, added),
    )
    printTable(
      'Library: the wall with its smallest pictures',
      ['', 'cards', 'moving', 'of one core', 'between frames', 'goal'],
      await motionRows(rig, seconds),
    )
    printTable(
      'Library: until the next paint, on a processor slowed down four times',
      ['', ...times],
      await respondRows(rig, Math.min(5, runs)),
    )
    printTable('Library: a clip that was just made', ['', ...times], [await spriteRow(rig, runs)])
    printTable(
      'Library: the queue is opened',
      ['', 'median', 'worst', 'requests', 'long task', 'goal'],
      await trayRows(rig, waiting, runs),
    )
    printTable(
      'Library: what a page holds before and after it was scrolled down the wall and up again',
      ['images', 'nodes', 'listeners', 'heap, MB', 'goal'],
      [await leakRow(rig, turns)],
    )
  } finally {
    await rig.close()
    await rm(folder, { recursive: true, force: true })
  }
}
