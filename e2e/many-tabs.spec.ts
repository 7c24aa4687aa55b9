import type { BrowserContext, Page } from '@playwright/test'
import { expect, studioOf, test } from './fixtures.ts'

// A browser keeps six connections to a server. All tabs of the studio share one stream of news.

/** The page that asked for the stream last, and how often one was asked for. */
const watchStreams = (context: BrowserContext) => {
  const streams: Page[] = []
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/v1/events') streams.push(request.frame().page())
  })
  return streams
}

const openAll = async (context: BrowserContext, first: Page, count: number) => {
  const pages = [first]
  while (pages.length < count) pages.push(await context.newPage())
  for (const page of pages) {
    await studioOf(page).open()
    await expect(page.getByText(/Free · local draft/)).toBeVisible()
  }
  return pages
}

/** Asks for a take as another program would, and expects every page to hear of it. */
const hears = async (url: string, pages: readonly Page[], prompt: string) => {
  const body = new FormData()
  body.set('prompt', prompt)
  body.set('resolution', '480p')
  const answer = await fetch(`${url}/v1/jobs/lucy-pro-t2i`, { method: 'POST', body })
  expect(answer.ok).toBe(true)
  for (const page of pages) await expect(studioOf(page).take(prompt)).toBeVisible()
  for (const page of pages)
    await expect(
      studioOf(page)
        .take(prompt)
        .getByRole('link', { name: /^Download/ }),
    ).toBeVisible()
}

const others = (pages: readonly Page[], gone: Page | undefined) => pages.filter((page) => page !== gone)

test('eight tabs load, and hear of a take at once over one stream, those that are hidden too', async ({
  page,
  context,
  studio: { url },
}) => {
  const streams = watchStreams(context)
  const pages = await openAll(context, page, 8)
  for (const hidden of pages.slice(0, 4))
    await hidden.evaluate(() => {
      Object.defineProperty(document, 'hidden', { get: () => true })
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
      document.dispatchEvent(new Event('visibilitychange'))
    })
  await hears(url, pages, 'Heard by eight')
  expect(streams).toHaveLength(1)
})

test('the stream is handed over when its tab is closed, crashes or is frozen', async ({
  page,
  context,
  studio: { url },
}) => {
  const streams = watchStreams(context)
  let pages = await openAll(context, page, 5)

  // Named before it closes: the next page may ask for the stream before the call returns.
  const closing = streams.at(-1)
  await closing?.close()
  pages = others(pages, closing)
  await expect.poll(() => streams.length).toBe(2)
  await hears(url, pages, 'After a close')

  const crashing = streams.at(-1)
  const crash = crashing && (await context.newCDPSession(crashing))
  // The answer never comes: who would give it is gone.
  crash?.send('Page.crash').catch(() => undefined)
  pages = others(pages, crashing)
  await expect.poll(() => streams.length).toBe(3)
  await hears(url, pages, 'After a crash')

  // What a browser says to a page before it freezes it, and before it goes on.
  const frozen = streams.at(-1)
  await frozen?.evaluate(() => document.dispatchEvent(new Event('freeze')))
  await expect.poll(() => streams.length).toBe(4)
  await hears(url, others(pages, frozen), 'After a frost')
  await frozen?.evaluate(() => document.dispatchEvent(new Event('resume')))
  if (frozen) await expect(studioOf(frozen).take('After a frost')).toBeVisible()
  await hears(url, pages, 'After the thaw')

  // One that hangs without a word keeps its lock.
  const hanging = streams.at(-1)
  const hung = hanging?.evaluate(() => {
    const until = performance.now() + 20_000
    while (performance.now() < until);
  })
  await expect.poll(() => streams.length).toBe(5)
  await hears(url, others(pages, hanging), 'While one hangs')
  await hung
  await hears(url, pages, 'After it hung')
})

test('a server that comes back is heard by all of them', async ({ page, context, studio: server }) => {
  const pages = await openAll(context, page, 3)
  await server.kill()
  await server.start()
  for (const each of pages) await expect(each.getByText('The server does not answer.')).toHaveCount(0)
  await hears(server.url, pages, 'After a restart')
})
