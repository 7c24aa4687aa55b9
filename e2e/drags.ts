import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Locator, Page } from '@playwright/test'

/** A drag of files or a take, to be sent on by the events that a browser sends. */
export const dragOf = async (page: Page, paths: readonly string[], type: string, data: Record<string, string> = {}) => {
  const files = await Promise.all(
    paths.map(async (path) => ({ name: basename(path), bytes: (await readFile(path)).toString('base64') })),
  )
  return page.evaluateHandle(
    (all) => {
      const transfer = new DataTransfer()
      for (const { name, bytes } of all.files) {
        const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))
        transfer.items.add(new File([content], name, { type: all.type }))
      }
      for (const [kind, text] of Object.entries(all.data)) transfer.setData(kind, text)
      return transfer
    },
    { files, type, data },
  )
}
type Drag = Awaited<ReturnType<typeof dragOf>>

/** The drag comes into the window. */
export const enter = (page: Page, dataTransfer: Drag) =>
  page.locator('body').dispatchEvent('dragenter', { dataTransfer })
/** The drag is let go there. */
export const drop = async (zone: Locator, dataTransfer: Drag) => {
  for (const event of ['dragenter', 'dragover', 'drop']) await zone.dispatchEvent(event, { dataTransfer })
}
