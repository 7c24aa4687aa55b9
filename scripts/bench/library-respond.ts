import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { nowIn } from './library-page.ts'
import { type LibraryRig, untilReady } from './library-rig.ts'
import { median } from './table.ts'

const SLOWER = 4
const QUIET_MS = 700

/** What a hand does, and each time something else. */
type Act = { title: string; begin?: (page: Page) => Promise<void>; act: (page: Page, time: number) => Promise<void> }

const card = (page: Page, at: number) => page.locator('[role=grid] [data-take]').nth(at)

const ACTS: readonly Act[] = [
  { title: 'another card is chosen', act: (page, time) => card(page, 2 + time).click() },
  {
    title: 'an arrow in the grid',
    begin: (page) => card(page, 0).click(),
    act: (page, time) => page.keyboard.press(time % 2 === 0 ? 'ArrowDown' : 'ArrowRight'),
  },
  {
    title: 'a letter in the search',
    begin: (page) => page.getByRole('searchbox', { name: 'Search takes' }).click(),
    act: (page, time) => page.keyboard.press('foxsn'[time % 5] ?? 'x'),
  },
  {
    title: 'the wall and back (G)',
    begin: async (page) => {
      await page.getByRole('searchbox', { name: 'Search takes' }).fill('')
      await card(page, 0).focus()
    },
    act: (page) => page.keyboard.press('g'),
  },
  {
    title: 'another task in the form',
    begin: async (page) => {
      // Back from the wall, should it stand.
      if (page.url().includes('/wall')) await page.keyboard.press('g')
    },
    act: (page, time) =>
      page
        .getByRole('form', { name: 'Make', exact: true })
        .getByRole('radiogroup')
        .first()
        .locator('label')
        .nth((time + 1) % 6)
        .click(),
  },
  {
    title: 'Generate',
    begin: async (page) => {
      const make = page.getByRole('form', { name: 'Make', exact: true })
      await make.getByRole('radiogroup').first().locator('label').first().click()
      await make.getByRole('textbox', { name: 'Prompt' }).fill('a lake at dusk')
    },
    act: (page) =>
      page
        .getByRole('form', { name: 'Make', exact: true })
        .getByRole('button', { name: /^Generate/ })
        .click(),
  },
  {
    title: 'the queue is opened',
    begin: (page) => page.getByRole('button', { name: /^Queue/ }).waitFor(),
    act: async (page, time) => {
      if (time % 2 === 0) await page.getByRole('button', { name: /^Queue/ }).click()
      else await page.keyboard.press('Escape')
    },
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
  for (const { title, begin, act } of ACTS) {
    await begin?.(page)
    await delay(QUIET_MS)
    const found: number[] = []
    for (let time = 0; time < times; time++) {
      const since = await nowIn(page)
      await act(page, time)
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
    rows.push([title, ms(median(found)), ms(Math.max(...found)), '100 ms'])
  }
  await page.context().close()
  await fetch(`${rig.server.url}/v1/queue`, { method: 'DELETE' })
  await fetch(`${rig.server.url}/v1/queue/pause`, { method: 'DELETE' })
  return rows
}
