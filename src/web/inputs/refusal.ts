import { LIMITS } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { formatBytes } from '../ui/format.ts'

const WANTED = { image: 'This takes an image.', video: 'This takes a video.' } as const

/** What is said of several files where one is wanted. */
export const tooMany = (count: number): string => `One file at a time: ${count} were dropped.`

/**
 * Why what is being dragged cannot be let go here, or null. A browser tells the types of dragged files, not their names
 * or sizes; one whose type it does not know may still fit.
 */
export const dragRefusalOf = (items: Iterable<Pick<DataTransferItem, 'kind' | 'type'>>, accepts: MediaKind) => {
  const files = [...items].filter(({ kind }) => kind === 'file')
  if (files.length > 1) return 'One file at a time.'
  return files.every(({ type }) => fits(type, accepts)) ? null : WANTED[accepts]
}

const fits = (type: string, accepts: MediaKind): boolean =>
  whatItIs(type) === undefined || type === 'image/gif' || type.startsWith(`${accepts}/`)

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
  if (!fits(file.type, accepts)) return `is ${whatItIs(file.type)}. ${WANTED[accepts]}`
  if (file.type === 'image/svg+xml') return 'is a drawing (SVG). Export it as PNG or JPEG first.'
  if (file.size > LIMITS[accepts])
    return `is ${formatBytes(file.size)}. The most that ${accepts === 'image' ? 'an image' : 'a video'} may have is ${formatBytes(LIMITS[accepts])}.`
  return null
}
