import type { SKRSContext2D } from '@napi-rs/canvas'

/** What is filled and stroked with. */
export type Paint = SKRSContext2D['fillStyle']

/**
 * What there is to draw with on a frame: those of a canvas's properties and calls that frames record and draw again, with
 * the meaning that they have there. A canvas's own context is one as well.
 */
export type DrawingContext = Pick<
  SKRSContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'miterLimit'
  | 'globalAlpha'
  | 'save'
  | 'restore'
  | 'translate'
  | 'scale'
  | 'rotate'
  | 'transform'
  | 'resetTransform'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'quadraticCurveTo'
  | 'bezierCurveTo'
  | 'arc'
  | 'ellipse'
  | 'rect'
  | 'closePath'
  | 'fillRect'
  | 'strokeRect'
  | 'createLinearGradient'
  | 'createRadialGradient'
  | 'drawImage'
> & {
  get globalCompositeOperation(): SKRSContext2D['globalCompositeOperation']
  /** What is drawn covers what is behind it, or adds its light to it. */
  set globalCompositeOperation(operation: 'source-over' | 'screen' | 'lighter')
  setTransform: (a: number, b: number, c: number, d: number, e: number, f: number) => void
  /** All corners have the same radius. */
  roundRect: (x: number, y: number, width: number, height: number, radius: number) => void
  fill: (rule?: 'nonzero' | 'evenodd') => void
  stroke: () => void
  clip: () => void
}
