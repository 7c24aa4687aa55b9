import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import sharp from 'sharp'
import type { createLocalRenderer } from '../../src/engine/local-renderer.ts'
import { type TransitionKind, TRANSITIONS } from '../../src/engine/prompt/transition-brief.ts'
import { createProber } from '../../src/engine/prober.ts'
import { makeClip } from '../../src/engine/testing/clips.ts'
import { drawScene } from '../../src/engine/scenes/scene.ts'
import { STYLE_PROMPTS } from '../../src/engine/testing/prompts.ts'
import { newJob } from '../../src/server/jobs/transitions.ts'
import { type AnyModel, findModel } from '../../src/shared/models/index.ts'
import type { InputFile, RenderTask } from '../../src/shared/renderer.ts'
import { megabytes, printTable } from './table.ts'
import { watchMemory } from './memory.ts'

type Case = { title: string; model: string; prompt: string; files: string[] }

const generated = (place: string, prompt: string): Case => ({
  title: `text to video: ${place}`,
  model: 'lucy-pro-t2v',
  prompt,
  files: [],
})
const animated = (motion: string, prompt: string): Case => ({
  title: `image to video: ${motion}`,
  model: 'lucy-pro-i2v',
  prompt,
  files: ['data'],
})
/** What asks for a transition where its name alone does not. */
const TRANSITION_WORDS: Partial<Record<TransitionKind, string>> = {
  morph: 'Smooth cinematic transition',
  zoom: 'Zoom through',
  whip: 'Whip pan',
  leak: 'Light leak',
  burn: 'The picture burns away',
}
const between = (title: string, prompt: string): Case => ({
  title: `transition: ${title}`,
  model: 'lucy-pro-flf2v',
  prompt,
  files: ['start', 'end'],
})
const edit = ([look, prompt]: readonly [string, string]): Case => ({
  title: `edit: ${look}`,
  model: 'lucy-pro-v2v',
  prompt,
  files: ['data'],
})

const CASES: Case[] = [
  generated('lake', 'A serene lake at sunset with mountains'),
  generated('city', 'A neon city at night in the rain'),
  generated('forest', 'A forest in the morning'),
  generated('sea', 'A sailboat on a calm sea at sunrise'),
  generated('meadow', 'Poppy fields in summer under a blue sky'),
  generated('desert', 'Camels crossing the Sahara at golden hour'),
  generated('mountains', 'Misty mountains at dawn, birds'),
  generated('snowfield', 'Northern lights over the frozen Arctic'),
  generated('reef', 'A coral reef full of fish, sunlight from above'),
  generated('space', 'A spiral galaxy with shooting stars'),
  generated('interior', 'A cozy living room with a fireplace at night'),
  generated('abstract', 'Abstract flowing silk in teal and gold'),
  generated('pond', 'A pond with koi under maple trees in autumn'),
  generated('street', 'Rainy street in Tokyo at night, neon reflections'),
  generated('waterfall', 'A waterfall in the jungle'),
  animated('wind', 'Animate with gentle motion and wind'),
  animated('clouds', 'Clouds drift and water ripples'),
  animated('rain', 'Heavy rain'),
  ...TRANSITIONS.map((kind) => between(kind, TRANSITION_WORDS[kind] ?? kind)),
  ...Object.entries(STYLE_PROMPTS).map(edit),
  ...['watercolour and ink', 'a blue comic in film noir'].map((prompt) => edit([prompt, prompt])),
]

type Inputs = Record<'clip' | 'still' | 'other', InputFile>

/** Rendered at 1080p for the child's memory, until this much is done. */
const LARGE = CASES.filter(({ title }) =>
  /lake|city|forest|meadow|: wind|morph|edit: (watercolour|oil|stained glass)$/.test(title),
)
const ENOUGH = 0.25
/** Rendered once more by a child that has loaded nothing. */
const COLD = /lake|forest|interior|wind|morph|edit: (watercolour|oil)$/
/** What a child tells when it has begun, before it has made a frame. */
const BEGUN = 0.01

const CANCELLED: Case = { title: 'cancelled', model: 'lucy-pro-v2v', prompt: 'watercolour', files: ['data'] }

const prepare = async (folder: string): Promise<Inputs> => {
  const clip = await makeClip(join(folder, 'clip.mp4'), { width: 1280, height: 720, fps: 25, seconds: 5, audio: true })
  const [still, other] = [join(folder, 'still.png'), join(folder, 'other.png')]
  const scene = (prompt: string) =>
    sharp(drawScene({ prompt, seed: 7, width: 1280, height: 720, fps: 1, seconds: 0 }).draw(0), {
      raw: { width: 1280, height: 720, channels: 4 },
    })
      .removeAlpha()
      .png()
  await scene('A sailboat on a lake in the afternoon, birds').toFile(still)
  await scene('A village street in autumn').toFile(other)
  const prober = createProber()
  const file = async (id: string, path: string): Promise<InputFile> => ({
    id,
    path,
    filename: id,
    media: await prober.probe(path),
  })
  const files = { clip: await file('clip', clip), still: await file('still', still), other: await file('other', other) }
  await prober.close()
  return files
}

/** What a field is given: an edit a clip, all others a picture, and a transition's end another one. */
const sourceOf = (task: AnyModel['task'], field: string): keyof Inputs =>
  task === 'video-edit' ? 'clip' : field === 'end' ? 'other' : 'still'

const taskOf = (each: Case, inputs: Inputs, directory: string, resolution: '720p' | '1080p' = '720p'): RenderTask => {
  const model = findModel(each.model)
  if (!model) throw new Error(`no model ${each.model}`)
  const job = newJob({
    model: model.id,
    requestedModel: model.id,
    idempotencyKey: null,
    renderer: 'local',
    inputs: { prompt: each.prompt, seed: 7, resolution },
    now: new Date(),
  })
  return {
    job,
    model,
    directory,
    files: Object.fromEntries(each.files.map((field) => [field, inputs[sourceOf(model.task, field)]])),
  }
}

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

/**
 * Clips of 5 s at 720p from the local engine beside the encoding of their frames alone, its child's memory, two jobs at
 * once, and how quickly a cancel ends it.
 */
export const benchRender = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  let pid = 0
  const renderer = (await builtRenderer())({ version: 'bench', onChild: (id) => (pid = id) })
  const silent = { recorded: null, record: () => undefined }
  try {
    const inputs = await prepare(folder)
    const peakAt1080 = async (each: Case): Promise<number> => {
      let memory: ReturnType<typeof watchMemory> | null = null
      const controller = new AbortController()
      await renderer
        .render(taskOf(each, inputs, folder, '1080p'), {
          ...silent,
          signal: controller.signal,
          onProgress: (progress) => {
            memory ??= watchMemory(pid)
            if (progress !== null && progress > ENOUGH) controller.abort(new Error('bench'))
          },
        })
        .catch(() => undefined)
      memory = memory as ReturnType<typeof watchMemory> | null
      memory?.stop()
      return memory?.peak() ?? 0
    }
    const rows: string[][] = []
    for (const each of CASES) {
      let firstProgress = 0
      let firstFrame = 0
      await renderer.prepare?.()
      const begin = performance.now()
      const rendered = await renderer.render(taskOf(each, inputs, folder), {
        ...silent,
        signal: new AbortController().signal,
        onProgress: (progress) => {
          if (progress === null || progress <= 0) return
          firstProgress ||= performance.now() - begin
          if (progress > BEGUN) firstFrame ||= performance.now() - begin
        },
      })
      const seconds = (performance.now() - begin) / 1000
      const frames = Math.round((rendered.duration ?? 0) * (rendered.fps ?? 0))
      const bare = bareEncode(rendered.path, folder) / 1000
      rows.push([
        each.title,
        `${(frames / seconds).toFixed(1)}`,
        `${seconds.toFixed(2)} s`,
        `${(frames / bare).toFixed(0)}`,
        `${(seconds / bare).toFixed(1)}`,
        `${Math.round(firstProgress)} ms`,
        `${Math.round(firstFrame)} ms`,
        megabytes((await stat(rendered.path)).size),
        LARGE.includes(each) ? megabytes(await peakAt1080(each)) : '',
      ])
      await rm(rendered.path, { force: true })
    }
    printTable(
      'Local engine, 5 s at 720p, with a child that waits as in the studio, beside encoding the same frames alone',
      [
        'task',
        'frames/s',
        'total',
        'bare frames/s',
        'ratio',
        'first progress',
        'first frames',
        'file',
        'peak at 1080p',
      ],
      [['(goal)', '50', '2.5 s', '', '2', '300 ms', '', '', '400 MB'], ...rows],
    )

    const starts: string[][] = []
    for (const each of CASES.filter(({ title }) => COLD.test(title))) {
      const begin = performance.now()
      let firstProgress = 0
      const rendered = await renderer.render(taskOf(each, inputs, folder), {
        ...silent,
        signal: new AbortController().signal,
        onProgress: (progress) => {
          if (progress) firstProgress ||= performance.now() - begin
        },
      })
      const seconds = (performance.now() - begin) / 1000
      const frames = Math.round((rendered.duration ?? 0) * (rendered.fps ?? 0))
      starts.push([
        each.title,
        `${(frames / seconds).toFixed(1)}`,
        `${seconds.toFixed(2)} s`,
        `${Math.round(firstProgress)} ms`,
      ])
    }
    printTable(
      'The same with a child that only starts with the job, as when jobs follow one another',
      ['task', 'frames/s', 'total', 'first progress'],
      [['(goal)', '50', '2.5 s', '300 ms'], ...starts],
    )

    const directories = ['one', 'two'].map((name) => join(folder, name))
    for (const directory of directories) await mkdir(directory)
    const watercolour = CASES.find(({ title }) => title === 'edit: watercolour') ?? CANCELLED
    const timed = async (run: (directory: string) => Promise<unknown>, together: boolean): Promise<number> => {
      const begin = performance.now()
      if (together) await Promise.all(directories.map(run))
      else for (const directory of directories) await run(directory)
      return (performance.now() - begin) / 1000
    }
    const lake = CASES[0] ?? CANCELLED
    const pairs: string[][] = []
    for (const each of [watercolour, lake]) {
      const run = (directory: string) =>
        renderer.render(taskOf(each, inputs, directory), {
          ...silent,
          signal: new AbortController().signal,
          onProgress: () => undefined,
        })
      const [after, together] = [await timed(run, false), await timed(run, true)]
      pairs.push([each.title, `${after.toFixed(2)} s`, `${together.toFixed(2)} s`, (together / after).toFixed(2)])
    }
    printTable(
      'Two jobs: one after the other, and at once (goal: no slower)',
      ['task', 'after', 'at once', 'ratio'],
      pairs,
    )

    const ends: number[] = []
    for (let take = 0; take < 5; take++) {
      const controller = new AbortController()
      let [aborted, cancelled] = [0, 0]
      await renderer
        .render(taskOf(CANCELLED, inputs, folder), {
          signal: controller.signal,
          recorded: null,
          record: () => undefined,
          onProgress: (progress) => {
            if (progress === null || progress <= 0 || aborted > 0) return
            aborted = performance.now()
            cancelled = pid
            controller.abort(new Error('bench'))
          },
        })
        .catch(() => undefined)
      await exited(cancelled)
      ends.push(performance.now() - aborted)
    }
    printTable(
      'From cancel to the end of the child',
      ['goal', 'worst of 5'],
      [['250 ms', `${Math.max(...ends).toFixed(0)} ms`]],
    )
  } finally {
    await renderer.close()
    await rm(folder, { recursive: true, force: true })
  }
}
