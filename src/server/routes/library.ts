import { Hono } from 'hono'
import type { z } from 'zod'
import { RushesError } from '../../shared/errors.ts'
import {
  archiveRequestSchema,
  changesSchema,
  MAX_CHANGED,
  MAX_NAME,
  MAX_SHELF,
  renameSchema,
} from '../../shared/library.ts'
import type { Job } from '../../shared/job.ts'
import { type AppContext, type AppEnv, bodyOf, viewerOf } from '../http/context.ts'
import { readJson } from '../http/read-json.ts'
import type { Archives } from '../archives/archives.ts'
import { sendArchive } from '../archives/send-archive.ts'
import type { Bin } from '../jobs/bin.ts'
import { allowed } from '../jobs/changes.ts'
import { named } from '../jobs/edits.ts'
import type { Runner } from '../jobs/runner.ts'
import type { TakeFiles } from '../jobs/take-files.ts'
import { describedLibrary } from '../openapi/library-routes.ts'
import type { People } from '../people/people.ts'
import { maySee, ownerSeen, requireOwn, requireSeen } from '../people/viewer.ts'
import type { BlobStore } from '../store/blobs/blob-store.ts'
import type { LibraryStore } from '../store/library-store.ts'

export type LibraryRouteDeps = {
  library: LibraryStore
  blobs: BlobStore
  runner: Runner
  bin: Bin
  takeFiles: TakeFiles
  archives: Archives
  people: People
}

/** Bytes: the ids of a hundred thousand jobs with quotes and commas. */
const MAX_BODY_BYTES = 5 * 1024 * 1024

/** Reads a JSON body by its schema. Rejects with what would be right. */
const parsed = async <S extends z.ZodType>(context: AppContext, schema: S, right: string): Promise<z.output<S>> => {
  const body = schema.safeParse(await readJson(bodyOf(context), MAX_BODY_BYTES))
  if (body.success) return body.data
  throw new RushesError('INVALID_INPUT', right)
}

/** Taking many takes home as one ZIP. */
const archiveRoutes = ({ archives, blobs }: LibraryRouteDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()

  app.post('/archives', describedLibrary.archive, async (context) => {
    const { job_ids: ids } = await parsed(
      context,
      archiveRequestSchema,
      'Send {"job_ids": […]} with 1 to 100,000 ids of completed jobs.',
    )
    const { id, filename, entries } = await archives.prepare(ids, (job) => maySee(viewerOf(context), job))
    return context.json({ archive_id: id, filename, count: entries.length })
  })

  app.get('/archives/:id', describedLibrary.download, async (context) => {
    const archive = archives.get(context.req.param('id'))
    if (!archive)
      throw new RushesError('NOT_FOUND', 'This archive is not kept any more. Ask for it again: POST /v1/archives.')
    return sendArchive(context, blobs, archive)
  })

  return app
}

/** Naming, sorting and putting away takes, using them again, and taking many home. */
export const libraryRoutes = (deps: LibraryRouteDeps): Hono<AppEnv> => {
  const { library, runner, bin, takeFiles, people } = deps
  const app = new Hono<AppEnv>()

  app.patch('/jobs/:id', describedLibrary.rename, async (context) => {
    const { name } = await parsed(
      context,
      renameSchema,
      `Send {"name": "…"} with 1 to ${MAX_NAME} characters, or {"name": null}.`,
    )
    const check = (job: Job) => requireOwn(viewerOf(context), job)
    return context.json(await runner.changes.change(context.req.param('id'), allowed(named(name), check)))
  })

  app.post('/jobs/changes', describedLibrary.change, async (context) => {
    const changes = await parsed(
      context,
      changesSchema,
      `Send {"job_ids": […]} with 1 to ${MAX_CHANGED} ids, and what changes: starred, binned, add_shelf, remove_shelf. A shelf's name has 1 to ${MAX_SHELF} characters.`,
    )
    const viewer = viewerOf(context)
    // Stars and shelves are the team's; what is thrown away is its owner's.
    const check = changes.binned === undefined ? requireSeen : requireOwn
    const changed = await runner.changes.changeAll(changes, (job) => check(viewer, job))
    if (changes.binned !== undefined && changed.jobs.length > 0) {
      const ids = changed.jobs.map(({ job_id: id }) => id)
      await people.audit.note(viewer, changes.binned ? 'take.binned' : 'take.restored', ids)
    }
    return context.json(changed)
  })

  app.get('/shelves', describedLibrary.shelves, async (context) =>
    context.json(await library.shelves(ownerSeen(viewerOf(context)))),
  )

  app.delete('/bin', describedLibrary.empty, async (context) => {
    const viewer = viewerOf(context)
    const removed = await bin.empty(viewer.isAdmin ? undefined : (viewer.person?.id ?? ''))
    await people.audit.note(viewer, 'bin.emptied', [], { removed })
    return context.json({ removed })
  })

  app.post('/jobs/:id/file', describedLibrary.asFile, async (context) =>
    context.json(await takeFiles.of(context.req.param('id'), (job) => requireSeen(viewerOf(context), job))),
  )

  app.route('/', archiveRoutes(deps))
  return app
}
