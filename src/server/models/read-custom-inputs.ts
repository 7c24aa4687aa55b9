import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { aboutField, RushesError } from '../../shared/errors.ts'
import { type JobInputs, jobInputsSchema } from '../../shared/job.ts'
import { isFileId, isJobId } from '../../shared/models/custom.ts'
import { SEED_MAX } from '../../shared/models/fields.ts'
import { withoutControls } from '../http/file-name.ts'
import { readForm } from '../http/read-form.ts'
import type { TakeFiles } from '../jobs/take-files.ts'
import type { FileStore } from '../store/file-store.ts'

export type CustomInputsDeps = { files: Pick<FileStore, 'receive' | 'get'>; takeFiles: Pick<TakeFiles, 'of'> }

/** A submission as far as its inputs go. `expiresAt` (ISO 8601) is for files that come inside it. */
export type CustomSubmission = {
  headers: IncomingHttpHeaders
  body: Readable
  expiresAt: string
}

/** What a job says of a part whose name nothing can be done with. */
const leftOut = (name: string): string => {
  const shown = withoutControls(name).slice(0, 80)
  return shown === '' ? 'A part without a name was left out.' : `${shown} is no name for a field: it was left out.`
}

/** A seed as a number, so that the job has it as its own; the same digits go out again. Else the text as it came. */
const seedOr = (name: string, text: string): string | number =>
  name === 'seed' && /^(?:0|[1-9]\d{0,9})$/.test(text) && Number(text) <= SEED_MAX ? Number(text) : text

/**
 * Reads the inputs of a model of which nothing is known: files become uploads (pictures and clips of either kind, judged
 * by content), a text that is the id of an upload or of a job with a take stands for it, and every other text stays as it
 * came, also an address and a text that is empty. Rejects with a RushesError that names the field, or with the signal's reason.
 */
export const readCustomInputs = async (
  deps: CustomInputsDeps,
  { headers, body, expiresAt }: CustomSubmission,
  signal: AbortSignal,
): Promise<{ inputs: JobInputs; warnings: string[] }> => {
  const form = await readForm(
    headers,
    body,
    'any',
    (_name, stream, filename) => deps.files.receive(stream, { filename, wants: null, expiresAt }, signal),
    signal,
  )
  for (const [field, text] of Object.entries(form.values)) {
    if (!isFileId(text) || (await deps.files.get(text))) continue
    throw aboutField(field, new RushesError('NOT_FOUND', `there is no file ${text}; it may have expired`))
  }
  const takes = await Promise.all(
    Object.entries(form.values).map(async ([field, text]): Promise<[string, string][]> => {
      if (!isJobId(text)) return []
      const file = await deps.takeFiles.of(text).catch((error: unknown) => Promise.reject(aboutField(field, error)))
      return [[field, file.id]]
    }),
  )
  const texts = Object.entries(form.values).map(([name, text]) => [name, seedOr(name, text)])
  const ids = Object.entries(form.files).map(([name, { id }]) => [name, id])
  return {
    inputs: jobInputsSchema.parse(Object.fromEntries([...texts, ...takes.flat(), ...ids])),
    warnings: form.unknown.map(leftOut),
  }
}
