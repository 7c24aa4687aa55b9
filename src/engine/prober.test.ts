import { copyFile, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_PIXELS, PLAIN } from '../shared/media.ts'
import { createProber, type Prober } from './prober.ts'
import { inspectClip, makeClip } from './testing/clips.ts'
import { withManyBoxes, withManyEdits } from './testing/many-boxes.ts'
import { readMark } from './testing/mark.ts'
import { gifHeader } from './testing/gif-header.ts'
import { pngHeader } from './testing/png-header.ts'
import { openScratch } from './testing/scratch.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
let prober: Prober
beforeAll(async () => {
  scratch = await openScratch()
  prober = createProber({ reads: [scratch.folder] })
})
afterAll(async () => {
  await prober.close()
  await scratch.remove()
})

const photo = (width = 64, height = 40) => sharp({ create: { width, height, channels: 3, background: '#c04020' } })

describe('clips', () => {
  it.each([
    ['h264', 'mp4', 'video/mp4'],
    ['h264', 'matroska', 'video/x-matroska'],
    ['hevc', 'mov', 'video/quicktime'],
    ['hevc', 'mp4', 'video/mp4'],
    ['vp9', 'webm', 'video/webm'],
    ['av1', 'webm', 'video/webm'],
    ['av1', 'mp4', 'video/mp4'],
    ['gif', 'gif', 'image/gif'],
  ] as const)('reads %s in %s, whatever its name', async (codec, container, mime) => {
    const path = await makeClip(scratch.at(`${codec}-${container}.png`), { codec, container, seconds: 1 })
    expect(await prober.probe(path)).toEqual({
      kind: 'video',
      mime_type: mime,
      width: 320,
      height: 180,
      duration: expect.closeTo(1, 1),
      fps: expect.closeTo(25, 0),
      codec,
      has_audio: false,
      has_alpha: false,
      frame_count: 25,
      colour:
        codec === 'gif'
          ? { space: 'gbr', primaries: null, transfer: null, range: 'full' }
          : { space: null, primaries: null, transfer: null, range: expect.toSatisfy((range) => range !== 'full') },
      hdr: null,
      start: 0,
      sound_before: 0,
      edits: 1,
    })
  })

  it('tells the size as shown and whether there is sound', async () => {
    const path = await makeClip(scratch.at('turned.mp4'), { rotate: 90, audio: true })
    expect(await prober.probe(path)).toMatchObject({ width: 180, height: 320, has_audio: true })
  })

  it('makes an upright still of a turned HEVC clip', async () => {
    const path = await makeClip(scratch.at('turned.mov'), {
      codec: 'hevc',
      container: 'mov',
      rotate: 90,
      width: 960,
      height: 540,
    })
    await prober.thumbnail(path, scratch.at('turned.webp'))
    const { data, info } = await sharp(scratch.at('turned.webp')).raw().toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 270, height: 480 })
    const pixel = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)]
    const [red = 0, green = 0] = pixel(255, 15)
    // The block that was in the upper left corner is in the upper right one when turned clockwise.
    expect(red - green).toBeGreaterThan(120)
    const [otherRed = 0, otherGreen = 0] = pixel(255, 465)
    expect(otherGreen - otherRed).toBeGreaterThan(100)
  })

  it.each([
    ['h264', 'mp4', 2, 25],
    ['vp9', 'webm', 2, 25],
    ['hevc', 'matroska', 2, 25],
    ['gif', 'gif', 2, 25],
    ['h264', 'mov', 0.04, 0],
  ] as const)(
    'shows the middle of a clip of %s in %s, %d s long, in its still',
    async (...[codec, container, seconds, middle]) => {
      const path = await makeClip(scratch.at(`middle-${seconds}.${container}`), { codec, container, seconds })
      const still = `${path}.webp`
      await prober.thumbnail(path, still)
      const { data, info } = await sharp(still).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
      expect(Math.abs(readMark(data, info.width, info.height) - middle)).toBeLessThanOrEqual(1)
    },
  )

  it('makes a preview that browsers play, with sound, of a clip that they do not', async () => {
    const path = await makeClip(scratch.at('phone.mov'), {
      codec: 'hevc',
      container: 'mov',
      audio: true,
      width: 1920,
      height: 1080,
      seconds: 0.6,
    })
    await prober.preview(path, scratch.at('phone.mp4'))
    expect(await inspectClip(scratch.at('phone.mp4'))).toMatchObject({
      codec: 'h264',
      pix_fmt: 'yuv420p',
      width: 1280,
      height: 720,
      audio: 'aac',
      faststart: true,
    })
  })
})

describe('pictures', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('reads %s', async (format) => {
    const path = scratch.at(`photo.${format}.mp4`)
    await photo().toFormat(format).toFile(path)
    expect(await prober.probe(path)).toEqual({
      kind: 'image',
      mime_type: `image/${format}`,
      width: 64,
      height: 40,
      duration: null,
      fps: null,
      codec: format,
      has_audio: false,
      ...PLAIN,
      frame_count: 1,
      colour: { space: 'srgb', primaries: null, transfer: null, range: null },
    })
  })

  it('applies the orientation of a JPEG', async () => {
    await photo().jpeg().withMetadata({ orientation: 6 }).toFile(scratch.at('portrait.jpg'))
    expect(await prober.probe(scratch.at('portrait.jpg'))).toMatchObject({ width: 40, height: 64 })
    await prober.thumbnail(scratch.at('portrait.jpg'), scratch.at('portrait.webp'))
    expect(await sharp(scratch.at('portrait.webp')).metadata()).toMatchObject({ format: 'webp', width: 40, height: 64 })
  })

  it('takes a still GIF for a picture', async () => {
    await photo().gif().toFile(scratch.at('still.gif'))
    expect(await prober.probe(scratch.at('still.gif'))).toMatchObject({ kind: 'image', codec: 'gif' })
  })
})

describe('what is refused', () => {
  const refusal = (path: string) =>
    prober.probe(path).then(
      () => expect.unreachable(),
      (error: unknown) => error,
    )

  it.each([
    ['text', 'notes.png', 'Just some notes,\nnothing else.\n'],
    ['an SVG drawing', 'drawing.png', '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'],
    ['an SVG drawing', 'drawing.svg', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'],
    ['an empty file', 'empty.mp4', ''],
    ['a page', 'page.mp4', '<!doctype html><title>Not found</title>'],
  ])('%s', async (_, name, text) => {
    await writeFile(scratch.at(name), text)
    expect(await refusal(scratch.at(name))).toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
  })

  it('sound without a picture', async () => {
    const path = await makeClip(scratch.at('song.mp4'), { audio: true })
    const bytes = await readFile(path)
    bytes.write('M4A ', 8, 'latin1')
    await writeFile(scratch.at('song.m4a'), bytes)
    expect(await refusal(scratch.at('song.m4a'))).toMatchObject({
      code: 'UNSUPPORTED_MEDIA',
      message: expect.stringContaining('sound'),
    })
  })

  it('a picture of 600 megapixels, at once', async () => {
    await writeFile(scratch.at('bomb.png'), pngHeader(30_000, 20_000))
    expect(await refusal(scratch.at('bomb.png'))).toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringContaining(MAX_PIXELS.toLocaleString('en')),
    })
  })

  it('a clip or AVIF picture of more than 8K, in words that name the limit', async () => {
    const clip = await makeClip(scratch.at('large.mp4'), { width: 8192, height: 4608, seconds: 0.04 })
    await writeFile(scratch.at('large.gif'), gifHeader(10_000, 10_000))
    await photo(6000, 6000).avif({ effort: 0 }).toFile(scratch.at('large.avif'))
    for (const [path, what] of [
      [clip, 'This is 8192 x 4608 pixels, and 8192 x 4320 (8K) are the most that a clip may have.'],
      [
        scratch.at('large.gif'),
        'This is 10000 x 10000 pixels, and 8192 x 4320 (8K) are the most that a clip may have.',
      ],
      [scratch.at('large.avif'), 'This is 6000 x 6000 pixels, and 8192 x 4320 (8K) are the most that an AVIF picture'],
    ] as const)
      expect(await refusal(path)).toMatchObject({ code: 'TOO_LARGE', message: expect.stringContaining(what) })
  })

  it.each([
    ['mp4', 'mp4', 'h264', 0.6],
    ['webm', 'webm', 'vp9', 0.6],
    ['gif', 'gif', 'gif', 0.5],
    ['mkv', 'matroska', 'h264', 0.97],
  ] as const)('a %s that is cut short', async (name, container, codec, part) => {
    const path = await makeClip(scratch.at(`whole.${name}`), { container, codec })
    const cut = scratch.at(`cut.${name}`)
    await copyFile(path, cut)
    await truncate(cut, Math.floor((await stat(cut)).size * part))
    await expect(prober.probe(path)).resolves.toMatchObject({ kind: 'video' })
    expect(await refusal(cut)).toMatchObject({
      code: 'UNSUPPORTED_MEDIA',
      message: expect.stringContaining('cut short'),
    })
  })

  it('a picture that is cut short', async () => {
    const noise = await sharp({
      create: {
        width: 800,
        height: 600,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg()
      .toBuffer()
    await writeFile(scratch.at('cut.jpg'), noise.subarray(0, noise.length * 0.6))
    expect(await refusal(scratch.at('cut.jpg'))).toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
  })

  it('a video of no length', async () => {
    const path = await makeClip(scratch.at('none.mp4'), { seconds: 0, audio: false })
    expect(await refusal(path)).toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
  })
})

it('says that a file is gone, and that a still cannot be written', async () => {
  await expect(prober.probe(scratch.at('nowhere.mp4'))).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('is gone from the data folder'),
  })
  await expect(prober.thumbnail(scratch.folder, scratch.at('none.webp'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await photo().png().toFile(scratch.at('there.png'))
  await expect(prober.thumbnail(scratch.at('there.png'), scratch.at('no folder/a.webp'))).rejects.toMatchObject({
    code: 'UNWRITABLE',
  })
})

describe('a file that takes its time', () => {
  it('ends in words, holds up nobody else, and is not asked again because of the child that it was given', async () => {
    const plain = await makeClip(scratch.at('plain.mp4'), { seconds: 0.4 })
    await withManyEdits(plain, scratch.at('edits.mp4'))
    const started: number[] = []
    const own = createProber({ reads: [scratch.folder], onChild: (pid) => started.push(pid) })
    await own.probe(plain)
    const alone = own.probe(scratch.at('edits.mp4')).catch((error: unknown) => error)
    const ended: string[] = []
    const probing = async (name: string, path: string) => {
      const outcome = await prober.probe(path).catch((error: unknown) => error)
      ended.push(name)
      return outcome
    }
    const slow = [probing('slow', scratch.at('edits.mp4')), probing('slow', scratch.at('edits.mp4'))]
    const quick = Array.from({ length: 6 }, () => probing('quick', plain))
    for (const found of await Promise.all(quick)) expect(found).toMatchObject({ kind: 'video', codec: 'h264' })
    expect(ended).toEqual(Array.from({ length: 6 }, () => 'quick'))
    for (const refused of await Promise.all([...slow, alone]))
      expect(refused).toMatchObject({
        code: 'UNSUPPORTED_MEDIA',
        message: expect.stringMatching(/^This file takes more than 5 seconds to read: .*Export it again/),
      })
    expect(started).toHaveLength(1)
    await own.close()
  }, 180_000)

  it('is no file of many parts: a recording has a hundred thousand', async () => {
    const plain = await makeClip(scratch.at('plain.mp4'), { seconds: 0.4 })
    await withManyBoxes(plain, scratch.at('boxes.mp4'), 100_000)
    await expect(prober.probe(scratch.at('boxes.mp4'))).resolves.toMatchObject({ kind: 'video' })
  })
})

it('goes on after a file that was refused', async () => {
  await writeFile(
    scratch.at('bad.mov'),
    Buffer.concat([Buffer.from([0, 0, 0, 20]), Buffer.from('ftypqt  '), Buffer.alloc(400, 7)]),
  )
  await expect(prober.probe(scratch.at('bad.mov'))).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
  await photo().png().toFile(scratch.at('good.png'))
  await expect(prober.probe(scratch.at('good.png'))).resolves.toMatchObject({ kind: 'image' })
})

it('starts another child when its own was killed, in the middle or between', async () => {
  const started: number[] = []
  const own = createProber({ reads: [scratch.folder], onChild: (pid) => started.push(pid) })
  const path = await makeClip(scratch.at('kill.mp4'), { seconds: 0.2 })
  await own.probe(path)
  const probing = own.probe(path)
  process.kill(started[0] ?? 0, 'SIGKILL')
  await expect(probing).resolves.toMatchObject({ kind: 'video' })
  expect(started).toHaveLength(2)
  await own.close()
})

it('says that a file cannot be read when its bytes are nonsense inside', async () => {
  const path = await makeClip(scratch.at('nonsense.mkv'), { container: 'matroska', seconds: 0.5 })
  const bytes = await readFile(path)
  bytes.fill(0x55, 200, bytes.length - 100)
  await writeFile(path, bytes)
  await expect(prober.probe(path)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
})

describe('getting ready', () => {
  it('has one child wait, which then looks', async () => {
    const started: number[] = []
    const ahead = createProber({ reads: [scratch.folder], onChild: (pid) => void started.push(pid) })
    try {
      await Promise.all([ahead.prepare(), ahead.prepare()])
      await ahead.prepare()
      const path = scratch.at('ahead.png')
      await writeFile(path, await photo().png().toBuffer())
      expect(await ahead.probe(path)).toMatchObject({ kind: 'image', width: 64 })
      expect(started).toHaveLength(1)
    } finally {
      await ahead.close()
    }
    // What cannot be had any more is nobody's trouble.
    await ahead.prepare()
  })
})
