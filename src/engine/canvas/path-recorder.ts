/** a, b, c, d, e, f of a canvas: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [number, number, number, number, number, number]

/** Kinds of pieces in a list, as assembly/outlines.ts reads them, and how many numbers follow each. */
const [MOVE, LINE, QUAD, CUBIC, CLOSE] = [0, 1, 2, 3, 4] as const
const FOLLOW = [2, 2, 4, 6, 0] as const
/** Chords that a curve is cut into at most; see assembly/outlines.ts. */
const CHORDS = 48

/** A path as a list of numbers, in the units it was drawn in. */
export type PathRecorder = {
  begin: () => void
  move: (x: number, y: number) => void
  line: (x: number, y: number) => void
  quad: (midX: number, midY: number, x: number, y: number) => void
  cubic: (firstX: number, firstY: number, secondX: number, secondY: number, x: number, y: number) => void
  ellipse: (
    x: number,
    y: number,
    across: number,
    down: number,
    turn: number,
    from: number,
    to: number,
    back?: boolean,
  ) => void
  rect: (x: number, y: number, wide: number, tall: number) => void
  roundRect: (x: number, y: number, wide: number, tall: number, radius: number) => void
  close: () => void
  /** What was recorded. */
  list: () => Float32Array<ArrayBuffer>
  /** Points that its lines and curves have at most, those included that a stroke adds. */
  points: () => number
  /** Left, top, right and bottom of all its points, brought into the frame. */
  box: (matrix: Matrix) => readonly [number, number, number, number]
  /** Draws it again on something else. */
  replay: (onto: Pick<CanvasPath, 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'>) => void
}

/** What takes a path, as a canvas does. */
type CanvasPath = {
  moveTo: (x: number, y: number) => void
  lineTo: (x: number, y: number) => void
  quadraticCurveTo: (midX: number, midY: number, x: number, y: number) => void
  bezierCurveTo: (ax: number, ay: number, bx: number, by: number, x: number, y: number) => void
  closePath: () => void
}

export const createPathRecorder = (): PathRecorder => {
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
  const move = (toX: number, toY: number): void => {
    room()
    numbers[end] = MOVE
    numbers[end + 1] = startX = toX
    numbers[end + 2] = startY = toY
    end += 3
    most += 2
    open = true
  }
  const line = (toX: number, toY: number): void => {
    if (!open) {
      move(toX, toY)
      return
    }
    room()
    numbers[end] = LINE
    numbers[end + 1] = toX
    numbers[end + 2] = toY
    end += 3
    most++
  }
  const cubic: PathRecorder['cubic'] = (firstX, firstY, secondX, secondY, toX, toY) => {
    if (!open) move(firstX, firstY)
    room()
    numbers[end] = CUBIC
    numbers[end + 1] = firstX
    numbers[end + 2] = firstY
    numbers[end + 3] = secondX
    numbers[end + 4] = secondY
    numbers[end + 5] = toX
    numbers[end + 6] = toY
    end += 7
    most += CHORDS
  }
  const close = (): void => {
    if (!open) return
    room()
    numbers[end++] = CLOSE
    // What follows begins where this did.
    move(startX, startY)
  }
  const ellipse: PathRecorder['ellipse'] = (middleX, middleY, across, down, turn, from, to, back = false) => {
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
    line(middleX + across * u * cos - down * v * sin, middleY + across * u * sin + down * v * cos)
    for (let quarter = 1; quarter <= quarters; quarter++) {
      const [nextU, nextV] = [Math.cos(from + step * quarter), Math.sin(from + step * quarter)]
      const [au, av, bu, bv] = [u - v * handle, v + u * handle, nextU + nextV * handle, nextV - nextU * handle]
      cubic(
        middleX + across * au * cos - down * av * sin,
        middleY + across * au * sin + down * av * cos,
        middleX + across * bu * cos - down * bv * sin,
        middleY + across * bu * sin + down * bv * cos,
        middleX + across * nextU * cos - down * nextV * sin,
        middleY + across * nextU * sin + down * nextV * cos,
      )
      u = nextU
      v = nextV
    }
  }

  return {
    begin: () => {
      end = 0
      most = 0
      open = false
    },
    move,
    line,
    quad: (midX, midY, toX, toY) => {
      if (!open) move(midX, midY)
      room()
      numbers[end] = QUAD
      numbers[end + 1] = midX
      numbers[end + 2] = midY
      numbers[end + 3] = toX
      numbers[end + 4] = toY
      end += 5
      most += CHORDS
    },
    cubic,
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
      move(left + r, top)
      const quarter = Math.PI / 2
      ellipse(left + wide - r, top + r, r, r, 0, -quarter, 0)
      ellipse(left + wide - r, top + tall - r, r, r, 0, 0, quarter)
      ellipse(left + r, top + tall - r, r, r, 0, quarter, quarter * 2)
      ellipse(left + r, top + r, r, r, 0, quarter * 2, quarter * 3)
      close()
    },
    close,
    list: () => numbers.slice(0, end),
    points: () => most + 4,
    box: ([a, b, c, d, e, f]) => {
      let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
      for (let at = 0; at < end;) {
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
    },
    replay: (onto) => {
      for (let at = 0; at < end;) {
        const kind = numbers[at] ?? 0
        const [p, q, r, s, t, u] = [1, 2, 3, 4, 5, 6].map((offset) => numbers[at + offset] ?? 0)
        if (kind === MOVE) onto.moveTo(p!, q!)
        else if (kind === LINE) onto.lineTo(p!, q!)
        else if (kind === QUAD) onto.quadraticCurveTo(p!, q!, r!, s!)
        else if (kind === CUBIC) onto.bezierCurveTo(p!, q!, r!, s!, t!, u!)
        else onto.closePath()
        at += (FOLLOW[kind] ?? 0) + 1
      }
    },
  }
}
