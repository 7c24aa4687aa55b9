/** a, b, c, d, e, f of a canvas: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [number, number, number, number, number, number]

/** Kinds of pieces in a list, as assembly/outlines.ts reads them, and how many numbers follow each. */
const [MOVE, LINE, QUAD, CUBIC, CLOSE] = [0, 1, 2, 3, 4] as const
const FOLLOW = [2, 2, 4, 6, 0] as const
/** Chords that a curve is cut into at most; see assembly/outlines.ts. */
const CHORDS = 48

type Cubic = [firstX: number, firstY: number, secondX: number, secondY: number, x: number, y: number]
/** As a canvas has it: angles in radians, clockwise unless it goes `back`. */
type Ellipse = [
  x: number,
  y: number,
  across: number,
  down: number,
  turn: number,
  from: number,
  to: number,
  back?: boolean,
]

/** What takes the pieces of a path, as a canvas does. */
type CanvasPath = {
  moveTo: (x: number, y: number) => void
  lineTo: (x: number, y: number) => void
  quadraticCurveTo: (midX: number, midY: number, x: number, y: number) => void
  bezierCurveTo: (...points: Cubic) => void
  closePath: () => void
}

/** The pieces of a path. */
type Pieces = {
  begin: () => void
  move: (x: number, y: number) => void
  line: (x: number, y: number) => void
  quad: (midX: number, midY: number, x: number, y: number) => void
  cubic: (...points: Cubic) => void
  close: () => void
  /** What was recorded, until something else is. */
  numbers: () => Float32Array<ArrayBuffer>
  /** Points that its lines and curves have at most, those included that a stroke adds. */
  points: () => number
}

/** A path as a list of numbers, in the units it was drawn in. */
export type PathRecorder = Omit<Pieces, 'numbers'> & {
  ellipse: (...ellipse: Ellipse) => void
  rect: (x: number, y: number, wide: number, tall: number) => void
  roundRect: (x: number, y: number, wide: number, tall: number, radius: number) => void
  /** A copy of what was recorded. */
  list: () => Float32Array<ArrayBuffer>
  /** Left, top, right and bottom of all its points, brought into the frame. */
  box: (matrix: Matrix) => readonly [number, number, number, number]
  /** Draws it again on something else. */
  replay: (onto: CanvasPath) => void
}

const recordPieces = (): Pieces => {
  let numbers = new Float32Array(4096)
  let end = 0
  let most = 0
  let open = false
  let [startX, startY] = [0, 0]

  const room = (): void => {
    if (end + 8 <= numbers.length) return
    const more = new Float32Array(numbers.length * 2)
    more.set(numbers)
    numbers = more
  }
  const put = (kind: number, x: number, y: number, points: number): void => {
    room()
    numbers[end] = kind
    numbers[end + 1] = x
    numbers[end + 2] = y
    end += 3
    most += points
  }
  const move = (x: number, y: number): void => {
    put(MOVE, x, y, 2)
    startX = x
    startY = y
    open = true
  }
  return {
    begin: () => {
      end = 0
      most = 0
      open = false
    },
    move,
    line: (x, y) => (open ? put(LINE, x, y, 1) : move(x, y)),
    quad: (midX, midY, x, y) => {
      if (!open) move(midX, midY)
      put(QUAD, midX, midY, CHORDS)
      numbers[end++] = x
      numbers[end++] = y
    },
    cubic: (firstX, firstY, ...[secondX, secondY, x, y]) => {
      if (!open) move(firstX, firstY)
      put(CUBIC, firstX, firstY, CHORDS)
      numbers[end++] = secondX
      numbers[end++] = secondY
      numbers[end++] = x
      numbers[end++] = y
    },
    close: () => {
      if (!open) return
      room()
      numbers[end++] = CLOSE
      // What follows begins where this did.
      move(startX, startY)
    },
    numbers: () => numbers.subarray(0, end),
    points: () => most + 4,
  }
}

/** Adds an arc of an ellipse, as cubic curves of up to a quarter each. */
const addEllipse = ({ line, cubic }: Pick<Pieces, 'line' | 'cubic'>, ellipse: Ellipse): void => {
  const [x, y, across, down, turn, from, to, back] = ellipse
  const round = Math.PI * 2
  let sweep = to - from
  if (back) sweep = sweep <= -round ? -round : -(((-sweep % round) + round) % round)
  else sweep = sweep >= round ? round : ((sweep % round) + round) % round
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const quarters = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9))
  const step = sweep / quarters
  // Handles that let a cubic curve touch the ellipse at its ends and in its middle.
  const handle = (4 / 3) * Math.tan(step / 4)
  let [u, v] = [Math.cos(from), Math.sin(from)]
  line(x + across * u * cos - down * v * sin, y + across * u * sin + down * v * cos)
  for (let quarter = 1; quarter <= quarters; quarter++) {
    const [nextU, nextV] = [Math.cos(from + step * quarter), Math.sin(from + step * quarter)]
    const [au, av, bu, bv] = [u - v * handle, v + u * handle, nextU + nextV * handle, nextV - nextU * handle]
    cubic(
      x + across * au * cos - down * av * sin,
      y + across * au * sin + down * av * cos,
      x + across * bu * cos - down * bv * sin,
      y + across * bu * sin + down * bv * cos,
      x + across * nextU * cos - down * nextV * sin,
      y + across * nextU * sin + down * nextV * cos,
    )
    u = nextU
    v = nextV
  }
}

const boxOf = (numbers: Float32Array, [a, b, c, d, e, f]: Matrix): readonly [number, number, number, number] => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < numbers.length;) {
    const follow = FOLLOW[numbers[at] ?? 0] ?? 0
    for (let place = at + 1; place < at + follow; place += 2) {
      const px = a * numbers[place]! + c * numbers[place + 1]! + e
      const py = b * numbers[place]! + d * numbers[place + 1]! + f
      if (px < left) left = px
      if (px > right) right = px
      if (py < top) top = py
      if (py > bottom) bottom = py
    }
    at += follow + 1
  }
  return [left, top, right, bottom]
}

const replay = (numbers: Float32Array, onto: CanvasPath): void => {
  for (let at = 0; at < numbers.length;) {
    const kind = numbers[at] ?? 0
    const [p, q, r, s, t, u] = [1, 2, 3, 4, 5, 6].map((offset) => numbers[at + offset] ?? 0)
    if (kind === MOVE) onto.moveTo(p!, q!)
    else if (kind === LINE) onto.lineTo(p!, q!)
    else if (kind === QUAD) onto.quadraticCurveTo(p!, q!, r!, s!)
    else if (kind === CUBIC) onto.bezierCurveTo(p!, q!, r!, s!, t!, u!)
    else onto.closePath()
    at += (FOLLOW[kind] ?? 0) + 1
  }
}

export const createPathRecorder = (): PathRecorder => {
  const { numbers, ...pieces } = recordPieces()
  const { move, line, close } = pieces
  const ellipse: PathRecorder['ellipse'] = (...given) => addEllipse(pieces, given)
  return {
    ...pieces,
    ellipse,
    rect: (left, top, wide, tall) => {
      move(left, top)
      line(left + wide, top)
      line(left + wide, top + tall)
      line(left, top + tall)
      close()
    },
    roundRect: (left, top, wide, tall, radius) => {
      const r = Math.min(radius, Math.abs(wide) / 2, Math.abs(tall) / 2)
      const quarter = Math.PI / 2
      const corner = (x: number, y: number, from: number): void => ellipse(x, y, r, r, 0, from, from + quarter)
      move(left + r, top)
      corner(left + wide - r, top + r, -quarter)
      corner(left + wide - r, top + tall - r, 0)
      corner(left + r, top + tall - r, quarter)
      corner(left + r, top + r, quarter * 2)
      close()
    },
    list: () => numbers().slice(),
    box: (matrix) => boxOf(numbers(), matrix),
    replay: (onto) => replay(numbers(), onto),
  }
}
