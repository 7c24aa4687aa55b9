import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { createLocalRenderer } from '../../src/engine/local-renderer.ts'
import { createProber } from '../../src/engine/prober.ts'
import { makeClip } from '../../src/engine/testing/clips.ts'
import { newJob } from '../../src/server/jobs/transitions.ts'
import { findModel } from '../../src/shared/models/index.ts'
import type { InputFile, RenderTask } from '../../src/shared/renderer.ts'
import { megabytes, printTable } from './table.ts'
import { watchMemory } from './memory.ts'

type Case = { title: string; model: string; prompt: string; files: string[] }

const CASES: Case[] = [
  { title: 'text to video: lake', model: 'lucy-pro-t2v', prompt: 'A serene lake at sunset with mountains', files: [] },
  { title: 'text to video: city', model: 'lucy-pro-t2v', prompt: 'A neon city at night in the rain', files: [] },
  { title: 'image to video', model: 'lucy-pro-i2v', prompt: 'Animate with gentle motion and wind', files: ['data'] },
  { title: 'transition', model: 'lucy-pro-flf2v', prompt: 'Smooth cinematic transition', files: ['start', 'end'] },
  { title: 'video edit: watercolour', model: 'lucy-pro-v2v', prompt: 'watercolour', files: ['data'] },
  { title: 'video edit: anime', model: 'lucy-pro-v2v', prompt: 'anime style, vibrant colors', files: ['data'] },
  { title: 'video edit: oil', model: 'lucy-pro-v2v', prompt: 'oil painting', files: ['data'] },
  { title: 'video edit: noir', model: 'lucy-pro-v2v', prompt: 'film noir', files: ['data'] },
]

const CANCELLED: Case = { title: 'cancelled', model: 'lucy-pro-v2v', prompt: 'watercolour', files: ['data'] }

const prepare = async (folder: string): Promise<Record<'clip' | 'still', InputFile>> => {
  const clip = await makeClip(join(folder, 'clip.mp4'), { width: 1280, height: 720, fps: 25, seconds: 5, audio: true })
  const still = join(folder, 'still.png')
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  await sharp({ create: { width: 1280, height: 720, channels: 3, background: '#888', noise } })
    .blur(3)
    .png()
    .toFile(still)
  const prober = createProber()
  const file = async (id: string, path: string): Promise<InputFile> => ({
    id,
    path,
    filename: id,
    media: await prober.probe(path),
  })
  const files = { clip: await file('clip', clip), still: await file('still', still) }
  await prober.close()
  return files
}

const taskOf = (each: Case, inputs: Record<'clip' | 'still', InputFile>, directory: string): RenderTask => {
  const model = findModel(each.model)
  if (!model) throw new Error(`no model ${each.model}`)
  const source = model.task === 'video-edit' ? inputs.clip : inputs.still
  const job = newJob({
    model: model.id,
    requestedModel: model.id,
    idempotencyKey: null,
    renderer: 'local',
    inputs: { prompt: each.prompt, seed: 7, resolution: '720p' },
    now: new Date(),
  })
  return { job, model, directory, files: Object.fromEntries(each.files.map((field) => [field, source])) }
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

/** Clips of 5 s at 720p from the local engine, its child's memory, and how quickly a cancel ends it. */
export const benchRender = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  let pid = 0
  const renderer = createLocalRenderer({ version: 'bench', onChild: (id) => (pid = id) })
  try {
    const inputs = await prepare(folder)
    const rows: string[][] = []
    for (const each of CASES) {
      let firstProgress = 0
      let memory: ReturnType<typeof watchMemory> | null = null
      const begin = performance.now()
      const rendered = await renderer.render(taskOf(each, inputs, folder), {
        signal: new AbortController().signal,
        recorded: null,
        record: () => undefined,
        onProgress: (progress) => {
          memory ??= watchMemory(pid)
          if (progress !== null && progress > 0) firstProgress ||= performance.now() - begin
        },
      })
      const seconds = (performance.now() - begin) / 1000
      const frames = Math.round((rendered.duration ?? 0) * (rendered.fps ?? 0))
      memory = memory as ReturnType<typeof watchMemory> | null
      memory?.stop()
      rows.push([
        each.title,
        `${(frames / seconds).toFixed(1)}`,
        `${seconds.toFixed(1)} s`,
        `${Math.round(firstProgress)} ms`,
        megabytes(memory?.peak() ?? 0),
        megabytes((await stat(rendered.path)).size),
      ])
      await rm(rendered.path)
    }
    printTable(
      'Local engine, 5 s at 720p (start of the child included)',
      ['task', 'frames/s', 'total', 'first progress', 'peak memory', 'file'],
      rows,
    )

    const ends: number[] = []
    for (let take = 0; take < 5; take++) {
      const controller = new AbortController()
      let aborted = 0
      await renderer
        .render(taskOf(CANCELLED, inputs, folder), {
          signal: controller.signal,
          recorded: null,
          record: () => undefined,
          onProgress: (progress) => {
            if (progress === null || progress <= 0 || aborted > 0) return
            aborted = performance.now()
            controller.abort(new Error('bench'))
          },
        })
        .catch(() => undefined)
      await exited(pid)
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
