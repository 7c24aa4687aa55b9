import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { createLocalRenderer } from '../src/engine/local-renderer.ts'
import { createProber } from '../src/engine/prober.ts'
import { BARS, drawBars, furthest, readBars } from '../src/engine/testing/bar-colours.ts'
import { inspectClip, makeClip } from '../src/engine/testing/clips.ts'
import type { ClipOptions } from '../src/engine/testing/messages.ts'
import type { MediaInfo } from '../src/shared/media.ts'
import { contextOf, taskOf } from '../src/engine/testing/task.ts'
import { initialView } from '../src/web/compare/view.ts'
import { STAGE } from './compare-clips.ts'
import { expect, test } from './compare-fixtures.ts'

// Colour bars, coded and tagged in every usual way: as FFmpeg reads them, in the viewer, and in the edit of them.

const prober = createProber({ reads: [tmpdir()] })
const renderer = createLocalRenderer({ version: '0', reads: [tmpdir()] })
test.afterAll(async () => {
  await renderer.close()
  await prober.close()
})

const readOf = async (path: string) => {
  const { pixels, width, height } = await inspectClip(path, [2])
  return readBars(pixels[2] ?? [], width, height)
}

/** An edit by a look that changes colours evenly. */
const editOf = async (path: string, media: MediaInfo, directory: string): Promise<string> => {
  await mkdir(directory, { recursive: true })
  const task = taskOf({
    model: 'lucy-fast-v2v',
    inputs: { prompt: '10 % noir', resolution: '480p' },
    files: { data: { path, media } },
    directory,
  })
  return (await renderer.render(task, contextOf())).path
}

/** What an edit makes of the bars, from a clip about which nothing has to be assumed. */
const usualEdit = async (folder: string) => {
  const path = await makeClip(join(folder, 'usual.mp4'), {
    seconds: 0.2,
    bars: { matrix: 'bt709', range: 'tv', tags: TAGS['BT.709'] },
  })
  return readOf(await editOf(path, await prober.probe(path), join(folder, 'usual')))
}
let usual: number[][] | undefined

type Bars = NonNullable<ClipOptions['bars']>

const NONE = { space: 2, primaries: 2, transfer: 2, range: 0 }
const TAGS = {
  none: NONE,
  'BT.709': { space: 1, primaries: 1, transfer: 1, range: 1 },
  'BT.601': { space: 6, primaries: 6, transfer: 6, range: 1 },
  PAL: { space: 5, primaries: 5, transfer: 6, range: 1 },
  'matrix alone': { ...NONE, space: 1 },
} as const

const CASES: { tags: keyof typeof TAGS; matrix: Bars['matrix']; range: Bars['range']; options?: ClipOptions }[] = [
  { tags: 'none', matrix: 'smpte170m', range: 'tv' },
  { tags: 'none', matrix: 'bt709', range: 'tv' },
  { tags: 'none', matrix: 'smpte170m', range: 'tv', options: { width: 1280, height: 720 } },
  { tags: 'none', matrix: 'bt709', range: 'tv', options: { width: 1280, height: 720 } },
  { tags: 'none', matrix: 'smpte170m', range: 'pc' },
  { tags: 'BT.709', matrix: 'bt709', range: 'tv' },
  { tags: 'BT.709', matrix: 'bt709', range: 'pc' },
  { tags: 'BT.601', matrix: 'smpte170m', range: 'tv' },
  { tags: 'BT.601', matrix: 'smpte170m', range: 'pc' },
  { tags: 'PAL', matrix: 'smpte170m', range: 'tv' },
  { tags: 'PAL', matrix: 'smpte170m', range: 'pc' },
  { tags: 'matrix alone', matrix: 'bt709', range: 'tv' },
  { tags: 'none', matrix: 'smpte170m', range: 'tv', options: { codec: 'vp9', container: 'webm' } },
  { tags: 'none', matrix: 'smpte170m', range: 'pc', options: { codec: 'vp9', container: 'webm' } },
  { tags: 'BT.709', matrix: 'bt709', range: 'tv', options: { codec: 'vp9', container: 'webm' } },
  { tags: 'PAL', matrix: 'smpte170m', range: 'tv', options: { codec: 'vp9', container: 'webm' } },
  { tags: 'BT.709', matrix: 'bt709', range: 'tv', options: { codec: 'av1' } },
]

for (const [index, { tags, matrix, range, options = {} }] of CASES.entries()) {
  const { codec = 'h264', container = 'mp4', height = 180 } = options
  test(`the same colours everywhere: ${codec}, ${height} lines, coded as ${matrix} ${range}, tags: ${tags}`, async ({
    page,
    rig,
  }) => {
    const name = `bars-${index}`
    const source = await makeClip(join(rig.folder, `${name}.${container}`), {
      ...options,
      seconds: 0.2,
      bars: { matrix, range, tags: { ...TAGS[tags], range: range === 'pc' ? 2 : TAGS[tags].range } },
    })
    const media = await prober.probe(source)
    const directory = join(rig.folder, name)
    const [edit, flat] = [await editOf(source, media, directory), join(directory, 'flat.mp4')]
    await prober.preview(source, flat)
    const [byFfmpeg, flatRead, editRead] = await Promise.all([readOf(source), readOf(flat), readOf(edit)])
    // What is coded as it is tagged comes out as it was, and so do edits of it; the rest as FFmpeg takes it.
    const isRight = tags !== 'none' || matrix === 'smpte170m'
    if (isRight) expect(furthest(byFfmpeg, BARS)).toBeLessThanOrEqual(3)
    // A level of chroma is two of blue: what is coded twice is off by one rounding more, and by its encoder's.
    expect(furthest(flatRead, byFfmpeg), 'the engine’s copy').toBeLessThanOrEqual(3)
    usual ??= await usualEdit(rig.folder)
    if (isRight) expect(furthest(editRead, usual), 'the edit').toBeLessThanOrEqual(4)
    expect(await inspectClip(edit)).toMatchObject({ color: { space: 1, primaries: 1, transfer: 1, range: 1 } })

    await page.goto(rig.url)
    const sources = [
      { name: basename(source), as: 'url' },
      { name: `${name}/flat.mp4`, as: 'url' },
      { name: `${name}/${basename(edit)}`, as: 'url' },
    ] as const
    await page.evaluate(([all, stage, view]) => window.harness.open(all, stage, view), [
      sources,
      STAGE,
      { ...initialView(3), mode: 'single' },
    ] as const)
    await page.evaluate(() => window.harness.goTo(0.1))
    const shown = (side: number) => page.evaluate((other) => window.harness.bars(other), side)
    const [asSource, asCopy, asEdit] = [await shown(0), await shown(1), await shown(2)]
    expect(furthest(asSource, byFfmpeg), 'the source in the viewer').toBeLessThanOrEqual(2)
    expect(furthest(asCopy, flatRead), 'its copy in the viewer').toBeLessThanOrEqual(2)
    expect(furthest(asEdit, editRead), 'its edit in the viewer').toBeLessThanOrEqual(2)
    const { sides } = await page.evaluate(() => window.harness.state())
    const isTold = tags !== 'none'
    expect(sides.map(({ info }) => info?.notes.map(({ word }) => word))).toEqual([
      isTold ? [] : ['BT.601 assumed'],
      [],
      [],
    ])
    expect(media.colour).toMatchObject({
      space: isTold ? { 1: 'bt709', 5: 'bt470bg', 6: 'smpte170m' }[TAGS[tags].space] : null,
    })
  })
}

test('where a file and its pictures say different things, the pictures are believed, and it is said', async ({
  page,
  rig,
}) => {
  const path = await makeClip(join(rig.folder, 'torn.mp4'), {
    seconds: 0.2,
    bars: { matrix: 'smpte170m', range: 'tv', tags: TAGS['BT.601'] },
  })
  const bytes = await readFile(path)
  // Primaries, transfer and matrix of the file's own box (ISO/IEC 14496-12, 12.1.5).
  const box = bytes.indexOf('colrnclx', 0, 'latin1')
  for (const at of [8, 10, 12]) bytes.writeUInt16BE(1, box + at)
  await writeFile(path, bytes)
  await page.goto(rig.url)
  await page.evaluate(
    ([name, stage]) => window.harness.open([{ name, as: 'url' }], stage, { mode: 'single', other: 0 }),
    [basename(path), STAGE] as const,
  )
  const { sides } = await page.evaluate(() => window.harness.state())
  expect(sides[0]?.info?.notes.map(({ word }) => word)).toEqual(['tags differ'])
  const [byFfmpeg, flat] = [await readOf(path), join(rig.folder, 'torn-flat.mp4')]
  expect(furthest(byFfmpeg, BARS)).toBeLessThanOrEqual(3)
  expect(furthest(await page.evaluate(() => window.harness.bars(0)), byFfmpeg)).toBeLessThanOrEqual(2)
  await prober.preview(path, flat)
  expect(furthest(await readOf(flat), byFfmpeg)).toBeLessThanOrEqual(3)
})

/** A picture of the bars, of any kind. */
const picture = (folder: string, name: string, make: (bars: Sharp) => Sharp): Promise<string> => {
  const path = join(folder, name)
  const bars = sharp(drawBars(640, 360), { raw: { width: 640, height: 360, channels: 4 } }).removeAlpha()
  return make(bars)
    .toFile(path)
    .then(() => path)
}

const best = { quality: 100, chromaSubsampling: '4:4:4' } as const
const PICTURES: [name: string, words: string[], make: (bars: Sharp) => Sharp][] = [
  ['plain.png', [], (bars) => bars.png()],
  ['wide.jpg', [], (bars) => bars.withIccProfile('p3').jpeg(best)],
  ['wide.png', [], (bars) => bars.withIccProfile('p3').png()],
  ['wide.webp', [], (bars) => bars.withIccProfile('p3').webp({ lossless: true })],
  ['wide.avif', [], (bars) => bars.withIccProfile('p3').avif(best)],
  ['print.jpg', ['copy'], (bars) => bars.withIccProfile('cmyk').toColourspace('cmyk').jpeg(best)],
  ['clear.png', [], (bars) => bars.ensureAlpha(0.5).png()],
  ['clear.webp', [], (bars) => bars.ensureAlpha(0.5).webp({ lossless: true })],
]

for (const [name, words, make] of PICTURES)
  test(`a picture has the colours in the viewer that it has in a render: ${name}`, async ({ page, rig }) => {
    const path = await picture(rig.folder, name, make)
    // As renders read it: the copy is written by the same reader.
    await prober.preview(path, `${path}.mp4`)
    const { data, info } = await sharp(`${path}.mp4`).raw().toBuffer({ resolveWithObject: true })
    const asRead = readBars(data, info.width, info.height, info.channels)
    await page.goto(rig.url)
    const preview = words.includes('copy') ? { preview: `${name}.mp4` } : {}
    await page.evaluate(([all, stage]) => window.harness.open(all, stage, { mode: 'single', other: 0 }), [
      [{ name, as: 'url', ...preview }],
      STAGE,
    ] as const)
    // AVIF is coded like a clip, and browsers reckon it back more roughly.
    const most = name.endsWith('.avif') ? 4 : 2
    expect(furthest(await page.evaluate(() => window.harness.bars(0)), asRead)).toBeLessThanOrEqual(most)
    const { sides } = await page.evaluate(() => window.harness.state())
    expect(sides[0]?.info?.notes.map(({ word }) => word)).toEqual(words)
  })

test('what cannot be shown as it is says so where there is no copy: print colours, animations', async ({
  page,
  rig,
}) => {
  await picture(rig.folder, 'alone.jpg', (bars) => bars.withIccProfile('cmyk').toColourspace('cmyk').jpeg(best))
  const frames = await Promise.all(
    ['#f00', '#0f0', '#00f'].map((background) =>
      sharp({ create: { width: 640, height: 360, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  await sharp(frames, { join: { animated: true } })
    .webp({ lossless: true })
    .toFile(join(rig.folder, 'moves.webp'))
  await page.goto(rig.url)
  await page.evaluate(
    (stage) =>
      window.harness.open(
        [
          { name: 'alone.jpg', as: 'url' },
          { name: 'moves.webp', as: 'url' },
        ],
        stage,
      ),
    STAGE,
  )
  const { sides } = await page.evaluate(() => window.harness.state())
  expect(sides.map(({ info }) => info?.notes.map(({ word }) => word))).toEqual([['CMYK'], ['animation']])
  expect(sides[1]?.info?.notes[0]?.sentence).toContain('an animation of 3 pictures')
  expect((await page.evaluate(() => window.harness.bars(1)))[0]).toEqual([255, 0, 0])
})
