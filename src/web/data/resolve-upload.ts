import type { FileReference } from '../../client/index.ts'
import { DecartSDKError } from '../../client/errors.ts'
import { client } from './client.ts'
import { knownFile } from './known-file.ts'
import { takeAsFile } from './take-as-file.ts'
import { untilAnswer } from './until-answer.ts'
import { PIECES_FROM, uploadInPieces } from './upload-in-pieces.ts'
import { gotNoAnswer, type SetProgress, type UploadSource } from './uploads.ts'

export { clipSeconds } from './clip-seconds.ts'

type Resolve = (signal: AbortSignal, onSent: (bytes: number) => void) => Promise<FileReference>

const fileOfTake = (job: string, signal: AbortSignal) =>
  takeAsFile(job, signal).catch((error: unknown) => {
    const isGone = error instanceof DecartSDKError && error.status === 404
    throw isGone ? new DecartSDKError(error.code, 'is no longer on the server', { status: 404 }) : error
  })

/** How a source becomes a file on the server. A large file goes on where it broke off when this is called again. */
const resolverOf = (source: UploadSource): Resolve => {
  if ('file' in source) {
    const { file } = source
    const send: Resolve =
      file.size > PIECES_FROM ? uploadInPieces(file) : (signal) => client.files.upload(file, { signal })
    return async (signal, onSent) => (await knownFile(file, signal)) ?? send(signal, onSent)
  }
  if ('url' in source) return (signal) => client.files.importUrl(source.url, { signal })
  const { own } = source
  return (signal) => ('file' in own ? client.files.get(own.file, { signal }) : fileOfTake(own.job, signal))
}

/** How often an upload may break off although the server is there: then it is not the server that was away. */
const MAX_BREAKS = 3

/**
 * Resolves a source to the file that the server has of it. Where the server goes away meanwhile, it tries again once
 * that is back. Rejects with a DecartSDKError, or with the signal's reason.
 */
export const resolveUpload = async (source: UploadSource, signal: AbortSignal, setProgress: SetProgress) => {
  const resolve = resolverOf(source)
  let furthest = 0
  for (let breaks = 0; ;) {
    try {
      return await resolve(signal, (bytes) => {
        // As long as more comes through each time, no break is the last.
        if (bytes > furthest) breaks = 0
        furthest = Math.max(furthest, bytes)
        setProgress('uploading', bytes)
      })
    } catch (error) {
      if (signal.aborted || !gotNoAnswer(error)) throw error
      const wasThere = await untilAnswer(signal, () => setProgress('waiting'))
      if (wasThere && ++breaks >= MAX_BREAKS) throw error
      setProgress('uploading')
    }
  }
}
