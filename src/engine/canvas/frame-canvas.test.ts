import { expect, it } from 'vitest'
import { createCanvas } from '@napi-rs/canvas'
import { createRandom } from '../random.ts'
import { createDabs } from './dabs.ts'
import { planesOfColour } from './colour.ts'
import { createFrameCanvas, type FrameCanvas, type Rectangle } from './frame-canvas.ts'
import { paintSprite } from './sprite.ts'
import type { Part } from './frame-memory.ts'

/** RGBA whose alpha is clear at the left, opaque at the right, and in between above. */
const picture = (width: number, height: number): Uint8ClampedArray => {
  const random = createRandom(5, 'picture')
  const data = new Uint8ClampedArray(width * height * 4)
  for (let at = 0; at < data.length; at += 4) {
    const x = (at / 4) % width
    for (let channel = 0; channel < 3; channel++) data[at + channel] = random() * 256
    data[at + 3] = x < width * 0.2 ? 0 : x > width * 0.6 ? 255 : random() * 256
  }
  return data
}

const planeOf =
  (frameCanvas: FrameCanvas, part: Part, plane: number) =>
  (x: number, y: number): number =>
    // Read anew each time: the memory may have grown.
    frameCanvas.memory.bytes(plane + y * part.stride + x, 1)[0] ?? -1

/** What a plane should be: the picture between its four nearest pixels, multiplied by alpha, over one value. */
const expected = (
  rgba: Uint8ClampedArray,
  size: { width: number; height: number },
  place: Rectangle,
  which: 0 | 1 | 2,
  under: number,
) => {
  const pixel = (x: number, y: number): readonly [number, number] => {
    const at = (Math.min(size.height - 1, Math.max(0, y)) * size.width + Math.min(size.width - 1, Math.max(0, x))) * 4
    const alpha = (rgba[at + 3] ?? 0) / 255
    return [planesOfColour([rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0])[which] * alpha, alpha]
  }
  return (x: number, y: number): number => {
    const sx = ((x + 0.5 - place.x) * size.width) / place.width - 0.5
    const sy = ((y + 0.5 - place.y) * size.height) / place.height - 0.5
    const [left, top] = [Math.floor(sx), Math.floor(sy)]
    const [u, v] = [sx - left, sy - top]
    const mix = (part: 0 | 1): number =>
      (pixel(left, top)[part] * (1 - u) + pixel(left + 1, top)[part] * u) * (1 - v) +
      (pixel(left, top + 1)[part] * (1 - u) + pixel(left + 1, top + 1)[part] * u) * v
    return under * (1 - mix(1)) + mix(0)
  }
}

// As large as it is, moved by parts of a pixel, enlarged, and beyond the frame's edges.
it.each<[number, number, Rectangle]>([
  [64, 40, { x: 0, y: 0, width: 64, height: 40 }],
  [61, 37, { x: 3.37, y: 2.71, width: 61, height: 37 }],
  [50, 30, { x: -9.3, y: -4.4, width: 131.5, height: 88.2 }],
  [12, 5, { x: 10.5, y: 8.25, width: 48, height: 20 }],
])('lays %i x %i at %o', (width, height, place) => {
  const frameCanvas = createFrameCanvas(96, 64, 0)
  const rgba = picture(width, height)
  const sheet = frameCanvas.memory.sheet(width, height)
  frameCanvas.memory.fill(sheet, rgba, width, height, false)
  frameCanvas.begin([90, 140, 60])
  frameCanvas.lay(sheet, place)
  frameCanvas.settle()
  const under = planesOfColour([90, 140, 60]).map(Math.round)
  const { frame } = frameCanvas
  const planes = [
    [frame.luma, frame.luma.plane],
    [frame.chroma, frame.u],
    [frame.chroma, frame.v],
  ] as const
  planes.forEach(([part, plane], index) => {
    const which = index === 0 ? 0 : index === 1 ? 1 : 2
    const made = planeOf(frameCanvas, part, plane)
    const wanted = expected(rgba, { width, height }, place, which, under[which] ?? 0)
    let furthest = 0
    for (let y = 0; y < 64; y++)
      for (let x = 0; x < 96; x++) {
        const inside =
          x + 0.5 >= place.x &&
          x + 0.5 < place.x + place.width &&
          y + 0.5 >= place.y &&
          y + 0.5 < place.y + place.height
        furthest = Math.max(furthest, Math.abs(made(x, y) - (inside ? wanted(x, y) : (under[which] ?? 0))))
      }
    // Roundings of the picture, its alpha and the sum, and a position in 128ths of a pixel.
    expect(furthest, `plane ${index}`).toBeLessThan(3)
  })
})

it('brings in what is drawn, wherever it is, and nothing else', () => {
  const frameCanvas = createFrameCanvas(96, 64, 1)
  frameCanvas.begin([0, 0, 0])
  const { ctx, frame } = frameCanvas
  const luma = planeOf(frameCanvas, frame.luma, frame.luma.plane)
  ctx.translate(10, 6)
  ctx.fillStyle = '#ffffff'
  ctx.beginPath()
  ctx.rect(2, 2, 20, 8)
  ctx.fill()
  frameCanvas.settle()
  expect([luma(11, 8), luma(12, 8), luma(31, 15), luma(32, 16)]).toEqual([0, 255, 255, 0])
  // Light is added to what is there, and the canvas is clear again.
  frameCanvas.begin([100, 100, 100])
  ctx.setTransform(1, 0, 0, 1, 0, 0)
  ctx.globalCompositeOperation = 'screen'
  ctx.fillStyle = 'rgb(51,51,51)'
  ctx.fillRect(40, 20, 10, 10)
  frameCanvas.settle()
  expect([luma(12, 8), luma(45, 25)]).toEqual([100, Math.round(100 + 51 - (100 * 51) / 255)])
})

it('mixes light and covering drawings in their order', () => {
  const frameCanvas = createFrameCanvas(32, 32, 1)
  frameCanvas.begin([0, 0, 0])
  const { ctx, frame } = frameCanvas
  ctx.fillStyle = '#808080'
  ctx.globalCompositeOperation = 'lighter'
  ctx.fillRect(0, 0, 32, 32)
  ctx.globalCompositeOperation = 'source-over'
  ctx.fillStyle = '#202020'
  ctx.fillRect(8, 8, 8, 8)
  frameCanvas.settle()
  const luma = planeOf(frameCanvas, frame.luma, frame.luma.plane)
  expect([luma(2, 2), luma(10, 10)]).toEqual([128, 32])
})

it('dabs discs, ellipses and lines, covering and as light', () => {
  const frameCanvas = createFrameCanvas(64, 48, 1)
  frameCanvas.begin([100, 100, 100])
  const solid = createDabs(3)
  solid.paint([255, 255, 255], 1)
  solid.disc(16, 16, 6)
  solid.ellipse(40, 16, 9, 3, Math.PI / 2)
  solid.line(8, 40, 56, 40, 4)
  solid.lay(frameCanvas)
  frameCanvas.settle()
  const luma = planeOf(frameCanvas, frameCanvas.frame.luma, frameCanvas.frame.luma.plane)
  expect([luma(16, 16), luma(10, 16), luma(8, 16)]).toEqual([255, expect.any(Number), 100])
  expect([luma(40, 22), luma(47, 16)]).toEqual([255, 100])
  expect([luma(9, 40), luma(32, 40), luma(32, 44)]).toEqual([255, 255, 100])
  let area = 0
  for (let y = 6; y < 27; y++) for (let x = 5; x < 28; x++) area += (luma(x, y) - 100) / 155
  expect(area).toBeGreaterThan(Math.PI * 36 * 0.97)
  expect(area).toBeLessThan(Math.PI * 36 * 1.03)
  const light = createDabs(1, true)
  light.paint([51, 51, 51], 1)
  light.disc(16, 40, 1)
  light.disc(56, 10, 4)
  light.lay(frameCanvas)
  frameCanvas.settle()
  expect(luma(56, 10)).toBe(100)
  light.paint([51, 51, 51], 1)
  light.disc(56, 10, 4)
  light.lay(frameCanvas)
  frameCanvas.settle()
  expect(luma(56, 10)).toBe(Math.round(100 + 51 - (100 * 51) / 255))
})

it('lays a small picture that is drawn enlarged as it draws any other', () => {
  const frameCanvas = createFrameCanvas(64, 64, 1)
  frameCanvas.begin([0, 0, 0])
  const small = createCanvas(8, 8)
  small.getContext('2d').fillStyle = '#ffffff'
  small.getContext('2d').fillRect(0, 0, 8, 8)
  frameCanvas.ctx.globalAlpha = 0.5
  frameCanvas.ctx.drawImage(small, 16, 16, 32, 32)
  frameCanvas.settle()
  const luma = planeOf(frameCanvas, frameCanvas.frame.luma, frameCanvas.frame.luma.plane)
  expect([luma(12, 32), luma(48, 48)]).toEqual([0, 0])
  for (const value of [luma(20, 20), luma(47, 47)]) expect(Math.abs(value - 127.5)).toBeLessThan(1)
})

it('brings in a picture that is drawn as large as it is, also beyond where the canvas was moved to', () => {
  const frameCanvas = createFrameCanvas(96, 64, 1)
  const { ctx } = frameCanvas
  const small = createCanvas(20, 16)
  small.getContext('2d').fillStyle = '#ffffff'
  small.getContext('2d').fillRect(0, 0, 20, 16)
  const luma = planeOf(frameCanvas, frameCanvas.frame.luma, frameCanvas.frame.luma.plane)
  const drawn = (): number => {
    let count = 0
    for (let y = 0; y < 64; y++) for (let x = 0; x < 96; x++) if (luma(x, y) === 255) count++
    return count
  }
  frameCanvas.begin([0, 0, 0])
  ctx.translate(60, 40)
  ctx.drawImage(small, -20, -16)
  frameCanvas.settle()
  expect([drawn(), luma(40, 24), luma(59, 39)]).toEqual([20 * 16, 255, 255])
  // Nothing of it is left behind for the next one, which begins beyond the frame.
  frameCanvas.begin([0, 0, 0])
  ctx.resetTransform()
  ctx.drawImage(small, -5, -6)
  frameCanvas.settle()
  expect([drawn(), luma(0, 0), luma(14, 9)]).toEqual([15 * 10, 255, 255])
})

it('lays the same whether or not what is hidden is known', () => {
  const easels = [createFrameCanvas(330, 70, 1), createFrameCanvas(330, 70, 1)]
  const frames = easels.map((frameCanvas, one) => {
    frameCanvas.begin([90, 140, 60])
    const random = createRandom(4, 'places')
    for (let count = 0; count < 45; count++) {
      const width = 40 + Math.floor(random() * 300)
      const height = 10 + Math.floor(random() * 60)
      const sheet = frameCanvas.memory.sheetOf(picture(width, height), width, height, count % 7 === 3)
      const scale = 1 + random() * (count % 3)
      const place = { x: random() * 200 - 80, y: random() * 50 - 20, width: width * scale, height: height * scale }
      frameCanvas.lay(sheet, place, count % 5 === 4 ? 0.6 : 1)
      if (one) frameCanvas.settle()
    }
    frameCanvas.settle()
    const { frame, memory } = frameCanvas
    const rows = Array.from({ length: 70 }, (_, y) => [...memory.bytes(frame.luma.plane + y * frame.luma.stride, 330)])
    const half = Array.from({ length: 35 }, (_, y) => [...memory.bytes(frame.v + y * frame.chroma.stride, 165)])
    return [rows, half]
  })
  expect(frames[0]).toEqual(frames[1])
})

it.each([false, true])('lays what is of one colour by its alpha alone, as light: %s', (light) => {
  const frameCanvas = createFrameCanvas(96, 64, 0)
  const colour = [240, 200, 150] as const
  const rgba = picture(60, 40)
  for (let at = 0; at < rgba.length; at += 4) rgba.set(colour, at)
  const sheet = frameCanvas.memory.sheetOf(rgba, 60, 40, light)
  expect(sheet.luma.plane).toBe(0)
  frameCanvas.begin([90, 140, 60])
  frameCanvas.lay(sheet, { x: 5.3, y: 7.6, width: 75, height: 50 })
  frameCanvas.settle()
  const { frame } = frameCanvas
  const place = { x: 5.3, y: 7.6, width: 75, height: 50 }
  const base = planesOfColour([90, 140, 60]).map(Math.round)
  const [bright] = planesOfColour(colour)
  for (const [which, part, plane] of [
    [0, frame.luma, frame.luma.plane],
    [1, frame.chroma, frame.u],
    [2, frame.chroma, frame.v],
  ] as const) {
    const under = base[which] ?? 0
    const covering = expected(rgba, { width: 60, height: 40 }, place, which, under)
    const shining = expected(rgba, { width: 60, height: 40 }, place, which, 0)
    const made = planeOf(frameCanvas, part, plane)
    let furthest = 0
    for (let y = 9; y < 56; y++)
      for (let x = 7; x < 79; x++) {
        const part = shining(x, y) / (planesOfColour(colour)[which] || 1)
        const lit = part * (bright / 255)
        const wanted = light
          ? under * (1 - lit) + part * (planesOfColour(colour)[which] - (which ? 128 : 0)) + (which ? 128 * lit : 0)
          : covering(x, y)
        furthest = Math.max(furthest, Math.abs(made(x, y) - wanted))
      }
    expect(furthest, `plane ${which}`).toBeLessThan(3)
  }
})

it('lays a plate that is drawn smaller than it is', () => {
  const frameCanvas = createFrameCanvas(64, 64, 1)
  frameCanvas.begin([0, 0, 0])
  const { canvas } = paintSprite({ x: 0, y: 0, width: 40, height: 40 }, 0, (ctx) => {
    // Stripes of a pixel, that are grey from afar.
    ctx.fillStyle = '#ffffff'
    for (let x = 0; x < 40; x += 2) ctx.fillRect(x, 0, 1, 40)
  })
  frameCanvas.ctx.drawImage(canvas, 20, 20, 13, 13)
  frameCanvas.settle()
  const luma = planeOf(frameCanvas, frameCanvas.frame.luma, frameCanvas.frame.luma.plane)
  expect([luma(18, 26), luma(35, 26), luma(26, 35)]).toEqual([0, 0, 0])
  for (const x of [22, 26, 30]) expect(Math.abs(luma(x, 26) - 127.5)).toBeLessThan(2)
})
