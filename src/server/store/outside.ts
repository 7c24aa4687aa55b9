/**
 * What a data folder says of itself is outside input: it may have been copied from anywhere, and what this server sends
 * from it, it sends as its own.
 */

/** Media that Rushes takes in or makes. No type that a browser runs or renders as a page (SVG, HTML) is among them. */
const SERVED: ReadonlySet<string> = new Set([
  ...['png', 'apng', 'jpeg', 'webp', 'avif', 'gif', 'bmp', 'tiff', 'heic', 'heif', 'jxl', 'jp2'].map(
    (type) => `image/${type}`,
  ),
  ...[
    'mp4',
    'quicktime',
    'webm',
    'matroska',
    'x-matroska',
    'mpeg',
    'mp2t',
    'MP1S',
    'MP2P',
    'ogg',
    'avi',
    'x-msvideo',
    'vnd.avi',
  ].map((type) => `video/${type}`),
  ...['x-flv', 'x-m4v', '3gpp', '3gpp2', 'x-ms-asf', 'x-ms-wmv'].map((type) => `video/${type}`),
])

export const isServedType = (type: string): boolean => SERVED.has(type)

/** A file's name alone: no folder, no way out of one, nothing hidden, no control characters. */
export const isPlainName = (name: string): boolean =>
  name.length > 0 && name.length <= 255 && !name.startsWith('.') && !/[/\\:\p{Cc}]/u.test(name)

/** A path below the data folder, of plain names with slashes between them. */
export const isPlainPath = (path: string): boolean => path.split('/').every(isPlainName)
