import { type FileHandle, open } from 'node:fs/promises'
import { RushesError } from '../../../shared/errors.ts'
import type { ReadBytes } from '../../../shared/iso-boxes.ts'
import { type FoundGraph, graphIn, graphInMetadata } from './graph-forms.ts'
import { matroskaTexts } from './matroska-texts.ts'
import { mp4Texts } from './mp4-texts.ts'
import { MAX_JSON_BYTES, parseText } from './parse-text.ts'
import { PNG_SIGNATURE, pngTexts } from './png-texts.ts'
import { webpTexts } from './webp-texts.ts'

/** The largest file that is looked into for a graph. Bytes. */
export const MAX_FILE_BYTES = 200 * 1024 ** 2

const invalid = (message: string): RushesError => new RushesError('INVALID_INPUT', message)

/** How to come by a file that has a graph. */
export const HOW_TO_EXPORT = 'In ComfyUI, export it with File → Export (API).'

type Kind = { name: string; texts: (read: ReadBytes, size: number) => Promise<Map<string, string>> }

const KINDS: readonly (Kind & { is: (head: Buffer) => boolean })[] = [
  { name: 'picture', texts: pngTexts, is: (head) => head.subarray(0, 8).equals(PNG_SIGNATURE) },
  {
    name: 'picture',
    texts: webpTexts,
    is: (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP',
  },
  {
    name: 'clip',
    texts: mp4Texts,
    is: (head) => ['ftyp', 'moov', 'wide', 'free'].includes(head.toString('latin1', 4, 8)),
  },
  { name: 'clip', texts: matroskaTexts, is: (head) => head.length > 3 && head.readUInt32BE(0) === 0x1a45dfa3 },
]

const readerOf =
  (handle: FileHandle): ReadBytes =>
  async (position, length) => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  }

const fromMedia = async (
  { name, texts }: Kind,
  read: ReadBytes,
  size: number,
  filename: string,
): Promise<FoundGraph> => {
  const found = graphInMetadata(await texts(read, size))
  if (found) return found
  throw invalid(
    `The ${name} ${filename} carries no ComfyUI graph: it was not saved by ComfyUI, or its metadata was taken away on the way. ${HOW_TO_EXPORT}`,
  )
}

const fromJson = async (read: ReadBytes, size: number, filename: string): Promise<FoundGraph> => {
  if (size > MAX_JSON_BYTES)
    throw new RushesError(
      'TOO_LARGE',
      `${filename} is larger than ${MAX_JSON_BYTES / 1024 ** 2} MiB, the most for a graph.`,
    )
  const value = parseText(Buffer.from(await read(0, size)).toString('utf8'))
  if (value === undefined) throw invalid(`${filename} is no whole JSON: it is cut off or damaged. ${HOW_TO_EXPORT}`)
  const found = graphIn(value)
  if (found) return found
  throw invalid(`There is no ComfyUI graph in ${filename}: none of its parts is a node. ${HOW_TO_EXPORT}`)
}

/**
 * The graph in a file: JSON of either form, or a PNG, WebP, MP4, MOV, MKV or WebM that ComfyUI saved, judged by its
 * content. Only what is needed of a file is read, and never more than 8 MiB of it at a time. `filename` is for the words
 * of errors: INVALID_INPUT where there is no graph inside, TOO_LARGE past 200 MiB.
 */
export const readWorkflowFile = async (path: string, filename: string): Promise<FoundGraph> => {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    if (size === 0) throw invalid(`${filename} is empty.`)
    if (size > MAX_FILE_BYTES)
      throw new RushesError(
        'TOO_LARGE',
        `${filename} is larger than ${MAX_FILE_BYTES / 1024 ** 2} MiB. ${HOW_TO_EXPORT}`,
      )
    const read = readerOf(handle)
    const head = Buffer.from(await read(0, 16))
    const kind = KINDS.find(({ is }) => is(head))
    if (kind) return await fromMedia(kind, read, size, filename)
    if (/^(\xef\xbb\xbf)?\s*\{/.test(head.toString('latin1'))) return await fromJson(read, size, filename)
    throw invalid(
      `${filename} is no file that can carry a ComfyUI graph: those are JSON, PNG, WebP, MP4, MOV, MKV and WebM. ${HOW_TO_EXPORT}`,
    )
  } finally {
    await handle.close()
  }
}
