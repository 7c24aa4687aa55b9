import { existsSync, rmSync } from 'node:fs'
import { mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaInfo } from '../shared/media.ts'
import type { Renderer } from '../shared/renderer.ts'
import { createLocalRenderer } from './local-renderer.ts'
import { createProber, type Prober } from './prober.ts'
import { inspectClip, makeClip } from './testing/clips.ts'
import type { ClipOptions } from './testing/messages.ts'
import { openScratch } from './testing/scratch.ts'
import { contextOf, taskOf } from './testing/task.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
let prober: Prober
let renderer: Renderer
const children: number[] = []
beforeAll(async () => {
  scratch = await openScratch()
  prober = createProber({ reads: [scratch.folder] })
  renderer = createLocalRenderer({ version: '1.2.3', reads: [scratch.folder], onChild: (pid) => children.push(pid) })
})
afterAll(async () => {
  await renderer.close()
  await prober.close()
  await scratch.remove()
})

const sourceAt = async (path: string): Promise<{ path: string; media: MediaInfo }> => ({
  path,
  media: await prober.probe(path),
})
const clip = async (name: string, options: ClipOptions) => sourceAt(await makeClip(scratch.at(name), options))
const folder = async (name: string) => {
  await mkdir(scratch.at(name), { recursive: true })
  return scratch.at(name)
}
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a video edit', () => {
  it('is the MP4 that every player wants, with the recipe in it', async () => {
    const data = await clip('plain.mp4', { seconds: 1.4, audio: true })
    const directory = await folder('plain')
    const seen: (number | null)[] = []
    const rendered = await renderer.render(
      taskOf({
        model: 'lucy-pro-v2v',
        inputs: { prompt: 'Noir “détective”', resolution: '480p' },
        files: { data },
        seed: 4294967295,
        directory,
      }),
      contextOf({ onProgress: (progress) => seen.push(progress) }),
    )
    expect(rendered).toEqual({
      path: expect.stringContaining(directory),
      mime_type: 'video/mp4',
      width: 842,
      height: 474,
      duration: 1.4,
      fps: 25,
      engine: { name: 'rushes-procedural', version: expect.stringMatching(/\d/) },
      reading: [{ part: 'Look', value: 'noir' }],
    })
    const found = await inspectClip(rendered.path)
    expect(found).toMatchObject({
      codec: 'h264',
      profile: 100,
      pix_fmt: 'yuv420p',
      color: { space: 1, primaries: 1, transfer: 1, range: 1 },
      width: 842,
      height: 474,
      fps: 25,
      audio: 'aac',
      faststart: true,
    })
    expect(found.times).toEqual(Array.from({ length: 35 }, (_, index) => expect.closeTo(index / 25, 4)))
    expect(found.keyframes.slice(1).every((frame, index) => frame - (found.keyframes[index] ?? 0) <= 25)).toBe(true)
    expect(JSON.parse(found.comment ?? '')).toEqual({
      model: 'lucy-pro-v2v',
      inputs: { prompt: 'Noir “détective”', resolution: '480p', data: expect.stringMatching(/^file_/) },
      seed: 4294967295,
      renderer: 'local',
      version: '1.2.3',
    })
    expect(seen.at(-1)).toBe(1)
    expect(seen.every((value, index) => (value ?? 0) >= (seen[index - 1] ?? 0))).toBe(true)
  })

  it.each([
    ['a turned phone clip', { codec: 'hevc', container: 'mov', rotate: 90, seconds: 0.4 }, 474, 842],
    ['a recording', { codec: 'vp9', container: 'webm', seconds: 0.4 }, 842, 474],
    ['AV1', { codec: 'av1', container: 'matroska', seconds: 0.4 }, 842, 474],
    ['an upside-down clip', { rotate: 180, seconds: 0.4 }, 842, 474],
  ] as const)('stands upright: %s', async (name, options, width, height) => {
    const data = await clip(name, options)
    const { path } = await renderer.render(
      taskOf({
        model: 'lucy-fast-v2v',
        inputs: { prompt: 'warm', resolution: '480p' },
        files: { data },
        directory: await folder(`${name} out`),
      }),
      contextOf(),
    )
    const found = await inspectClip(path, [0])
    expect(found).toMatchObject({ width, height, fps: 25 })
    expect(found.times).toHaveLength(10)
    const pixels = found.pixels['0'] ?? new Uint8Array()
    const redness = (x: number, y: number) =>
      (pixels[(y * width + x) * 4] ?? 0) - (pixels[(y * width + x) * 4 + 1] ?? 0)
    const corners = {
      upperLeft: redness(20, 20),
      upperRight: redness(width - 20, 20),
      lowerRight: redness(width - 20, height - 20),
    }
    const reddest = Object.entries(corners).sort((a, b) => b[1] - a[1])[0]?.[0]
    expect(reddest).toBe(
      { 'a turned phone clip': 'upperRight', 'an upside-down clip': 'lowerRight' }[name as string] ?? 'upperLeft',
    )
  })

  it('is the same again, and another with another seed', async () => {
    const data = await clip('again.mp4', { seconds: 0.2 })
    const make = async (seed: number, name: string) => {
      const directory = await folder(name)
      const { path } = await renderer.render(
        taskOf({
          model: 'lucy-pro-v2v',
          inputs: { prompt: 'watercolor', resolution: '480p' },
          files: { data },
          seed,
          directory,
        }),
        contextOf(),
      )
      return (await inspectClip(path, [3])).pixels['3'] ?? new Uint8Array()
    }
    const [one, same, other] = [await make(7, 'one'), await make(7, 'same'), await make(8, 'other')]
    expect(Buffer.compare(one, same)).toBe(0)
    const far = one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length
    expect(far).toBeGreaterThan(3)
  })

  it('takes its palette from a reference picture', async () => {
    const data = await clip('grey.mp4', { seconds: 0.12 })
    await sharp({ create: { width: 80, height: 80, channels: 3, background: '#2040c0' } })
      .png()
      .toFile(scratch.at('blue.png'))
    const { path } = await renderer.render(
      taskOf({
        model: 'lucy-2.1',
        inputs: { prompt: '' },
        files: { data, reference_image: await sourceAt(scratch.at('blue.png')) },
        directory: await folder('palette'),
      }),
      contextOf(),
    )
    const { pixels, width, height } = await inspectClip(path, [0])
    const at = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4
    const [red = 0, , blue = 0] = pixels['0']?.subarray(at, at + 3) ?? []
    expect(blue - red).toBeGreaterThan(60)
  })
})

describe('an image edit', () => {
  it('is an upright PNG at the size of its class, with the recipe in it', async () => {
    await sharp({ create: { width: 400, height: 300, channels: 3, background: '#8a6' } })
      .composite([{ input: { create: { width: 80, height: 80, channels: 3, background: '#f00' } }, left: 0, top: 0 }])
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toFile(scratch.at('turned.jpg'))
    const rendered = await renderer.render(
      taskOf({
        model: 'lucy-pro-i2i',
        inputs: { prompt: 'Öl, oil painting', resolution: '480p', enhance_prompt: false },
        files: { data: await sourceAt(scratch.at('turned.jpg')) },
        directory: await folder('image'),
      }),
      contextOf(),
    )
    expect(rendered).toMatchObject({ mime_type: 'image/png', width: 548, height: 730, duration: null, fps: null })
    expect(rendered, 'nobody asked for it').not.toHaveProperty('reading')
    const { data, info } = await sharp(rendered.path).raw().toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 548, height: 730, channels: 3 })
    const redness = (x: number, y: number) => (data[(y * 548 + x) * 3] ?? 0) - (data[(y * 548 + x) * 3 + 1] ?? 0)
    expect(redness(500, 60)).toBeGreaterThan(60)
    expect(redness(60, 60)).toBeLessThan(30)
    const { exif } = await sharp(rendered.path).metadata()
    const json = /\{.*\}/.exec(exif?.toString('latin1') ?? '')?.[0]
    expect(JSON.parse(json ?? '')).toMatchObject({
      model: 'lucy-pro-i2i',
      inputs: { prompt: 'Öl, oil painting' },
      seed: 1,
    })
  })

  it('lays transparent parts on white', async () => {
    await sharp({ create: { width: 64, height: 64, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0 } } })
      .png()
      .toFile(scratch.at('glass.png'))
    const { path } = await renderer.render(
      taskOf({
        model: 'lucy-pro-i2i',
        inputs: { prompt: 'noir', resolution: '480p' },
        files: { data: await sourceAt(scratch.at('glass.png')) },
        directory: await folder('glass'),
      }),
      contextOf(),
    )
    const { channels } = await sharp(path).stats()
    expect(channels.every(({ mean }) => mean > 150)).toBe(true)
  })
})

describe('what is as large as may be', () => {
  it('is rendered', async () => {
    const size = { width: 8192, height: 4320 }
    const data = await clip('8k.mp4', { ...size, seconds: 0.08 })
    const edited = renderer.render(
      taskOf({ model: 'lucy-pro-v2v', inputs: { prompt: 'noir' }, files: { data }, directory: await folder('8k') }),
      contextOf(),
    )
    await expect(edited).resolves.toMatchObject({ width: 1322, height: 698 })
    // Interlaced, a picture is decoded whole.
    const interlaced = sharp({ create: { width: 10_000, height: 10_000, channels: 4, background: '#48ac' } })
    await interlaced.png({ progressive: true, compressionLevel: 1 }).toFile(scratch.at('large.png'))
    const picture = await sourceAt(scratch.at('large.png'))
    const files = { start: picture, end: picture }
    const inputs = { prompt: 'dissolve', resolution: '480p' }
    const directory = await folder('pair')
    const turned = renderer.render(taskOf({ model: 'lucy-pro-flf2v', inputs, files, directory }), contextOf())
    await expect(turned).resolves.toMatchObject({ duration: 5 })
  }, 180_000)
})

describe('what goes wrong', () => {
  const long = () => clip('long.mp4', { seconds: 12, width: 640, height: 360 })

  it('is gone within a quarter of a second of being cancelled, and leaves no file', async () => {
    const data = await long()
    const directory = await folder('cancelled')
    const controller = new AbortController()
    const reason = new Error('changed my mind')
    let aborted = 0
    const rendering = renderer.render(
      taskOf({ model: 'lucy-pro-v2v', inputs: { prompt: 'oil' }, files: { data }, directory }),
      contextOf({
        signal: controller.signal,
        onProgress: (progress) => {
          if (!progress || aborted) return
          aborted = performance.now()
          controller.abort(reason)
        },
      }),
    )
    await expect(rendering).rejects.toBe(reason)
    expect(performance.now() - aborted).toBeLessThan(250)
    expect(isRunning(children.at(-1) ?? 0)).toBe(false)
    expect(await readdir(directory)).toEqual([])
  })

  it('fails in plain words when its child is killed, and the next render works', async () => {
    const data = await long()
    const directory = await folder('killed')
    await expect(
      renderer.render(
        taskOf({ model: 'lucy-pro-v2v', inputs: { prompt: 'oil' }, files: { data }, directory }),
        contextOf({
          onProgress: (progress) =>
            progress && isRunning(children.at(-1) ?? 0) && process.kill(children.at(-1) ?? 0, 'SIGKILL'),
        }),
      ),
    ).rejects.toMatchObject({ name: 'RushesError', code: 'PROCESSING_ERROR', message: expect.stringMatching(/\.$/) })
    expect(await readdir(directory)).toEqual([])
    const short = await clip('short.mp4', { seconds: 0.12 })
    await expect(
      renderer.render(
        taskOf({
          model: 'lucy-pro-v2v',
          inputs: { prompt: 'oil', resolution: '480p' },
          files: { data: short },
          directory,
        }),
        contextOf(),
      ),
    ).resolves.toMatchObject({ fps: 25 })
  })

  it('stops a child that takes too much memory, too long, or stands still', async () => {
    const data = await long()
    const directory = await folder('greedy')
    const task = taskOf({ model: 'lucy-pro-v2v', inputs: { prompt: 'oil' }, files: { data }, directory })
    const limited = (limits: { memoryLimit?: number; timeLimit?: number; stallLimit?: number }) =>
      createLocalRenderer({ version: '0', reads: [scratch.folder], ...limits }).render(task, contextOf())
    await expect(limited({ memoryLimit: 20_000_000 })).rejects.toMatchObject({
      code: 'PROCESSING_ERROR',
      message: expect.stringContaining('memory'),
    })
    await expect(limited({ timeLimit: 600 })).rejects.toMatchObject({
      code: 'PROCESSING_ERROR',
      message: expect.stringContaining('longer'),
    })
    await expect(limited({ stallLimit: 5 })).rejects.toMatchObject({
      code: 'PROCESSING_ERROR',
      message: expect.stringContaining('still'),
    })
    expect(await readdir(directory)).toEqual([])
  })

  // A device that is always full stands in for a disk; not every system has it.
  it.runIf(existsSync('/dev/full'))('says so when the disk is full', async () => {
    const data = await clip('full.mp4', { seconds: 1.2 })
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888' } })
      .png()
      .toFile(scratch.at('full.png'))
    const directory = await folder('full')
    for (const [model, source, output] of [
      ['lucy-pro-v2v', data, 'take.mp4'],
      ['lucy-pro-i2i', await sourceAt(scratch.at('full.png')), 'take.png'],
    ] as const) {
      await symlink('/dev/full', join(directory, output))
      await expect(
        renderer.render(
          taskOf({ model, inputs: { prompt: 'comic' }, files: { data: source }, directory }),
          contextOf(),
        ),
      ).rejects.toMatchObject({ code: 'DISK_FULL' })
    }
    expect(await readdir(directory)).toEqual([])
  })

  describe('with what is not where it was', () => {
    const picture = async (name: string) => {
      await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888' } })
        .png()
        .toFile(scratch.at(name))
      return sourceAt(scratch.at(name))
    }
    const failure = async (
      model: string,
      files: Record<string, { path: string; media: MediaInfo }>,
      directory: string,
    ) =>
      renderer
        .render(taskOf({ model, inputs: { prompt: 'comic', resolution: '480p' }, files, directory }), contextOf())
        .then(
          () => undefined,
          (error: unknown) => error,
        )

    it('says whose file is gone, or is one no more, and what to do', async () => {
      const directory = await folder('gone')
      const [start, end, data] = [
        await picture('start.png'),
        await picture('end.png'),
        await clip('gone.mp4', { seconds: 0.2 }),
      ]
      await rm(end.path)
      expect(await failure('lucy-pro-flf2v', { start, end }, directory)).toMatchObject({
        code: 'NOT_FOUND',
        message: 'The file of end is gone from the data folder. Upload it again, then try again.',
        fields: { end: expect.stringContaining('is gone') },
      })
      await rm(data.path)
      await mkdir(data.path)
      expect(await failure('lucy-pro-v2v', { data }, directory)).toMatchObject({
        code: 'NOT_FOUND',
        message: expect.stringMatching(/^The file of data is no file any more\./),
      })
      expect(await readdir(directory)).toEqual([])
    })

    it('says so too when it goes while the render is under way', async () => {
      const data = await long()
      const directory = await folder('vanished')
      const rendering = renderer.render(
        taskOf({ model: 'lucy-pro-v2v', inputs: { prompt: 'oil' }, files: { data }, directory }),
        contextOf({
          onProgress: (progress) => {
            if (!progress || !existsSync(data.path)) return
            rmSync(data.path)
            process.kill(children.at(-1) ?? 0, 'SIGKILL')
          },
        }),
      )
      await expect(rendering).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: expect.stringContaining('of data is gone'),
      })
    })

    // To root everything is open; there a part of the kernel's own files stands in for a folder that is not.
    const closed = process.getuid?.() === 0 ? '/sys' : '/'
    it.skipIf(process.platform !== 'linux')('says that the result cannot be written, and why', async () => {
      const data = await picture('unwritten.png')
      expect(await failure('lucy-pro-i2i', { data }, scratch.at('no such folder'))).toMatchObject({
        code: 'UNWRITABLE',
        message: expect.stringContaining('folder for the result is gone'),
      })
      expect(await failure('lucy-pro-i2i', { data }, closed)).toMatchObject({
        code: 'UNWRITABLE',
        message: expect.stringMatching(/may not be written .* Check the permissions/),
      })
    })
  })

  it('leaves no child behind when it is closed', async () => {
    const started: number[] = []
    const closing = createLocalRenderer({ version: '0', reads: [scratch.folder], onChild: (pid) => started.push(pid) })
    const data = await long()
    const rendering = closing.render(
      taskOf({ model: 'lucy-pro-v2v', inputs: { prompt: 'oil' }, files: { data }, directory: await folder('closed') }),
      contextOf({ onProgress: (progress) => void (progress && closing.close()) }),
    )
    await expect(rendering).rejects.toMatchObject({ code: 'PROCESSING_ERROR' })
    expect(started.map(isRunning)).toEqual([false])
  })
})
