import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Notices } from '../../notices.ts'
import { type Folders, temporaryPath } from '../folders.ts'
import { createBlobCache } from './blob-cache.ts'
import type { BlobStore } from './blob-store.ts'
import { createFilesWatch } from './files-watch.ts'
import { createFolderBlobs } from './folder-blobs.ts'
import type { S3Address } from './s3-address.ts'
import { createS3Blobs } from './s3-blobs.ts'
import { connectS3, loadSdk } from './s3-client.ts'
import { explainS3Error, isLasting, startSentence } from './s3-errors.ts'

/** Where files are kept, as the settings say. */
export type FilesSetting = { kind: 'folder' } | { kind: 's3'; address: S3Address; cacheBytes: number }

export type OpenBlobs = {
  blobs: BlobStore
  /** Folders outside of the data folder's own where blobs lie as local files. */
  copies: readonly string[]
  /** Removes what broken uploads have left in the storage. */
  tidy: () => Promise<void>
  close: () => void
}

type Deps = {
  /** A variable of the environment. */
  variable: (name: string) => string | undefined
  folders: Folders
  notices: Pick<Notices, 'say' | 'clear'>
  logger: Pick<Logger, 'warn' | 'info'>
}

const openS3 = async (
  address: S3Address,
  cacheBytes: number,
  { variable, folders, notices, logger }: Deps,
): Promise<OpenBlobs> => {
  const sdk = await loadSdk()
  const client = connectS3(sdk, address, variable)
  const folder = join(folders.root, 'rushes-cache')
  const look = (): Promise<void> =>
    blobs.check().then(
      () => watch.onOutcome(null),
      (error: unknown) => {
        const explained = explainS3Error(error)
        watch.onOutcome(explained instanceof Error ? explained : { message: String(explained) })
      },
    )
  const watch = createFilesWatch(notices, look)
  const blobs = createS3Blobs({
    sdk,
    client,
    address,
    cacheOf: (source) =>
      createBlobCache({ folder, limitBytes: cacheBytes, source, temporaryPath: () => temporaryPath(folders) }),
    onOutcome: watch.onOutcome,
  })
  const close = (): void => {
    watch.close()
    blobs.close()
  }
  const place = `${address.bucket} at ${address.endpoint ?? 'Amazon S3'}`
  try {
    await blobs.check()
    logger.info({ bucket: address.bucket, prefix: address.prefix, endpoint: address.endpoint }, 'files are kept on S3')
  } catch (error) {
    if (isLasting(error)) {
      close()
      throw new Error(startSentence(error, place), { cause: error })
    }
    logger.warn({ err: error, place }, 'the storage of the files does not answer; it is asked again')
    await look()
  }
  return { blobs, copies: [folder], tidy: blobs.tidy, close }
}

/** Opens where files are kept. Rejects with a plain sentence where a storage can never be used as it is set. */
export const openBlobs = async (setting: FilesSetting, deps: Deps): Promise<OpenBlobs> =>
  setting.kind === 's3'
    ? openS3(setting.address, setting.cacheBytes, deps)
    : { blobs: createFolderBlobs(deps.folders), copies: [], tidy: () => Promise.resolve(), close: () => undefined }
