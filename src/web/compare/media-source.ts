import { BlobSource, UrlSource } from 'mediabunny'
import type { Media } from './protocol.ts'

/** Where mediabunny reads a side from. A server that is not there is said so after a second, not asked for ever. */
export const mediaSource = (media: Media) =>
  media.kind === 'blob'
    ? new BlobSource(media.blob)
    : new UrlSource(new URL(media.url, location.href), { getRetryDelay: (attempts) => (attempts < 2 ? 0.3 : null) })
