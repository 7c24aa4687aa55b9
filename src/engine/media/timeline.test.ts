import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLocalRenderer } from '../local-renderer.ts'
import { createProber } from '../prober.ts'
import { inspectClip, makeClip } from '../testing/clips.ts'
import { readMark } from '../testing/mark.ts'
import { openScratch } from '../testing/scratch.ts'
import { contextOf, taskOf } from '../testing/task.ts'
import { numbers, TIMELINES } from '../testing/timelines.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
const prober = createProber({ reads: [tmpdir()] })
const renderer = createLocalRenderer({ version: '0', reads: [tmpdir()] })
beforeAll(async () => {
  scratch = await openScratch()
})
afterAll(async () => {
  await renderer.close()
  await prober.close()
  await scratch.remove()
})

/** What the probe tells of them. */
const TOLD: Record<string, object> = {
  'a fragmented MP4 that starts at 0.08 s': { start: expect.closeTo(0.08, 4), edits: 1 },
  'a beginning that an edit list hides': { frame_count: 10 },
  'a beginning and an end that an edit list hides': { frame_count: 10, duration: expect.closeTo(0.4, 2) },
  'a beginning in which an edit list shows nothing': {
    start: expect.closeTo(0.4, 4),
    sound_before: expect.closeTo(0.4, 2),
  },
  'two parts': { edits: 2, frame_count: 18, duration: expect.closeTo(0.72, 2) },
  'two parts, the later one first': { edits: 2 },
  'MKV from 0.2 s on': { start: expect.closeTo(0.2, 3) },
  'a transport stream': { start: expect.toSatisfy((start: number) => start > 1) },
}

it.each(Object.entries(TIMELINES))(
  'an edit has its source’s frames at its source’s times, from 0: %s',
  async (name, { options, shows, at }) => {
    const path = await makeClip(scratch.at(name), options)
    const probed = await prober.probe(path)
    expect(probed).toMatchObject(TOLD[name] ?? {})
    const directory = scratch.at(`${name} out`)
    await mkdir(directory)
    const edit = await renderer.render(
      taskOf({
        model: 'lucy-fast-v2v',
        inputs: { prompt: 'vivid', resolution: '480p' },
        files: { data: { path, media: probed } },
        directory,
      }),
      contextOf(),
    )
    const preview = scratch.at(`${name} flat`)
    await prober.preview(path, preview)
    const proxy = scratch.at(`${name} proxy`)
    await prober.proxy(path, proxy)
    for (const made of [edit.path, preview, proxy]) {
      const found = await inspectClip(made, numbers(0, shows.length))
      const read = shows.map((_, index) => readMark(found.pixels[index] ?? new Uint8Array(), found.width, found.height))
      expect(read).toEqual(shows)
      expect(found.times).toEqual(at.map((time) => expect.closeTo(time, 4)))
    }
  },
)

it.each([
  [
    'a hole',
    [
      { from: 0, seconds: 0.4 },
      { from: null, seconds: 0.4 },
      { from: 0.4, seconds: 0.4 },
    ],
  ],
] as const)('a timeline with %s is refused in words', async (_, edits) => {
  const path = await makeClip(scratch.at('hole.mp4'), { seconds: 1, edits: [...edits] })
  await expect(prober.probe(path)).rejects.toMatchObject({
    code: 'UNSUPPORTED_MEDIA',
    message: expect.stringContaining('has a hole in it'),
  })
})
