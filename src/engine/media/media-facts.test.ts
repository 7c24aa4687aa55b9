import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProber } from '../prober.ts'
import { BARS, drawBars, furthest, readBars } from '../testing/bar-colours.ts'
import { inspectClip, makeClip } from '../testing/clips.ts'
import { openScratch } from '../testing/scratch.ts'
import { withChunk } from '../testing/png-header.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
const prober = createProber({ reads: [tmpdir()] })
beforeAll(async () => {
  scratch = await openScratch()
})
afterAll(async () => {
  await prober.close()
  await scratch.remove()
})

/** Encoding an AVIF well takes seconds; how well is not what is looked at. */
const QUICK = { effort: 0 }

const clear = (alpha: number) =>
  sharp({ create: { width: 300, height: 200, channels: 4, background: { r: 200, g: 20, b: 20, alpha } } })

describe('transparency', () => {
  it('of a picture is told where one pixel has it, and not where its channel is full', async () => {
    await clear(1).png().toFile(scratch.at('full.png'))
    expect(await prober.probe(scratch.at('full.png'))).toMatchObject({ has_alpha: false })
    const pixels = await clear(1).raw().toBuffer()
    pixels[(150 * 300 + 250) * 4 + 3] = 0
    for (const format of ['png', 'webp', 'avif'] as const) {
      const path = scratch.at(`hole.${format}`)
      await sharp(pixels, { raw: { width: 300, height: 200, channels: 4 } })
        .toFormat(format, { lossless: true, ...(format === 'avif' ? QUICK : {}) })
        .toFile(path)
      expect(await prober.probe(path), format).toMatchObject({ has_alpha: true })
    }
  })

  it('of a picture is kept in its still, and white in its copy', async () => {
    await clear(0.5).png().toFile(scratch.at('half.png'))
    await prober.thumbnail(scratch.at('half.png'), scratch.at('half.webp'))
    const { channels } = await sharp(scratch.at('half.webp')).stats()
    expect(channels[3]?.mean).toBeCloseTo(128, -1)
    await prober.preview(scratch.at('half.png'), scratch.at('half.copy'))
    const copy = await sharp(scratch.at('half.copy')).removeAlpha().raw().toBuffer()
    expect([...copy.subarray(0, 3)]).toEqual([
      expect.closeTo(227, -1),
      expect.closeTo(138, -1),
      expect.closeTo(138, -1),
    ])
  })

  it('of a WebM is told, and white in what is made of it', async () => {
    const path = await makeClip(scratch.at('clear.webm'), {
      codec: 'vp9',
      container: 'webm',
      alpha: true,
      seconds: 0.2,
    })
    expect(await prober.probe(path)).toMatchObject({ has_alpha: true })
    await prober.preview(path, scratch.at('clear.mp4'))
    const { pixels, width, height } = await inspectClip(scratch.at('clear.mp4'), [2])
    const at = (x: number) => [
      ...(pixels[2] ?? new Uint8Array()).subarray((Math.floor(height / 2) * width + x) * 4).subarray(0, 3),
    ]
    for (const value of at(width * 0.75)) expect(value).toBeGreaterThan(250)
    for (const value of at(width * 0.25)) expect(value).toBeCloseTo(110, -1)
  })
})

describe('animated pictures', () => {
  it('are counted, and read as their first', async () => {
    const frames = await Promise.all(
      ['#f00', '#0f0', '#00f'].map((background) =>
        sharp({ create: { width: 40, height: 30, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    await sharp(frames, { join: { animated: true } })
      .webp({ lossless: true })
      .toFile(scratch.at('moves.webp'))
    const [first = Buffer.alloc(0)] = frames
    const count = Buffer.alloc(8)
    count.writeUInt32BE(7)
    await writeFile(scratch.at('moves.png'), withChunk(first, 'acTL', count))
    for (const [name, pictures] of [
      ['moves.webp', 3],
      ['moves.png', 7],
    ] as const) {
      expect(await prober.probe(scratch.at(name)), name).toMatchObject({ kind: 'image', frame_count: pictures })
      await prober.thumbnail(scratch.at(name), `${scratch.at(name)}.still`)
    }
    const still = await sharp(`${scratch.at('moves.webp')}.still`)
      .removeAlpha()
      .raw()
      .toBuffer()
    expect([...still.subarray(0, 3)]).toEqual([expect.closeTo(255, -1), expect.closeTo(0, -1), expect.closeTo(0, -1)])
  })
})

it('takes an animated AVIF for a clip', async () => {
  const path = await makeClip(scratch.at('moves.avif'), { codec: 'av1', container: 'avif', seconds: 0.2 })
  expect(await prober.probe(path)).toMatchObject({ kind: 'video', mime_type: 'image/avif', frame_count: 5, width: 320 })
})

describe('colours', () => {
  it('of a clip are told as the file tells them', async () => {
    const bars = { matrix: 'bt709', range: 'tv' } as const
    const pq = await makeClip(scratch.at('pq.mp4'), {
      seconds: 0.2,
      bars: { ...bars, tags: { space: 9, primaries: 9, transfer: 16, range: 1 } },
    })
    expect(await prober.probe(pq)).toMatchObject({
      hdr: true,
      colour: { space: 'bt2020nc', primaries: 'bt2020', transfer: 'smpte2084', range: 'limited' },
    })
    const full = await makeClip(scratch.at('full.mp4'), {
      seconds: 0.2,
      bars: { ...bars, tags: { space: 1, primaries: 1, transfer: 1, range: 2 } },
    })
    expect(await prober.probe(full)).toMatchObject({ hdr: false, colour: { space: 'bt709', range: 'full' } })
  })

  it('wider than BT.709 are brought to it', async () => {
    const wide = await makeClip(scratch.at('wide.mp4'), {
      seconds: 0.2,
      bars: { matrix: 'bt709', range: 'tv', tags: { space: 1, primaries: 12, transfer: 1, range: 1 } },
    })
    await prober.preview(wide, scratch.at('narrow.mp4'))
    const { pixels, width, height, color } = await inspectClip(scratch.at('narrow.mp4'), [2])
    expect(color).toEqual({ space: 1, primaries: 1, transfer: 1, range: 1 })
    const read = readBars(pixels[2] ?? [], width, height)
    // Red and green of Display P3 are out of BT.709: they are cut. Greys stay.
    const [red = [], green = [], , , , grey = []] = read
    expect([red[0], red[1], green[0]]).toEqual([expect.closeTo(238, -1), expect.closeTo(0, -1), expect.closeTo(0, -1)])
    expect(furthest([grey], [[128, 128, 128]])).toBeLessThanOrEqual(2)
  })

  it('of a print JPEG are those that littleCMS makes of them by its profile', async () => {
    const path = scratch.at('print.jpg')
    await sharp(drawBars(320, 64), { raw: { width: 320, height: 64, channels: 4 } })
      .removeAlpha()
      .withIccProfile('cmyk')
      .toColourspace('cmyk')
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toFile(path)
    expect(await prober.probe(path)).toMatchObject({ colour: { space: 'cmyk' } })
    // By Pillow's ImageCms (littleCMS 2, perceptual) of the same file.
    const littleCms = [
      [217, 42, 22],
      [111, 160, 38],
      [31, 69, 125],
      [225, 225, 223],
      [40, 38, 27],
      [110, 110, 109],
      [21, 60, 111],
      [186, 95, 16],
      [134, 190, 204],
      [223, 176, 21],
    ]
    await prober.preview(path, scratch.at('print.copy'))
    await prober.thumbnail(path, scratch.at('print.webp'))
    for (const [name, far] of [
      ['print.copy', 1],
      // WebP is lossy.
      ['print.webp', 8],
    ] as const) {
      const { data, info } = await sharp(scratch.at(name)).raw().toBuffer({ resolveWithObject: true })
      expect(furthest(readBars(data, info.width, info.height, info.channels), littleCms), name).toBeLessThanOrEqual(far)
    }
  })

  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('of a %s in Display P3 are brought to sRGB', async (format) => {
    const path = scratch.at(`wide.${format}`)
    await sharp(drawBars(320, 64), { raw: { width: 320, height: 64, channels: 4 } })
      .removeAlpha()
      .withIccProfile('p3')
      .toFormat(format, { quality: 100, chromaSubsampling: '4:4:4', ...(format === 'avif' ? QUICK : {}) })
      .toFile(path)
    await prober.probe(path)
    await prober.preview(path, `${path}.copy`)
    const { data, info } = await sharp(`${path}.copy`).raw().toBuffer({ resolveWithObject: true })
    expect(furthest(readBars(data, info.width, info.height, info.channels), BARS)).toBeLessThanOrEqual(4)
  })
})

describe('what cannot be read is told apart', () => {
  const reason = (path: string) =>
    prober.probe(path).then(
      () => 'nothing',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )

  it('encrypted', async () => {
    const path = await makeClip(scratch.at('locked.mp4'), { encrypted: true, bFrames: 0 })
    expect(await reason(path)).toContain('is encrypted')
  })

  it('another kind of file behind the beginning of an MKV', async () => {
    await writeFile(scratch.at('no.mkv'), Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.alloc(5000, 7)]))
    expect(await reason(scratch.at('no.mkv'))).toContain('begins like a WebM or MKV')
  })

  it('a picture that is cut short, and one that is nonsense inside', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
    const photo = sharp({ create: { width: 800, height: 600, channels: 3, background: '#888', noise } })
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const whole = await photo
        .clone()
        .toFormat(format, format === 'avif' ? QUICK : {})
        .toBuffer()
      await writeFile(scratch.at(`cut.${format}`), whole.subarray(0, whole.length * 0.6))
      expect(await reason(scratch.at(`cut.${format}`)), format).toContain('cut short')
    }
    const broken = await photo.clone().png().toBuffer()
    broken.fill(0x55, 400_000, 420_000)
    await writeFile(scratch.at('broken.png'), broken)
    expect(await reason(scratch.at('broken.png'))).toContain('is damaged')
  })

  it('a clip whose pictures are nonsense', async () => {
    const path = await makeClip(scratch.at('noise.mp4'), { seconds: 0.4 })
    const bytes = await readFile(path)
    const from = bytes.indexOf('mdat') + 4
    bytes.fill(0xff, from, bytes.indexOf('moov') - 4)
    await writeFile(path, bytes)
    expect(await reason(path)).toMatch(/damaged: none of them could be decoded as h264/)
  })
})
