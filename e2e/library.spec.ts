import { readFile } from 'node:fs/promises'
import { emptyLibrary, expect, studioOf, test, untilReady } from './fixtures.ts'

// Finding, choosing, keeping and throwing away among many takes.

const DONE = { timeout: 90_000 }

const PROMPTS = ['A red barn', 'A blue barn', 'A green lake', 'A grey lake', 'A white lighthouse', 'A dark forest']

/** Small pictures, quickly made, and one clip. */
const makeTakes = async (url: string) => {
  const ask = async (model: string, prompt: string) => {
    const body = new FormData()
    body.set('prompt', prompt)
    body.set('resolution', '480p')
    body.set('seed', String(PROMPTS.indexOf(prompt) + 40))
    expect((await fetch(`${url}/v1/jobs/${model}`, { method: 'POST', body })).ok).toBe(true)
  }
  for (const prompt of PROMPTS) await ask('lucy-pro-t2i', prompt)
  const finished = async () => (await (await fetch(`${url}/v1/jobs?finished=true&limit=1`)).json()).total
  await expect.poll(finished, DONE).toBe(PROMPTS.length)
}

test('takes are found, selected, packed, binned and brought back, by pointer and by keys', async ({
  page,
  studio: { url },
}) => {
  await emptyLibrary(url)
  await makeTakes(url)
  const studio = studioOf(page)
  await studio.open()
  const cards = studio.takes.getByRole('gridcell')
  await expect(cards).toHaveCount(6)
  await expect(studio.takes.getByText('6 takes')).toBeVisible()

  // Search by the server, with terms.
  const search = studio.takes.getByRole('searchbox', { name: 'Search takes' })
  await search.fill('barn')
  await expect(cards).toHaveCount(2)
  await expect(studio.takes.getByText('2 takes')).toBeVisible()
  await search.fill('barn seed:41')
  await expect(cards).toHaveCount(1)
  await search.fill('nothing like it')
  await expect(studio.takes.getByText('No takes match.')).toBeVisible()
  await studio.takes.getByRole('button', { name: 'Show all takes' }).click()
  await expect(cards).toHaveCount(6)

  // Several as one archive, one as its own file.
  await studio.take('A red barn').locator('[data-take]').click()
  await studio
    .take('A green lake')
    .locator('[data-take]')
    .click({ modifiers: ['Shift'] })
  const selected = studio.takes.getByRole('region', { name: 'Selected takes' })
  await expect(selected).toContainText('3 selected')
  const packed = page.waitForEvent('download')
  await selected.getByRole('button', { name: 'Download' }).click()
  const archive = await packed
  expect(archive.suggestedFilename()).toMatch(/3-takes\.zip$/)
  expect((await readFile(await archive.path())).subarray(0, 2).toString()).toBe('PK')

  // The bin, and back out of it.
  await selected.getByRole('button', { name: 'Bin', exact: true }).click()
  await expect(cards).toHaveCount(3)
  await expect(studio.takes.getByText('3 takes went into the bin, for 30 days.')).toBeVisible()
  await studio.takes.getByRole('button', { name: 'Undo' }).click()
  await expect(cards).toHaveCount(6)
  await studio.take('A dark forest').locator('[data-take]').click()
  await page.keyboard.press('Delete')
  await expect(cards).toHaveCount(5)
  await studio.takes.getByRole('button', { name: 'Bin', exact: true, pressed: false }).click()
  await expect(studio.take('A dark forest')).toBeVisible()
  await studio.takes.getByRole('button', { name: 'Empty bin…' }).click()
  await page.getByRole('button', { name: 'Remove for good' }).click()
  await expect(studio.takes.getByText('The bin is empty.')).toBeVisible()
  await studio.takes.getByRole('button', { name: 'All takes' }).click()
  await expect(cards).toHaveCount(5)

  // Keys alone: walk, star, name, look large, the wall, and a comparison.
  await studio.take('A white lighthouse').locator('[data-take]').click()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('s')
  await expect(studio.take('A grey lake').getByRole('button', { name: /^Star/, pressed: true })).toBeVisible()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Name of the take' }).fill('Hero shot')
  await page.keyboard.press('Enter')
  await expect(studio.take('Hero shot')).toBeVisible()
  await page.keyboard.press('g')
  await expect(studio.takes.getByRole('slider', { name: 'Size' })).toBeVisible()
  await expect(studio.stage).toHaveCount(0)
  await studio.take('Hero shot').locator('[data-take]').focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('dialog', { name: /Hero shot/ }).getByRole('img')).toBeVisible()
  await page.keyboard.press('Space')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(studio.take('Hero shot').locator('[data-take]')).toBeFocused()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('c')
  await expect(studio.shown).toHaveCount(2)
})

test('on the first look the cards have their pictures before what nobody sees yet is asked for', async ({
  page,
  studio: { url },
}) => {
  await emptyLibrary(url)
  await makeTakes(url)
  // All else waits no longer than a second and a half, which a slow machine may need.
  await page.addInitScript(() => {
    const { setTimeout } = window
    Object.assign(window, {
      setTimeout: (handler: TimerHandler, timeout?: number) => (timeout === 1500 ? 0 : setTimeout(handler, timeout)),
    })
  })
  await page.goto(url)
  await untilReady(page)
  const asked = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .map(({ name, startTime, responseEnd }) => ({ path: new URL(name).pathname, startTime, responseEnd })),
  )
  const pictures = asked.filter(({ path }) => path.endsWith('/thumbnail')).slice(0, PROMPTS.length)
  expect(pictures).toHaveLength(PROMPTS.length)
  const seen = Math.max(...pictures.map(({ responseEnd }) => responseEnd))
  const late = asked.filter(({ path }) => /^\/assets\/rest-|^\/v1\/(renderers|models|spending|me|shelves)$/.test(path))
  expect(late.map(({ path }) => path)).toEqual(expect.arrayContaining(['/v1/renderers', '/v1/models', '/v1/spending']))
  expect(late.filter(({ startTime }) => startTime < seen)).toEqual([])
})

test('where the pictures of the cards do not come, all else does', async ({ page, studio: { url } }) => {
  await emptyLibrary(url)
  await makeTakes(url)
  await page.route('**/thumbnail', () => undefined)
  await page.goto(url)
  await untilReady(page)
  await expect(page.getByRole('region', { name: 'Takes' }).getByRole('gridcell')).toHaveCount(PROMPTS.length)
})
