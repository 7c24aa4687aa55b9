import { RushesError } from '../../shared/errors.ts'
import type { Job } from '../../shared/job.ts'
import { fileInputsOf } from '../../shared/models/custom.ts'
import type { Model } from '../../shared/models/index.ts'
import type { InputFile } from '../../shared/renderer.ts'
import type { FileStore } from '../store/file-store.ts'
import { requireMedia } from '../store/require-media.ts'

const gone = (title: string): RushesError =>
  new RushesError(
    'NOT_FOUND',
    `The file of “${title}” is gone from the data folder. Put it back into media, or add it anew and generate again.`,
  )

/** The files of a job's file fields. Rejects with words where one is not on the disk any more. */
export const inputFiles = async (
  files: Pick<FileStore, 'input'>,
  job: Job,
  model: Model,
): Promise<Record<string, InputFile>> => {
  const found: Record<string, InputFile> = {}
  for (const { name, title, id } of fileInputsOf(model, job.inputs)) {
    const file = await files.input(id)
    const facts = file && (await requireMedia(file.path).catch(() => null))
    if (!file || !facts) throw gone(title)
    found[name] = file
  }
  return found
}
