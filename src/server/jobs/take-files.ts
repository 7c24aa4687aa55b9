import { rm } from 'node:fs/promises'
import { RushesError } from '../../shared/errors.ts'
import type { Job } from '../../shared/job.ts'
import type { FileResource } from '../../shared/media.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { FileStore } from '../store/file-store.ts'
import { type Folders, temporaryPath, twinFile } from '../store/folders.ts'
import { createTurn } from '../store/turn.ts'

export type TakeFiles = {
  /**
   * A completed job's take as a file that can be an input, the same one however often it is asked for. Its bytes are not
   * copied where the disk can have them under two names. `check` throws where whoever asks may not have it.
   */
  of: (jobId: string, check?: (job: Job) => void) => Promise<FileResource>
  /** Forgets it, where no job uses it. */
  forget: (jobId: string) => Promise<void>
}

/** A take has one file, also after the index was made again: its id is that of the job. */
const fileIdOf = (jobId: string): string => jobId.replace(/^job_/, 'file_')

/** Makes takes files that can be inputs. */
export const createTakeFiles = ({
  find,
  blobs,
  files,
  folders,
}: {
  find: (id: string) => Promise<{ job: Job; result: string | null } | undefined>
  blobs: Pick<BlobStore, 'has' | 'localCopy'>
  files: Pick<FileStore, 'get' | 'input' | 'adopt' | 'isUsed' | 'remove'>
  folders: Folders
}): TakeFiles => {
  const inTurn = createTurn()

  const known = async (id: string): Promise<FileResource | undefined> => {
    const input = await files.input(id)
    return input && (await blobs.has(input.key)) ? files.get(id) : undefined
  }

  const make = async (jobId: string, check?: (job: Job) => void): Promise<FileResource> => {
    const found = await find(jobId)
    if (!found) throw new RushesError('NOT_FOUND', `There is no job ${jobId.slice(0, 60)}.`)
    const { job, result } = found
    check?.(job)
    if (job.status !== 'completed' || result === null)
      throw new RushesError('NOT_READY', 'Only a completed job has a take that can be an input.')
    const id = fileIdOf(jobId)
    const before = await known(id)
    if (before) return before
    const { path, release } = await blobs.localCopy(result)
    const twin = await temporaryPath(folders)
    try {
      await twinFile(path, twin)
      const { filename } = job.output
      return await files.adopt(twin, { id, filename, jobId, wants: null, expiresAt: null })
    } finally {
      release()
      await rm(twin, { force: true })
    }
  }

  return {
    of: (jobId, check) => inTurn(() => make(jobId, check)),
    forget: async (jobId) => {
      const id = fileIdOf(jobId)
      if ((await files.get(id)) && !(await files.isUsed(id))) await files.remove(id)
    },
  }
}
