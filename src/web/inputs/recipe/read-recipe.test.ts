import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWriter } from '../../../engine/media/clip-writer.ts'
import { writePng } from '../../../engine/media/pictures.ts'
import { readRecipe } from './read-recipe.ts'

const recipe = { model: 'lucy-pro-t2v', inputs: { prompt: 'Überfahrt: a „ferry“' }, seed: 956677195, renderer: 'local' }
const text = JSON.stringify(recipe)
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rushes-recipe-'))
})
afterAll(() => rm(folder, { recursive: true }))

const blobOf = async (name: string) => new Blob([new Uint8Array(await readFile(join(folder, name)))])
const pixels = { width: 16, height: 16, data: new Uint8Array(16 * 16 * 4).fill(200) }

it('reads what the engine wrote into a picture', async () => {
  await writePng(pixels, join(folder, 'take.png'), text)
  expect(await readRecipe(await blobOf('take.png'))).toEqual(recipe)
})

it('reads what the engine wrote into a clip', async () => {
  const writer = openWriter({
    path: join(folder, 'take.mp4'),
    width: 16,
    height: 16,
    rate: { num: 25, den: 1 },
    comment: text,
  })
  for (let frame = 0; frame < 3; frame++) writer.writePixels(pixels.data)
  writer.finish()
  expect(await readRecipe(await blobOf('take.mp4'))).toEqual(recipe)
})

it('reads it of a WebP that kept its notes', async () => {
  await writePng(pixels, join(folder, 'take.png'), text)
  await sharp(join(folder, 'take.png')).keepExif().webp().toFile(join(folder, 'take.webp'))
  expect(await readRecipe(await blobOf('take.webp'))).toEqual(recipe)
})

it.each([
  ['somebody else’s words', 'A photo of a ferry'],
  ['other JSON', '{"model":7}'],
])('takes %s for no recipe', async (_, words) => {
  await writePng(pixels, join(folder, 'other.png'), words)
  expect(await readRecipe(await blobOf('other.png'))).toBeNull()
})

it('takes a file that is cut short for one without a recipe', async () => {
  await writePng(pixels, join(folder, 'take.png'), text)
  const whole = await blobOf('take.png')
  for (const end of [0, 5, 40, 60, 90]) expect(await readRecipe(whole.slice(0, end))).toBeNull()
})
