import type { APIRequestContext } from '@playwright/test'
import { z } from 'zod'
import { expect, PICTURE, studioOf, test } from './fixtures.ts'

// A take tells where it came from, what came of it, and the code that makes it; one made offline sends itself.

const submitted = z.object({ job_id: z.string() })
const filed = z.object({ id: z.string() })

/** Makes a small take at the server, and waits for it. */
const made = async (request: APIRequestContext, model: string, multipart: Record<string, string>): Promise<string> => {
  const answer = await request.post(`/v1/jobs/${model}`, { multipart: { resolution: '480p', ...multipart } })
  const { job_id } = submitted.parse(await answer.json())
  const status = async () =>
    z.object({ status: z.string() }).parse(await (await request.get(`/v1/jobs/${job_id}`)).json())
  await expect.poll(status, { timeout: 60_000 }).toMatchObject({ status: 'completed' })
  return job_id
}

const asFile = async (request: APIRequestContext, job: string): Promise<string> =>
  filed.parse(await (await request.post(`/v1/jobs/${job}/file`)).json()).id

test('a take leads to what it was made from and what came of it, and gives its code', async ({ page, request }) => {
  const first = await made(request, 'lucy-pro-t2i', { prompt: 'A lighthouse on a cliff', seed: '5' })
  const data = await asFile(request, first)
  const second = await made(request, 'lucy-pro-i2i', { prompt: 'A lighthouse in ink', data, seed: '6' })
  const again = await asFile(request, second)
  await made(request, 'lucy-pro-i2i', { prompt: 'A lighthouse in gouache', data: again, seed: '6' })
  await page.goto('/')
  const studio = studioOf(page)
  await studio.take('A lighthouse in gouache').getByRole('button').first().click()

  const lineage = page.getByRole('navigation', { name: 'Lineage' })
  await expect(lineage.getByRole('button')).toHaveText(['A lighthouse on a cliff', 'A lighthouse in ink'])
  const ink = lineage.getByRole('button', { name: 'Made from: A lighthouse in ink' })
  await ink.focus()
  const differences = page.getByRole('tooltip')
  await expect(differences.getByRole('row', { name: /^Prompt/ }).locator('mark')).toHaveText(['ink', 'gouache'])
  await expect(differences.getByRole('row', { name: /^Seed/ })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(differences).toBeHidden()

  // To the beginning, and on from there.
  await lineage.getByRole('button', { name: 'Made from: A lighthouse on a cliff' }).click()
  await expect(lineage.getByRole('button')).toHaveCount(0)
  const offspring = page.getByRole('button', { name: '1 came of this' })
  await offspring.click()
  const list = page.getByRole('list', { name: 'Came of this' })
  await expect(list.getByRole('button')).toHaveText(['A lighthouse in ink'])
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await expect(offspring).toBeFocused()
  // What is made meanwhile is counted.
  await made(request, 'lucy-pro-i2i', { prompt: 'A lighthouse in pencil', data, seed: '8' })
  await page.getByRole('button', { name: '2 came of this' }).click()
  await list.getByRole('button', { name: 'A lighthouse in ink' }).click()
  await expect(lineage.getByRole('button')).toHaveText(['A lighthouse on a cliff'])

  // As code, whose curl gives a take of the same seed.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy as code' }).click()
  const dialog = page.getByRole('dialog', { name: 'The take as code' })
  const code = dialog.getByRole('textbox', { name: 'Code' })
  await expect(code).toHaveValue(/models\.image\('lucy-pro-i2i'\)(.|\n)*seed: 6,(.|\n)*renderer: 'local'/)
  await dialog.getByText('Python', { exact: true }).click()
  await expect(code).toHaveValue(/requests\.post(.|\n)*"seed": 6/)
  await dialog.getByText('curl', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(dialog.getByRole('status')).toHaveText('The code is in the clipboard.')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain(`curl --fail-with-body ${new URL(page.url()).origin}/v1/generate/lucy-pro-i2i`)
  expect(copied).toContain(`-F data=${data}`)
  await page.keyboard.press('Escape')

  // The form as it stands, from anywhere.
  await studio.pick('lucy-pro-t2v')
  await studio.prompt('A train; "fast"')
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('dialog').getByRole('combobox').fill('as code')
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('dialog', { name: 'The form as code' }).getByRole('textbox', { name: 'Code' }),
  ).toHaveValue(/--form-string 'prompt=A train; "fast"'/)
})

test('a take that is asked for while the server is away sends itself once it is back', async ({
  page,
  studio: server,
}) => {
  await page.goto('/')
  const studio = studioOf(page)
  await studio.pick('lucy-pro-t2i')
  await studio.choose('480p')
  await studio.prompt('A barn, asked for offline')
  // The stage's code has come, with its styles, which no server could send any more.
  const come = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  for (const part of [/take-on-stage-.*\.js/, /take-on-stage-.*\.css/])
    await expect.poll(async () => (await come()).some((name) => part.test(name))).toBe(true)
  await page.waitForLoadState('networkidle')
  await server.kill()
  await studio.generate()
  await expect(studio.stage.getByText(/This is sent by itself once it does/)).toBeVisible()
  await server.start()
  await expect(studio.take('A barn, asked for offline').locator(PICTURE)).toBeVisible({
    timeout: 60_000,
  })
  await expect(studio.take('A barn, asked for offline')).toHaveCount(1)
})
