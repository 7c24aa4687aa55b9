import { isHttpUrl, type MediaKind } from '../../shared/models/file-input.ts'
import { dataUrlType, isDataUrl } from './data-url.ts'

const ENDINGS: Record<MediaKind, RegExp> = {
  image: /\.(png|jpe?g|webp|avif|bmp|tiff?)$/i,
  video: /\.(mp4|m4v|mov|webm|mkv)$/i,
}

/** Whether the whole of a text is the address of something that could be taken in. */
export const isAddress = (text: string): boolean => isDataUrl(text) || (!/\s/.test(text) && isHttpUrl(text))

/** What an address leads to, as far as it shows by itself; null where it does not. A GIF may be either. */
export const kindOfAddress = (url: string): MediaKind | null => {
  const shows = isDataUrl(url)
    ? (kind: MediaKind) => dataUrlType(url).startsWith(`${kind}/`)
    : (kind: MediaKind) => ENDINGS[kind].test(new URL(url).pathname)
  return shows('image') ? 'image' : shows('video') ? 'video' : null
}

/** What this server has under one of its own addresses: a file, or the result of a job. Null for any other address. */
export const ownMedia = (url: string, origin: string): { file: string } | { job: string } | null => {
  const { origin: from, pathname } = new URL(url)
  const [, kind, id] = /^\/(?:api\/decart\/)?v1\/(files|jobs)\/([^/]+)\//.exec(pathname) ?? []
  if (from !== origin || id === undefined) return null
  return kind === 'files' ? { file: decodeURIComponent(id) } : { job: decodeURIComponent(id) }
}
