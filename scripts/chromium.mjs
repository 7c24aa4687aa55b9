// Finds an installed Chrome or Chromium for the browser tests.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env['PROGRAMFILES'] ?? '', 'Google/Chrome/Application/chrome.exe'),
  join(process.env['LOCALAPPDATA'] ?? '', 'Google/Chrome/Application/chrome.exe'),
]

/** @param {string} path */
const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The first of them that can be run: one that was named, one on the path, one in its usual place.
 * @param {string | undefined} named
 * @param {string[]} names
 * @param {string[]} places
 */
export const firstProgram = (named, names, places) => {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  return [named, ...onPath, ...places].find((path) => path && isExecutable(path))
}

/** The browser's path (CHROMIUM_PATH first), or undefined. */
export const findChromium = () => firstProgram(process.env['CHROMIUM_PATH'], NAMES, PLACES)

/** Makes sure there is a browser: on Debian as root it installs one, elsewhere it says what to do. */
export const ensureChromium = () => {
  if (findChromium()) return
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log('Installing chromium…')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit', env })
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { stdio: 'inherit', env })
  }
  if (findChromium()) return
  console.error('The browser tests need Chrome or Chromium. Install one, or set CHROMIUM_PATH to its program.')
  process.exit(1)
}
