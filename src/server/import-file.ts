import { RushesError } from '../shared/errors.ts'
import type { FileResource } from '../shared/media.ts'
import type { ImportUrl } from './import-url.ts'
import { RequestFailed } from './outgoing/request.ts'
import type { FileStore, Incoming } from './store/file-store.ts'

/** Brings a file from the web into the store. Rejects with a RushesError that says what the other side did. */
export const importFile = async (
  { importUrl, files }: { importUrl: ImportUrl; files: FileStore },
  url: string,
  about: Omit<Incoming, 'filename'>,
  signal: AbortSignal,
): Promise<FileResource> => {
  const { stream, filename } = await importUrl(url, signal)
  try {
    return await files.receive(stream, { ...about, filename }, signal)
  } catch (error) {
    if (error instanceof RushesError || signal.aborted || !stream.errored) throw error
    const why = error instanceof RequestFailed ? error.message : 'it broke off in the middle'
    throw new RushesError(
      'INVALID_INPUT',
      `The file did not come whole from ${new URL(url).host}: ${why}. Try again.`,
      {
        cause: error,
      },
    )
  }
}
