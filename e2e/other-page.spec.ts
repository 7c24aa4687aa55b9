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
  const said = async (env: Record<string, string>): Promise<string | null> => {
    const { child, url } = await launch(dataDir, env)
    await page.goto(`${address}?server=${url}`)
    await expect(page.locator('#said')).not.toBeEmpty({ timeout: 60_000 })
    const text = await page.locator('#said').textContent()
    await end(child, 'SIGTERM')
    return text
  }
  expect(await said({ ALLOWED_ORIGINS: 'https://other.example.com' })).toMatch(/^refused: .*fetch/)
  expect(await said({ ALLOWED_ORIGINS: new URL(address).origin })).toBe(
    'image/png, 206 bytes 0-9, true, true, 300 wide',
  )
  await vite.close()
  await rm(dataDir, { recursive: true, force: true })
})
