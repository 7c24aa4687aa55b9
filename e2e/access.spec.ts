import AxeBuilder from '@axe-core/playwright'
import { expect, studioOf, test } from './fixtures.ts'

// Keyboard, screen readers, contrast, small screens.

for (const scheme of ['dark', 'light'] as const)
  test(`has no barrier that axe finds, ${scheme}`, async ({ page, media }) => {
    await page.emulateMedia({ colorScheme: scheme })
    const studio = studioOf(page)
    await studio.open()
    await page.getByLabel('Theme').selectOption(scheme)
    await studio.pick('lucy-image-2')
    await studio.drop('Image', media.picture)
    await expect(studio.make.getByText('640 × 360')).toBeVisible()
    const scan = () => new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
    expect((await scan()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await studio.prompt('Ink on paper')
    await studio.choose('480p')
    await studio.generate()
    await expect(
      studio
        .take('Ink on paper')
        .first()
        .getByRole('link', { name: /^Download/ }),
    ).toBeVisible()
    await studio.take('Ink on paper').first().getByRole('button').first().click()
    await studio.compare('Wipe')
    expect((await scan()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })

test('generates from the keyboard alone', async ({ page }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.pick('lucy-pro-t2i')
  await studio.make.getByRole('textbox', { name: 'Prompt' }).focus()
  await page.keyboard.type('Fields in the morning')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(studio.take('Fields in the morning')).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('three tabs, and nothing wider than the screen', async ({ page }) => {
    const studio = studioOf(page)
    await studio.open()
    await page.getByRole('tab', { name: 'Make' }).tap()
    await studio.pick('lucy-pro-t2i')
    await studio.prompt('A meadow on a phone')
    await studio.choose('480p')
    await studio.make.getByRole('button', { name: /^Generate/ }).tap()
    await page.getByRole('tab', { name: /Takes/ }).tap()
    await expect(studio.take('A meadow on a phone').first()).toBeVisible()
    await page.getByRole('tab', { name: 'Stage' }).tap()
    await expect(studio.stage).toBeVisible()
    for (const tab of ['Make', 'Stage', /Takes/]) {
      await page.getByRole('tab', { name: tab }).tap()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    }
  })
})
