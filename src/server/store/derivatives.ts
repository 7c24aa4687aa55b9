import { rm } from 'node:fs/promises'
import { RushesError } from '../../shared/errors.ts'
import type { BlobStore } from './blobs/blob-store.ts'
import { explainDiskError } from '../disk-errors.ts'
import type { Prober } from './file-store.ts'

/**
 * What is made from a media file for looking at it: a small still (WebP), the moments of a clip side by side (WebP), what
 * every browser shows as it is (of a clip an MP4, of a picture a PNG), or the same frames of a clip small and quickly
 * decoded (MP4).
 */
export type DerivativeKind = keyof typeof KINDS

const KINDS = {
  thumbnail: { folder: 'thumbnails', extension: 'webp', mimeType: 'image/webp', make: 'thumbnail' },
  sprite: { folder: 'sprites', extension: 'webp', mimeType: 'image/webp', make: 'sprite' },
  clip: { folder: 'previews', extension: 'mp4', mimeType: 'video/mp4', make: 'preview' },
  picture: { folder: 'previews', extension: 'png', mimeType: 'image/png', make: 'preview' },
  proxy: { folder: 'proxies', extension: 'mp4', mimeType: 'video/mp4', make: 'proxy' },
} as const

const keyIn = ({ folder, extension }: (typeof KINDS)[DerivativeKind], id: string): string =>
  `${folder}/${id}.${extension}`

type Makers = Pick<Prober, 'thumbnail' | 'preview'> & {
  /** Writes the moments of a clip side by side. Rejects with a RushesError for a picture. */
  sprite: (path: string, out: string) => Promise<void>
  /** Writes the same frames of a clip, small. Rejects with a RushesError for a picture. */
  proxy: (path: string, out: string) => Promise<void>
}

/** `filename` and `mimeType` are what it is sent as; `version` names its bytes. */
export type Derivative = { mimeType: string; version: string; filename: string }

/** Makes derivatives when they are first asked for, each once, and keeps them. */
export type Derivatives = {
  /** Makes one of the blob `source` where it is not there yet. Answers its key. */
  ensure: (kind: DerivativeKind, id: string, source: string) => Promise<string>
  /** What one is, made or not. */
  describe: (kind: DerivativeKind, id: string) => Derivative
  isMade: (kind: DerivativeKind, id: string) => Promise<boolean>
  remove: (id: string) => Promise<void>
}

export const createDerivatives = (deps: {
  blobs: BlobStore
  prober: Makers
  temporaryPath: (extension: string) => Promise<string>
}): Derivatives => {
  const { blobs, prober, temporaryPath } = deps
  const making = new Map<string, Promise<void>>()
  const keyOf = (kind: DerivativeKind, id: string): string => keyIn(KINDS[kind], id)

  const make = async (kind: DerivativeKind, source: string, key: string): Promise<void> => {
    const { path, release } = await blobs.localCopy(source)
    try {
      const beside = await temporaryPath(`.${KINDS[kind].extension}`)
      try {
        await prober[KINDS[kind].make](path, beside)
        await blobs.put(key, beside)
      } finally {
        await rm(beside, { force: true })
      }
    } catch (error) {
      throw explainDiskError(error)
    } finally {
      release()
    }
  }

  const isGone = (error: unknown): boolean => error instanceof RushesError && error.code === 'NOT_FOUND'

  const ensure = async (kind: DerivativeKind, id: string, source: string): Promise<string> => {
    const key = keyOf(kind, id)
    try {
      // Small, and asked for again and again: from here on they are sent from this machine.
      const { release } = await blobs.localCopy(key)
      release()
      return key
    } catch (error) {
      if (!isGone(error)) throw error
    }
    const underway = making.get(key) ?? make(kind, source, key).finally(() => making.delete(key))
    making.set(key, underway)
    await underway
    return key
  }

  return {
    ensure,
    describe: (kind, id) => ({
      mimeType: KINDS[kind].mimeType,
      version: `${kind}-${id}`,
      filename: `${id}.${KINDS[kind].extension}`,
    }),
    isMade: (kind, id) => blobs.has(keyOf(kind, id)),
    remove: async (id) => {
      for (const made of Object.values(KINDS)) await blobs.remove(keyIn(made, id))
    },
  }
}
