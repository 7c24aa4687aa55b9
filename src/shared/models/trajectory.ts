import { z } from 'zod'
import { withThousands } from '../thousands.ts'

/**
 * A point of a path over a picture: `x` and `y` are shares of its width and height from its upper left corner, 0 to 1,
 * `frame` is when it is reached, in frames of the clip.
 */
export type TrajectoryPoint = { frame: number; x: number; y: number }

/** What a trajectory field takes: the points, or the same as JSON, or as Python writes it. */
export type TrajectoryInput = readonly TrajectoryPoint[] | string

/** Decart's SDKs take as many. */
export const TRAJECTORY_POINTS = { least: 2, most: 1000 } as const

/** A thousandth of a frame, and less than a tenth of a pixel of the widest clip: what a job keeps. */
const DECIMALS = { frame: 3, place: 5 } as const

const FORM = 'a list of points, such as [{"frame": 0, "x": 0.2, "y": 0.5}, {"frame": 124, "x": 0.8, "y": 0.5}]'

/** Reads JSON, and the same as Decart's Python SDK sends it: with its own quotes. Undefined where it is neither. */
const readText = (text: string): unknown => {
  for (const form of [text, text.replaceAll("'", '"')])
    try {
      return JSON.parse(form)
    } catch {
      // The next form, or none.
    }
  return undefined
}

const round = (value: number, decimals: number): number => Number(value.toFixed(decimals))

const shown = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value).slice(0, 40))

/** A point of a list, or what is wrong with it. */
const readPoint = (value: unknown, number: number): TrajectoryPoint | string => {
  if (typeof value !== 'object' || value === null) return `must be ${FORM}`
  const { frame, x, y } = value as Partial<Record<keyof TrajectoryPoint, unknown>>
  const wrong = (name: string, given: unknown, wanted: string): string =>
    `has a wrong point: ${name} of point ${number} is ${shown(given)}, and must be ${wanted}`
  const isNumber = (given: unknown): given is number => typeof given === 'number' && Number.isFinite(given)
  if (!isNumber(frame) || frame < 0) return wrong('frame', frame, 'a number from 0')
  if (!isNumber(x) || x < 0 || x > 1) return wrong('x', x, "a share of the picture's width, 0 to 1")
  if (!isNumber(y) || y < 0 || y > 1) return wrong('y', y, "a share of the picture's height, 0 to 1")
  return { frame: round(frame, DECIMALS.frame), x: round(x, DECIMALS.place), y: round(y, DECIMALS.place) }
}

/** A list of points in the order of their frames, however few, or what is wrong with it: see {@link readTrajectory}. */
export const readPoints = (input: unknown): TrajectoryPoint[] | string => {
  const list = typeof input === 'string' ? readText(input) : input
  if (!Array.isArray(list)) return `must be ${FORM}`
  const points: TrajectoryPoint[] = []
  for (const [index, value] of list.slice(0, TRAJECTORY_POINTS.most + 1).entries()) {
    const point = readPoint(value, index + 1)
    if (typeof point === 'string') return point
    const before = points.at(-1)
    if (before && point.frame < before.frame)
      return `goes back in time: point ${index + 1} is at frame ${point.frame}, after frame ${before.frame}`
    points.push(point)
  }
  return points
}

/**
 * The points of a trajectory in the order of their frames, or what is wrong with it, as the end of a sentence that begins
 * with the field's name. Several points may share a frame: the last of them counts.
 */
export const readTrajectory = (input: unknown): TrajectoryPoint[] | string => {
  if (input === undefined) return 'is required'
  const points = readPoints(input)
  if (typeof points === 'string') return points
  const { least, most } = TRAJECTORY_POINTS
  if (points.length < least) return `needs at least ${least} points`
  if (points.length > most) return `has more than ${withThousands(most)} points`
  const [first, last] = [points[0], points.at(-1)]
  return first?.frame === last?.frame ? `takes no time: all its points are at frame ${first?.frame}` : points
}

/** The one way in which a job keeps points: as JSON, each with its frame, x and y in this order. */
export const writeTrajectory = (points: readonly TrajectoryPoint[]): string =>
  JSON.stringify(points.map(({ frame, x, y }) => ({ frame, x, y })))

/** The zod schema of a trajectory field. What comes out is {@link writeTrajectory}'s text. */
export const trajectoryInput = () =>
  z
    .custom<TrajectoryInput>(() => true)
    .transform((input, context): string => {
      const points = readTrajectory(input)
      if (typeof points !== 'string') return writeTrajectory(points)
      context.addIssue({ code: 'custom', message: points })
      return z.NEVER
    })

/** The same as JSON Schema. */
export const TRAJECTORY_JSON_SCHEMA = {
  type: 'string',
  contentMediaType: 'application/json',
  contentSchema: {
    type: 'array',
    minItems: TRAJECTORY_POINTS.least,
    maxItems: TRAJECTORY_POINTS.most,
    items: {
      type: 'object',
      required: ['frame', 'x', 'y'],
      properties: {
        frame: { type: 'number', minimum: 0 },
        x: { type: 'number', minimum: 0, maximum: 1 },
        y: { type: 'number', minimum: 0, maximum: 1 },
      },
    },
  },
} as const

/** Less than this share of a side is no way in that direction. */
const NO_WAY = 0.02

/** Where a path leads, and when, in words: `3 points, right and up, 0 to 4.4 s`. */
export const trajectoryWords = (points: readonly TrajectoryPoint[], fps: number): string => {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return ''
  const [x, y] = [last.x - first.x, last.y - first.y]
  const ways = [
    Math.abs(x) < NO_WAY ? '' : x > 0 ? 'right' : 'left',
    Math.abs(y) < NO_WAY ? '' : y > 0 ? 'down' : 'up',
  ].filter((way) => way !== '')
  const seconds = (frame: number): string => String(round(frame / fps, 1))
  const leads = ways.length === 0 ? 'there and back' : ways.join(' and ')
  return `${points.length} points, ${leads}, ${seconds(first.frame)} to ${seconds(last.frame)} s`
}
