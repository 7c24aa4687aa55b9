import { setTimeout as delay } from 'node:timers/promises'
import type { Locator, Page } from '@playwright/test'
import { nowIn } from './library-page.ts'
import { type LibraryRig, untilReady } from './library-rig.ts'
import { median } from './table.ts'

const SLOWER = 4
const QUIET_MS = 700

/** What a hand does, and each time something else: a key, or a press on what is found. */
type Act = { title: string; begin?: (page: Page) => Promise<void> } & (
  { key: (time: number) => string } | { press: (page: Page, time: number) => Locator }
)

const card = (page: Page, at: number) => page.locator('[role=grid] [data-take]').nth(at)

const ACTS: readonly Act[] = [
  { title: 'another card is chosen', press: (page, time) => card(page, 2 + time) },
  {
    title: 'an arrow in the grid',
    begin: (page) => card(page, 0).click(),
    key: (time) => (time % 2 === 0 ? 'ArrowDown' : 'ArrowRight'),
  },
  {
    title: 'a letter in the search',
    begin: (page) => page.getByRole('searchbox', { name: 'Search takes' }).click(),
    key: (time) => 'foxsn'[time % 5] ?? 'x',
  },
  {
    title: 'the wall and back (G)',
    begin: async (page) => {
      await page.getByRole('searchbox', { name: 'Search takes' }).fill('')
      await card(page, 0).focus()
    },
    key: () => 'g',
  },
  {
    title: 'another task in the form',
    begin: async (page) => {
      // Back from the wall, should it stand.
      if (page.url().includes('/wall')) await page.keyboard.press('g')
    },
    press: (page, time) =>
      page
        .getByRole('form', { name: 'Make', exact: true })
        .getByRole('radiogroup')
        .first()
        .locator('label')
        .nth((time + 1) % 6),
  },
  {
    title: 'Generate',
    begin: async (page) => {
      const make = page.getByRole('form', { name: 'Make', exact: true })
      await make.getByRole('radiogroup').first().locator('label').first().click()
      await make.getByRole('textbox', { name: 'Prompt' }).fill('a lake at dusk')
    },
    press: (page) => page.getByRole('form', { name: 'Make', exact: true }).getByRole('button', { name: /^Generate/ }),
  },
  {
    title: 'the queue is opened, and closed',
    begin: (page) => page.getByRole('button', { name: /^Queue/ }).waitFor(),
    press: (page) => page.getByRole('button', { name: /^Queue/ }),
  },
]

/** Until the next paint after each of several things that a hand does, on a machine so much slower. Rows of a table. */
export const respondRows = async (rig: LibraryRig, times: number): Promise<string[][]> => {
  await fetch(`${rig.server.url}/v1/queue/pause`, { method: 'PUT' })
  const page = await rig.visit('/')
  await untilReady(page)
  const session = await page.context().newCDPSession(page)
  // What comes after the first look has come.
  await delay(3000)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  const rows: string[][] = []
  for (const act of ACTS) {
    await act.begin?.(page)
    await delay(QUIET_MS)
    const found: number[] = []
    for (let time = 0; time < times; time++) {
      // Where it stands is asked before: the page would be busy with that as well.
      const box = 'press' in act ? await act.press(page, time).boundingBox() : null
      await delay(QUIET_MS)
      const since = await nowIn(page)
      if ('key' in act) await page.keyboard.press(act.key(time))
      else if (box) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
      else throw new Error(`nothing to press: ${act.title}`)
      await delay(QUIET_MS)
      found.push(
        await page.evaluate(
          (from) =>
            Math.max(
              0,
              ...window.seen.interactions.filter(({ start }) => start >= from).map(({ duration }) => duration),
            ),
          since,
        ),
      )
    }
    const ms = (value: number) => (value === 0 ? 'under 16 ms' : `${value.toFixed(0)} ms`)
    rows.push([act.title, ms(median(found)), ms(Math.max(...found)), '100 ms'])
  }
  await page.context().close()
  await fetch(`${rig.server.url}/v1/queue`, { method: 'DELETE' })
  await fetch(`${rig.server.url}/v1/queue/pause`, { method: 'DELETE' })
  return rows
}
