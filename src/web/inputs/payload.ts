import { isAddress, ownMedia } from './address.ts'
import { isDataUrl } from './data-url.ts'
import { TAKE_TYPE } from '../state/take-drag.ts'

export type Arrival = 'pasted' | 'dropped'

/** What a clipboard or a drag brings, as the one thing that is meant. An address is http(s), or a whole `data:` picture. */
export type Payload =
  | { kind: 'files'; files: readonly File[] }
  /** Folders, and what else was dropped beside them, still to be read. */
  | { kind: 'folder'; name: string; entries: readonly FileSystemEntry[] }
  | { kind: 'take'; id: string }
  | { kind: 'address'; url: string }
  | { kind: 'text' }
  | { kind: 'nothing' }

type Carrier = Pick<DataTransfer, 'files' | 'items' | 'getData'>

/** The address of the one picture that a piece of HTML consists of: what browsers give for a picture of a page. */
const pictureIn = (html: string): string | null => {
  if (html === '') return null
  // A document of this kind loads nothing and runs nothing.
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const [picture, ...others] = body.querySelectorAll('img')
  const url = picture?.getAttribute('src') ?? ''
  return others.length === 0 && body.textContent.trim() === '' && isAddress(url) ? url : null
}

/** The first address of a list of them, in which lines with a hash are comments. */
const firstOf = (list: string): string | null =>
  list
    .split(/\r?\n/)
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#')) ?? null

const folderIn = (items: Iterable<DataTransferItem>): Extract<Payload, { kind: 'folder' }> | null => {
  // They can be had while the event is heard, and not after.
  const entries = [...items].flatMap((item) => (item.kind === 'file' ? (item.webkitGetAsEntry?.() ?? []) : []))
  const folder = entries.find((entry) => entry.isDirectory)
  return folder ? { kind: 'folder', name: folder.name, entries } : null
}

const addressesIn = (carrier: Carrier): string[] =>
  [
    pictureIn(carrier.getData('text/html')),
    firstOf(carrier.getData('text/uri-list')),
    carrier.getData('text/plain').trim(),
  ]
    .filter((url) => url !== null)
    .filter(isAddress)

/**
 * What is meant by all that a clipboard or a drag holds. A file says most; but a picture that this server showed is the
 * server's file itself, not the small still that was seen of it.
 */
export const payloadOf = (carrier: Carrier): Payload => {
  const take = carrier.getData(TAKE_TYPE)
  if (take !== '') return { kind: 'take', id: take }
  const addresses = addressesIn(carrier)
  const own = addresses.find((url) => ownMedia(url, location.origin))
  if (own !== undefined) return { kind: 'address', url: own }
  const folder = folderIn(carrier.items ?? [])
  if (folder !== null) return folder
  if (carrier.files.length > 0) return { kind: 'files', files: [...carrier.files] }
  const [url] = addresses
  if (url !== undefined) return { kind: 'address', url }
  return carrier.getData('text/plain').trim() === '' ? { kind: 'nothing' } : { kind: 'text' }
}

/**
 * The words that a text field gets. A file manager gives the name of a file beside the file, and a page the address of a
 * picture beside the picture: these are no words, and `data:` addresses are none anywhere.
 */
export const wordsIn = (carrier: Carrier, arrival: Arrival): string => {
  const text = carrier.getData('text/plain')
  const whole = text.trim()
  const isName = (line: string) =>
    [...carrier.files].some(({ name }) => line === name || line.endsWith(`/${name}`) || line.endsWith(`\\${name}`))
  if (isDataUrl(whole) || whole.split(/\r?\n/).every(isName)) return ''
  const isPicture = arrival === 'dropped' && isAddress(whole) && pictureIn(carrier.getData('text/html')) !== null
  return isPicture ? '' : text
}
