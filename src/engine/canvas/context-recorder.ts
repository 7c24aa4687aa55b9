import type { SKRSContext2D } from '@napi-rs/canvas'
import type { DrawingContext, Paint } from './drawing-context.ts'
import { type Gradient, type PaintColour, readPaint } from './paints.ts'
import { createPathRecorder, type Matrix, type PathRecorder } from './path-recorder.ts'

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

const times = (m: Matrix, [a, b, c, d, e, f]: Matrix): Matrix => [
  m[0] * a + m[2] * b,
  m[1] * a + m[3] * b,
  m[0] * c + m[2] * d,
  m[1] * c + m[3] * d,
  m[0] * e + m[2] * f + m[4],
  m[1] * e + m[3] * f + m[5],
]

/** The properties of a context, as they are at first. */
const STYLES: Pick<
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
type Styles = typeof STYLES

const copyStyles = (styles: Styles): Styles => ({
  fillStyle: styles.fillStyle,
  strokeStyle: styles.strokeStyle,
  lineWidth: styles.lineWidth,
  lineCap: styles.lineCap,
  lineJoin: styles.lineJoin,
  miterLimit: styles.miterLimit,
  globalAlpha: styles.globalAlpha,
  globalCompositeOperation: styles.globalCompositeOperation,
})

/** What else of a context is saved and restored. */
type State = { matrix: Matrix; clipped: boolean }
const START: State = { matrix: IDENTITY, clipped: false }

/** What changes the path, and what draws. */
type PathCall =
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'quadraticCurveTo'
  | 'bezierCurveTo'
  | 'arc'
  | 'ellipse'
  | 'rect'
  | 'roundRect'
  | 'closePath'
type DrawingCall = 'fill' | 'stroke' | 'fillRect' | 'strokeRect' | 'clip' | 'drawImage'
type TransformCall = 'setTransform' | 'resetTransform' | 'translate' | 'scale' | 'rotate' | 'transform'
type GradientCall = 'createLinearGradient' | 'createRadialGradient'

const pathCalls = (path: PathRecorder): Pick<DrawingContext, PathCall> => ({
  beginPath: path.begin,
  moveTo: path.move,
  lineTo: path.line,
  quadraticCurveTo: path.quad,
  bezierCurveTo: path.cubic,
  arc: (x, y, radius, ...angles) => path.ellipse(x, y, radius, radius, 0, ...angles),
  ellipse: path.ellipse,
  rect: path.rect,
  roundRect: path.roundRect,
  closePath: path.close,
})

const transformCalls = (state: State): Pick<DrawingContext, TransformCall> => {
  const move = (by: Matrix): void => {
    state.matrix = times(state.matrix, by)
  }
  return {
    setTransform: (...matrix) => {
      state.matrix = matrix
    },
    resetTransform: () => {
      state.matrix = IDENTITY
    },
    translate: (x, y) => move([1, 0, 0, 1, x, y]),
    scale: (x, y) => move([x, 0, 0, y, 0, 0]),
    rotate: (angle) => {
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      move([cos, sin, -sin, cos, 0, 0])
    },
    transform: (...matrix) => move(matrix),
  }
}

/** A canvas's gradients, of which is known what they paint: all but those whose circles do not hold each other. */
const recordGradients = (canvas: SKRSContext2D) => {
  const known = new WeakMap<object, Gradient>()
  const remember = <Made extends ReturnType<typeof canvas.createLinearGradient>>(
    made: Made,
    shape: Gradient['shape'],
  ): Made => {
    const gradient: Gradient = { shape, stops: [] }
    known.set(made, gradient)
    const add = made.addColorStop.bind(made)
    made.addColorStop = (at, colour) => {
      const paint = readPaint(colour)
      if (paint) gradient.stops.push({ at, paint })
      else known.delete(made)
      add(at, colour)
    }
    return made
  }
  const calls: Pick<DrawingContext, GradientCall> = {
    createLinearGradient: (x, y, toX, toY) => remember(canvas.createLinearGradient(x, y, toX, toY), { x, y, toX, toY }),
    createRadialGradient: (...circles) => {
      const [x, y, from, toX, toY, to] = circles
      const made = canvas.createRadialGradient(...circles)
      const isHeld = Math.hypot(toX - x, toY - y) < to - from
      return isHeld ? remember(made, { x, y, toX, toY, radii: [from, to] }) : made
    },
  }
  return { calls, known }
}

export type ContextRecorder = {
  /** The context, without what draws. It is the same object at all times. */
  context: Styles & Omit<DrawingContext, DrawingCall | keyof Styles>
  state: State
  path: PathRecorder
  /** Sets all but the path back to how it is at first. */
  reset: () => void
  /** What a style paints, where that is known. */
  paintOf: (style: Paint) => PaintColour | Gradient | undefined
  /** Makes the canvas draw as the context says, with a path in place of its own. */
  prepare: (shape?: PathRecorder) => void
}

/** Follows what a context is told. The canvas behind it is told nothing until it has to draw. */
export const recordContext = (canvas: SKRSContext2D): ContextRecorder => {
  const styles = copyStyles(STYLES)
  const state = { ...START }
  const saved: { styles: Styles; state: State }[] = []
  const path = createPathRecorder()
  const gradients = recordGradients(canvas)
  const context = Object.assign(styles, {
    save: () => {
      saved.push({ styles: copyStyles(styles), state: { ...state } })
      canvas.save()
    },
    restore: () => {
      const last = saved.pop()
      Object.assign(styles, last?.styles)
      Object.assign(state, last?.state)
      canvas.restore()
    },
    ...transformCalls(state),
    ...pathCalls(path),
    ...gradients.calls,
  })
  return {
    context,
    state,
    path,
    reset: () => {
      Object.assign(styles, STYLES)
      Object.assign(state, START)
    },
    paintOf: (style) => (typeof style === 'string' ? readPaint(style) : gradients.known.get(style)),
    prepare: (shape) => {
      Object.assign(canvas, copyStyles(styles))
      canvas.setTransform(...state.matrix)
      if (!shape) return
      canvas.beginPath()
      shape.replay(canvas)
    },
  }
}
