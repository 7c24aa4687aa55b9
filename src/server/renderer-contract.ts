import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { RushesError } from '../shared/errors.ts'
import type { JobInputs } from '../shared/job.ts'
import type { MediaInfo } from '../shared/media.ts'
import type { InputFile, RenderContext, Renderer, RenderTask } from '../shared/renderer.ts'
import { taskOf as createTask } from './testing/task.ts'

/** What a renderer is tested with. */
export type Bench = {
  renderer: Renderer
  /** A clip and a picture to work on. */
  clip: InputFile
  picture: InputFile
  /** What a file really is, found by decoding all of it. */
  measure: (path: string) => Promise<Pick<MediaInfo, 'mime_type' | 'width' | 'height' | 'duration' | 'fps'>>
  close: () => Promise<void>
}

type Told = Parameters<RenderContext['onProgress']>

/** What a renderer is told, and what it tells. */
const contextOf = (onTold: (...told: Told) => void = () => {}) => {
  const controller = new AbortController()
  const told: Told[] = []
  const context: RenderContext = {
    signal: controller.signal,
    recorded: null,
    record: () => Promise.resolve(),
    onProgress: (...one) => {
      told.push(one)
      onTold(...one)
    },
  }
  return { context, controller, told }
}

/** A bench and a folder for each test, and tasks for it. */
const createRig = (setup: () => Promise<Bench>) => {
  let bench: Bench
  let root: string
  beforeAll(async () => (bench = await setup()))
  afterAll(() => bench.close())
  beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'rushes-renderer-'))))
  afterEach(() => rm(root, { recursive: true }))

  const taskOf = async (model: string, data: InputFile, inputs: JobInputs): Promise<RenderTask> =>
    createTask({
      model,
      renderer: bench.renderer.name,
      data,
      inputs,
      seed: 7,
      directory: await mkdtemp(join(root, 'job-')),
    })
  return {
    bench: () => bench,
    root: () => root,
    taskOf,
    edit: () => taskOf('lucy-clip', bench.clip, { prompt: 'Pencil sketch' }),
    picture: () => taskOf('lucy-image-2', bench.picture, { prompt: 'Oil painting', resolution: '480p' }),
  }
}

type Rig = ReturnType<typeof createRig>

const describeRendering = (rig: Rig): void => {
  it.each([
    ['clip', rig.edit],
    ['picture', rig.picture],
  ])('makes a whole %s of the described kind and size', async (_, make) => {
    const task = await make()
    const { path, ...described } = await rig.bench().renderer.render(task, contextOf().context)
    expect(path.startsWith(task.directory)).toBe(true)
    expect((await stat(path)).size).toBeGreaterThan(0)
    // No half-made file is left beside it.
    expect(await readdir(task.directory)).toHaveLength(1)
    const { mime_type, width, height, duration, fps } = await rig.bench().measure(path)
    expect(described).toMatchObject({ mime_type, width, height, engine: { name: expect.stringMatching(/\w/) } })
    if (task.model.kind === 'image') expect(described).toMatchObject({ duration: null, fps: null })
    else {
      expect(described.duration).toBeCloseTo(duration ?? 0, 1)
      expect(described.fps).toBeCloseTo(fps ?? 0, 1)
    }
  })

  it('tells progress from 0 to 1 that never goes back, and its phases in order', async () => {
    const { context, told } = contextOf()
    await rig.bench().renderer.render(await rig.edit(), context)
    const progress = told.flatMap(([value]) => (value === null ? [] : [value]))
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    for (const value of progress) expect(value >= 0 && value <= 1).toBe(true)
    const order = ['submitting', 'rendering', 'fetching']
    const phases = told.flatMap(([, phase]) => (phase ? [order.indexOf(phase)] : []))
    expect(phases).toEqual(phases.toSorted((a, b) => a - b))
    expect(told.length).toBeGreaterThan(0)
  })

  it('renders two at once, each into its own directory', async () => {
    const [one, two] = await Promise.all([rig.picture(), rig.picture()])
    const rendered = await Promise.all([one, two].map((task) => rig.bench().renderer.render(task, contextOf().context)))
    expect(rendered.map(({ path }) => path.startsWith(one.directory))).toEqual([true, false])
    expect(await Promise.all([one, two].map(({ directory }) => readdir(directory)))).toEqual([
      [expect.any(String)],
      [expect.any(String)],
    ])
  })
}

const describeStopping = (rig: Rig): void => {
  it('does nothing under a signal that was aborted before', async () => {
    const { context, controller, told } = contextOf()
    const reason = new Error('never mind')
    controller.abort(reason)
    const task = await rig.edit()
    await expect(rig.bench().renderer.render(task, context)).rejects.toBe(reason)
    expect([told, await readdir(task.directory)]).toEqual([[], []])
  })

  it.each<[string, (...told: Told) => boolean]>([
    ['as it begins', () => true],
    ['in the middle', (progress, phase) => (progress ?? 0) > 0 || phase === 'fetching'],
  ])("stops %s with the signal's reason, and leaves no file", async (_, when) => {
    const reason = new RushesError('CANCELLED', 'Cancelled.')
    const { context, controller } = contextOf((...told) => {
      if (when(...told)) controller.abort(reason)
    })
    const task = await rig.edit()
    await expect(rig.bench().renderer.render(task, context)).rejects.toBe(reason)
    expect(await readdir(task.directory)).toEqual([])
  })

  it('says in words that an input cannot be read, and goes on with the next job', async () => {
    const path = join(rig.root(), 'clip.mp4')
    await writeFile(path, 'These are words and no clip. '.repeat(99))
    const task = await rig.taskOf('lucy-clip', { ...rig.bench().clip, path }, { prompt: 'Pencil sketch' })
    const outcome = rig.bench().renderer.render(task, contextOf().context)
    const error = await outcome.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(RushesError)
    expect(error).toMatchObject({ message: expect.stringMatching(/\w+ \w+/) })
    expect(await readdir(task.directory)).toEqual([])
    await rig.bench().renderer.render(await rig.picture(), contextOf().context)
  })
}

/** Describes what every renderer owes to the job runner, whatever it renders with. */
export const describeRenderer = (name: string, setup: () => Promise<Bench>): void =>
  void describe(`the ${name} renderer`, () => {
    const rig = createRig(setup)
    describeRendering(rig)
    describeStopping(rig)
  })
