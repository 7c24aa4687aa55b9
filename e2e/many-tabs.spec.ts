import type { BrowserContext, Page, Request } from '@playwright/test'
import { expect, PICTURE, studioOf, test } from './fixtures.ts'

// A browser keeps six connections to a server. All tabs of the studio share one stream of news.

/**
 * The page that asked for the stream last, and how many streams stand open. How often one was asked for says less: on a
 * busy machine a tab that is slow to answer is taken for one that hangs.
 */
const watchStreams = (context: BrowserContext) => {
  const open = new Set<Request>()
  let holder: Page | undefined
  const isStream = (request: Request) => new URL(request.url()).pathname === '/v1/events'
  context.on('request', (request) => {
    if (!isStream(request)) return
    open.add(request)
    holder = request.frame().page()
  })
  context.on('requestfinished', (request) => open.delete(request))
  context.on('requestfailed', (request) => open.delete(request))
  return { open: () => open.size, holder: () => holder }
}

/** Waits until another page asks for the stream, and answers the pages beside the one that had it. */
const handedOver = async (streams: ReturnType<typeof watchStreams>, pages: readonly Page[], from: Page | undefined) => {
  await expect.poll(() => streams.holder() !== from).toBe(true)
  return pages.filter((page) => page !== from)
}

/** Stops all that a page does, in the middle of it, until it is let go on: it hangs, and keeps its locks. */
const hang = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  await session.send('Debugger.enable')
  const paused = new Promise((resolve) => session.once('Debugger.paused', resolve))
  await session.send('Debugger.pause')
  const held = page.evaluate(() => document.title)
  await paused
  return async () => {
    await session.send('Debugger.disable')
    await held
    await session.detach()
  }
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
  for (const page of pages) await expect(studioOf(page).take(prompt).locator(PICTURE)).toBeVisible()
}

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
  await expect.poll(streams.open).toBe(1)
})

test('the stream is handed over when its tab is closed, crashes or is frozen', async ({
  page,
  context,
  studio: { url },
}) => {
  const streams = watchStreams(context)
  let pages = await openAll(context, page, 5)

  // Named before it closes: the next page may ask for the stream before the call returns.
  const closing = streams.holder()
  await closing?.close()
  pages = await handedOver(streams, pages, closing)
  await hears(url, pages, 'After a close')

  const crashing = streams.holder()
  const crash = crashing && (await context.newCDPSession(crashing))
  // The answer never comes: who would give it is gone.
  crash?.send('Page.crash').catch(() => undefined)
  pages = await handedOver(streams, pages, crashing)
  await hears(url, pages, 'After a crash')

  // What a browser says to a page before it freezes it, and before it goes on.
  const frozen = streams.holder()
  await frozen?.evaluate(() => document.dispatchEvent(new Event('freeze')))
  await hears(url, await handedOver(streams, pages, frozen), 'After a frost')
  await frozen?.evaluate(() => document.dispatchEvent(new Event('resume')))
  if (frozen) await expect(studioOf(frozen).take('After a frost')).toBeVisible()
  await hears(url, pages, 'After the thaw')

  // One that hangs without a word keeps its lock, until another that is looked at again gets no answer.
  const hanging = streams.holder()
  const goOn = hanging && (await hang(hanging))
  const [seen] = pages.filter((each) => each !== hanging)
  await seen?.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await hears(url, await handedOver(streams, pages, hanging), 'While one hangs')
  await goOn?.()
  await hears(url, pages, 'After it hung')
})

test('a server that comes back is heard by all of them', async ({ page, context, studio: server }) => {
  const pages = await openAll(context, page, 3)
  await server.kill()
  await server.start()
  for (const each of pages) await expect(each.getByText('The server does not answer.')).toHaveCount(0)
  await hears(server.url, pages, 'After a restart')
})
