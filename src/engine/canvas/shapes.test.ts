import type { DrawingContext } from './drawing-context.ts'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { planesOfColour } from './colour.ts'
import { createFrameCanvas } from './frame-canvas.ts'

const [WIDTH, HEIGHT] = [80, 60]
type Point = readonly [x: number, y: number]

/** Luma, u and v of a frame that was drawn on, at a pixel. */
const drawn = (shift: 0 | 1, draw: (ctx: DrawingContext) => void) => {
  const frameCanvas = createFrameCanvas(WIDTH, HEIGHT, shift)
  frameCanvas.begin([0, 0, 0])
  draw(frameCanvas.ctx)
  frameCanvas.settle()
  const { frame, memory } = frameCanvas
  return (which: 0 | 1 | 2, x: number, y: number): number => {
    const part = which === 0 ? frame.luma : frame.chroma
    const plane = [frame.luma.plane, frame.u, frame.v][which] ?? 0
    return memory.bytes(plane + y * part.stride + x, 1)[0] ?? -1
  }
}
/** How much of a pixel's square lies within, by 16 points to a side. */
const share = (within: (x: number, y: number) => boolean, x: number, y: number): number => {
  let hits = 0
  for (let row = 0; row < 16; row++)
    for (let column = 0; column < 16; column++) if (within(x + (column + 0.5) / 16, y + (row + 0.5) / 16)) hits++
  return hits / 256
}
/** The largest difference of luma from white where a shape lies. */
const furthest = (seen: ReturnType<typeof drawn>, within: (x: number, y: number) => boolean): number => {
  let most = 0
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) most = Math.max(most, Math.abs(seen(0, x, y) - 255 * share(within, x, y)))
  return most
}
/** How often points go around a place: the rule of canvases fills where that is not 0. */
const turns = (points: readonly Point[], x: number, y: number): number => {
  let count = 0
  points.forEach(([fromX, fromY], index) => {
    const [toX, toY] = points[(index + 1) % points.length]!
    if (fromY > y === toY > y) return
    if (x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) count += toY > fromY ? 1 : -1
  })
  return count
}
const trace = (ctx: DrawingContext, points: readonly Point[]): void => {
  ctx.beginPath()
  for (const [x, y] of points) ctx.lineTo(x, y)
}

describe('what is filled', () => {
  const random = createRandom(3, 'shapes')
  const star = Array.from({ length: 5 }, (_, index) => {
    const angle = (index * 4 * Math.PI) / 5
    return [40 + Math.sin(angle) * 27, 31 - Math.cos(angle) * 27] as const
  })
  it.each<[string, readonly Point[]]>([
    [
      'a slanted slab',
      [
        [10.3, 5.1],
        [60.2, 11.7],
        [55.9, 44.4],
        [4.6, 50.2],
      ],
    ],
    [
      'a box of whole and of half pixels',
      [
        [8, 8],
        [40.5, 8],
        [40.5, 30.5],
        [8, 30.5],
      ],
    ],
    ['what goes around some of it twice', star],
    [
      'what lies beyond all sides',
      [
        [-30, -20],
        [120, -5],
        [90, 90],
        [-50, 70],
      ],
    ],
    [
      'what enters from the left and the right',
      [
        [-20, 20.2],
        [100, 30.7],
        [100, 41.1],
        [-20, 28.4],
      ],
    ],
    [
      'a hair',
      [
        [5, 50.2],
        [75, 8.1],
        [75, 8.5],
        [5, 50.6],
      ],
    ],
    ['a scribble', Array.from({ length: 9 }, () => [random() * 70 + 5, random() * 50 + 5] as const)],
  ])('covers each pixel by its area: %s', (name, points) => {
    const seen = drawn(1, (ctx) => {
      trace(ctx, points)
      ctx.fillStyle = '#ffffff'
      ctx.fill()
    })
    // Where lines cross within a pixel, areas are not told apart.
    const near = name === 'a scribble' ? 80 : points === star ? 24 : 6
    expect(furthest(seen, (x, y) => turns(points, x, y) !== 0)).toBeLessThan(near)
  })

  it('is the same in curves, turned and scaled, and leaves nothing behind for the next', () => {
    const seen = drawn(0, (ctx) => {
      ctx.fillStyle = '#ffffff'
      ctx.translate(40, 30)
      ctx.rotate(0.5)
      ctx.scale(2, 0.8)
      ctx.beginPath()
      ctx.arc(0, 0, 14, 0, Math.PI * 2)
      ctx.fill()
      ctx.fillRect(400, 0, 3, 3)
    })
    const [cos, sin] = [Math.cos(0.5), Math.sin(0.5)]
    const within = (x: number, y: number): boolean => {
      const [u, v] = [x - 40, y - 30]
      return Math.hypot((u * cos + v * sin) / 2, (v * cos - u * sin) / 0.8) < 14
    }
    // A chord may be an eighth of a pixel from its curve.
    expect(furthest(seen, within)).toBeLessThan(36)
  })

  it('colours chroma of half and of full size', () => {
    for (const shift of [0, 1] as const) {
      const seen = drawn(shift, (ctx) => {
        ctx.fillStyle = '#d04020'
        ctx.fillRect(20, 20, 21, 20)
      })
      const colour = planesOfColour([0xd0, 0x40, 0x20])
      const scale = 1 << shift
      for (const which of [1, 2] as const) {
        const at = (x: number, y: number): number => seen(which, x / scale, y / scale)
        expect(Math.abs(at(30, 30) - colour[which])).toBeLessThanOrEqual(1)
        expect(at(18, 30)).toBe(128)
        // The column at the right is half of it, where two are one.
        expect(Math.abs(at(40, 30) - (shift ? (colour[which] + 128) / 2 : colour[which]))).toBeLessThanOrEqual(1)
      }
    }
  })

  it('mixes by alpha, and adds light', () => {
    const seen = drawn(1, (ctx) => {
      ctx.fillStyle = 'rgba(255,255,255,0.5)'
      ctx.globalAlpha = 0.5
      ctx.fillRect(0, 0, 20, 20)
      ctx.globalAlpha = 1
      ctx.fillStyle = '#646464'
      ctx.fillRect(40, 0, 20, 20)
      ctx.globalCompositeOperation = 'screen'
      ctx.fillStyle = '#323232'
      ctx.fillRect(40, 0, 20, 10)
    })
    expect(Math.abs(seen(0, 10, 10) - 64)).toBeLessThanOrEqual(1)
    expect(seen(0, 50, 15)).toBe(100)
    expect(Math.abs(seen(0, 50, 5) - (150 - 5000 / 255))).toBeLessThanOrEqual(1)
  })

  it('follows a gradient along a line and between circles', () => {
    const seen = drawn(1, (ctx) => {
      const line = ctx.createLinearGradient(10, 0, 70, 0)
      line.addColorStop(0, '#000000')
      line.addColorStop(1, '#ffffff')
      ctx.fillStyle = line
      ctx.fillRect(0, 0, 80, 10)
      ctx.setTransform(2, 0, 0, 1, 0, 0)
      const round = ctx.createRadialGradient(20, 40, 5, 20, 40, 15)
      round.addColorStop(0, 'rgba(255,255,255,1)')
      round.addColorStop(1, 'rgba(255,255,255,0)')
      ctx.fillStyle = round
      ctx.fillRect(0, 20, 40, 40)
    })
    for (const x of [2, 20, 40, 66, 75]) {
      const wanted = Math.min(255, Math.max(0, ((x + 0.5 - 10) / 60) * 255))
      expect(Math.abs(seen(0, x, 5) - wanted), `${x}`).toBeLessThan(2)
    }
    for (const [x, y] of [
      [40, 40],
      [56, 40],
      [40, 50],
      [20, 47],
      [76, 40],
    ] as const) {
      const far = Math.hypot((x + 0.5) / 2 - 20, y + 0.5 - 40)
      const wanted = 255 * (1 - Math.min(1, Math.max(0, (far - 5) / 10)))
      expect(Math.abs(seen(0, x, y) - wanted), `${x} ${y}`).toBeLessThan(3)
    }
    const apart = drawn(1, (ctx) => {
      const dome = ctx.createRadialGradient(30, 30, 4, 40, 30, 28)
      dome.addColorStop(0, '#000000')
      dome.addColorStop(1, '#ffffff')
      ctx.fillStyle = dome
      ctx.fillRect(0, 0, 80, 60)
    })
    // On the circle of a share t the middle lies at 30 + 10t, and the radius is 4 + 24t.
    for (const t of [0.25, 0.5, 0.75])
      for (const side of [-1, 1]) {
        const x = 30 + 10 * t + side * (4 + 24 * t)
        expect(Math.abs(apart(0, Math.floor(x), 30) - 255 * t), `${t} ${side}`).toBeLessThan(9)
      }
  })
})

describe('what is stroked', () => {
  const bend: readonly Point[] = [
    [12, 12],
    [60, 20],
    [22, 44],
    [66, 50],
  ]
  const far = (x: number, y: number): number =>
    Math.min(
      ...bend.slice(1).map(([toX, toY], index) => {
        const [fromX, fromY] = bend[index]!
        const [wide, tall] = [toX - fromX, toY - fromY]
        const part = Math.min(1, Math.max(0, ((x - fromX) * wide + (y - fromY) * tall) / (wide * wide + tall * tall)))
        return Math.hypot(x - fromX - wide * part, y - fromY - tall * part)
      }),
    )
  const stroked = (how: (ctx: DrawingContext) => void, alpha = 1) =>
    drawn(1, (ctx) => {
      trace(ctx, bend)
      ctx.strokeStyle = `rgba(255,255,255,${alpha})`
      how(ctx)
      ctx.stroke()
    })

  it.each([0.6, 3, 9])('lies within half its width of the path, where all is round: %f wide', (width) => {
    const seen = stroked((ctx) => {
      ctx.lineWidth = width
      ctx.lineCap = 'round'
      ctx.lineJoin = 'round'
    })
    // Pieces that overlap at a bend cover its rim a little more.
    expect(furthest(seen, (x, y) => far(x, y) < width / 2)).toBeLessThan(60)
  })

  it('does not cover twice where it overlaps itself', () => {
    const seen = stroked((ctx) => {
      ctx.lineWidth = 14
      ctx.lineJoin = 'round'
    }, 0.5)
    for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) expect(seen(0, x, y)).toBeLessThanOrEqual(128)
  })

  it('ends as it is told, and has pointed corners where they are not too long', () => {
    const ended = (cap: DrawingContext['lineCap']): number => {
      const seen = drawn(1, (ctx) => {
        ctx.strokeStyle = '#ffffff'
        ctx.lineWidth = 8
        ctx.lineCap = cap
        ctx.beginPath()
        ctx.moveTo(20, 20)
        ctx.lineTo(40, 20)
        ctx.stroke()
      })
      let sum = 0
      for (let y = 10; y < 30; y++) for (let x = 0; x < 20; x++) sum += seen(0, x, y) / 255
      return sum
    }
    expect(ended('butt')).toBe(0)
    expect(ended('square')).toBeCloseTo(32, 0)
    expect(ended('round')).toBeGreaterThan(24.3)
    expect(ended('round')).toBeLessThan(25.3)
    const corner = (join: DrawingContext['lineJoin']): number =>
      drawn(1, (ctx) => {
        ctx.strokeStyle = '#ffffff'
        ctx.lineWidth = 10
        ctx.lineJoin = join
        ctx.strokeRect(20, 20, 30, 20)
      })(0, 15, 15)
    expect([corner('miter'), corner('bevel'), corner('round')]).toEqual([255, 0, expect.any(Number)])
  })
})

it('draws in its order what only the canvas can draw', () => {
  const seen = drawn(1, (ctx) => {
    ctx.fillStyle = '#404040'
    ctx.fillRect(0, 0, 80, 60)
    ctx.save()
    ctx.beginPath()
    ctx.rect(10, 10, 20, 20)
    ctx.clip()
    ctx.fillStyle = '#808080'
    ctx.fillRect(0, 0, 80, 60)
    ctx.restore()
    ctx.fillStyle = '#ffffff'
    ctx.fillRect(15, 15, 5, 5)
  })
  expect([seen(0, 5, 5), seen(0, 12, 12), seen(0, 17, 17), seen(0, 40, 40)]).toEqual([64, 128, 255, 64])
})
