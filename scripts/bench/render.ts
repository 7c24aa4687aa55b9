import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { createLocalRenderer } from '../../src/engine/local-renderer.ts'
import type { Rendered, RenderTask } from '../../src/shared/renderer.ts'
import { watchMemory } from './memory.ts'
import { CANCELLED, type Case, CASES, COLD, LARGE } from './render-cases.ts'
import { type Inputs, prepare, taskOf } from './render-tasks.ts'
import { megabytes, printTable } from './table.ts'

/** How much of a clip is made, 0 to 1, when the child has taken all the memory that it takes. */
const ENOUGH = 0.25
/** What a child tells when it has begun, before it has made a frame. */
const BEGUN = 0.01

const exited = async (pid: number): Promise<void> => {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** Milliseconds that encoding a take's frames alone takes. */
const bareEncode = (path: string, folder: string): number => {
  const script = fileURLToPath(new URL('./bare-encode.ts', import.meta.url))
  const args = ['--import', 'tsx', script, path, join(folder, 'bare.mp4')]
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

/** The bundle's renderer, which is what people run. */
const builtRenderer = async (): Promise<typeof createLocalRenderer> => {
  const path = fileURLToPath(new URL('../../dist/server/renderer.js', import.meta.url))
  const built: { createLocalRenderer: typeof createLocalRenderer } = await import(pathToFileURL(path).href)
  return built.createLocalRenderer
}

type Bench = {
  render: (task: RenderTask, onProgress?: (progress: number | null) => void, signal?: AbortSignal) => Promise<Rendered>
  /** The child's, or 0 before there was one. */
  pid: () => number
  /** Waits for a child that has loaded its code. */
  ready: () => Promise<void>
  inputs: Inputs
  folder: string
}

/** The most memory that the child takes at 1080p, in bytes, until some of the frames are made. */
const peakAt1080 = async ({ render, pid, inputs, folder }: Bench, each: Case): Promise<number> => {
  let memory: ReturnType<typeof watchMemory> | null = null
  const controller = new AbortController()
  const watch = (progress: number | null): void => {
    memory ??= watchMemory(pid())
    if (progress !== null && progress > ENOUGH) controller.abort(new Error('bench'))
  }
  await render(taskOf(each, inputs, folder, '1080p'), watch, controller.signal).catch(() => undefined)
  memory = memory as ReturnType<typeof watchMemory> | null
  memory?.stop()
  return memory?.peak() ?? 0
}

type Timed = { rendered: Rendered; frames: number; seconds: number; firstProgress: number; firstFrame: number }

/** Renders a case: how long it took, and milliseconds until the first progress and until the first frames. */
const timed = async ({ render, inputs, folder }: Bench, each: Case): Promise<Timed> => {
  let firstProgress = 0
  let firstFrame = 0
  const begin = performance.now()
  const rendered = await render(taskOf(each, inputs, folder), (progress) => {
    if (progress === null || progress <= 0) return
    firstProgress ||= performance.now() - begin
    if (progress > BEGUN) firstFrame ||= performance.now() - begin
  })
  const seconds = (performance.now() - begin) / 1000
  const frames = Math.round((rendered.duration ?? 0) * (rendered.fps ?? 0))
  return { rendered, frames, seconds, firstProgress, firstFrame }
}

const benchCases = async (bench: Bench): Promise<void> => {
  const rows: string[][] = []
  for (const each of CASES) {
    await bench.ready()
    const { rendered, frames, seconds, firstProgress, firstFrame } = await timed(bench, each)
    const bare = bareEncode(rendered.path, bench.folder) / 1000
    rows.push([
      each.title,
      `${(frames / seconds).toFixed(1)}`,
      `${seconds.toFixed(2)} s`,
      `${(frames / bare).toFixed(0)}`,
      `${(seconds / bare).toFixed(1)}`,
      `${Math.round(firstProgress)} ms`,
      `${Math.round(firstFrame)} ms`,
      megabytes((await stat(rendered.path)).size),
      LARGE.includes(each) ? megabytes(await peakAt1080(bench, each)) : '',
    ])
    await rm(rendered.path, { force: true })
  }
  printTable(
    'Local engine, 5 s at 720p, with a child that waits as in the studio, beside encoding the same frames alone',
    ['task', 'frames/s', 'total', 'bare frames/s', 'ratio', 'first progress', 'first frames', 'file', 'peak at 1080p'],
    [['(goal)', '50', '2.5 s', '', '2', '300 ms', '', '', '400 MB'], ...rows],
  )
}

const benchStarts = async (bench: Bench): Promise<void> => {
  const rows: string[][] = []
  for (const each of COLD) {
    const { rendered, frames, seconds, firstProgress } = await timed(bench, each)
    await rm(rendered.path, { force: true })
    rows.push([
      each.title,
      `${(frames / seconds).toFixed(1)}`,
      `${seconds.toFixed(2)} s`,
      `${Math.round(firstProgress)} ms`,
    ])
  }
  printTable(
    'The same with a child that only starts with the job, as when jobs follow one another',
    ['task', 'frames/s', 'total', 'first progress'],
    [['(goal)', '50', '2.5 s', '300 ms'], ...rows],
  )
}

const benchPairs = async ({ render, inputs, folder }: Bench): Promise<void> => {
  const directories = ['one', 'two'].map((name) => join(folder, name))
  for (const directory of directories) await mkdir(directory)
  const took = async (run: (directory: string) => Promise<unknown>, together: boolean): Promise<number> => {
    const begin = performance.now()
    if (together) await Promise.all(directories.map(run))
    else for (const directory of directories) await run(directory)
    return (performance.now() - begin) / 1000
  }
  const pairs: string[][] = []
  for (const each of CASES.filter(({ title }) => /^edit: watercolour$|: lake$/.test(title))) {
    const run = (directory: string) => render(taskOf(each, inputs, directory))
    const [after, together] = [await took(run, false), await took(run, true)]
    pairs.push([each.title, `${after.toFixed(2)} s`, `${together.toFixed(2)} s`, (together / after).toFixed(2)])
  }
  printTable(
    'Two jobs: one after the other, and at once (goal: no slower)',
    ['task', 'after', 'at once', 'ratio'],
    pairs,
  )
}

const benchCancel = async ({ render, pid, inputs, folder }: Bench): Promise<void> => {
  const ends: number[] = []
  for (let take = 0; take < 5; take++) {
    const controller = new AbortController()
    let [aborted, cancelled] = [0, 0]
    const abort = (progress: number | null): void => {
      if (progress === null || progress <= 0 || aborted > 0) return
      aborted = performance.now()
      cancelled = pid()
      controller.abort(new Error('bench'))
    }
    await render(taskOf(CANCELLED, inputs, folder), abort, controller.signal).catch(() => undefined)
    await exited(cancelled)
    ends.push(performance.now() - aborted)
  }
  printTable(
    'From cancel to the end of the child',
    ['goal', 'worst of 5'],
    [['250 ms', `${Math.max(...ends).toFixed(0)} ms`]],
  )
}

/**
 * Clips of 5 s at 720p from the local engine beside the encoding of their frames alone, its child's memory, two jobs at
 * once, and how quickly a cancel ends it.
 */
export const benchRender = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  let pid = 0
  const renderer = (await builtRenderer())({ version: 'bench', reads: [folder], onChild: (id) => (pid = id) })
  try {
    const bench: Bench = {
      render: (task, onProgress = () => undefined, signal = new AbortController().signal) =>
        renderer.render(task, { recorded: null, record: () => Promise.resolve(), onProgress, signal }),
      pid: () => pid,
      ready: async () => renderer.prepare?.(),
      inputs: await prepare(folder),
      folder,
    }
    await benchCases(bench)
    await benchStarts(bench)
    await benchPairs(bench)
    await benchCancel(bench)
  } finally {
    await renderer.close()
    await rm(folder, { recursive: true, force: true })
  }
}
