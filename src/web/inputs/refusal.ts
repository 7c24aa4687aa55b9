import { LIMITS } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { formatBytes } from '../ui/format.ts'

const WANTED = { image: 'This takes an image.', video: 'This takes a video.' } as const

const whatItIs = (type: string): string | undefined => {
  if (type.startsWith('image/')) return 'an image'
  if (type.startsWith('video/')) return 'a video'
  if (type.startsWith('audio/')) return 'audio'
  if (type.startsWith('text/')) return 'text'
  return type === 'application/pdf' ? 'a PDF' : undefined
}

/**
 * Why a file cannot be what the field wants, as far as that shows before it is sent, or null. Only what is certain is
 * refused here: a type that the browser does not name is left to the server, which reads the bytes. A GIF may be either.
 */
export const refusalOf = (file: Pick<File, 'type' | 'size'>, accepts: MediaKind): string | null => {
  if (file.size === 0) return 'is empty'
  const kind = whatItIs(file.type)
  const fits = kind === undefined || file.type === 'image/gif' || file.type.startsWith(`${accepts}/`)
  if (!fits) return `is ${kind}. ${WANTED[accepts]}`
  if (file.type === 'image/svg+xml') return 'is a drawing (SVG). Export it as PNG or JPEG first.'
  if (file.size > LIMITS[accepts])
    return `is ${formatBytes(file.size)}. The most that ${accepts === 'image' ? 'an image' : 'a video'} may have is ${formatBytes(LIMITS[accepts])}.`
  return null
}
