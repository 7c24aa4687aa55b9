import { setTimeout as delay } from 'node:timers/promises'
import { cardsSeen } from './library-page.ts'
import { gapsWhile } from './library-look.ts'
import { type LibraryRig, untilReady } from './library-rig.ts'
import { median } from './table.ts'

/** On the first there is no room for 200 cards: that is what the second is for. */
const SCREENS = [
  { width: 1920, height: 1080 },
  { width: 2560, height: 1440 },
] as const
const SMALLEST = 72

/** The wall with its smallest pictures on a large screen: what its motion takes of a processor. One row of a table. */
const motionRow = async (
  rig: LibraryRig,
  viewport: { width: number; height: number },
  moves: boolean,
  seconds: number,
): Promise<string[]> => {
  const kept = { 'rushes.wall': JSON.stringify({ state: { height: SMALLEST, moves }, version: 0 }) }
  const page = await rig.visit('/wall', { viewport, kept })
  await untilReady(page)
  const there = async () => {
    const { all, moving } = await cardsSeen(page)
    return { all, moving }
  }
  // All that are seen are fetched, and have been for a moment.
  let before = -1
  for (let { moving } = await there(); moving !== before; { moving } = await there()) {
    before = moving
    await delay(5000)
  }
  const { all, moving } = await there()
  // A page that asks for frames is drawn more often than one that does not: they are counted apart.
  const [begin, start] = [rig.cpuSeconds(), performance.now()]
  await delay(seconds * 1000)
  const [end, took] = [rig.cpuSeconds(), (performance.now() - start) / 1000]
  const gaps = await gapsWhile(page, () => delay(2000))
  await page.context().close()
  return [
    `${viewport.width}x${viewport.height}, ${moves ? 'all move' : 'still'}`,
    String(all),
    String(moves ? moving : 0),
    begin === null || end === null ? '?' : `${((100 * (end - begin)) / took).toFixed(0)} %`,
    `${median(gaps).toFixed(0)} ms`,
    moves ? '30 %' : '',
  ]
}

/** Each screen still and in motion. Rows of a table. */
export const motionRows = async (rig: LibraryRig, seconds: number): Promise<string[][]> => {
  const rows: string[][] = []
  for (const screen of SCREENS)
    for (const moves of [false, true]) rows.push(await motionRow(rig, screen, moves, seconds))
  return rows
}
