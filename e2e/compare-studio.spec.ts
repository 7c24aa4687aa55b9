import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import sharp from 'sharp'
import { dropOn, expect, studioOf, test, untilReady } from './fixtures.ts'
import { boxOf } from './waits.ts'

// Comparing in the studio: what is compared, choosing among it, and coming back to it.

// With all that moves, as most people have it.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

/** Three short takes on the server, made without the form. The newest is the last. */
const makeTakes = async (url: string, prompts: readonly string[]): Promise<string[]> => {
  const ids: string[] = []
  for (const prompt of prompts) {
    const form = new FormData()
    form.set('prompt', prompt)
    form.set('resolution', '480p')
    const answer = await fetch(`${url}/v1/jobs/lucy-pro-t2i`, { method: 'POST', body: form })
    ids.push((await answer.json()).job_id)
  }
  const finished = async () =>
    Promise.all(ids.map(async (id) => (await (await fetch(`${url}/v1/jobs/${id}`)).json()).status))
  await expect.poll(finished, { timeout: 60_000 }).toEqual(ids.map(() => 'completed'))
  return ids
}

/** Uploads a file under that name; answers its id. */
const upload = async (url: string, path: string, name = basename(path)): Promise<string> => {
  const form = new FormData()
  form.set('file', await openAsBlob(path), name)
  return (await (await fetch(`${url}/v1/files`, { method: 'POST', body: form })).json()).id
}

/** Holds back the bytes of all files, until what it answers is called. */
const holdFiles = async (page: Page): Promise<() => void> => {
  let give: () => void = () => undefined
  const held = new Promise<void>((resolve) => (give = resolve))
  await page.route('**/v1/files/*/content', async (route) => {
    await held
    await route.continue()
  })
  return give
}

/** Where the pictures stand, in CSS pixels of the canvas. */
const placesOn = (stage: Locator) =>
  stage.locator('[data-side]').evaluateAll((tags) => tags.map((tag) => tag.dataset['picture']))

const compared = (page: Page) => studioOf(page).stage.getByRole('list', { name: 'Compared' }).getByRole('listitem')

test('two dropped files compare without an upload, and a third joins them', async ({ page, media }) => {
  const sent: string[] = []
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
  // The server is away in the moment in which the viewer's code and any stylesheet but the first are asked for.
  const refused = new Set<string>()
  await page.route(/\/assets\/(comparison-on-stage-|(?!index-)[^/]*\.css)/, async (route) => {
    const url = route.request().url()
    const isFirst = !refused.has(url)
    refused.add(url)
    await (isFirst ? route.abort() : route.continue())
  })
  const studio = studioOf(page)
  await studio.open()
  await dropOn(page, studio.stage, media.clip, media.picture)
  await expect(compared(page)).toHaveText([/street\.mp4/, /warm\.jpg/])
  expect([...refused].map((url) => url.replace(/.*\./, ''))).toEqual(expect.arrayContaining(['js', 'css']))
  await expect(studio.stage.locator('.viewer-canvas')).toHaveCSS('touch-action', 'pan-y')
  await expect(studio.shown).toHaveCount(2)
  await dropOn(page, studio.stage, media.other)
  await expect(studio.shown).toHaveCount(3)
  await studio.stage.getByRole('button', { name: 'Parameters' }).click()
  const table = studio.stage.getByRole('table', { name: 'Parameters' })
  await expect(table.getByRole('row', { name: /^Size/ })).toContainText('640 × 360')
  await studio.stage.getByRole('button', { name: 'Remove warm.jpg from the comparison' }).click()
  await expect(studio.shown).toHaveCount(2)
  expect(sent).toEqual([])

  await studio.stage.getByRole('button', { name: 'Close the comparison' }).click()
  await expect(compared(page)).toHaveCount(0)
})

test('a clip that the browser cannot decode is sent to the server for a preview', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  await dropOn(page, studio.stage, media.phone, media.clip)
  await expect(studio.shown).toHaveCount(1)
  await studio.stage.getByRole('button', { name: 'Send it to the server for a preview' }).click()
  await expect(studio.shown).toHaveCount(2)
})

test('files that are no media are said to be none', async ({ page, media }) => {
  const studio = studioOf(page)
  await studio.open()
  // The page tells files by what the browser calls them; a name alone says nothing.
  await studio.stage.evaluate((stage) => {
    const dataTransfer = new DataTransfer()
    for (const name of ['notes.txt', 'list.csv'])
      dataTransfer.items.add(new File(['words'], name, { type: 'text/plain' }))
    stage.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  await expect(studio.stage.getByRole('alert')).toContainText('notes.txt is neither a picture nor a clip.')
  await dropOn(page, studio.stage, media.clip, media.picture)
  await expect(studio.shown).toHaveCount(2)
  await expect(studio.stage.getByText('notes.txt')).toHaveCount(0)
})

test('of three takes the best is chosen blind, by keys, and is starred for good', async ({ page, studio: { url } }) => {
  const prompts = ['A red barn', 'A blue barn', 'A green barn']
  await makeTakes(url, prompts)
  const studio = studioOf(page)
  await studio.open()
  await studio
    .take('A green barn')
    .locator('[data-take]')
    .click({ modifiers: ['ControlOrMeta'] })
  await studio
    .take('A red barn')
    .locator('[data-take]')
    .click({ modifiers: ['Shift'] })
  await studio.takes.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(studio.shown).toHaveCount(3)

  await studio.stage.getByRole('button', { name: 'Choose the best' }).click()
  await studio.stage.getByRole('switch', { name: 'Blind' }).check()
  await expect(compared(page)).toHaveText(['A', 'B', 'C'])
  await expect(studio.stage).not.toContainText(/barn|seed|Lucy/)
  const bar = studio.stage.getByRole('region', { name: 'Choose' })
  const status = bar.getByRole('status').first()
  await page.keyboard.press('1')
  await page.keyboard.press('3')
  await studio.shown.nth(1).hover({ force: true })
  await page.keyboard.press('x')
  await expect(status).toHaveText('2 of 3 kept')
  // A reload goes on where the choosing stood, as blind as it was.
  await expect(page).toHaveURL(/&verdicts=[kr]{3}/)
  await page.reload()
  await untilReady(page)
  await expect(compared(page)).toHaveText(['A', 'B', 'C'])
  await expect(studio.stage).not.toContainText(/barn|seed|Lucy/)
  await expect(studio.stage.getByRole('switch', { name: 'Blind' })).toBeChecked()
  await expect(status).toHaveText('2 of 3 kept')
  await page.keyboard.press('n')
  await expect(studio.shown).toHaveCount(2)
  await studio.stage.getByRole('button', { name: 'Reject C' }).click()
  await expect(status).toHaveText(/^Winner: (red|blue|green)$/)
  const prompt = `A ${(await status.innerText()).replace('Winner: ', '')} barn`
  // The winner has the stage to itself, and everything to go on with.
  await expect(studio.shown).toHaveCount(1)
  const goOn = bar.getByRole('group', { name: 'Go on' })
  await expect(goOn.getByRole('button', { name: 'Bin the other 2' })).toBeVisible()
  await expect(goOn.getByRole('link', { name: 'Download' })).toHaveAttribute('download', /\.png$/)
  await goOn.getByRole('button', { name: 'Vary' }).click()
  await expect(studio.make.getByRole('textbox', { name: 'Prompt' })).toHaveValue(prompt)

  const starred = async () => {
    const { jobs } = await (await fetch(`${url}/v1/jobs?starred=true`)).json()
    return jobs.map((job: { inputs: { prompt: string } }) => job.inputs.prompt)
  }
  await expect.poll(starred).toEqual([prompt])
  await page.reload()
  await studio.takes.getByRole('button', { name: 'Starred takes only' }).click()
  await expect(studio.takes.locator('[data-take]')).toHaveCount(1)
})

test('of ten dropped pictures the best is found in groups, by clicks on them, and Escape closes', async ({ page }) => {
  const studio = studioOf(page)
  await studio.open()
  await studio.stage.evaluate(async (stage) => {
    const canvas = new OffscreenCanvas(320, 180)
    const context = canvas.getContext('2d')
    const dataTransfer = new DataTransfer()
    for (let index = 0; index < 10; index++) {
      if (context) context.fillStyle = `hsl(${index * 36} 60% 50%)`
      context?.fillRect(0, 0, 320, 180)
      const blob = await canvas.convertToBlob({ type: 'image/png' })
      dataTransfer.items.add(new File([blob], `shot-${index}.png`, { type: 'image/png' }))
    }
    stage.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  await expect(studio.shown).toHaveCount(5)
  const bar = studio.stage.getByRole('region', { name: 'Choose' })
  const status = bar.getByRole('status')
  await expect(status).toHaveText('Round 1 · 0 of 10 seen · 5 left')
  const mark = (name: string, verdict: string) => studio.stage.getByRole('listitem', { name: `${name}, ${verdict}` })
  await mark('shot-1.png', 'not judged').click()
  await expect(mark('shot-1.png', 'kept')).toBeVisible()
  await mark('shot-0.png', 'not judged').click({ modifiers: ['Alt'] })
  await expect(mark('shot-0.png', 'rejected')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(mark('shot-0.png', 'not judged')).toBeVisible()
  await page.keyboard.press('1')
  for (const side of [2, 3, 4]) await studio.stage.getByRole('button', { name: `Reject shot-${side}.png` }).click()
  await expect(status).toHaveText('Round 1 · 5 of 10 seen · 2 kept so far')
  await page.keyboard.press('n')
  await expect(mark('shot-9.png', 'not judged')).toBeVisible()
  await expect(studio.shown).toHaveCount(5)
  for (const side of [5, 6, 7, 8]) await studio.stage.getByRole('button', { name: `Reject shot-${side}.png` }).click()
  await page.keyboard.press('5')
  await expect(status).toHaveText('Round 1 · 10 of 10 seen · 3 of 10 kept')
  await bar.getByRole('button', { name: 'Next round' }).click()
  await expect(studio.shown).toHaveCount(3)
  await expect(status).toHaveText('Round 2 · 3 left')
  for (const side of [0, 1]) await studio.stage.getByRole('button', { name: `Reject shot-${side}.png` }).click()
  await expect(status).toHaveText('Winner: shot-9.png')
  await expect(studio.shown).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})

test('a link opens the same comparison in a fresh page: the same mode, the same frame', async ({
  page,
  context,
  media,
  studio: { url },
}) => {
  const [clip, picture] = [await upload(url, media.clip), await upload(url, media.picture)]
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const studio = studioOf(page)
  await page.goto(`/#compare=file:${clip},file:${picture}&mode=grid&pair=0,1&time=0.5`)
  await expect(studio.shown).toHaveCount(2)
  const frame = (of: Page) => studioOf(of).stage.locator('[data-side="0"]').getAttribute('data-frame')
  await expect.poll(() => frame(page)).toBe('15')
  await studio.compare('Wipe')
  await page.keyboard.press('.')
  await expect.poll(() => frame(page)).toBe('16')
  // The address has it too, for a reload and for Back.
  const wipe = studio.stage.getByRole('radio', { name: 'Wipe' })
  await expect(page).toHaveURL(/&mode=wipe.*&time=0\.53/)
  await page.reload()
  await expect(wipe).toBeChecked()
  await expect.poll(() => frame(page)).toBe('16')
  await studio.stage.getByRole('button', { name: 'Close the comparison' }).click()
  await expect(studio.shown).toHaveCount(0)
  await page.goBack()
  await expect(wipe).toBeChecked()
  await expect.poll(() => frame(page)).toBe('16')
  await studio.stage.getByRole('button', { name: /^Export/ }).click()
  await page.getByRole('button', { name: /link/i }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#compare=')
  const link = await page.evaluate(() => navigator.clipboard.readText())

  const other = await context.newPage()
  await other.goto(link)
  await expect(studioOf(other).stage.getByRole('radio', { name: 'Wipe' })).toBeChecked()
  await expect.poll(() => frame(other)).toBe('16')
  await other.close()
})

test('on a phone two long names share the width of a wipe', async ({ page, media, studio: { url } }) => {
  const before = await upload(url, media.clip, 'a-street-in-the-rain-as-it-was-filmed-01.mp4')
  const after = await upload(url, media.clip, 'a-street-in-the-rain-as-it-was-filmed-02.mp4')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/#compare=file:${before},file:${after}&mode=wipe&pair=0,1&time=0.5`)
  const { shown, stage } = studioOf(page)
  await expect(shown).toHaveCount(2)
  const tags = stage.locator('[data-side] .side-name')
  await expect(tags).toHaveText([/01\.mp4.*15/, /02\.mp4.*15/])
  const [first, second] = [await boxOf(tags.first()), await boxOf(tags.last())]
  const picture = await boxOf(stage.locator('.viewer-canvas'))
  expect(first.x + first.width).toBeLessThan(second.x)
  expect(second.x + second.width).toBeLessThanOrEqual(picture.x + picture.width)
  // What lies in a tag stays in it, the number of its frame too.
  for (const tag of await tags.all())
    expect(await tag.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  // They differ at their ends, which are seen.
  const ends = stage.locator('[data-side] .side-name').getByText(/^med-0[12]\.mp4$/)
  await expect(ends).toHaveText(['med-01.mp4', 'med-02.mp4'])
  for (const [index, end] of (await ends.all()).entries()) {
    const [tag, seen] = [await boxOf(tags.nth(index)), await boxOf(end)]
    expect(seen.x).toBeGreaterThan(tag.x)
    expect(seen.x + seen.width).toBeLessThanOrEqual(tag.x + tag.width)
  }
})

test('a link says what of it is gone, and one that is broken says so', async ({ page, studio: { url } }) => {
  const [first = '', second = ''] = await makeTakes(url, ['A lamp', 'A chair'])
  const { stage, shown } = studioOf(page)
  await page.goto(`/#compare=take:${first},take:job_gone,take:${second}&mode=grid&pair=0,1&time=0`)
  await expect(stage.getByText(/no longer on the server\. The rest is compared/)).toBeVisible()
  await expect(shown).toHaveCount(2)
  await page.goto('/?again#compare=what,ever')
  await expect(stage.getByText(/This link opens no comparison/)).toBeVisible()
})

test('small pictures stand where the pictures will, until those are on screen', async ({
  page,
  media,
  studio: { url },
}) => {
  const [warm, cold] = [await upload(url, media.picture), await upload(url, media.other)]
  const give = await holdFiles(page)
  const { stage, shown } = studioOf(page)
  await page.goto(`/#compare=file:${warm},file:${cold}&mode=wipe&pair=0,1&time=0`)
  const posters = stage.locator('[data-poster]')
  const areLoaded = () =>
    posters.evaluateAll((all) => all.map((poster) => poster instanceof HTMLImageElement && poster.naturalWidth > 0))
  await expect.poll(areLoaded).toEqual([true, true])
  await expect(stage.getByText('Opening…').first()).toBeVisible()
  // How large the pixels are is not known yet.
  const zoom = stage.getByRole('group', { name: 'Zoom' }).getByRole('button', { name: /whole picture/ })
  await expect(zoom).toHaveText('Fit')
  const canvas = stage.locator('.viewer-canvas')
  /** What is seen of each side, left and right of the wipe's edge, beside the tags. */
  const seen = async () => {
    const picture = await canvas.screenshot()
    const { width = 0, height = 0 } = await sharp(picture).metadata()
    return Promise.all(
      [0.05, 0.95].map(async (part) => {
        const spot = { left: Math.floor(width * part), top: Math.floor(height * 0.7), width: 4, height: 4 }
        return [...(await sharp(picture).removeAlpha().extract(spot).resize(1, 1).raw().toBuffer())]
      }),
    )
  }
  const isLike = (colours: number[][], wanted: number[][]) =>
    colours.flat().every((value, at) => Math.abs(value - (wanted.flat()[at] ?? 0)) < 16)
  // The left half of the one, the right half of the other.
  const wanted = [
    [0xd0, 0x40, 0x20],
    [0x30, 0xa0, 0xd0],
  ]
  await expect.poll(async () => isLike(await seen(), wanted)).toBe(true)
  const before = await placesOn(stage)
  give()
  await expect(shown).toHaveCount(2)
  await expect(posters).toHaveCount(0)
  await expect(zoom).toHaveText(/^Fit \d+ %$/)
  expect(await placesOn(stage)).toEqual(before)
  expect(isLike(await seen(), wanted)).toBe(true)
})

test('nothing moves as a clip and a picture open beside each other', async ({ page, media, studio: { url } }) => {
  const [clip, picture] = [await upload(url, media.clip), await upload(url, media.picture)]
  const give = await holdFiles(page)
  const { stage, shown } = studioOf(page)
  await page.goto(`/#compare=file:${clip},file:${picture}&mode=grid&pair=0,1&time=0`)
  await expect(stage.getByText('Opening…')).toHaveCount(2)
  await untilReady(page)
  const before = await placesOn(stage)
  give()
  await expect(shown).toHaveCount(2)
  await expect(stage.getByText(/% alike/).first()).toBeVisible()
  expect(await placesOn(stage)).toEqual(before)
})
