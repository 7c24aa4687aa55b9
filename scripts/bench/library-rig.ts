import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { cpuSecondsOf } from './browser-cpu.ts'
import { launchChromium } from './launch-chromium.ts'
import { watchPage } from './library-page.ts'
import { type OrdersServer, startOrdersServer } from './orders-server.ts'

const USUAL = { width: 1440, height: 900 }

/** The studio as people run it, on a library of many takes, and real browsers before it. */
export type LibraryRig = {
  server: OrdersServer
  dataDir: string
  /** A browser of its own that was never here, at an address of the studio. `kept` is what it remembers of a visit. */
  visit: (path: string, options?: { viewport?: typeof USUAL; kept?: Record<string, string> }) => Promise<Page>
  /** Processor seconds of the whole browser so far; null where the system does not tell. */
  cpuSeconds: () => number | null
  close: () => Promise<void>
}

/** The address of a page is ready for keys. */
export const untilReady = async (page: Page): Promise<void> => {
  await page.locator('html[data-ready]').waitFor()
  await page.waitForFunction(() => window.seen.firstCards !== null)
}

/** Milliseconds over which it is looked how much a browser does, and the share of a core that is nothing. */
const [IDLE_FOR, IDLE] = [300, 0.05]

/** Waits until a browser has started all that it starts with a new page: that is no work of the studio's. */
const untilIdle = async (cpuSeconds: () => number | null): Promise<void> => {
  for (let before = cpuSeconds(), share = 1; before !== null && share > IDLE;) {
    await delay(IDLE_FOR)
    const now = cpuSeconds() ?? before
    share = ((now - before) * 1000) / IDLE_FOR
    before = now
  }
}

export const openLibraryRig = async (dataDir: string): Promise<LibraryRig> => {
  const server = await startOrdersServer(dataDir, {})
  const browserServer = await launchChromium()
  const browser = await chromium.connect(browserServer.wsEndpoint())
  const cpuSeconds = () => cpuSecondsOf(browserServer.process().pid ?? 0)
  return {
    server,
    dataDir,
    visit: async (path, { viewport = USUAL, kept = {} } = {}) => {
      const context = await browser.newContext({ viewport })
      const page = await context.newPage()
      page.on('pageerror', (error) => console.error(error))
      // The loader of this bench's sources has functions keep their names by a function of its own.
      await page.addInitScript('globalThis.__name = (named) => named')
      await page.addInitScript(watchPage)
      await page.addInitScript((all) => {
        for (const [key, value] of Object.entries(all)) localStorage.setItem(key, value)
      }, kept)
      await untilIdle(cpuSeconds)
      await page.goto(server.url + path)
      return page
    },
    cpuSeconds,
    close: async () => {
      await browser.close()
      await browserServer.close()
      await server.stop()
    },
  }
}

/** Waits for something that nobody tells of, looking often. Rejects after half a minute. */
export const untilTrue = async (look: () => boolean | Promise<boolean>): Promise<void> => {
  const begin = performance.now()
  while (!(await look())) {
    if (performance.now() - begin > 30_000) throw new Error('it did not come about in 30 s')
    await delay(5)
  }
}
