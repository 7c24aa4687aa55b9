import { join } from 'node:path'
import { RushesError } from '../../../shared/errors.ts'
import type { InputFile, RenderTask } from '../../../shared/renderer.ts'
import { RequestFailed } from '../../outgoing/request.ts'
import { parseJson, secondsOf } from '../order/answers.ts'
import type { Reply } from '../order/calls.ts'
import { MissingFile, multipartBody } from '../order/multipart-body.ts'
import type { UploadedFile } from './graph-source.ts'
import { refusedBy, type ServerCalls } from './server-calls.ts'
import { isTurned } from './turned.ts'
import { featuresSchema, uploadedSchema } from './wire.ts'

/** What a server takes that does not say how much: the default of its --max-upload-size, in bytes. */
const USUAL_LIMIT_BYTES = 100 * 1024 ** 2
/** Milliseconds for the answer to an upload: it is written to a disk that may be slow. */
const ANSWER_TIMEOUT_MS = 120_000

/** Writes a clip anew so that it stands upright without being turned. Rejects with a RushesError. */
export type Upright = (path: string, output: string) => Promise<void>

/** To a tenth, upwards: what is over a limit is not told to be as large as that. */
const megabytes = (bytes: number): string => `${Math.ceil((bytes / 1024 ** 2) * 10) / 10} MB`

const askLimit = async (calls: ServerCalls, signal: AbortSignal): Promise<number> => {
  const reply = await calls.get('/features', signal)
  const features = reply.status === 200 ? parseJson(featuresSchema, reply.text) : undefined
  return features?.max_upload_size ?? USUAL_LIMIT_BYTES
}

/** As the endings of names on a server, which loaders choose by: letters and digits of the file's own, at most. */
const endingOf = ({ filename, media }: InputFile): string => {
  const own = /\.([a-z0-9]{1,5})$/i.exec(filename)?.[1]?.toLowerCase()
  const said = media.mime_type.split('/')[1]?.replace(/[^a-z0-9]/g, '')
  return own ?? (said === 'jpeg' ? 'jpg' : said === 'quicktime' ? 'mov' : (said ?? 'bin'))
}

const tooLarge = (field: string, host: string, size: number, limit: number): RushesError => {
  const text = `The ComfyUI at ${host} takes uploads of at most ${megabytes(limit)}, and this file has ${megabytes(size)}.`
  const message = `${text} Start ComfyUI with --max-upload-size ${Math.ceil(size / 1024 ** 2) + 1}, or choose a smaller file. Nothing was ordered.`
  return new RushesError('TOO_LARGE', `${field}: ${message}`, { fields: { [field]: message } })
}

const gone = (field: string, cause: unknown): RushesError => {
  const text = 'is gone from the data folder, or may not be read. Upload it again, then try again.'
  const message = `The file of ${field} ${text} Nothing was ordered.`
  return new RushesError('NOT_FOUND', message, { cause, fields: { [field]: `The file ${text}` } })
}

/** The failure of an upload: nothing has been ordered yet, so that another server may be tried where this one is away. */
const failed = (field: string, host: string, error: unknown): unknown =>
  error instanceof RequestFailed
    ? new RushesError(
        'UNREACHABLE',
        `The ComfyUI at ${host} could not be given ${field}: ${error.message}. Nothing was ordered.`,
        { cause: error },
      )
    : error

const refused = (field: string, host: string, { status, headers, text }: Reply, length: number, limit: number) => {
  if (status === 401 || status === 403) return refusedBy(host)
  if (status === 413) {
    const said = /body size (\d+) exceeded/.exec(text)?.[1]
    return tooLarge(field, host, length, said === undefined ? Math.min(limit, length) : Number(said))
  }
  if (status === 429 || status === 503) {
    const retryAfter = secondsOf(headers['retry-after'])
    const message = `The ComfyUI at ${host} takes nothing just now. Nothing was ordered.`
    return new RushesError('RATE_LIMITED', message, retryAfter === undefined ? {} : { retryAfter })
  }
  if (status >= 500)
    return new RushesError(
      'UNREACHABLE',
      `The ComfyUI at ${host} could not be given ${field}: it answered ${status}. Nothing was ordered.`,
    )
  const words = status >= 200 && status < 300 ? 'what it answered makes no sense' : `it answered ${status}`
  return new RushesError(
    'UNREACHABLE',
    `The ComfyUI at ${host} could not be given ${field}: ${words}. Check its address. Nothing was ordered.`,
  )
}

/** The file to be sent of a field: where the clip is to be turned, its upright form, or what a person is told instead. */
const standing = async (
  field: string,
  file: InputFile,
  directory: string,
  upright: Upright | undefined,
): Promise<{ file: InputFile; warning: string | null }> => {
  const turned = file.media.kind === 'video' && (await isTurned(file.path).catch(() => false))
  if (!turned) return { file, warning: null }
  if (!upright) {
    const warning = `${field}: this clip is turned only when it is played, which ComfyUI may leave out: the result may lie on its side.`
    return { file, warning }
  }
  const path = join(directory, `${field}-upright.mp4`)
  await upright(file.path, path)
  return {
    file: { ...file, path, filename: `${field}.mp4`, media: { ...file.media, mime_type: 'video/mp4' } },
    warning: null,
  }
}

/**
 * Gives a server the files of a task, each under a name that no other job has, and answers the names that it gave them.
 * Whether they are too large is asked before a byte of any goes out. Rejects with a RushesError (TOO_LARGE, NOT_FOUND,
 * INVALID_API_KEY, UNREACHABLE, RATE_LIMITED), with a TransientError where the server could not be asked, or with the
 * signal's reason.
 */
export const uploadFiles = async (
  calls: ServerCalls,
  { files, job, directory }: Pick<RenderTask, 'files' | 'job' | 'directory'>,
  signal: AbortSignal,
  upright?: Upright,
): Promise<{ files: Record<string, UploadedFile>; warnings: readonly string[] }> => {
  const fields = Object.entries(files)
  if (fields.length === 0) return { files: {}, warnings: [] }
  const { host } = calls.server
  const limit = await askLimit(calls, signal)
  const ready = []
  for (const [field, given] of fields) {
    const { file, warning } = await standing(field, given, directory, upright)
    signal.throwIfAborted()
    const filename = `rushes-${job.job_id}-${field}.${endingOf(file)}`
    const part = { path: file.path, filename, type: file.media.mime_type }
    const body = await multipartBody([['type', 'input']], [['image', part]]).catch((cause: unknown) => {
      throw cause instanceof MissingFile ? gone(field, cause) : cause
    })
    if (body.length > limit) throw tooLarge(field, host, body.length, limit)
    ready.push({ field, file, body, warning })
  }
  const sent: Record<string, UploadedFile> = {}
  for (const { field, file, body } of ready) {
    const reply = await calls
      .post('/upload/image', { body, signal, patience: ANSWER_TIMEOUT_MS })
      .catch((error: unknown) => {
        throw failed(field, host, error)
      })
    const answer = reply.status === 200 ? parseJson(uploadedSchema, reply.text) : undefined
    if (!answer) throw refused(field, host, reply, body.length, limit)
    const name = answer.subfolder === '' ? answer.name : `${answer.subfolder}/${answer.name}`
    sent[field] = { name, media: file.media }
  }
  return { files: sent, warnings: ready.flatMap(({ warning }) => warning ?? []) }
}
