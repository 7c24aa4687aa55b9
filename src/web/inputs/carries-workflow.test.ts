import { expect, it } from 'vitest'
import { carriesWorkflow } from './carries-workflow.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const u32 = (value: number, little = false) => {
  const buffer = Buffer.alloc(4)
  if (little) buffer.writeUInt32LE(value)
  else buffer.writeUInt32BE(value)
  return buffer
}
const blob = (...parts: Buffer[]) => new Blob([Buffer.concat(parts)])
const pngChunk = (type: string, body: string) => Buffer.concat([u32(body.length), bytes(type + body), u32(0)])
const png = (...chunks: Buffer[]) =>
  blob(bytes('\x89PNG\r\n\x1a\n'), pngChunk('IHDR', '0123456789abc'), ...chunks, pngChunk('IDAT', 'pixels'))
const riff = (...chunks: [string, string][]) =>
  blob(
    bytes('RIFF'),
    u32(0),
    bytes('WEBP'),
    ...chunks.map(([type, body]) =>
      Buffer.concat([bytes(type), u32(body.length, true), bytes(body), bytes('\0'.repeat(body.length % 2))]),
    ),
  )
const box = (type: string, body: string) => Buffer.concat([u32(body.length + 8), bytes(type + body)])
const GRAPH = '{"3": {"class_type": "KSampler"}}'

it.each([
  ['a PNG with a text of that name', png(pngChunk('tEXt', `prompt\0${GRAPH}`))],
  ['a PNG with a packed text', png(pngChunk('iCCP', 'x'.repeat(999)), pngChunk('zTXt', 'workflow\0\0packed'))],
  ['a WebP that ends with it', riff(['VP8X', 'odd'], ['ANMF', 'frame'], ['EXIF', `MM\0*prompt:${GRAPH}`])],
  ['an MP4, after its media', blob(box('ftyp', 'isom....'), box('mdat', 'x'.repeat(50)), box('moov', `udta ${GRAPH}`))],
  ['a WebM', blob(u32(0x1a45dfa3), bytes(`........${GRAPH}`))],
])('finds a workflow in %s', async (_, file) => {
  expect(await carriesWorkflow(file)).toBe(true)
})

it.each([
  ['a plain PNG', png(pngChunk('tEXt', 'Comment\0prompt'))],
  ['a PNG that is cut off', blob(bytes('\x89PNG\r\n\x1a\n'), u32(9))],
  ['a plain WebP', riff(['VP8 ', 'frame'], ['EXIF', 'MM\0*Canon'])],
  ['a plain MP4', blob(box('ftyp', 'isom....'), box('moov', 'trak'), box('mdat', GRAPH))],
  ['an MP4 with a box of no length', blob(box('ftyp', 'isom....'), u32(3), bytes('free............'))],
  ['a picture of another kind', blob(bytes('\xff\xd8\xff\xe0 JFIF ..........'))],
  ['nothing', blob()],
])('finds none in %s', async (_, file) => {
  expect(await carriesWorkflow(file)).toBe(false)
})
