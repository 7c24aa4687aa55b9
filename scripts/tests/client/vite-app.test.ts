import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from '@playwright/test'
import { build, createServer, type InlineConfig, preview } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { findChromium } from '../../chromium.mjs'
import { note } from '../notes.ts'
import { freshProject } from './fresh-project.ts'
import { type Rig, startRig } from './rig.ts'

const outcomesSchema = z.array(z.object({ name: z.string(), failure: z.string().nullable() }))

const PAGE = '<!doctype html><title>app</title><body><script type="module" src="/page.mjs"></script></body>'

let rig: Rig
let browser: Browser
let config: InlineConfig
beforeAll(async () => {
  const folder = freshProject()
  rig = await startRig()
  writeFileSync(join(folder, 'index.html'), PAGE)
  for (const name of ['checks.mjs', 'page.mjs'])
    copyFileSync(fileURLToPath(new URL(name, import.meta.url)), join(folder, name))
  mkdirSync(join(folder, 'public'))
  copyFileSync(rig.picture, join(folder, 'public', 'square.png'))
  copyFileSync(rig.clip, join(folder, 'public', 'clip.mp4'))
  const proxy = { '/api/decart': { target: rig.server.url } }
  const at = { host: '127.0.0.1', port: 0, proxy }
  config = { root: folder, configFile: false, logLevel: 'warn', build: { target: 'es2022' }, server: at, preview: at }
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
})
afterAll(async () => {
  await browser.close()
  await rig.close()
})

/** What the page says at an address of the app. */
const outcomesAt = async (url: string | undefined, only: string[] = []): Promise<z.infer<typeof outcomesSchema>> => {
  const query = new URLSearchParams([['picture', rig.pictureUrl], ...only.map((name) => ['only', name])])
  const page = await browser.newPage()
  const broke = new Promise<never>((_, reject) => page.once('pageerror', reject))
  await page.goto(`${url}?${query}`)
  const said = await Promise.race([page.locator('pre').textContent({ timeout: 200_000 }), broke])
  await page.close()
  return outcomesSchema.parse(JSON.parse(said ?? ''))
}

it('does all that the client promises in a built page', async () => {
  await build(config)
  const server = await preview(config)
  const outcomes = await outcomesAt(server.resolvedUrls?.local[0])
  await server.close()
  expect(outcomes.filter(({ failure }) => failure !== null)).toEqual([])
  expect(outcomes.length).toBeGreaterThan(15)
  note(`The client ran in a Vite app in Chromium (${browser.version()}).`)
})

it('loads in development, too', async () => {
  const server = await (await createServer(config)).listen()
  const outcomes = await outcomesAt(server.resolvedUrls?.local[0], ['process of File', 'errors'])
  await server.close()
  expect(outcomes).toEqual([
    { name: 'process of File', failure: null },
    { name: 'errors', failure: null },
  ])
})
