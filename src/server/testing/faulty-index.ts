import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { pino } from 'pino'
import type { RendererName } from '../../shared/job.ts'
import { createCatchUp } from '../catch-up.ts'
import { createJobBus } from '../jobs/bus.ts'
import { createPauseNote } from '../jobs/pause-note.ts'
import { createRunner } from '../jobs/runner.ts'
import { createCatalogue } from '../models/catalogue.ts'
import { createSubmitter } from '../jobs/submit.ts'
import { newJob } from '../jobs/transitions.ts'
import { createNotices } from '../notices.ts'
import { type Connect, connectHere, ConnectionLost } from '../store/database/connection.ts'
import { type Found, openIndex } from '../store/database/open-index.ts'
import { DatabaseError } from '../store/database/protocol.ts'
import { createFileStore, type Prober } from '../store/file-store.ts'
import { createFolderBlobs } from '../store/blobs/folder-blobs.ts'
import { createFolders, temporaryPath } from '../store/folders.ts'
import { createJobStore } from '../store/job-store.ts'
import { createReserve } from '../store/reserve.ts'
import { createWaitingStore } from '../store/waiting-store.ts'
import { createTakeFolder, type TakeFolder } from '../store/take-folder.ts'
import { createTakeStore, type TakeStore } from '../store/take-store.ts'
import { createHeldRenderer } from './workshop.ts'

/** What becomes of a statement instead of its answer. */
export type Fault = 'corrupt' | 'die' | 'full' | null

const FAULTS = {
  corrupt: () => new DatabaseError('SQLITE_CORRUPT', 'database disk image is malformed'),
  full: () => new DatabaseError('SQLITE_FULL', 'database or disk is full'),
  die: () => new ConnectionLost('SIGKILL', ''),
}

/** Opens files whose statements fail where `fault` says so, and which cannot be opened where `opens` says so. */
export const connectFaulty =
  (
    fault: (sql: string, parameters: readonly unknown[]) => Fault | Promise<Fault>,
    opens: (path: string) => boolean = () => true,
  ): Connect =>
  async (path, mode) => {
    if (!opens(path)) throw FAULTS.full()
    const connection = await connectHere(path, mode)
    let die: (error: ConnectionLost) => void = () => undefined
    const died = new Promise<ConnectionLost>((resolve) => (die = resolve))
    let dead: ConnectionLost | null = null
    return {
      ...connection,
      died,
      query: async (sql, parameters = []) => {
        await nextTurn()
        if (dead) throw dead
        const kind = await fault(sql, parameters)
        if (kind === null) return connection.query(sql, parameters)
        const error = FAULTS[kind]()
        if (error instanceof ConnectionLost) {
          dead = error
          die(error)
        }
        throw error
      },
    }
  }

/** A fault that comes once, where the statement is such a one. */
export const once = (
  kind: Exclude<Fault, null>,
  matches: (sql: string, parameters: readonly unknown[]) => boolean,
): ((sql: string, parameters: readonly unknown[]) => Fault) => {
  let isLeft = true
  return (...statement) => {
    if (!isLeft || !matches(...statement)) return null
    isLeft = false
    return kind
  }
}

const body = (prompt: string): Buffer =>
  Buffer.from(
    `--x\r\ncontent-disposition: form-data; name="prompt"\r\n\r\n${prompt}\r\n` +
      '--x\r\ncontent-disposition: form-data; name="resolution"\r\n\r\n480p\r\n--x--\r\n',
  )

export type FaultyOptions = {
  root?: string
  fault?: (sql: string, parameters: readonly unknown[]) => Fault | Promise<Fault>
  opens?: (path: string) => boolean
  takes?: (takes: TakeStore) => TakeStore
  takeFolder?: (folder: TakeFolder) => TakeFolder
  probe?: Prober['probe']
}

/** Stores, catching up, submitter and runner, wired as main.ts does, on an index that fails when it is told to. */
export const createOnFaultyIndex = async (options: FaultyOptions = {}) => {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'rushes-'))
  const logger = pino({ level: 'silent' })
  const folders = createFolders(root)
  const state = { fault: options.fault ?? (() => null) }
  const connect = connectFaulty((...statement) => state.fault(...statement), options.opens)
  const takeUps: Promise<void>[] = []
  const index = openIndex({
    path: folders.index,
    connect,
    logger,
    fill: (found) => catchUp.fill(found),
    onReplaced: (found) => {
      const taking = takeUp(found)
      // Who waits for it is told; a test that closes in the middle of it does not wait.
      taking.catch(() => undefined)
      takeUps.push(taking)
    },
  })
  const blobs = createFolderBlobs(folders)
  const takes = (options.takes ?? ((plain) => plain))(createTakeStore(blobs))
  const takeFolder = (options.takeFolder ?? ((plain) => plain))(createTakeFolder(folders))
  const isWhole = () => catchUp.isWhole() && index.isKept()
  const jobs = createJobStore(index, { findTake: takeFolder.find, isWhole })
  const nothing = () => Promise.reject(new Error('no media here'))
  const files = createFileStore({
    index,
    blobs,
    newPath: () => temporaryPath(folders),
    prober: { probe: options.probe ?? nothing, thumbnail: nothing, preview: nothing },
    derivatives: { remove: () => Promise.resolve() },
    isWhole,
  })
  const now = () => new Date()
  const catchUp = createCatchUp({
    index,
    jobs,
    filling: createJobStore({ ...index, ...index.filling }),
    files,
    blobs,
    takes: takeFolder,
    folders,
    connect,
    notices: createNotices(),
    logger,
    now,
    rewrite: (into) => runner.rewrite(into),
    salvagePeople: () => Promise.resolve(),
    recover: () => runner.recover(),
  })
  const models = createCatalogue([])
  const local = createHeldRenderer('local', 1)
  const decart = createHeldRenderer('decart', 8)
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
    untilWhole: catchUp.untilWhole,
    bus: createJobBus(),
    renderers: [decart.renderer, local.renderer],
    models,
    likely: () => 'local',
    logger,
  })
  const submitter = createSubmitter({
    jobs,
    files,
    takeFiles: { of: nothing },
    runner,
    importUrl: nothing,
    renderers: [decart.renderer, local.renderer],
    models,
    ledger: { within: (_, __, put) => put() },
    untilWhole: catchUp.untilWhole,
    now,
  })
  const takeUp = async (found: Found): Promise<void> => {
    await catchUp.begin(found)
    await runner.recover()
  }
  return {
    root,
    folders,
    index,
    jobs,
    takes,
    files,
    runner,
    catchUp,
    state,
    local: local.held,
    decart: decart.held,
    /** Taking up again after each replacement of the index. */
    takeUps,
    /** What a start does once it listens. */
    start: async () => takeUp(await index.found),
    submit: (prompt: string, idempotencyKey: string | null) =>
      submitter.submit({
        model: 'lucy-pro-t2i',
        headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(body(prompt).length) },
        body: Readable.from([body(prompt)]),
        renderer: 'local',
        idempotencyKey,
        signal: new AbortController().signal,
      }),
    newJob: (prompt: string, renderer: RendererName = 'decart', idempotencyKey: string | null = null) =>
      newJob({
        model: 'lucy-pro-t2i',
        requestedModel: 'lucy-pro-t2i',
        idempotencyKey,
        renderer,
        inputs: { prompt },
        now: new Date(),
      }),
    close: async () => {
      await catchUp.close()
      await runner.close()
      await index.close()
    },
  }
}
