import type { IncomingHttpHeaders } from 'node:http'
import { RushesError } from '../../shared/errors.ts'
import { BATCH_HEADER, BATCH_LABEL_HEADER, BATCH_PLACE_HEADER } from '../../shared/routes.ts'
import { withoutControls } from '../http/file-name.ts'

/** The place of a job among those that are asked for together, as its submission tells it. */
export type Batch = { id: string; position: number; size: number; label: string | null }

export const BATCH_ID = /^[A-Za-z0-9_-]{1,64}$/
export const BATCH_PLACE = /^([1-9]\d?)\/([1-9]\d?)$/
/** Jobs that one batch may have, and characters of what sets one of them apart. */
export const MAX_BATCH = 64
export const MAX_BATCH_LABEL = 200

const refuse = (header: string, text: string): RushesError =>
  new RushesError('INVALID_INPUT', `${header} ${text}.`, { fields: { [header]: text } })

const readPlace = (sent: string): Pick<Batch, 'position' | 'size'> => {
  const [, position, size] = (BATCH_PLACE.exec(sent) ?? []).map(Number)
  if (position === undefined || size === undefined || position > size || size > MAX_BATCH)
    throw refuse(BATCH_PLACE_HEADER, `must be a place in the batch as 3/8, of at most ${MAX_BATCH}`)
  return { position, size }
}

const readLabel = (sent: string): string | null => {
  let label
  try {
    label = withoutControls(decodeURIComponent(sent)).trim()
  } catch {
    throw refuse(BATCH_LABEL_HEADER, 'must be percent-encoded, as encodeURIComponent writes it')
  }
  if (label.length > MAX_BATCH_LABEL)
    throw refuse(BATCH_LABEL_HEADER, `may have ${MAX_BATCH_LABEL} characters, and has ${label.length}`)
  return label === '' ? null : label
}

/** The batch that the headers of a submission name, or null where they name none. Throws INVALID_INPUT, in words. */
export const readBatch = (headers: IncomingHttpHeaders): Batch | null => {
  const [id, place, label] = [BATCH_HEADER, BATCH_PLACE_HEADER, BATCH_LABEL_HEADER].map((name) => {
    const value = headers[name]
    return Array.isArray(value) ? value.join() : value
  })
  if (id === undefined) {
    const lonely = place === undefined ? (label === undefined ? null : BATCH_LABEL_HEADER) : BATCH_PLACE_HEADER
    if (lonely !== null) throw refuse(lonely, `needs ${BATCH_HEADER}, which says which batch is meant`)
    return null
  }
  if (!BATCH_ID.test(id)) throw refuse(BATCH_HEADER, 'must be 1 to 64 of the characters A-Z, a-z, 0-9, _ and -')
  if (place === undefined) throw refuse(BATCH_PLACE_HEADER, `must say the place in the batch, as 3/8`)
  return { id, ...readPlace(place), label: label === undefined ? null : readLabel(label) }
}
