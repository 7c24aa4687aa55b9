import { LIMITS } from '../../shared/media.ts'
import type { MediaKind } from '../../shared/models/file-input.ts'
import { TAKE_TYPE } from '../state/take-drag.ts'
import { formatBytes } from '../ui/format.ts'

export const WANTED = { image: 'This takes an image.', video: 'This takes a video.' } as const

/** What is said of several files where one is wanted. */
export const tooMany = (count: number, arrival: 'pasted' | 'dropped'): string =>
  `One file at a time: ${count} were ${arrival}.`

/** What a file is, by its type or, where the browser names none, by the end of its name. A GIF may be either. */
export const kindOfFile = ({ type, name }: Pick<File, 'type' | 'name'>): MediaKind =>
  type.startsWith('video/') || (type === '' && /\.(mp4|m4v|mov|webm|mkv)$/i.test(name)) ? 'video' : 'image'

/** Whether a file can be nothing but a workflow: no model takes such a file. */
export const isJson = ({ name, type }: Pick<File, 'name' | 'type'>): boolean =>
  type === 'application/json' || /\.json$/i.test(name)

/** What a media field says while something is dragged over it. */
export type DragWords = { fits: boolean; words: string }

/**
 * Whether what is being dragged can be let go here. A browser tells what kinds there are and the types of files, not
 * their names or sizes, nor where an address leads; what may well fit is let go, and looked at then.
 */
export const dragWordsOf = (
  { types, items }: { types: readonly string[]; items: Iterable<Pick<DataTransferItem, 'kind' | 'type'>> },
  accepts: MediaKind,
  most: 'one' | 'two' | 'many' = 'one',
): DragWords => {
  const files = [...items].filter(({ kind }) => kind === 'file')
  if (types.includes(TAKE_TYPE)) return { fits: true, words: 'Let go to use it' }
  if (files.length > 1) return manyWords(files, accepts, most)
  if (files.length === 1 && files[0]?.type === 'application/json')
    return { fits: true, words: 'Let go to see the workflow' }
  if (files.length === 1 || types.includes('Files'))
    return files.every(({ type }) => fits(type, accepts))
      ? { fits: true, words: 'Let go to use it' }
      : { fits: false, words: WANTED[accepts] }
  // A picture or link of a page; words that are marked there come as text, with or without HTML.
  const isAddress = types.includes('text/uri-list') || (types.includes('text/html') && !types.includes('text/plain'))
  return isAddress ? { fits: true, words: 'Let go to fetch it' } : { fits: false, words: WANTED[accepts] }
}

const manyWords = (files: readonly { type: string }[], accepts: MediaKind, most: 'one' | 'two' | 'many'): DragWords => {
  if (!files.some(({ type }) => fits(type, accepts))) return { fits: false, words: WANTED[accepts] }
  if (most === 'many') return { fits: true, words: `Let go for ${files.length} takes` }
  if (most === 'one') return { fits: false, words: 'One file at a time.' }
  return files.length === 2
    ? { fits: true, words: 'Let go to use both' }
    : { fits: false, words: 'A transition takes two pictures.' }
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
