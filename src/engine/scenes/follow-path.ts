import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Bounds } from './dirt.ts'

type Matrix = readonly [number, number, number, number, number, number]

export const STILL: Matrix = [1, 0, 0, 1, 0, 0]

const times = (m: Matrix, [a, b, c, d, e, f]: Matrix): Matrix => [
  m[0] * a + m[2] * b,
  m[1] * a + m[3] * b,
  m[0] * c + m[2] * d,
  m[1] * c + m[3] * d,
  m[0] * e + m[2] * f + m[4],
  m[1] * e + m[3] * f + m[5],
]

/** What is saved and restored. */
type State = { matrix: Matrix; operation: string; clipped: boolean }

/** What a canvas does not tell of itself. */
type Followed = {
  /** The same object at all times. */
  state: State
  /** Where the current path lies, in pixels, and room for what is bent beyond its points. */
  path: () => Bounds
  /** Where a box lies that is no part of the path, in pixels. */
  boxAt: (x: number, y: number, wide: number, tall: number) => Bounds
  /** Calls a method of the canvas's own. */
  pass: (name: keyof SKRSContext2D, ...given: unknown[]) => void
}

const nowhere = (): Bounds => ({ left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity })

/** Follows how a canvas is moved and where its paths lie, by methods put in place of its own. */
export const followPath = (ctx: SKRSContext2D): Followed => {
  const own: object = Object.getPrototypeOf(ctx)
  const pass: Followed['pass'] = (name, ...given) => {
    const method: unknown = Reflect.get(own, name)
    if (typeof method === 'function') Reflect.apply(method, ctx, given)
  }
  const state: State = { matrix: STILL, operation: 'source-over', clipped: false }
  const saved: State[] = []
  let path = nowhere()

  const reach = (into: Bounds, x: number, y: number): void => {
    const { matrix } = state
    const px = matrix[0] * x + matrix[2] * y + matrix[4]
    const py = matrix[1] * x + matrix[3] * y + matrix[5]
    if (px < into.left) into.left = px
    if (px > into.right) into.right = px
    if (py < into.top) into.top = py
    if (py > into.bottom) into.bottom = py
  }
  const reachBox = (into: Bounds, x: number, y: number, wide: number, tall: number): void => {
    reach(into, x, y)
    reach(into, x + wide, y)
    reach(into, x, y + tall)
    reach(into, x + wide, y + tall)
  }
  const point = (x: number, y: number): void => reach(path, x, y)
  const box = (x: number, y: number, wide: number, tall: number): void => reachBox(path, x, y, wide, tall)
  const move = (by: Matrix): void => {
    state.matrix = times(state.matrix, by)
  }

  const followed = {
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
      pass('setTransform', ...state.matrix)
    },
    resetTransform: () => {
      state.matrix = STILL
      pass('resetTransform')
    },
    translate: (x: number, y: number) => {
      move([1, 0, 0, 1, x, y])
      pass('translate', x, y)
    },
    scale: (x: number, y: number) => {
      move([x, 0, 0, y, 0, 0])
      pass('scale', x, y)
    },
    rotate: (angle: number) => {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      move([cos, sin, -sin, cos, 0, 0])
      pass('rotate', angle)
    },
    transform: (a: number, b: number, c: number, d: number, e: number, f: number) => {
      move([a, b, c, d, e, f])
      pass('transform', a, b, c, d, e, f)
    },
    beginPath: () => {
      path = nowhere()
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
      state.clipped = true
      pass('clip', ...given)
    },
  }
  Object.assign(ctx, followed)
  Object.defineProperty(ctx, 'globalCompositeOperation', {
    get: () => state.operation,
    set: (value: SKRSContext2D['globalCompositeOperation']) => {
      state.operation = value
      Reflect.set(own, 'globalCompositeOperation', value, ctx)
    },
  })
  return {
    state,
    path: () => path,
    boxAt: (x, y, wide, tall) => {
      const found = nowhere()
      reachBox(found, x, y, wide, tall)
      return found
    },
    pass,
  }
}
