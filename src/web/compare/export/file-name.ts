import type { Mode } from '../view.ts'
import type { Format, Layout } from './order.ts'

const LAYOUT_WORDS: Record<Layout, string> = {
  seen: '',
  'side-by-side': 'side-by-side',
  'moving-wipe': 'moving wipe',
}
const MODE_WORDS: Record<Mode, string> = {
  single: '',
  grid: 'side-by-side',
  wipe: 'wipe',
  blink: 'blink',
  overlay: 'overlay',
  difference: 'difference',
}
/** More names than that make no name. */
const MAX_NAMES = 3
const MAX_NAME_LENGTH = 40

/** What every file system takes: letters and digits of any language, blanks, and a few signs between them. */
const safe = (words: string): string => {
  const clean = words
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N} ._-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+/, '')
  return [...clean]
    .slice(0, MAX_NAME_LENGTH)
    .join('')
    .replace(/[ .]+$/, '')
}

/** `compare source vs anime side-by-side.mp4`. `names` are those of the sides that the file shows. */
export const exportFileName = (names: readonly string[], layout: Layout, mode: Mode, format: Format): string => {
  const clean = names.map(safe).filter((name) => name !== '')
  const subject = clean.length > MAX_NAMES ? `${clean.length} takes` : clean.join(' vs ')
  const words = [subject, LAYOUT_WORDS[layout] || MODE_WORDS[mode]]
  if (clean.length !== 1) words.unshift('compare')
  return `${words.filter((word) => word !== '').join(' ')}.${format}`
}
