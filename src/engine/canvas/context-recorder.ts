import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Gradient, type Tint, tintOf } from './paints.ts'
import { createPathRecorder, type Matrix, type PathRecorder } from './path-recorder.ts'

export const STILL: Matrix = [1, 0, 0, 1, 0, 0]

const times = (m: Matrix, [a, b, c, d, e, f]: Matrix): Matrix => [
  m[0] * a + m[2] * b,
  m[1] * a + m[3] * b,
  m[0] * c + m[2] * d,
  m[1] * c + m[3] * d,
  m[0] * e + m[2] * f + m[4],
  m[1] * e + m[3] * f + m[5],
]

type Style = SKRSContext2D['fillStyle']

/** How a context is at first. */
const STARTS: Pick<
  SKRSContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'miterLimit'
  | 'globalAlpha'
  | 'globalCompositeOperation'
> = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  miterLimit: 10,
  globalAlpha: 1,
  globalCompositeOperation: 'source-over',
}

/** What is saved and restored. */
type State = typeof STARTS & { matrix: Matrix; clipped: boolean }
const first = (): State => ({ ...STARTS, matrix: STILL, clipped: false })

type ContextRecorder = {
  /** The same object at all times. */
  state: State
  path: PathRecorder
  /** Sets all but the path back to how it is at first. */
  reset: () => void
  /** What a style paints, where that is known. */
  paintOf: (style: Style) => Tint | Gradient | undefined
  /** Calls a method of the canvas's own. */
  pass: (name: keyof SKRSContext2D, ...given: unknown[]) => void
  /** Makes the canvas draw as the state says, with a path in place of its own. */
  prepare: (shape?: PathRecorder) => void
}

/**
 * Follows what a context is told, by methods and properties in place of its own: the canvas itself is told nothing until
 * it has to draw.
 */
export const recordContext = (ctx: SKRSContext2D): ContextRecorder => {
  const own: object = Object.getPrototypeOf(ctx)
  const pass: ContextRecorder['pass'] = (name, ...given) => {
    const method: unknown = Reflect.get(own, name)
    if (typeof method === 'function') Reflect.apply(method, ctx, given)
  }
  const state = first()
  const saved: State[] = []
  const path = createPathRecorder()
  const gradients = new WeakMap<object, Gradient>()
  const { createLinearGradient, createRadialGradient } = ctx

  const move = (by: Matrix): void => {
    state.matrix = times(state.matrix, by)
  }
  const remember = <Made extends ReturnType<typeof createLinearGradient>>(
    made: Made,
    shape: Gradient['shape'] | undefined,
  ): Made => {
    if (!shape) return made
    const gradient: Gradient = { shape, stops: [] }
    gradients.set(made, gradient)
    const add = made.addColorStop.bind(made)
    made.addColorStop = (at, colour) => {
      const tint = tintOf(colour)
      if (tint) gradient.stops.push({ at, tint })
      else gradients.delete(made)
      add(at, colour)
    }
    return made
  }

  Object.assign(ctx, {
    save: () => {
      saved.push({ ...state })
      pass('save')
    },
    restore: () => {
      Object.assign(state, saved.pop())
      pass('restore')
    },
    setTransform: (...given: unknown[]) => {
      const [a, b, c, d, e, f] = given
      if (typeof a !== 'number') throw new Error('a transform of six numbers')
      state.matrix = [a, Number(b), Number(c), Number(d), Number(e), Number(f)]
    },
    resetTransform: () => {
      state.matrix = STILL
    },
    translate: (x: number, y: number) => move([1, 0, 0, 1, x, y]),
    scale: (x: number, y: number) => move([x, 0, 0, y, 0, 0]),
    rotate: (angle: number) => {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      move([cos, sin, -sin, cos, 0, 0])
    },
    transform: (a: number, b: number, c: number, d: number, e: number, f: number) => move([a, b, c, d, e, f]),
    beginPath: path.begin,
    moveTo: path.move,
    lineTo: path.line,
    quadraticCurveTo: path.quad,
    bezierCurveTo: path.cubic,
    arcTo: () => {
      throw new Error('arcs between tangents are not drawn on frames')
    },
    arc: (x: number, y: number, radius: number, from: number, to: number, back?: boolean) =>
      path.ellipse(x, y, radius, radius, 0, from, to, back),
    ellipse: path.ellipse,
    rect: path.rect,
    roundRect: (x: number, y: number, wide: number, tall: number, radii: number | number[] = 0) =>
      path.roundRect(x, y, wide, tall, typeof radii === 'number' ? radii : (radii[0] ?? 0)),
    closePath: path.close,
    createLinearGradient: (x: number, y: number, toX: number, toY: number) =>
      remember(createLinearGradient.call(ctx, x, y, toX, toY), { x, y, toX, toY }),
    createRadialGradient: (x: number, y: number, from: number, toX: number, toY: number, to: number) =>
      remember(
        createRadialGradient.call(ctx, x, y, from, toX, toY, to),
        Math.hypot(toX - x, toY - y) < to - from ? { x, y, toX, toY, radii: [from, to] } : undefined,
      ),
  })
  for (const name of Object.keys(STARTS))
    Object.defineProperty(ctx, name, {
      get: () => Reflect.get(state, name),
      set: (value: unknown) => {
        Reflect.set(state, name, value)
      },
    })

  return {
    state,
    path,
    reset: () => {
      Object.assign(state, first())
    },
    paintOf: (style) => (typeof style === 'string' ? tintOf(style) : gradients.get(style)),
    pass,
    prepare: (shape) => {
      for (const name of Object.keys(STARTS)) Reflect.set(own, name, Reflect.get(state, name), ctx)
      pass('setTransform', ...state.matrix)
      if (!shape) return
      pass('beginPath')
      shape.replay({
        moveTo: (...given) => pass('moveTo', ...given),
        lineTo: (...given) => pass('lineTo', ...given),
        quadraticCurveTo: (...given) => pass('quadraticCurveTo', ...given),
        bezierCurveTo: (...given) => pass('bezierCurveTo', ...given),
        closePath: () => pass('closePath'),
      })
    },
  }
}
