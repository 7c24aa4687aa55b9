import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { createServer } from 'vite'
import { end, launch } from './fixtures.ts'

test("a page of somebody else's uses Rushes where ALLOWED_ORIGINS names it, and nowhere else", async ({ page }) => {
  const vite = await createServer({
    root: fileURLToPath(new URL('./other-page', import.meta.url)),
    configFile: false,
    logLevel: 'silent',
    cacheDir: await mkdtemp(join(tmpdir(), 'rushes-vite-')),
    server: { host: '127.0.0.1', port: 0 },
  })
  await vite.listen()
  const address = vite.resolvedUrls?.local[0] ?? ''
  const dataDir = await mkdtemp(join(tmpdir(), 'rushes-e2e-'))
  // Vite may load the page a second time, once it has bundled what it imports.
  const says = async (env: Record<string, string>, wanted: RegExp | string) => {
    const { child, url } = await launch(dataDir, env)
    await page.goto(`${address}?server=${url}`)
    await expect(page.locator('#said')).toHaveText(wanted, { timeout: 90_000 })
    await end(child, 'SIGTERM')
  }
  await says({ ALLOWED_ORIGINS: 'https://other.example.com' }, /^refused: .*fetch/)
  await says({ ALLOWED_ORIGINS: new URL(address).origin }, 'image/png, 206 bytes 0-9, true, true, 300 wide')
  await vite.close()
  await rm(dataDir, { recursive: true, force: true })
})
