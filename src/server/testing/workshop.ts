import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Job, RendererName } from '../../shared/job.ts'
import type { Rendered, Renderer, RenderContext, RenderTask } from '../../shared/renderer.ts'
import { createRunner } from '../jobs/runner.ts'
import { newJob } from '../jobs/transitions.ts'
import { openDatabase } from '../store/database.ts'
import { createFileStore } from '../store/file-store.ts'
import { createFolders } from '../store/folders.ts'
import { createJobStore } from '../store/job-store.ts'
import { createTakeStore } from '../store/take-store.ts'

/** A render that waits for the test to say how it ends. */
export type Held = {
  task: RenderTask
  context: RenderContext
  finish: () => Promise<void>
  fail: (error: unknown) => void
}

/** A renderer whose every render is held until the test lets it go; it honours its signal as real ones do. */
const createHeldRenderer = (name: RendererName, concurrency: number) => {
  const held: Held[] = []
  let prepared = 0
  const renderer: Renderer = {
    name,
    concurrency,
    prepare: () => {
      prepared++
      return Promise.resolve()
    },
    render: (task, context) =>
      new Promise<Rendered>((resolve, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true })
        const path = join(task.directory, 'out.png')
        const facts = { mime_type: 'image/png', width: 2, height: 2, duration: null, fps: null }
        const finish = async () => {
          await writeFile(path, `pixels of ${task.job.job_id}`)
          resolve({ path, ...facts })
        }
        held.push({ task, context, finish, fail: reject })
      }),
    close: () => Promise.resolve(),
  }
  return { renderer, held, prepared: () => prepared }
}

/** Stores and a runner in a temporary folder, with held renderers. `reopen` is what a restart does. */
export const createWorkshop = (root = mkdtempSync(join(tmpdir(), 'rushes-')), { hasKey = true } = {}) => {
  const folders = createFolders(root)
  const { database } = openDatabase(folders.index)
  const jobs = createJobStore(database)
  const takes = createTakeStore(folders)
  const nothing = () => Promise.reject(new Error('no media here'))
  const files = createFileStore({
    database,
    folders,
    prober: { probe: nothing, thumbnail: nothing, preview: nothing },
    derivatives: { remove: () => Promise.resolve() },
    usesFile: jobs.usesFile,
  })
  const local = createHeldRenderer('local', 1)
  const decart = createHeldRenderer('decart', 8)
  const runner = createRunner({
    jobs,
    files,
    takes,
    folders,
    renderers: { local: local.renderer, decart: hasKey ? decart.renderer : null },
    logger: pino({ level: 'silent' }),
  })
  const seen: Job[] = []
  runner.subscribe((job) => seen.push(job))
  const close = async () => {
    await runner.close()
    database.close()
  }
  return {
    root,
    jobs,
    takes,
    runner,
    local: local.held,
    decart: decart.held,
    /** How often each renderer was told to get ready. */
    prepared: () => ({ local: local.prepared(), decart: decart.prepared() }),
    seen,
    /** Submits a text-to-image job. */
    submit: (prompt: string, renderer: RendererName = 'local'): string => {
      const job = newJob({
        model: 'lucy-pro-t2i',
        requestedModel: 'lucy-pro-t2i',
        idempotencyKey: null,
        renderer,
        inputs: { prompt },
        now: new Date(),
      })
      jobs.add(job)
      runner.enqueue(job)
      return job.job_id
    },
    job: (id: string): Job => {
      const stored = jobs.get(id)
      if (!stored) throw new Error(`no job ${id}`)
      return runner.current(stored)
    },
    close,
    reopen: async () => {
      await close()
      return createWorkshop(root, { hasKey })
    },
    remove: async () => {
      await close()
      rmSync(root, { recursive: true })
    },
  }
}
