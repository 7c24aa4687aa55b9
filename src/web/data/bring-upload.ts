import type { FileReference } from '../../client/index.ts'
import { DecartSDKError } from '../../client/errors.ts'
import { client } from './client.ts'
import { knownFile } from './known-file.ts'
import { takeAsFile } from './take-as-file.ts'
import { untilAnswer } from './until-answer.ts'
import { PIECES_FROM, uploadInPieces } from './upload-in-pieces.ts'
import { gotNoAnswer, type Say, type UploadSource } from './uploads.ts'

export { clipSeconds } from './clip-seconds.ts'

type Bring = (signal: AbortSignal, onSent: (bytes: number) => void) => Promise<FileReference>

const takeHere = (job: string, signal: AbortSignal) =>
  takeAsFile(job, signal).catch((error: unknown) => {
    const isGone = error instanceof DecartSDKError && error.status === 404
    throw isGone ? new DecartSDKError(error.code, 'is no longer on the server', { status: 404 }) : error
  })

/** How to bring it in; what is large goes on where it broke off when it is called again. */
const bringOf = (source: UploadSource): Bring => {
  if ('file' in source) {
    const { file } = source
    const send: Bring =
      file.size > PIECES_FROM ? uploadInPieces(file) : (signal) => client.files.upload(file, { signal })
    return async (signal, onSent) => (await knownFile(file, signal)) ?? send(signal, onSent)
  }
  if ('url' in source) return (signal) => client.files.importUrl(source.url, { signal })
  const { own } = source
  return (signal) => ('file' in own ? client.files.get(own.file, { signal }) : takeHere(own.job, signal))
}

/** How often an upload may break off although the server is there: then it is not the server that was away. */
const MOST_BREAKS = 3

/** Brings it in; where the server goes away meanwhile, once more when it is back. `say` hears how it stands. */
export const bringAtLast = async (source: UploadSource, signal: AbortSignal, say: Say) => {
  const bring = bringOf(source)
  let furthest = 0
  for (let breaks = 0; ;) {
    try {
      return await bring(signal, (bytes) => {
        // As long as more comes through each time, no break is the last.
        if (bytes > furthest) breaks = 0
        furthest = Math.max(furthest, bytes)
        say('uploading', bytes)
      })
    } catch (error) {
      if (signal.aborted || !gotNoAnswer(error)) throw error
      const wasThere = await untilAnswer(signal, () => say('waiting'))
      if (wasThere && ++breaks >= MOST_BREAKS) throw error
      say('uploading')
    }
  }
}
