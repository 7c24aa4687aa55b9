import type { Locator, Page } from '@playwright/test'
import { expect, shownColours, studioOf, test } from './fixtures.ts'
import { boxOf } from './waits.ts'

// The whole work by finger alone, on a phone that is held upright and on one that lies.

// With all that moves, as most people have it.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const DONE = { timeout: 90_000 }

type Point = { x: number; y: number }

/** One finger, as the system tells of it. */
const fingerOn = async (page: Page) => {
  const touch = await page.context().newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', point?: Point) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [point] : [] })
  return {
    down: (point: Point) => send('touchStart', point),
    up: () => send('touchEnd'),
    swipe: async (from: Point, by: Point) => {
      await send('touchStart', from)
      for (const part of [0.25, 0.5, 0.75, 1])
        await send('touchMove', { x: from.x + by.x * part, y: from.y + by.y * part })
      await send('touchEnd')
    },
  }
}

/** The middle of what is seen of an element. */
const middleOf = async (locator: Locator): Promise<Point> => {
  const { x, y, width, height } = await boxOf(locator)
  return { x: x + width / 2, y: y + height / 2 }
}

const ways = [
  ['upright', { width: 390, height: 844 }, 'Text to clip', 'Edit clip', 'Waves under a finger'],
  ['lying', { width: 844, height: 390 }, 'Picture', 'Edit picture', 'Dunes under a finger'],
] as const

for (const [way, viewport, task, edit, prompt] of ways)
  test.describe(`a phone, ${way}`, () => {
    test.use({ viewport, hasTouch: true, isMobile: true })

    test('asks for four, chooses one, edits it, sees its source and takes it away', async ({ page }) => {
      const studio = studioOf(page)
      const { make, stage } = studio
      const finger = await fingerOn(page)
      const press = async (within: Locator, name: string) =>
        within
          .locator('label')
          .filter({ has: page.getByText(name, { exact: true }) })
          .tap()
      const picture = stage.locator('.viewer-canvas')
      const thumbs = stage.getByRole('group', { name: 'This take' })
      const finished = stage.locator('[data-cell][data-state=done]')
      const nth = () =>
        stage
          .locator('[data-cell]')
          .evaluateAll((cells) => cells.findIndex((cell) => cell.hasAttribute('aria-current')))

      await studio.open()
      await page.getByRole('tab', { name: 'Make' }).tap()
      await press(make, task)
      await make.getByRole('textbox', { name: 'Prompt' }).tap()
      await page.keyboard.type(prompt)
      await press(make, '480p')
      await press(make.getByRole('radiogroup', { name: 'Takes' }), '4')
      await make.getByRole('button', { name: /^Generate/ }).tap()

      // The stage shows the first that is finished. A swipe to the side leads to its neighbour, one upwards to its facts.
      await expect(finished).toHaveCount(4, DONE)
      await expect(studio.shown).toHaveCount(1)
      const before = await nth()
      const isLast = before === 3
      await finger.swipe(await middleOf(picture), { x: isLast ? 120 : -120, y: 8 })
      await expect.poll(nth).toBe(isLast ? 2 : before + 1)
      await expect(studio.shown).toHaveCount(1)
      await finger.swipe(await middleOf(picture), { x: 5, y: -120 })
      await stage.getByRole('button', { name: 'Show less' }).tap()

      await thumbs.getByRole('button', { name: 'Choose among 4' }).tap()
      await expect(studio.shown).toHaveCount(4)
      const bar = stage.getByRole('region', { name: 'Choose' })
      for (const last of [3, 2, 1])
        await stage
          .getByRole('button', { name: /^Reject/ })
          .nth(last)
          .tap()
      await expect(bar.getByRole('status').first()).toHaveText(/^Winner: /)
      await bar.getByRole('button', { name: 'Use as input' }).tap()

      await press(make, edit)
      await expect(make.getByRole('button', { name: /^Remove/ }).first()).toBeVisible()
      await make.getByRole('textbox', { name: 'Prompt' }).fill('Watercolour')
      await press(make.getByRole('radiogroup', { name: 'Takes' }), '1')
      await make.getByRole('button', { name: /^Generate/ }).tap()
      await expect(studio.shown).toHaveCount(2, DONE)

      // Held, the picture is its source; let go of, the edit again.
      const { x, y } = await middleOf(picture)
      const edited = await shownColours(studio.shown.last(), 8)
      await finger.down({ x: x + 40, y })
      await expect(studio.shown).toHaveCount(1)
      await expect(studio.shown).toContainText('Source')
      await expect.poll(async () => (await shownColours(studio.shown, 8)).at(-1)).not.toEqual(edited.at(-1))
      await finger.up()
      await expect(studio.shown).toHaveCount(2)

      await thumbs.getByRole('button', { name: 'Star' }).tap()
      await expect(thumbs.getByRole('button', { name: 'Starred' })).toBeVisible()
      const arriving = page.waitForEvent('download')
      await thumbs.getByRole('link', { name: 'Save' }).tap()
      expect((await arriving).suggestedFilename()).toMatch(/^watercolour_.*\.(mp4|png)$/)
      for (const act of await thumbs.locator('button, a').all()) {
        const { width, height } = await boxOf(act)
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
      }
    })
  })
