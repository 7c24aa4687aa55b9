import { createArchives } from '../archives/archives.ts'
import type { DerivativesAhead } from '../derivatives-ahead.ts'
import type { Env } from '../env.ts'
import { checkFiles, checkIndex, checkStopping } from '../health/checks.ts'
import { createReadiness } from '../health/readiness.ts'
import { createImportUrl, type ImportUrl } from '../import-url.ts'
import { createBin } from '../jobs/bin.ts'
import { createLedger, type Ledger } from '../jobs/spending.ts'
import { createSubmitter } from '../jobs/submit.ts'
import { createTakeFiles, type TakeFiles } from '../jobs/take-files.ts'
import { temporaryPath } from '../store/folders.ts'
import { createLibraryStore } from '../store/library-store.ts'
import { createSharedUploadStore } from '../store/shared-upload-store.ts'
import { createUploadStore, type UploadStore } from '../store/upload-store.ts'
import { type TakesWatch, watchTakes } from '../watch-takes.ts'
import { type Apps, createApps } from './apps.ts'
import type { BaseServices } from './base.ts'
import type { CoreServices } from './core.ts'

export type RequestOptions = {
  /** The folder of the built studio, or null where something else serves it. */
  studioRoot: string | null
  /** For tests, which have only loopback to import from. */
  importUrl?: ImportUrl
}

export type RequestServices = Apps & {
  /** Watches the folder of takes; null where others use it too. */
  watching: TakesWatch | null
  /** Removes uploads and takes that are over. */
  sweep: () => Promise<unknown>
}

const openUploads = ({ blobs, folders, now }: BaseServices): UploadStore =>
  blobs.isShared
    ? createSharedUploadStore({ blobs, temporaryPath: () => temporaryPath(folders), now })
    : createUploadStore(folders, now)

/** The library as a whole: its rows, its bin, and who else changes its folder. */
const openLibrary = ({ derivatives, folders, logger, now }: BaseServices, core: CoreServices, takeFiles: TakeFiles) => {
  const { stores, bus, runner } = core
  const { takes, takeFolder, jobs } = stores
  const { inTurn } = runner.changes
  const library = createLibraryStore(stores.index)
  return {
    library,
    bin: createBin({ library, takes, takeFiles, derivatives, bus, inTurn, now }),
    archives: createArchives({ library, find: runner.find, now }),
    // What others use too is not watched.
    watching: takeFolder && watchTakes({ folders, takes: takeFolder, jobs, library, bus, inTurn, logger }),
  }
}

const createChecks = ({ folders, closing }: BaseServices, { stores, storage, takeUp }: CoreServices) =>
  createReadiness({
    index: checkIndex({ index: stores.index, isWhole: stores.catchUp.isWhole, isTakenUp: takeUp.isTakenUp }),
    files: checkFiles({ folders, storage }),
    stopping: checkStopping(closing.signal),
  })

/** What takes submissions in. */
const openSubmitting = (
  { now }: BaseServices,
  { stores, rendering, runner }: CoreServices,
  parts: { takeFiles: TakeFiles; importUrl: ImportUrl; ledger: Ledger },
) =>
  createSubmitter({
    ...parts,
    jobs: stores.jobs,
    files: stores.files,
    runner,
    renderers: rendering.renderers.all,
    models: rendering.models,
    untilWhole: stores.catchUp.untilWhole,
    now,
  })

/** What answers requests, and what stands behind that alone. */
export const createRequestServices = (
  base: BaseServices & { ahead: DerivativesAhead },
  core: CoreServices,
  env: Env,
  options: RequestOptions,
): RequestServices => {
  const { blobs, folders, now } = base
  const { stores, rendering, people, team, runner, bus, metrics } = core
  const { jobs, files } = stores
  const importUrl = options.importUrl ?? createImportUrl()
  const ledger = createLedger({ jobs, limit: env.spendLimit, inTurn: team?.inTurnOfSpending, now })
  const takeFiles = createTakeFiles({ find: runner.find, blobs, files, folders })
  const { library, bin, archives, watching } = openLibrary(base, core, takeFiles)
  const uploads = openUploads(base)
  const apps = createApps(
    {
      ...base,
      ...rendering,
      people,
      jobs,
      files,
      uploads,
      library,
      bin,
      takeFiles,
      archives,
      runner,
      bus,
      submitter: openSubmitting(base, core, { takeFiles, importUrl, ledger }),
      importUrl,
      ledger,
      temporaryPath: () => temporaryPath(folders),
      closing: base.closing.signal,
      ending: base.ending.signal,
      readiness: createChecks(base, core),
      metrics,
    },
    { env, studioRoot: options.studioRoot, isTeam: team !== null },
  )
  return { ...apps, watching, sweep: () => Promise.all([files.sweep(), uploads.sweep(), bin.sweep()]) }
}
