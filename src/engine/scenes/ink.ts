import { Canvas, createCanvas, ImageData, type SKRSContext2D } from '@napi-rs/canvas'
import { type Bounds, createDirt } from './dirt.ts'

/** How drawn things mix with what is behind them: they cover it, or add their light to it. */
export type InkMode = 'cover' | 'light'

export type Ink = {
  ctx: SKRSContext2D
  /** What was drawn since the last call, straight RGBA in rectangles, and gone from the canvas then. */
  take: () => { bounds: Bounds; data: Uint8ClampedArray; mode: InkMode }[]
}

const modeOf = (operation: string): InkMode =>
  operation === 'screen' || operation === 'lighter' || operation === 'lighten' ? 'light' : 'cover'

type Matrix = readonly [number, number, number, number, number, number]
const STILL: Matrix = [1, 0, 0, 1, 0, 0]
const times = (m: Matrix, [a, b, c, d, e, f]: Matrix): Matrix => [
  m[0] * a + m[2] * b,
  m[1] * a + m[3] * b,
  m[0] * c + m[2] * d,
  m[1] * c + m[3] * d,
  m[0] * e + m[2] * f + m[4],
  m[1] * e + m[3] * f + m[5],
]

/** A picture is laid as a plate where it is drawn so many times as large, by area, or larger. */
const LEAST = 3

type Helpers = {
  /** Called when the way of mixing changes while something waits to be taken. */
  before: () => void
  /** Lays a small picture over what was drawn so far, enlarged. */
  enlarge: (
    picture: { width: number; height: number; data: Uint8ClampedArray },
    place: { x: number; y: number; width: number; height: number },
    mode: InkMode,
    alpha: number,
  ) => void
  /** Lays the plate that a canvas is of, so that all of it fills a place; answers whether it is one. */
  plate: (
    canvas: Canvas,
    place: { x: number; y: number; width: number; height: number },
    mode: InkMode,
    alpha: number,
  ) => boolean
}

/**
 * A clear canvas over a frame that knows where it was drawn on. Reading a canvas back costs milliseconds; most figures
 * cover little.
 */
export const createInk = (width: number, height: number, { before, enlarge, plate }: Helpers): Ink => {
  const canvas = createCanvas(width, height)
  const ctx = canvas.getContext('2d')
  const own: object = Object.getPrototypeOf(ctx)
  const pass = (name: keyof SKRSContext2D, ...given: unknown[]): void => {
    const method: unknown = Reflect.get(own, name)
    if (typeof method === 'function') Reflect.apply(method, ctx, given)
  }
  let matrix = STILL
  const saved: { matrix: Matrix; operation: string; clipped: boolean }[] = []
  let operation = 'source-over'
  let clipped = false
  let mode: InkMode = 'cover'
  let drawn = false
  const dirt = createDirt(width, height)
  // Of the current path.
  let [pathLeft, pathTop, pathRight, pathBottom] = [Infinity, Infinity, -Infinity, -Infinity]

  const point = (x: number, y: number): void => {
    const px = matrix[0] * x + matrix[2] * y + matrix[4]
    const py = matrix[1] * x + matrix[3] * y + matrix[5]
    if (px < pathLeft) pathLeft = px
    if (px > pathRight) pathRight = px
    if (py < pathTop) pathTop = py
    if (py > pathBottom) pathBottom = py
  }
  const box = (x: number, y: number, wide: number, tall: number): void => {
    point(x, y)
    point(x + wide, y)
    point(x, y + tall)
    point(x + wide, y + tall)
  }
  const begin = (): void => {
    ;[pathLeft, pathTop, pathRight, pathBottom] = [Infinity, Infinity, -Infinity, -Infinity]
  }
  const mark = (spread: number): void => {
    if (drawn && modeOf(operation) !== mode) before()
    mode = modeOf(operation)
    drawn = true
    dirt.mark(pathLeft - spread, pathTop - spread, pathRight + spread, pathBottom + spread)
  }
  /** Marks a shape that is no part of the path. */
  const shape = (x: number, y: number, wide: number, tall: number, spread = 1): void => {
    const kept = [pathLeft, pathTop, pathRight, pathBottom] as const
    begin()
    box(x, y, wide, tall)
    mark(spread)
    ;[pathLeft, pathTop, pathRight, pathBottom] = kept
  }
  /** Half a line's width in pixels, with room for its pointed corners. */
  const line = (): number =>
    ctx.lineWidth *
      Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) *
      (ctx.lineJoin === 'miter' ? 2 : 0.6) +
    1.5

  /** Whether a picture that is to be drawn was laid as a plate. */
  const enlarges = ([image, ...given]: unknown[]): boolean => {
    const numbers = given.map(Number)
    if (!(image instanceof Canvas) || clipped || matrix[1] !== 0 || matrix[2] !== 0) return false
    const [x = 0, y = 0, wide = 0, tall = 0] = numbers.slice(-4)
    const [fromX = 0, fromY = 0, across = 0, down = 0] =
      numbers.length === 8 ? numbers : [0, 0, image.width, image.height]
    const place = {
      x: matrix[0] * x + matrix[4],
      y: matrix[3] * y + matrix[5],
      width: wide * matrix[0],
      height: tall * matrix[3],
    }
    if (numbers.length < 4 || across > place.width * 1.01 || down > place.height * 1.01) return false
    if (numbers.length === 4 && plate(image, place, modeOf(operation), ctx.globalAlpha)) return true
    if (
      across > width ||
      down > height * 2 ||
      across * down * LEAST > Math.min(place.width * place.height, width * height)
    )
      return false
    const { data } = image.getContext('2d').getImageData(fromX, fromY, across, down)
    enlarge({ width: across, height: down, data }, place, modeOf(operation), ctx.globalAlpha)
    return true
  }

  const watched = {
    save: () => {
      saved.push({ matrix, operation, clipped })
      pass('save')
    },
    restore: () => {
      const last = saved.pop()
      if (last) ({ matrix, operation, clipped } = last)
      pass('restore')
    },
    setTransform: (...given: unknown[]) => {
      const [a, b, c, d, e, f] = given
      if (typeof a === 'number') matrix = [a, Number(b), Number(c), Number(d), Number(e), Number(f)]
      else throw new Error('a transform of six numbers')
      pass('setTransform', a, matrix[1], matrix[2], matrix[3], matrix[4], matrix[5])
    },
    resetTransform: () => {
      matrix = STILL
      pass('resetTransform')
    },
    translate: (x: number, y: number) => {
      matrix = times(matrix, [1, 0, 0, 1, x, y])
      pass('translate', x, y)
    },
    scale: (x: number, y: number) => {
      matrix = times(matrix, [x, 0, 0, y, 0, 0])
      pass('scale', x, y)
    },
    rotate: (angle: number) => {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      matrix = times(matrix, [cos, sin, -sin, cos, 0, 0])
      pass('rotate', angle)
    },
    transform: (a: number, b: number, c: number, d: number, e: number, f: number) => {
      matrix = times(matrix, [a, b, c, d, e, f])
      pass('transform', a, b, c, d, e, f)
    },
    beginPath: () => {
      begin()
      pass('beginPath')
    },
    moveTo: (x: number, y: number) => {
      point(x, y)
      pass('moveTo', x, y)
    },
    lineTo: (x: number, y: number) => {
      point(x, y)
      pass('lineTo', x, y)
    },
    quadraticCurveTo: (cx: number, cy: number, x: number, y: number) => {
      point(cx, cy)
      point(x, y)
      pass('quadraticCurveTo', cx, cy, x, y)
    },
    bezierCurveTo: (ax: number, ay: number, bx: number, by: number, x: number, y: number) => {
      point(ax, ay)
      point(bx, by)
      point(x, y)
      pass('bezierCurveTo', ax, ay, bx, by, x, y)
    },
    arcTo: (ax: number, ay: number, bx: number, by: number, radius: number) => {
      point(ax, ay)
      point(bx, by)
      pass('arcTo', ax, ay, bx, by, radius)
    },
    arc: (x: number, y: number, radius: number, from: number, to: number, back?: boolean) => {
      box(x - radius, y - radius, radius * 2, radius * 2)
      pass('arc', x, y, radius, from, to, back)
    },
    ellipse: (
      x: number,
      y: number,
      across: number,
      down: number,
      turn: number,
      from: number,
      to: number,
      back?: boolean,
    ) => {
      const long = Math.max(across, down)
      const [wide, tall] = turn === 0 ? [across, down] : [long, long]
      box(x - wide, y - tall, wide * 2, tall * 2)
      pass('ellipse', x, y, across, down, turn, from, to, back)
    },
    rect: (x: number, y: number, wide: number, tall: number) => {
      box(x, y, wide, tall)
      pass('rect', x, y, wide, tall)
    },
    roundRect: (x: number, y: number, wide: number, tall: number, radii: number | number[]) => {
      box(x, y, wide, tall)
      pass('roundRect', x, y, wide, tall, radii)
    },
    clip: (...given: unknown[]) => {
      clipped = true
      pass('clip', ...given)
    },
    fill: (...given: unknown[]) => {
      mark(1)
      pass('fill', ...given)
    },
    stroke: (...given: unknown[]) => {
      mark(line())
      pass('stroke', ...given)
    },
    fillRect: (x: number, y: number, wide: number, tall: number) => {
      shape(x, y, wide, tall)
      pass('fillRect', x, y, wide, tall)
    },
    strokeRect: (x: number, y: number, wide: number, tall: number) => {
      shape(x, y, wide, tall, line())
      pass('strokeRect', x, y, wide, tall)
    },
    drawImage: (...given: unknown[]) => {
      if (enlarges(given)) return
      const [x, y, wide, tall] = given.length > 5 ? given.slice(5) : given.slice(1)
      if (wide === undefined || tall === undefined) shape(0, 0, width, height)
      else shape(Number(x), Number(y), Number(wide), Number(tall))
      pass('drawImage', ...given)
    },
    fillText: (text: string, x: number, y: number) => {
      shape(-width, -height, width * 3, height * 3)
      pass('fillText', text, x, y)
    },
  }
  Object.assign(ctx, watched)
  Object.defineProperty(ctx, 'globalCompositeOperation', {
    get: () => operation,
    set: (value: SKRSContext2D['globalCompositeOperation']) => {
      operation = value
      Reflect.set(own, 'globalCompositeOperation', value, ctx)
    },
  })

  return {
    ctx,
    take: () => {
      if (!drawn) return []
      drawn = false
      const taken = dirt.take().map((bounds) => {
        const { left, top, right, bottom } = bounds
        return { bounds, data: ctx.getImageData(left, top, right - left, bottom - top).data, mode }
      })
      if (!clipped) pass('setTransform', ...STILL)
      for (const { bounds } of taken) {
        const { left, top, right, bottom } = bounds
        if (clipped) {
          // A clip's soft edge would leave something behind.
          pass('putImageData', new ImageData(right - left, bottom - top), left, top)
        } else pass('clearRect', left, top, right - left, bottom - top)
      }
      if (!clipped) pass('setTransform', ...matrix)
      return taken
    },
  }
}
