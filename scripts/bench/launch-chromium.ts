import { type BrowserServer, chromium } from '@playwright/test'
import { findChromium } from '../chromium.mjs'

/** A browser of its own, that asks nobody for anything, as a process whose time can be read. */
export const launchChromium = (): Promise<BrowserServer> => {
  const executablePath = findChromium()
  return chromium.launchServer({
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
