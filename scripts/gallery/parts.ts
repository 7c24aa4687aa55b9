import type { FrameSource, Pixels } from '../../src/engine/frames.ts'
import { moveAlong } from '../../src/engine/motion/along.ts'
import { animateImage } from '../../src/engine/motion/animate.ts'
import { drawScene } from '../../src/engine/scenes/scene.ts'
import { createStyle } from '../../src/engine/styles/create-style.ts'
import {
  MOTIF_PROMPTS,
  MOTION_PROMPTS,
  SCENE_PROMPTS,
  SEEDED_PROMPTS,
  STYLE_PROMPTS,
  TRANSITION_PROMPTS,
} from '../../src/engine/testing/prompts.ts'
import { toPixels } from '../../src/engine/testing/stills.ts'
import { transitionBetween } from '../../src/engine/transitions/transition.ts'
import { type Tile, toTile, writeSheet } from './sheet.ts'
import type { Source } from './source.ts'

/** Renders one sheet into a folder and answers the files that it wrote, as names in that folder. */
export type Part = (folder: string, source: () => Promise<Source>) => Promise<string[]>

const WIDE = 400
const TURN = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Frames of a clip at some shares of its length, as tiles of a width. */
const tilesOf = async (clip: FrameSource, shares: readonly number[], width: number): Promise<Pixels[]> => {
  const tiles: Pixels[] = []
  for (const share of shares) {
    const frame = Uint8Array.from(clip.draw(Math.round(share * (clip.count - 1))))
    tiles.push(await toTile({ width: clip.width, height: clip.height, data: frame }, width))
    await TURN()
  }
  return tiles
}

/** A style on a source: its first, a middle and its last frame. */
const styled = async (prompt: string, source: Source, width: number, seed = 7): Promise<Pixels[]> => {
  const [first] = source.frames
  if (!first) return []
  const style = createStyle({ prompt, seed, width: first.width, height: first.height })
  const last = source.frames.length - 1
  const tiles: Pixels[] = []
  for (const [index, frame] of source.frames.entries()) {
    const made = style.apply(frame, index / source.fps, index)
    if (index === 0 || index === last >> 1 || index === last) tiles.push(await toTile(toPixels(made), width))
  }
  return tiles
}

/** Styles that a sheet has one below the other. */
const ROWS = 6

const styles: Part = async (folder, source) => {
  const given = await source()
  const small = await toTile(given.still, WIDE)
  const overview: Tile[] = [{ pixels: small, title: 'source' }]
  const rows: Tile[] = []
  for (const [look, prompt] of Object.entries(STYLE_PROMPTS)) {
    const [first, middle, last] = await styled(prompt, given, WIDE)
    if (!first || !middle || !last) continue
    overview.push({ pixels: last, title: look, note: prompt })
    rows.push({ pixels: small, title: look, note: prompt }, { pixels: first }, { pixels: middle }, { pixels: last })
  }
  const names = ['styles.png']
  await writeSheet(`${folder}/styles.png`, overview, { columns: 5, title: 'Styles' })
  for (let at = 0; at < rows.length; at += ROWS * 4) {
    const name = `styles-${names.length}.png`
    await writeSheet(`${folder}/${name}`, rows.slice(at, at + ROWS * 4), {
      columns: 4,
      title: 'Styles: the source and three frames',
    })
    names.push(name)
  }
  return names
}

const still = (prompt: string, seed: number): FrameSource =>
  drawScene({ prompt, seed, width: 832, height: 480, fps: 25, seconds: 0 })

const scenes: Part = async (folder) => {
  const tiles: Tile[] = []
  for (const [index, prompt] of SCENE_PROMPTS.entries()) {
    const [pixels] = await tilesOf(still(prompt, 1), [0], WIDE)
    if (pixels) tiles.push({ pixels, title: String(index + 1), note: prompt })
  }
  await writeSheet(`${folder}/scenes-1.png`, tiles.slice(0, 25), { columns: 5, title: 'Fifty scenes' })
  await writeSheet(`${folder}/scenes-2.png`, tiles.slice(25), { columns: 5, title: 'Fifty scenes' })
  return ['scenes-1.png', 'scenes-2.png']
}

const motifs: Part = async (folder) => {
  const tiles: Tile[] = []
  for (const [name, prompt] of Object.entries(MOTIF_PROMPTS))
    for (const seed of [1, 2, 3]) {
      const [pixels] = await tilesOf(still(prompt, seed), [0], 320)
      if (pixels) tiles.push({ pixels, title: name, note: prompt })
    }
  await writeSheet(`${folder}/motifs.png`, tiles, { columns: 6, title: 'Motifs, three seeds each' })
  return ['motifs.png']
}

const seeds: Part = async (folder) => {
  const tiles: Tile[] = []
  for (const prompt of SEEDED_PROMPTS)
    for (let seed = 1; seed <= 10; seed++) {
      const [pixels] = await tilesOf(still(prompt, seed), [0], 320)
      if (pixels) tiles.push({ pixels, title: `seed ${seed}`, note: prompt })
    }
  await writeSheet(`${folder}/seeds.png`, tiles, { columns: 5, title: 'Ten seeds of a prompt' })
  return ['seeds.png']
}

const small = (pixels: Pixels): Promise<Pixels> => toTile(pixels, 832)

const motion: Part = async (folder, source) => {
  const image = await small((await source()).still)
  const tiles: Tile[] = []
  for (const prompt of MOTION_PROMPTS) {
    const clip = animateImage({ image, prompt, seed: 3, fps: 25, seconds: 5 })
    const [first, ...rest] = await tilesOf(clip, [0, 0.3, 0.6, 1], 320)
    if (first) tiles.push({ pixels: first, title: prompt }, ...rest.map((pixels) => ({ pixels })))
  }
  await writeSheet(`${folder}/motion.png`, tiles, { columns: 4, title: 'Image to video' })
  return ['motion.png']
}

/** Nine places over a picture, as shares of its sides: what stands at each goes along a bow. */
const PLACES = [0.25, 0.5, 0.75].flatMap((y) => [0.2, 0.5, 0.8].map((x) => ({ x, y })))

const paths: Part = async (folder, source) => {
  const image = await small((await source()).still)
  const tiles: Tile[] = []
  for (const { x, y } of PLACES) {
    const side = x < 0.5 ? 1 : -1
    const trajectory = [
      { frame: 0, x, y },
      { frame: 60, x: x + 0.15 * side, y: y - 0.15 },
      { frame: 124, x: x + 0.3 * side, y },
    ]
    const clip = moveAlong({ image, trajectory, seed: 3, fps: 25, seconds: 5 })
    const [first, ...rest] = await tilesOf(clip, [0, 0.1, 0.5, 1], 320)
    const title = `${clip.moved} at ${x * 100} %, ${y * 100} %`
    if (first) tiles.push({ pixels: first, title }, ...rest.map((pixels) => ({ pixels })))
  }
  await writeSheet(`${folder}/paths.png`, tiles, { columns: 4, title: 'Along a path' })
  return ['paths.png']
}

const transitions: Part = async (folder, source) => {
  const start = await small((await source()).still)
  const [end] = await tilesOf(
    drawScene({
      prompt: 'A calm lake at sunset',
      seed: 5,
      width: start.width,
      height: start.height,
      fps: 1,
      seconds: 0,
    }),
    [0],
    start.width,
  )
  if (!end) return []
  const tiles: Tile[] = []
  for (const prompt of TRANSITION_PROMPTS) {
    const clip = transitionBetween({ start, end, prompt, seed: 3, fps: 25, seconds: 2 })
    const [first, ...rest] = await tilesOf(clip, [0, 0.25, 0.4, 0.55, 0.75, 1], 300)
    if (first) tiles.push({ pixels: first, title: prompt }, ...rest.map((pixels) => ({ pixels })))
  }
  await writeSheet(`${folder}/transitions.png`, tiles, { columns: 6, title: 'Transitions' })
  return ['transitions.png']
}

/** What a run renders, by name. */
export const parts = { styles, scenes, motifs, seeds, motion, paths, transitions } as const satisfies Record<
  string,
  Part
>
