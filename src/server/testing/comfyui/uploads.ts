import type { IncomingMessage } from 'node:http'
import { readMultipart, type ReceivedFile } from '../multipart.ts'

/** A file among the inputs. */
export type Uploaded = Pick<ReceivedFile, 'bytes' | 'sha256' | 'mimeType'>

/**
 * Takes an upload and answers the name that the file now has: another than it asked for where other bytes have that one.
 * Null where there was no file.
 */
export const readUpload = async (request: IncomingMessage, uploads: Map<string, Uploaded>): Promise<string | null> => {
  const { files, fields } = await readMultipart(request)
  const { image } = files
  if (!image || image.filename === '') return null
  const cut = image.filename.lastIndexOf('.')
  const [stem, ending] = cut < 0 ? [image.filename, ''] : [image.filename.slice(0, cut), image.filename.slice(cut)]
  const isOverwritten = fields['overwrite'] === 'true' || fields['overwrite'] === '1'
  let name = image.filename
  for (let count = 1; !isOverwritten && uploads.has(name) && uploads.get(name)?.sha256 !== image.sha256; count++)
    name = `${stem} (${count})${ending}`
  const { bytes, sha256, mimeType } = image
  uploads.set(name, { bytes, sha256, mimeType })
  return name
}
