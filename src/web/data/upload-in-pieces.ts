import { DecartSDKError } from '../../client/errors.ts'
import { errorOfAnswer } from '../../client/error-answer.ts'
import type { FileResource } from '../../shared/media.ts'
import { routes } from '../../shared/routes.ts'
import { TUS_PIECE, TUS_VERSION, type UploadState, uploadStateSchema } from '../../shared/upload.ts'

/** Files of more bytes are sent in pieces. For smaller ones it is quicker to begin anew. */
export const PIECES_FROM = 32 * 1024 ** 2
/** Bytes of a piece: what is sent again at most when the line breaks. */
const PIECE = 8 * 1024 ** 2

const inBase64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

const ask = async (path: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> => {
  try {
    return await fetch(path, { ...init, headers: { 'tus-resumable': TUS_VERSION, ...init.headers } })
  } catch (cause) {
    if (init.signal.aborted) throw init.signal.reason
    throw new DecartSDKError('NETWORK_ERROR', 'No answer from the server: is it running?', { cause })
  }
}

const read = async (answer: Response): Promise<UploadState> => {
  if (!answer.ok) throw await errorOfAnswer(answer, 'files')
  return uploadStateSchema.parse(await answer.json())
}

/**
 * Uploads a file in pieces (the tus protocol). The function that it answers may be called again after it has rejected:
 * it then goes on where the upload broke off, also on a server that was started anew. `onSent` hears how many bytes are
 * there.
 */
export const uploadInPieces = (file: File) => {
  let id: string | null = null

  const begin = async (signal: AbortSignal): Promise<UploadState> => {
    const headers = { 'upload-length': String(file.size), 'upload-metadata': `filename ${inBase64(file.name)}` }
    const state = await read(await ask(routes.uploads, { method: 'POST', headers, signal }))
    id = state.id
    return state
  }

  /** How far it has come; anew where the server knows nothing of it any more. */
  const find = async (signal: AbortSignal): Promise<UploadState> => {
    if (id === null) return begin(signal)
    const answer = await ask(routes.upload(id), { method: 'GET', signal })
    return answer.status === 404 ? begin(signal) : read(answer)
  }

  const sendPiece = async ({ id: upload, offset }: UploadState, signal: AbortSignal): Promise<UploadState> => {
    const headers = { 'upload-offset': String(offset), 'content-type': TUS_PIECE }
    const body = file.slice(offset, offset + PIECE)
    return read(await ask(routes.upload(upload), { method: 'PATCH', headers, body, signal }))
  }

  return async (signal: AbortSignal, onSent: (bytes: number) => void): Promise<FileResource> => {
    let state = await find(signal)
    for (;;) {
      onSent(state.offset)
      if (state.file) return state.file
      state = await sendPiece(state, signal)
    }
  }
}
