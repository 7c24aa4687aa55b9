import { pino } from 'pino'
import { RushesError } from '../../shared/errors.ts'
import type { Env } from '../env.ts'
import type { BlobCache } from '../store/blobs/blob-cache.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import { createS3Blobs } from '../store/blobs/s3-blobs.ts'
import type { S3Address } from '../store/blobs/s3-address.ts'
import { connectS3, loadSdk } from '../store/blobs/s3-client.ts'
import { startSentence } from '../store/blobs/s3-errors.ts'
import type { Index } from '../store/database/index-access.ts'
import { migratePostgres, POSTGRES_SCHEMA_VERSION, readSchemaVersion } from '../store/database/postgres/migrations.ts'
import { placeOf } from '../store/database/postgres/failures.ts'

/** Where the studio is carried over to. */
export type Target = {
  /** Null: the index stays where it is; or, of a dry run, the database is empty. */
  index: Index | null
  /** Null: the files stay where they are. */
  blobs: BlobStore | null
  close: () => Promise<void>
}

type Deps = {
  isDryRun: boolean
  /** Told of what is waited for. */
  say: (words: string) => void
  signal: AbortSignal
}

/** No local copies: what the storage holds is asked of it, and not of this machine. */
const NO_COPIES: BlobCache = {
  borrow: () => Promise.reject(new Error('nothing is rendered here')),
  facts: () => undefined,
  open: () => undefined,
  forget: () => undefined,
  keep: () => Promise.resolve(),
}

const openIndex = async (databaseUrl: string, { isDryRun, say, signal }: Deps): Promise<Index | null> => {
  const { openPostgresIndex } = await import('../store/database/postgres/open-postgres-index.ts')
  let version: number | null = POSTGRES_SCHEMA_VERSION
  const index = await openPostgresIndex({
    databaseUrl,
    logger: pino({ level: 'silent' }),
    closing: signal,
    onAway: (words) => say(`${words} It is waited for.`),
    onBack: () => say('The database is back.'),
    prepare: async (db) => {
      if (!isDryRun) return migratePostgres(db)
      version = await readSchemaVersion(db)
    },
  })
  if (version === POSTGRES_SCHEMA_VERSION) return { ...index, ...index.patient }
  await index.close()
  if (version === null) return null
  throw new Error(
    `The database at ${placeOf(databaseUrl)} is of an older Rushes. A run without --dry-run brings its schema up; what it holds stays.`,
  )
}

const openStorage = async (address: S3Address, variable: Env['variable'], isDryRun: boolean) => {
  const sdk = await loadSdk()
  const client = connectS3(sdk, address, variable)
  const blobs = createS3Blobs({ sdk, client, address, cacheOf: () => NO_COPIES, onOutcome: () => undefined })
  try {
    if (!isDryRun) await blobs.check()
    // Only asked, and nothing is written.
    else for await (const _ of blobs.list('')) break
    return blobs
  } catch (error) {
    blobs.close()
    if (error instanceof RushesError) throw error
    throw new Error(startSentence(error, `${address.bucket} at ${address.endpoint ?? 'Amazon S3'}`), { cause: error })
  }
}

/**
 * Opens the database and the storage of the team's settings, and brings the schema up; of a dry run only looks at them.
 * Rejects in words where one of them cannot be used.
 */
export const openTarget = async ({ databaseUrl, files, variable }: Env, deps: Deps): Promise<Target> => {
  const blobs = files.kind === 's3' ? await openStorage(files.address, variable, deps.isDryRun) : null
  try {
    const index = databaseUrl === null ? null : await openIndex(databaseUrl, deps)
    return {
      index,
      blobs,
      close: async () => {
        await index?.close()
        blobs?.close()
      },
    }
  } catch (error) {
    blobs?.close()
    throw error
  }
}
