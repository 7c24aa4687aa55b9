import { expect, studioOf, test } from './fixtures.ts'

// What the form tells while one writes in it, and what it keeps.

test('the words that the local engine knows are seen in the prompt, and the form keeps its promises', async ({
  page,
}) => {
  const studio = studioOf(page)
  await studio.open()
  const prompt = studio.make.getByRole('textbox', { name: 'Prompt' })
  const marks = page.locator('.prompt-marks [data-known]')
  await prompt.fill('a fox in a glorbix forest at dawn')
  await expect(marks).toHaveText(['fox', 'glorbix', 'forest', 'dawn'])
  await expect(page.locator('.prompt-marks [data-known=false]')).toHaveText(['glorbix'])
  await expect(
    studio.make.getByText(/^Will draw: .*forest.*dawn.*Left to the seed: .*Not known: glorbix\.$/),
  ).toBeVisible()
  // The lines lie under the words that they are about, also where the field is scrolled.
  await prompt.fill(`A forest${'\n'.repeat(20)}and a lake`)
  await expect(marks.last()).toHaveText('lake')
  await prompt.press('Control+End')
  await expect
    .poll(() => prompt.evaluate((field) => field.scrollTop > 0 && field.scrollHeight > field.clientHeight))
    .toBe(true)
  await expect
    .poll(() =>
      prompt.evaluate((field) => {
        const over = document.querySelector('.prompt-marks')
        return over && [over.scrollTop - field.scrollTop, over.clientWidth - field.clientWidth]
      }),
    )
    .toEqual([0, 0])

  // A take that is there already is not made a second time by itself.
  await prompt.fill('a lake at dawn')
  await studio.make.getByRole('textbox', { name: 'Seed' }).fill('41')
  await studio.choose('480p')
  await studio.generate()
  await expect(studio.shown).toHaveCount(1)
  await studio.generate()
  await expect(studio.make.getByText('This take exists already.')).toBeVisible()
  await expect(studio.take('a lake at dawn')).toHaveCount(1)

  // Another task: the prompt goes along, the seed does not, and what was chosen for a task is there again.
  await studio.choose('Picture')
  await expect(studio.make.getByText(/^Seed 41 let go/)).toBeVisible()
  await studio.choose('Edit clip')
  await studio.make.getByRole('button', { name: /^by Local engine/ }).click()
  await page.getByRole('button', { name: /^More models/ }).click()
  await page.getByRole('button', { name: /^Lucy Restyle 2/ }).click()
  await expect(studio.make.getByLabel('Model')).toHaveValue('lucy-restyle-2')
  await studio.choose('Text to clip')
  await studio.choose('Edit clip')
  await expect(studio.make.getByLabel('Model')).toHaveValue('lucy-restyle-2')
  await expect(prompt).toHaveValue('a lake at dawn')

  await studio.choose('Text to clip')
  await prompt.fill('')
  await prompt.press('ArrowUp')
  await expect(prompt).toHaveValue('a lake at dawn')
})
