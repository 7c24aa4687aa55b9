import { once, setMaxListeners } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { connectHere } from '../../src/server/store/database/connection.ts'
import { openIndex } from '../../src/server/store/database/open-index.ts'
import { createFileStore } from '../../src/server/store/file-store.ts'
import { createFolderBlobs } from '../../src/server/store/blobs/folder-blobs.ts'
import { createFolders } from '../../src/server/store/folders.ts'
import { jobPageSchema } from '../../src/shared/job.ts'
import { submittedSchema } from '../../src/shared/routes.ts'
import { launch } from './launch.ts'
import { makeDataFolder } from './store-data.ts'
import { median, printTable } from './table.ts'

const SIZES = [1000, 20_000, 100_000]
const WAITING = 2000
const PAGES = 20
const RUNS = 15
const PORT = '4697'

const start = (dataDir: string) =>
  launch(fileURLToPath(new URL('../start.mjs', import.meta.url)), { PORT, DATA_DIR: dataDir, DECART_API_KEY: '' })

const stop = async ({ child }: Awaited<ReturnType<typeof start>>): Promise<void> => {
  child.kill('SIGTERM')
  await (child.exitCode ?? once(child, 'exit'))
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

const medianOf = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) times.push(await timed(work))
  return median(times)
}

const get = async (url: string): Promise<unknown> => (await fetch(url)).json()

/** Milliseconds, by what a page waits for. */
const asked = async (url: string): Promise<Record<string, number>> => ({
  // The takes folder is being compared with the index meanwhile.
  'list, just started': await medianOf(() => get(`${url}/v1/jobs?limit=60`)),
  'search rare': await medianOf(() => get(`${url}/v1/jobs?limit=60&text=zeppelin`)),
  'search common': await medianOf(() => get(`${url}/v1/jobs?limit=60&text=fox%20snow`)),
  starred: await medianOf(() => get(`${url}/v1/jobs?limit=60&starred=true`)),
  seed: await medianOf(() => get(`${url}/v1/jobs?limit=60&seed=42`)),
  list: await medianOf(() => get(`${url}/v1/jobs?limit=60`)),
})

/** Queues jobs that render long, then cancels some in the middle of the queue. */
const queued = async (url: string): Promise<Record<string, number>> => {
  const ids: string[] = []
  const submit = async () => {
    const form = new FormData()
    form.set('prompt', 'a city by night')
    form.set('resolution', '1080p')
    const answer = await fetch(`${url}/v1/jobs/lucy-pro-t2v`, { method: 'POST', body: form })
    ids.push(submittedSchema.parse(await answer.json()).job_id)
  }
  const all = await timed(async () => {
    for (let sent = 0; sent < WAITING; sent += PAGES) await Promise.all(Array.from({ length: PAGES }, submit))
  })
  const cancel = () => fetch(`${url}/v1/jobs/${ids.splice(ids.length >> 1, 1)[0] ?? ''}`, { method: 'DELETE' })
  const alone = await medianOf(cancel)
  const closing = new AbortController()
  setMaxListeners(PAGES, closing.signal)
  for (let page = 0; page < PAGES; page++) {
    const events = await fetch(`${url}/v1/events`, { signal: closing.signal })
    void events.body?.pipeTo(new WritableStream()).catch(() => undefined)
  }
  const watched = await medianOf(cancel)
  const health = await medianOf(async () => {
    const cancelled = cancel()
    await get(`${url}/v1/health`)
    await cancelled
  })
  closing.abort()
  return { submit: all / WAITING, cancel: alone, 'cancel, 20 pages': watched, 'health, 20 pages': health }
}

const swept = async (dataDir: string): Promise<number> => {
  const folders = createFolders(dataDir)
  const index = openIndex({
    path: folders.index,
    connect: connectHere,
    logger: pino({ level: 'silent' }),
    onReplaced: () => undefined,
  })
  const nothing = () => Promise.reject(new Error('not asked for'))
  const files = createFileStore({
    index,
    blobs: createFolderBlobs(folders),
    newPath: nothing,
    prober: { probe: nothing, thumbnail: nothing, preview: nothing },
    derivatives: { remove: () => Promise.resolve() },
    isWhole: () => true,
  })
  let dropped = 0
  const time = await timed(async () => (dropped = await files.sweep()))
  await index.close()
  return time / dropped
}

/** Seconds from the start of the process until the newest takes are listed, and until all are. */
const rebuilt = async (dataDir: string, count: number): Promise<{ page: number; whole: number; served: number }> => {
  for (const end of ['', '-wal', '-shm']) await rm(join(dataDir, `rushes.db${end}`), { force: true })
  const begin = performance.now()
  const server = await start(dataDir)
  const seconds = () => (performance.now() - begin) / 1000
  await get(`${server.url}/v1/jobs?limit=60`)
  const page = seconds()
  let slowest = 0
  for (let total = 0; total < count;) {
    const time = await timed(async () => {
      total = jobPageSchema.parse(await get(`${server.url}/v1/jobs?limit=60`)).total ?? 0
    })
    slowest = Math.max(slowest, time)
  }
  const whole = seconds()
  await stop(server)
  return { page, whole, served: slowest }
}

/** How what is asked of the job store grows with what it holds. */
export const benchStore = async (): Promise<void> => {
  const columns: Record<string, number>[] = []
  for (const count of SIZES) {
    const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
    try {
      await makeDataFolder(folder, count, true)
      const sweep = await swept(folder)
      const megabytes = (await stat(join(folder, 'rushes.db'))).size / 1e6
      const begin = performance.now()
      const server = await start(folder)
      const opened = performance.now() - begin
      const asks = await asked(server.url)
      const queue = await queued(server.url)
      await stop(server)
      const again = await rebuilt(folder, count)
      columns.push({
        'index, MB': megabytes,
        'start until ready': opened,
        ...asks,
        ...queue,
        'sweep, an expired file': sweep,
        'rebuild: page, s': again.page,
        'rebuild: whole, s': again.whole,
        'rebuild: slowest list meanwhile': again.served,
      })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  const goals: Record<string, string> = {
    cancel: '20',
    'cancel, 20 pages': '100',
    'health, 20 pages': '100',
    'rebuild: page, s': '1 at 20,000',
    'rebuild: whole, s': '5 at 20,000',
  }
  const [first = {}] = columns
  printTable(
    `Job store (ms, median of ${RUNS}, where nothing else is said; ${WAITING} jobs waiting for what is of the queue)`,
    ['', ...SIZES.map((size) => `${size.toLocaleString('en')} jobs`), 'goal'],
    Object.keys(first).map((name) => [
      name,
      ...columns.map((column) => (column[name] ?? NaN).toFixed(1)),
      goals[name] ?? '',
    ]),
  )
}
