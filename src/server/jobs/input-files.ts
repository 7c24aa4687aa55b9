import { RushesError } from '../../shared/errors.ts'
import type { Job } from '../../shared/job.ts'
import { fileInputsOf } from '../../shared/models/custom.ts'
import type { Model } from '../../shared/models/index.ts'
import type { InputFile } from '../../shared/renderer.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { FileStore } from '../store/file-store.ts'

const gone = (title: string): RushesError =>
  new RushesError(
    'NOT_FOUND',
    `The file of “${title}” is gone from the data folder. Put it back into media, or add it anew and generate again.`,
  )

/** What is no matter of this file: the storage, or the disk that it is fetched to. */
const isAway = (error: unknown): boolean =>
  error instanceof RushesError && (error.code === 'FILES_AWAY' || error.code === 'DISK_FULL')

/** The files of a job's file fields on this machine, where they stay until they are released. */
export type InputFiles = { files: Record<string, InputFile>; release: () => void }

/** Rejects with words where one is not there any more. */
export const inputFiles = async (
  files: Pick<FileStore, 'input'>,
  blobs: Pick<BlobStore, 'localCopy'>,
  job: Job,
  model: Model,
): Promise<InputFiles> => {
  const found: Record<string, InputFile> = {}
  const releases: (() => void)[] = []
  const release = (): void => {
    for (const each of releases) each()
  }
  try {
    for (const { name, title, id } of fileInputsOf(model, job.inputs)) {
      const input = await files.input(id)
      if (!input) throw gone(title)
      const { key, ...about } = input
      const copy = await blobs.localCopy(key).catch((error: unknown) => {
        throw isAway(error) ? error : gone(title)
      })
      releases.push(copy.release)
      found[name] = { ...about, path: copy.path }
    }
    return { files: found, release }
  } catch (error) {
    release()
    throw error
  }
}
