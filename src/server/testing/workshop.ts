import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Job, RendererName } from '../../shared/job.ts'
import { RESOLUTIONS } from '../../shared/models/fields.ts'
import { registry } from '../../shared/models/index.ts'
import type { Offer, RendererStatus } from '../../shared/renderers.ts'
import type { Rendered, Renderer, RenderContext, RenderTask } from '../../shared/renderer.ts'
import { createJobBus, type JobEvent } from '../jobs/bus.ts'
import { createPauseNote } from '../jobs/pause-note.ts'
import { createRunner } from '../jobs/runner.ts'
import { newJob } from '../jobs/transitions.ts'
import { createCatalogue } from '../models/catalogue.ts'
import { createFileStore } from '../store/file-store.ts'
import { createFolderBlobs } from '../store/blobs/folder-blobs.ts'
import { createFolders, temporaryPath } from '../store/folders.ts'
import { createJobStore } from '../store/job-store.ts'
import { createReserve } from '../store/reserve.ts'
import { createWaitingStore } from '../store/waiting-store.ts'
import { createTakeFolder } from '../store/take-folder.ts'
import { createTakeStore } from '../store/take-store.ts'
import { openTestIndex } from './open-test-index.ts'

/** A render that waits for the test to say how it ends. */
export type Held = {
  task: RenderTask
  context: RenderContext
  finish: () => Promise<void>
  fail: (error: unknown) => void
}

const OFFER: Offer = {
  ready: true,
  engine: { name: 'held', licence: null },
  reason: null,
  missing: [],
  resolutions: [...RESOLUTIONS],
  seconds: null,
  fps: null,
  free: true,
  price: null,
  limits: [],
}

/** A renderer whose every render is held until the test lets it go; it honours its signal as real ones do. */
export const createHeldRenderer = (name: RendererName, concurrency: number) => {
  const held: Held[] = []
  let prepared = 0
  const status: RendererStatus = {
    name,
    title: name,
    state: 'ready',
    note: 'It is there.',
    where: 'this machine',
    chosen_only: name !== 'local',
    checked_at: new Date().toISOString(),
    models: Object.fromEntries(registry.map(({ id }) => [id, OFFER])),
    servers: [],
  }
  const renderer: Renderer = {
    name,
    concurrency,
    prepare: () => {
      prepared++
      return Promise.resolve()
    },
    render: (task, context) =>
      new Promise<Rendered>((resolve, reject) => {
        const end = () => reject(context.signal.reason)
        if (context.signal.aborted) return end()
        context.signal.addEventListener('abort', end, { once: true })
        const path = join(task.directory, 'out.png')
        const facts = { mime_type: 'image/png', width: 2, height: 2, duration: null, fps: null }
        const finish = async () => {
          await writeFile(path, `pixels of ${task.job.job_id}`)
          resolve({ path, ...facts })
        }
        held.push({ task, context, finish, fail: reject })
      }),
    // As what orders elsewhere: it cannot stop what was ordered.
    ...(name === 'local'
      ? {}
      : {
          cancel: () =>
            Promise.resolve({
              billed: 'maybe',
              note: 'Decart cannot stop the order: it may still be billed.',
            } as const),
        }),
    status: () => status,
    look: () => Promise.resolve(status),
    close: () => Promise.resolve(),
  }
  return { renderer, held, prepared: () => prepared }
}

/** Stores and a runner in a temporary folder, with held renderers. `reopen` is what a restart does. */
export const createWorkshop = async (root = mkdtempSync(join(tmpdir(), 'rushes-')), { hasKey = true } = {}) => {
  const logger = pino({ level: 'silent' })
  const folders = createFolders(root)
  const index = await openTestIndex(folders)
  const jobs = createJobStore(index)
  const blobs = createFolderBlobs(folders)
  const takes = createTakeStore(blobs)
  const nothing = () => Promise.reject(new Error('no media here'))
  const files = createFileStore({
    index,
    blobs,
    newPath: () => temporaryPath(folders),
    prober: { probe: nothing, thumbnail: nothing, preview: nothing },
    derivatives: { remove: () => Promise.resolve() },
    isWhole: () => true,
  })
  const local = createHeldRenderer('local', 1)
  const decart = createHeldRenderer('decart', 8)
  const bus = createJobBus()
  const runner = createRunner({
    jobs,
    waiting: createWaitingStore(index),
    pauseNote: createPauseNote(folders),
    files,
    takes,
    blobs,
    folders,
    reserve: createReserve(folders),
    storage: { hasRoom: () => true, look: () => Promise.resolve() },
    untilWhole: () => Promise.resolve(),
    bus,
    renderers: [...(hasKey ? [decart.renderer] : []), local.renderer],
    models: createCatalogue([]),
    likely: () => (hasKey ? 'decart' : 'local'),
    logger,
  })
  const recovered = await runner.recover()
  const events: JobEvent[] = []
  const seen: Job[] = []
  bus.subscribe((event) => {
    events.push(event)
    if (event.name === 'job') seen.push(event.job)
  })
  const close = async () => {
    await runner.close()
    await index.close()
  }
  return {
    root,
    index,
    jobs,
    takes,
    takeFolder: createTakeFolder(folders),
    runner,
    /** How many jobs were taken up at the start. */
    recovered: recovered.unfinished,
    local: local.held,
    decart: decart.held,
    /** How often each renderer was told to get ready. */
    prepared: () => ({ local: local.prepared(), decart: decart.prepared() }),
    events,
    /** The jobs that were announced, each as it was then. */
    seen,
    /** Submits a text-to-image job. */
    submit: async (prompt: string, renderer: RendererName = 'local'): Promise<string> => {
      const job = newJob({
        model: 'lucy-pro-t2i',
        requestedModel: 'lucy-pro-t2i',
        idempotencyKey: null,
        renderer,
        inputs: { prompt },
        now: new Date(),
      })
      runner.enqueue((await jobs.add(job)).stored)
      return job.job_id
    },
    job: async (id: string): Promise<Job> => {
      const found = await runner.find(id)
      if (!found) throw new Error(`no job ${id}`)
      return found.job
    },
    close,
    /** What a kill does: the index is let go of, and nothing else happens. */
    kill: () => index.close(),
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
