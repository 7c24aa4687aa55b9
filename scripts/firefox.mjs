// Finds an installed Firefox for the browser tests.
import { join } from 'node:path'
import { firstProgram } from './chromium.mjs'

const NAMES = ['firefox-esr', 'firefox', 'firefox.exe']
const PLACES = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  join(process.env['PROGRAMFILES'] ?? '', 'Mozilla Firefox/firefox.exe'),
]

/** The browser's path (FIREFOX_PATH first), or undefined. Windows cannot start the script that stands before it. */
export const findFirefox = () =>
  process.platform === 'win32' ? undefined : firstProgram(process.env['FIREFOX_PATH'], NAMES, PLACES)

/** What Playwright is to start, and its environment. */
export const drivenFirefox = (/** @type {string} */ program) => ({
  executablePath: join(import.meta.dirname, 'driven-firefox.mjs'),
  env: { ...process.env, FIREFOX_PROGRAM: program },
})
