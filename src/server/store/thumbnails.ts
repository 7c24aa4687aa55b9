import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppContext } from '../http/context.ts'
import { sendFile } from '../http/send-file.ts'
import type { Prober } from './file-store.ts'
import { type Folders, temporaryPath } from './folders.ts'

/** Small stills, made when first asked for and kept. */
export type Thumbnails = { send: (context: AppContext, id: string, source: string) => Promise<Response> }

export const createThumbnails = (folders: Folders, prober: Prober): Thumbnails => {
  const making = new Map<string, Promise<void>>()

  const make = async (source: string, path: string): Promise<void> => {
    const beside = `${temporaryPath(folders)}.webp`
    try {
      await prober.thumbnail(source, beside)
      await rename(beside, path)
    } finally {
      await rm(beside, { force: true })
    }
  }

  const ensure = async (id: string, source: string): Promise<string> => {
    const path = join(folders.thumbnails, `${id}.webp`)
    if (existsSync(path)) return path
    const underway = making.get(id) ?? make(source, path).finally(() => making.delete(id))
    making.set(id, underway)
    await underway
    return path
  }

  return {
    send: async (context, id, source) =>
      sendFile(context, {
        path: await ensure(id, source),
        mimeType: 'image/webp',
        version: id,
        filename: `${id}.webp`,
        download: false,
      }),
  }
}
