import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { createProber } from '../../src/engine/prober.ts'
import { makeClip } from '../../src/engine/testing/clips.ts'
import { type Known, knownOf } from '../../src/web/compare/testing/oracle.ts'
import { serveHarness } from '../../src/web/compare/testing/serve.ts'
import { cpuSecondsOf } from './browser-cpu.ts'
import { launchChromium } from './launch-chromium.ts'

/** A clip and its proxy, as the server makes it, by their file names. */
export type BenchClip = { name: string; proxy: string; fps: number; known: Known }

/** The comparison viewer in a real browser, and 720p clips as hard to decode as films. */
export type CompareRig = {
  /** A fresh page of the harness; `counting` is the first with counters. */
  page: (which?: 'harness' | 'counting' | 'similarity-page' | 'export-page') => Promise<Page>
  /** A clip of 720p with moving detail, numbered from `first`. The same facts give the same file. */
  clip: (facts: { fps: number; seconds: number; keyframes: number; first: number }) => Promise<BenchClip>
  /** Processor seconds of the whole browser so far; null where the system does not tell. */
  cpuSeconds: () => number | null
  close: () => Promise<void>
}

/** What the sides are drawn into: about the stage of a laptop's screen. */
export const STAGE = { width: 1280, height: 720, gap: 8 }

export const openCompareRig = async (): Promise<CompareRig> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  const served = await serveHarness(folder)
  const prober = createProber({ reads: [folder] })
  const server = await launchChromium()
  const browser = await chromium.connect(server.wsEndpoint())
  const made = new Map<string, Promise<BenchClip>>()
  return {
    page: async (which = 'harness') => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      page.on('pageerror', (error) => console.error(error))
      await page.goto(which === 'counting' ? served.counting : served.url.replace('harness.html', `${which}.html`))
      return page
    },
    clip: ({ fps, seconds, keyframes, first }) => {
      const name = `${fps}-${seconds}-${keyframes}-${first}.mp4`
      const make = async (): Promise<BenchClip> => {
        const options = {
          fps,
          seconds,
          keyframes,
          first,
          width: 1280,
          height: 720,
          texture: true,
          mark: 'tiles',
        } as const
        const proxy = `proxy-of-${name}`
        await makeClip(join(folder, name), options)
        await prober.proxy(join(folder, name), join(folder, proxy))
        return { name, proxy, fps, known: knownOf(options) }
      }
      const clip = made.get(name) ?? make()
      made.set(name, clip)
      return clip
    },
    cpuSeconds: () => cpuSecondsOf(server.process().pid ?? 0),
    close: async () => {
      await browser.close()
      await server.close()
      await served.close()
      await prober.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
