import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppContext } from '../http/context.ts'
import { sendFile } from '../http/send-file.ts'
import type { Prober } from './file-store.ts'
import { explainDiskError } from './disk-errors.ts'
import { adoptFile, type Folders, temporaryPath } from './folders.ts'
import { requireMedia } from './require-media.ts'

/**
 * What is made from a media file for looking at it: a small still (WebP), the moments of a clip side by side (WebP), or
 * what every browser shows as it is (of a clip an MP4, of a picture a PNG).
 */
export type DerivativeKind = keyof typeof KINDS

const KINDS = {
  thumbnail: { folder: 'thumbnails', extension: 'webp', mimeType: 'image/webp', make: 'thumbnail' },
  sprite: { folder: 'sprites', extension: 'webp', mimeType: 'image/webp', make: 'sprite' },
  clip: { folder: 'previews', extension: 'mp4', mimeType: 'video/mp4', make: 'preview' },
  picture: { folder: 'previews', extension: 'png', mimeType: 'image/png', make: 'preview' },
} as const

type Makers = Pick<Prober, 'thumbnail' | 'preview'> & {
  /** Writes the moments of a clip side by side. Rejects with a RushesError for a picture. */
  sprite: (path: string, out: string) => Promise<void>
}

/** Makes derivatives when they are first asked for, each once, and keeps them. */
export type Derivatives = {
  /** Makes one where it is not there yet. */
  ensure: (kind: DerivativeKind, id: string, source: string) => Promise<string>
  send: (context: AppContext, kind: DerivativeKind, id: string, source: string) => Promise<Response>
  remove: (id: string) => Promise<void>
}

export const createDerivatives = (folders: Folders, prober: Makers): Derivatives => {
  const making = new Map<string, Promise<void>>()
  const pathOf = (kind: DerivativeKind, id: string): string =>
    join(folders[KINDS[kind].folder], `${id}.${KINDS[kind].extension}`)

  const make = async (kind: DerivativeKind, source: string, path: string): Promise<void> => {
    const beside = await temporaryPath(folders, `.${KINDS[kind].extension}`)
    try {
      await prober[KINDS[kind].make](source, beside)
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
    await requireMedia(source)
    const underway = making.get(path) ?? make(kind, source, path).finally(() => making.delete(path))
    making.set(path, underway)
    await underway
    return path
  }

  return {
    ensure,
    send: async (context, kind, id, source) => {
      const { mimeType, extension } = KINDS[kind]
      // To ask what one would be is no reason to make it.
      if (context.req.method === 'HEAD' && !existsSync(pathOf(kind, id)))
        return context.body(null, 200, { 'content-type': mimeType })
      const path = await ensure(kind, id, source)
      return sendFile(context, {
        path,
        mimeType,
        version: `${kind}-${id}`,
        filename: `${id}.${extension}`,
        download: false,
      })
    },
    remove: async (id) => {
      for (const kind of ['thumbnail', 'sprite', 'clip', 'picture'] as const)
        await rm(pathOf(kind, id), { force: true })
    },
  }
}
