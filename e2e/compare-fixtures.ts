import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from '@playwright/test'
import sharp from 'sharp'
import { createProber } from '../src/engine/prober.ts'
import { makeClip } from '../src/engine/testing/clips.ts'
import type { ClipOptions } from '../src/engine/testing/messages.ts'
import { paintTiles } from '../src/engine/testing/tiles.ts'
import { type Known, knownOf, knownPicture } from '../src/web/compare/testing/oracle.ts'
import { serveHarness } from '../src/web/compare/testing/serve.ts'

/** A file that the tests made, and what it has to show. */
export type Made = { name: string; known: Known }

export type Rig = {
  /** The page of the harness, and the same page with its counters. */
  url: string
  counting: string
  /** Makes a clip whose frames carry their numbers in tiles; the same name gives the same clip. */
  clip: (name: string, options: ClipOptions) => Promise<Made>
  /** Makes a PNG that carries a number in tiles. */
  picture: (name: string, number: number, size?: { width: number; height: number }) => Promise<Made>
  /** The file name of a clip's proxy, as the server makes it. */
  proxy: (name: string) => Promise<string>
  folder: string
}

/** The harness as a page of its own, which global-setup.ts has built. */
export const test = base.extend<{ quiet: void }, { rig: Rig }>({
  rig: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'rushes-compare-'))
      const served = await serveHarness(folder, process.env['RUSHES_HARNESS_PAGES'])
      const made = new Map<string, Promise<Made>>()
      const once = (name: string, make: () => Promise<Made>) => {
        const known = made.get(name) ?? make()
        made.set(name, known)
        return known
      }
      const prober = createProber({ reads: [folder] })
      await use({
        ...served,
        folder,
        proxy: async (name) => {
          await prober.proxy(join(folder, name), join(folder, `proxy-of-${name}`))
          return `proxy-of-${name}`
        },
        clip: (name, options) =>
          once(name, async () => {
            const known = knownOf(options)
            await makeClip(join(folder, name), { ...options, mark: 'tiles' })
            return { name, known }
          }),
        picture: (name, number, { width, height } = { width: 320, height: 180 }) =>
          once(name, async () => {
            const plane = new Uint8Array(width * height).fill(110)
            paintTiles(plane, width, height, number, { dark: 19, bright: 236 })
            await sharp(plane, { raw: { width, height, channels: 1 } })
              .png()
              .toFile(join(folder, name))
            return { name, known: knownPicture(number) }
          }),
      })
      await served.close()
      await prober.close()
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // A complaint of the page, a blocked resource included, fails the test that caused it.
  quiet: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
      })
      await use()
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
