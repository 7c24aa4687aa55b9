import { createCanvas } from '@napi-rs/canvas'
import { createPlanes, type Planes } from '../kernels/planes.ts'
import type { Pixels } from '../frames.ts'

/** RGBA to planes as a clip has them: full-range bt709, chroma of half the size. Sides must be even. */
export const toClipPlanes = ({ width, height, data }: Pixels): Planes => {
  const planes = createPlanes(width, height, 1)
  const { y, u, v, chromaWidth } = planes
  const sumU = new Float32Array(u.length)
  const sumV = new Float32Array(v.length)
  for (let row = 0, pixel = 0; row < height; row++)
    for (let x = 0; x < width; x++, pixel++) {
      const red = data[pixel * 4]!
      const green = data[pixel * 4 + 1]!
      const blue = data[pixel * 4 + 2]!
      const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
      y[pixel] = luma + 0.5
      const chroma = (row >> 1) * chromaWidth + (x >> 1)
      sumU[chroma]! += (blue - luma) / 7.4224
      sumV[chroma]! += (red - luma) / 6.2992
    }
  for (let index = 0; index < u.length; index++) {
    u[index] = Math.min(255, 128.5 + sumU[index]!)
    v[index] = Math.min(255, 128.5 + sumV[index]!)
  }
  return planes
}

/** Planes of either kind to RGBA. */
export const toPixels = ({ width, height, shift, chromaWidth, y, u, v }: Planes): Pixels => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let row = 0, at = 0; row < height; row++)
    for (let x = 0; x < width; x++, at += 4) {
      const luma = y[row * width + x]!
      const chroma = (row >> shift) * chromaWidth + (x >> shift)
      const blue = u[chroma]! - 128
      const red = v[chroma]! - 128
      data[at] = luma + 1.5748 * red
      data[at + 1] = luma - 0.187324 * blue - 0.468124 * red
      data[at + 2] = luma + 1.8556 * blue
      data[at + 3] = 255
    }
  return { width, height, data }
}

/**
 * A picture of our own to try styles on: sky and sun, hills, trees, a house in bright colours, and a face near enough to
 * have features. It is drawn with a few shapes and depends on nothing else of the engine.
 */
export const drawStill = (width: number, height: number): Pixels => {
  const canvas = createCanvas(width, height)
  const ctx = canvas.getContext('2d')
  ctx.scale(width / 640, height / 360)
  const fill = (style: string, path: () => void): void => {
    ctx.fillStyle = style
    ctx.beginPath()
    path()
    ctx.fill()
  }
  const sky = ctx.createLinearGradient(0, 0, 0, 220)
  sky.addColorStop(0, '#3f7fc4')
  sky.addColorStop(1, '#dcebf2')
  ctx.fillStyle = sky
  ctx.fillRect(0, 0, 640, 360)
  fill('#fff6d8', () => ctx.arc(120, 70, 26, 0, 7))
  for (const [x, y, size] of [
    [250, 60, 30],
    [285, 66, 22],
    [520, 44, 26],
    [552, 50, 18],
  ] as const)
    fill('rgba(255,255,255,0.85)', () => ctx.ellipse(x, y, size, size * 0.42, 0, 0, 7))
  fill('#7f93a8', () => {
    ctx.moveTo(0, 210)
    for (const [x, y] of [
      [70, 150],
      [130, 190],
      [210, 120],
      [300, 195],
      [390, 140],
      [470, 190],
      [560, 130],
      [640, 180],
    ] as const)
      ctx.lineTo(x, y)
    ctx.lineTo(640, 230)
    ctx.lineTo(0, 230)
  })
  fill('#6f9a4a', () => {
    ctx.moveTo(0, 220)
    ctx.bezierCurveTo(160, 180, 320, 230, 640, 205)
    ctx.lineTo(640, 360)
    ctx.lineTo(0, 360)
  })
  fill('#4d7a36', () => {
    ctx.moveTo(0, 290)
    ctx.bezierCurveTo(200, 250, 420, 320, 640, 270)
    ctx.lineTo(640, 360)
    ctx.lineTo(0, 360)
  })
  for (let blade = 0; blade < 420; blade++) {
    const x = (blade * 97) % 640
    const y = 236 + ((blade * 53) % 124)
    fill(blade % 3 ? 'rgba(34,64,22,0.35)' : 'rgba(170,200,90,0.4)', () => ctx.rect(x, y, 1.5, 6))
  }
  fill('#c8513c', () => ctx.rect(86, 190, 84, 56))
  fill('#5a3a34', () => {
    ctx.moveTo(76, 192)
    ctx.lineTo(128, 150)
    ctx.lineTo(180, 192)
  })
  for (const x of [98, 140]) fill('#ffe9a8', () => ctx.rect(x, 206, 18, 18))
  for (const [x, y, size] of [
    [232, 206, 26],
    [280, 212, 20],
    [40, 214, 22],
  ] as const) {
    fill('#5d4430', () => ctx.rect(x - 3, y, 6, size * 1.3))
    fill('#2f5f2b', () => ctx.arc(x, y - size * 0.3, size, 0, 7))
    fill('#4f8a3e', () => ctx.arc(x - size * 0.25, y - size * 0.55, size * 0.6, 0, 7))
  }
  fill('#2c4a86', () => ctx.ellipse(468, 366, 122, 96, 0, 0, 7))
  fill('#c88f70', () => ctx.rect(446, 244, 44, 50))
  fill('#4a2f22', () => ctx.ellipse(468, 176, 80, 94, 0, 0, 7))
  fill('#dca584', () => ctx.ellipse(468, 190, 60, 76, 0, 0, 7))
  fill('rgba(170,104,80,0.35)', () => ctx.ellipse(500, 200, 26, 60, 0, 0, 7))
  fill('#4a2f22', () => ctx.ellipse(462, 126, 62, 30, -0.12, 0, 7))
  for (const x of [446, 492]) {
    fill('#f6f1ea', () => ctx.ellipse(x, 182, 11, 6, 0, 0, 7))
    fill('#33271f', () => ctx.arc(x, 182, 5.4, 0, 7))
    fill('#3d281d', () => ctx.ellipse(x, 168, 14, 2.6, 0, 0, 7))
  }
  fill('rgba(150,88,66,0.8)', () => ctx.ellipse(470, 210, 7, 4, 0, 0, 7))
  fill('#a8443f', () => ctx.ellipse(469, 232, 19, 6, 0, 0, 7))
  return { width, height, data: ctx.getImageData(0, 0, width, height).data }
}
