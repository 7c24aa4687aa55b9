import { BlobSource, UrlSource } from 'mediabunny'
import type { ReadBytes } from '../../shared/iso-boxes.ts'
import type { Media } from './protocol.ts'

/** Where mediabunny reads a side from. A server that is not there is said so after a second, not asked for ever. */
export const mediaSource = (media: Media) =>
  media.kind === 'blob'
    ? new BlobSource(media.blob)
    : new UrlSource(new URL(media.url, location.href), { getRetryDelay: (attempts) => (attempts < 2 ? 0.3 : null) })

const ranged = (url: string, position: number, length: number): Promise<Response> =>
  fetch(url, { headers: { range: `bytes=${position}-${position + length - 1}` } })

/** Reads bytes of a side by oneself. */
export const readerOf =
  (media: Media): ReadBytes =>
  async (position, length) => {
    if (media.kind === 'blob') return new Uint8Array(await media.blob.slice(position, position + length).arrayBuffer())
    return new Uint8Array(await (await ranged(media.url, position, length)).arrayBuffer())
  }

/** How many bytes a side has; null where its server does not give parts of it. */
export const sizeOf = async (media: Media): Promise<number | null> => {
  if (media.kind === 'blob') return media.blob.size
  const response = await ranged(media.url, 0, 1)
  await response.arrayBuffer()
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]
  return total === undefined ? null : Number(total)
}
