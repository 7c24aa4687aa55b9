import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppContext } from '../http/context.ts'
import { sendFile } from '../http/send-file.ts'
import type { Prober } from './file-store.ts'
import { adoptFile, explainDiskError, type Folders, temporaryPath } from './folders.ts'

/** What is made from a media file for looking at it: a small still (WebP), or a clip that every browser plays (MP4). */
export type DerivativeKind = 'thumbnail' | 'preview'

const KINDS = {
  thumbnail: { extension: 'webp', mimeType: 'image/webp' },
  preview: { extension: 'mp4', mimeType: 'video/mp4' },
} as const

/** Makes derivatives when they are first asked for, each once, and keeps them. */
export type Derivatives = {
  send: (context: AppContext, kind: DerivativeKind, id: string, source: string) => Promise<Response>
  remove: (id: string) => Promise<void>
}

export const createDerivatives = (folders: Folders, prober: Prober): Derivatives => {
  const making = new Map<string, Promise<void>>()
  const pathOf = (kind: DerivativeKind, id: string): string =>
    join(kind === 'thumbnail' ? folders.thumbnails : folders.previews, `${id}.${KINDS[kind].extension}`)

  const make = async (kind: DerivativeKind, source: string, path: string): Promise<void> => {
    const beside = `${temporaryPath(folders)}.${KINDS[kind].extension}`
    try {
      await prober[kind](source, beside)
      await adoptFile(beside, path)
    } catch (error) {
      throw explainDiskError(error)
    } finally {
      await rm(beside, { force: true })
    }
  }

  const ensure = async (kind: DerivativeKind, id: string, source: string): Promise<string> => {
    const path = pathOf(kind, id)
    if (existsSync(path)) return path
    const underway = making.get(path) ?? make(kind, source, path).finally(() => making.delete(path))
    making.set(path, underway)
    await underway
    return path
  }

  return {
    send: async (context, kind, id, source) =>
      sendFile(context, {
        path: await ensure(kind, id, source),
        mimeType: KINDS[kind].mimeType,
        version: `${kind}-${id}`,
        filename: `${id}.${KINDS[kind].extension}`,
        download: false,
      }),
    remove: async (id) => {
      for (const kind of ['thumbnail', 'preview'] as const) await rm(pathOf(kind, id), { force: true })
    },
  }
}
