import type { MediaKind } from '../../shared/models/file-input.ts'
import { TAKE_TYPE } from '../state/take-drag.ts'

/** What a dragged thing is, as far as a browser tells before it is dropped. */
export type DraggedKind = MediaKind | 'other' | 'unknown'

/** What is dragged over the window. `job` is the take's, where it is dragged in this page. */
export type Dragged =
  { what: 'files'; kinds: readonly DraggedKind[] } | { what: 'address' } | { what: 'take'; job: string | null }

const kindOf = (type: string): DraggedKind => {
  if (type === '' || type === 'image/gif' || type === 'application/octet-stream') return 'unknown'
  if (type.startsWith('image/')) return 'image'
  return type.startsWith('video/') ? 'video' : 'other'
}

type Carrier = { types: readonly string[]; items: Iterable<Pick<DataTransferItem, 'kind' | 'type'>> }

/** What a drag brings, by the types that it shows; null for words and for what a page moves within itself. */
export const draggedOf = ({ types, items }: Carrier, job: string | null): Dragged | null => {
  if (types.includes(TAKE_TYPE)) return { what: 'take', job }
  const files = [...items].filter(({ kind }) => kind === 'file')
  // A workflow goes into no field: it is looked at wherever it is dropped.
  if (files.length > 0 && files.every(({ type }) => type === 'application/json')) return null
  if (files.length > 0) return { what: 'files', kinds: files.map(({ type }) => kindOf(type)) }
  if (types.includes('Files')) return { what: 'files', kinds: ['unknown'] }
  const isAddress = types.includes('text/uri-list') || (types.includes('text/html') && !types.includes('text/plain'))
  return isAddress ? { what: 'address' } : null
}
