import { expect, studioOf, test } from './fixtures.ts'

const DONE = { timeout: 90_000 }

/** Asks the server for clips that take a while. */
const ask = async (url: string, count: number): Promise<void> => {
  for (let at = 1; at <= count; at++) {
    const form = new FormData()
    form.set('prompt', `A lake that waits, ${at}`)
    form.set('resolution', '480p')
    form.set('seed', String(at))
    await fetch(`${url}/v1/jobs/lucy-pro-t2v`, { method: 'POST', body: form })
  }
}

test('the queue is told in the bar and the title, paused, put in another order, and emptied', async ({
  page,
  studio: { url },
}) => {
  const studio = studioOf(page)
  await fetch(`${url}/v1/queue/pause`, { method: 'PUT', body: JSON.stringify({ running: 'requeue' }) })
  await ask(url, 4)
  await studio.open()
  await expect(page).toHaveTitle(/^1 of 4 · Rushes$/)
  await page.getByRole('button', { name: /^Queue: 0 of 4, paused/ }).click()
  const queue = page.getByRole('dialog', { name: 'Queue' })
  const waiting = queue.getByRole('list', { name: 'Waiting' })
  await expect(queue.getByRole('status')).toHaveText('0 running · 4 waiting · paused')
  await expect(waiting.getByRole('listitem')).toHaveText([/waits, 1/, /waits, 2/, /waits, 3/, /waits, 4/])

  await queue.getByRole('button', { name: 'Make A lake that waits, 4 next' }).click()
  await expect(waiting.getByRole('listitem')).toHaveText([/waits, 4/, /waits, 1/, /waits, 2/, /waits, 3/])
  await queue.getByRole('button', { name: 'Cancel A lake that waits, 1' }).click()
  await expect(waiting.getByRole('listitem')).toHaveText([/waits, 4/, /waits, 2/, /waits, 3/])
  await waiting
    .getByRole('listitem')
    .filter({ hasText: 'waits, 3' })
    .dragTo(waiting.getByRole('listitem').filter({ hasText: 'waits, 2' }))
  await expect(waiting.getByRole('listitem')).toHaveText([/waits, 4/, /waits, 3/, /waits, 2/])
  // The library tells the same places.
  await expect(studio.takes.locator('section[aria-label=Now] li')).toHaveText([
    /waits, 4.*Queued, next/,
    /waits, 3.*Queued, number 2/,
    /waits, 2.*Queued, number 3/,
  ])

  await queue.getByRole('button', { name: 'Go on' }).click()
  await expect(queue.getByRole('list', { name: 'Running' })).toContainText('A lake that waits, 4')
  await queue.getByRole('button', { name: 'Cancel the rest' }).click()
  await expect(waiting).toHaveCount(0)
  await expect(queue.getByRole('status')).toHaveText('Nothing runs and nothing waits.', DONE)
  await queue.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('status', { name: 'News' })).toHaveText('Take done: A lake that waits, 4.')
  await expect(page).toHaveTitle('Rushes')
})

test('the palette finds commands, models and takes, and the key sheet says what each key does', async ({ page }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2i')
  await studio.choose('480p')
  await studio.prompt('A pear on a stone')
  await studio.generate()
  await expect(page.getByRole('status', { name: 'News' })).toHaveText(/Take done: A pear on a stone\.$/, DONE)

  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Search or do' })
  await expect(palette).toBeVisible()
  await page.keyboard.type('image edit')
  await expect(palette.getByRole('option').first()).toBeVisible()
  await palette
    .getByRole('option', { name: /image edit/i })
    .first()
    .click()
  await expect(palette).toHaveCount(0)
  await expect(studio.make.getByLabel('Model')).not.toHaveValue('lucy-pro-t2i')

  await page.keyboard.press('Control+k')
  await expect(palette).toBeVisible()
  await page.keyboard.type('pear stone')
  await palette.getByRole('option', { name: /A pear on a stone/ }).click()
  await expect(studio.stage).toContainText('A pear on a stone')

  await page.keyboard.press('Control+k')
  await expect(palette).toBeVisible()
  await page.keyboard.type('light theme')
  await expect(palette.getByRole('option')).toHaveText(['Light theme'])
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')

  await page.locator('body').press('?')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await expect(keys.getByRole('region', { name: 'Time' })).toContainText('Play, pause')
  await page.keyboard.press('Escape')
  await expect(keys).toHaveCount(0)
})
