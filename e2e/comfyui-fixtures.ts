import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { startEquippedComfyui } from '../src/server/testing/equipped-comfyui.ts'
import type { ComfyuiServer } from '../src/server/testing/comfyui-server.ts'
import { end, launch, test } from './fixtures.ts'

export { expect, studioOf } from './fixtures.ts'

/** What the engine for pictures loads, and nothing else. */
const PICTURES = ['klein', 'qwen', 'fluxVae'] as const

/** The product with nothing set, and beside it a ComfyUI that has the files for pictures alone. */
export const comfyuiTest = test.extend<{ comfyui: ComfyuiServer; studioUrl: string }>({
  comfyui: async ({}, use) => {
    const comfyui = await startEquippedComfyui({ has: PICTURES, tickMs: 20 })
    await use(comfyui)
    await comfyui.close()
  },
  studioUrl: async ({}, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'rushes-comfyui-'))
    const { child, url } = await launch(dataDir)
    await use(url)
    await end(child, 'SIGTERM')
    await rm(dataDir, { recursive: true, force: true })
  },
  baseURL: async ({ studioUrl }, use) => use(studioUrl),
})

/** Lets go of one file over an element, with the type that a browser gives it. */
export const dropped = async (page: Page, target: Locator, path: string, type: string): Promise<void> => {
  const bytes = (await readFile(path)).toString('base64')
  const dataTransfer = await page.evaluateHandle(
    (file) => {
      const transfer = new DataTransfer()
      const content = Uint8Array.from(atob(file.bytes), (letter) => letter.charCodeAt(0))
      transfer.items.add(new File([content], file.name, { type: file.type }))
      return transfer
    },
    { name: basename(path), type, bytes },
  )
  for (const event of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(event, { dataTransfer })
}
