import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, type Locator, type Page, test as base } from '@playwright/test'
import sharp from 'sharp'
import { makeClip } from '../src/engine/testing/clips.ts'

/** Media that the tests make themselves: a clip with sound, two pictures, and what is not media. */
export type Media = { clip: string; picture: string; other: string; phone: string; text: string; truncated: string }

type Studio = {
  url: string
  dataDir: string
  /** Kills the server; `start` starts it again, on the same port and folder. */
  kill: () => Promise<void>
  start: () => Promise<void>
}

/** The picture of a take: one that is finished has one, in its card. */
export const PICTURE = '[data-take] img:first-child'

const START = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url))

/** The product as `npm start` runs it. `PORT` is any that is free unless `env` says which. */
export const launch = async (
  dataDir: string,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; url: string; said: (pattern: RegExp) => Promise<RegExpExecArray> }> => {
  const child = spawn(process.execPath, [START], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, DECART_API_KEY: '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let words = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (words += text))
  /** What it has said, or says yet. */
  const said = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(words)
      if (found) return found
      if (child.exitCode !== null) throw new Error(`the server ended without saying ${String(pattern)}`)
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
    }
  }
  const [, url = ''] = await said(/ready: (\S+)\n/)
  return { child, url, said }
}

/**
 * A port for a server that is started again on it: none of those that systems give to whoever asks for any, for one of
 * them may have got it meanwhile.
 */
export const lastingPort = async (): Promise<string> => {
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  const server = createServer()
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
  return isFree ? String(port) : lastingPort()
}

/** Ends a server and waits until it is gone. */
export const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

/** A picture with two clear halves, so that a test can tell left from right and warm from cold. */
const halves = async (path: string, left: string, right: string): Promise<string> => {
  const half = (background: string) =>
    sharp({ create: { width: 320, height: 360, channels: 3, background } })
      .png()
      .toBuffer()
  const [leftHalf, rightHalf] = await Promise.all([half(left), half(right)])
  await sharp({ create: { width: 640, height: 360, channels: 3, background: '#000' } })
    .composite([
      { input: leftHalf, left: 0, top: 0 },
      { input: rightHalf, left: 320, top: 0 },
    ])
    .jpeg({ quality: 95 })
    .toFile(path)
  return path
}

/** What a browser says of a server that refuses, or that is away, however its socket ended; not of what is forbidden. */
const REFUSALS = /status of (4\d\d|503)|net::ERR_(?!BLOCKED|FILE_NOT_FOUND|UNSAFE|CERT|SSL)|^Retrying failed fetch/

export const test = base.extend<{ quiet: void }, { studio: Studio; media: Media }>({
  studio: [
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'rushes-e2e-'))
      const PORT = await lastingPort()
      let running = await launch(dataDir, { PORT })
      await use({
        url: running.url,
        dataDir,
        kill: () => end(running.child, 'SIGKILL'),
        start: async () => {
          running = await launch(dataDir, { PORT })
        },
      })
      await end(running.child, 'SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  media: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'rushes-media-'))
      const clip = await makeClip(join(folder, 'street.mp4'), {
        width: 640,
        height: 360,
        fps: 30,
        seconds: 1,
        audio: true,
      })
      // What a phone makes: HEVC in MOV, upright by its rotation.
      const phone = await makeClip(join(folder, 'phone.mov'), {
        codec: 'hevc',
        container: 'mov',
        width: 640,
        height: 360,
        fps: 24,
        seconds: 1,
        rotate: 90,
        audio: true,
      })
      const text = join(folder, 'notes.png')
      await writeFile(text, 'these are only words')
      const truncated = join(folder, 'cut.mp4')
      const whole = await readFile(clip)
      await writeFile(truncated, whole.subarray(0, Math.floor(whole.length * 0.6)))
      await use({
        clip,
        phone,
        picture: await halves(join(folder, 'warm.jpg'), '#d04020', '#e0b030'),
        other: await halves(join(folder, 'cold.jpg'), '#2040c0', '#30a0d0'),
        text,
        truncated,
      })
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ studio }, use) => use(studio.url),
  // A complaint of the page, a blocked resource included, fails the test that caused it.
  quiet: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
      page.on('console', (message) => {
        // Mediabunny says so too of what it asks again while the server is away.
        const isRefusal = REFUSALS.test(message.text())
        if (message.type() === 'error' && !isRefusal) complaints.push(`console: ${message.text()}`)
      })
      await use()
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

/** Waits for what begins once the page was seen: keys, drops, pastes. */
export const untilReady = (page: Page): Promise<void> => expect(page.locator('html')).toHaveAttribute('data-ready')

/** The parts of the studio, by the names that a screen reader says. */
export const studioOf = (page: Page) => {
  const make = page.getByRole('form', { name: 'Make', exact: true })
  const stage = page.getByRole('region', { name: 'Stage', exact: true })
  const takes = page.getByRole('region', { name: 'Takes', exact: true })
  return {
    make,
    stage,
    takes,
    open: async () => {
      await page.goto('/')
      await untilReady(page)
    },
    /** Picks a model by its id. */
    pick: (id: string) => make.getByLabel('Model').selectOption(id),
    prompt: (text: string) => make.getByRole('textbox', { name: 'Prompt' }).fill(text),
    choose: (choice: string) => pickRadio(make, choice),
    /** How the stage shows a take beside its source. */
    compare: (mode: string) => pickRadio(stage, mode),
    generate: () => make.getByRole('button', { name: /^Generate/ }).click(),
    /** Drops a file on a media field, as from the desktop. */
    drop: async (field: string, path: string) =>
      dropOn(page, make.getByRole('group', { name: field, exact: true }), path),
    /** A take: one that runs or waits is an item of a list, a finished one a cell of the grid. */
    take: (prompt: string): Locator =>
      takes.getByRole('listitem').or(takes.getByRole('gridcell')).filter({ hasText: prompt }),
    /** The tags of the pictures that stand on the stage, drawn. */
    shown: stage.locator('[data-side]:not([data-frame="-1"])').filter({ visible: true }),
  }
}

/** Takes all takes of a server away: tests of one worker share it. */
export const emptyLibrary = async (url: string): Promise<void> => {
  const jobs = async (query: string): Promise<{ job_id: string }[]> =>
    (await (await fetch(`${url}/v1/jobs?limit=200&${query}`)).json()).jobs
  await fetch(`${url}/v1/queue`, { method: 'DELETE' })
  for (const { job_id: id } of await jobs('status=processing'))
    await fetch(`${url}/v1/jobs/${id}`, { method: 'DELETE' })
  await expect.poll(async () => (await jobs('status=processing')).length).toBe(0)
  for (let found = await jobs('finished=true'); found.length > 0; found = await jobs('finished=true'))
    await fetch(`${url}/v1/jobs/changes`, {
      method: 'POST',
      body: JSON.stringify({ job_ids: found.map(({ job_id: id }) => id), binned: true }),
    })
  await fetch(`${url}/v1/bin`, { method: 'DELETE' })
}

/** The words of the themes. */
export const THEMES = { dark: 'Dark', light: 'Light' } as const

/** Chooses a theme in the settings, by its word. */
export const chooseTheme = async (page: Page, theme: 'Dark' | 'Light' | 'System'): Promise<void> => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await pickRadio(settings, theme)
  await settings.getByRole('button', { name: 'Close' }).click()
  await expect(settings).toHaveCount(0)
}

/** Clicks a choice's words or icon: the radio button itself is there for keyboards and screen readers. */
const pickRadio = (within: Locator, name: string): Promise<void> =>
  within
    .getByRole('radiogroup')
    .locator('label')
    .filter({ has: within.page().getByText(name, { exact: true }) })
    .click()

/** Lets go of files over an element: the events that a browser sends for files from the desktop. */
export const dropOn = async (page: Page, target: Locator, ...paths: string[]): Promise<void> => {
  const types: Record<string, string> = {
    '.mp4': 'video/mp4',
    '.mov': 'video/quicktime',
    '.png': 'image/png',
    '.jpg': 'image/jpeg',
  }
  const files = await Promise.all(
    paths.map(async (path) => ({
      name: basename(path),
      type: types[extname(path)] ?? '',
      bytes: (await readFile(path)).toString('base64'),
    })),
  )
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer()
    for (const { name, type, bytes } of all) {
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([content], name, { type }))
    }
    return transfer
  }, files)
  for (const event of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(event, { dataTransfer: data })
}

/** The pixels that one picture on the stage's canvas shows now, averaged over a row of squares. `tag` is one of `shown`. */
export const shownColours = (tag: Locator, columns = 2): Promise<number[][]> =>
  tag.evaluate((element, count) => {
    const [x = 0, y = 0, width = 0, height = 0] = (element.getAttribute('data-picture') ?? '').split(' ').map(Number)
    const shown = element.closest('.viewer-canvas')?.querySelector('canvas')
    if (!shown) throw new Error('no canvas')
    const ratio = shown.width / shown.clientWidth
    const canvas = document.createElement('canvas')
    canvas.width = count
    canvas.height = 1
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.drawImage(shown, x * ratio, y * ratio, width * ratio, height * ratio, 0, 0, count, 1)
    const { data } = context.getImageData(0, 0, count, 1)
    return Array.from({ length: count }, (_, at) => Array.from(data.slice(at * 4, at * 4 + 3)))
  }, columns)
