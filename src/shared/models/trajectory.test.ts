import { describe, expect, it } from 'vitest'
import { checkInputs } from './check.ts'
import { inputJsonSchema } from './describe.ts'
import { findModel } from './index.ts'
import { readTrajectory, trajectoryWords, writeTrajectory } from './trajectory.ts'

const points = [
  { frame: 0, x: 0.1, y: 0.00001 },
  { frame: 30, x: 1, y: 0.5 },
]

const model = findModel('lucy-motion')
if (!model) throw new Error('no lucy-motion')
const data = new Blob(['x'])
const given = (trajectory?: unknown) =>
  checkInputs(model, { data, ...(trajectory === undefined ? {} : { trajectory }) })

describe('a trajectory', () => {
  it.each([
    ['points', points],
    ['JSON, as the JavaScript, Swift and Kotlin SDKs send it', JSON.stringify(points)],
    [
      'JSON with its keys in another order, and more of them',
      '[{"y":0.00001,"x":0.1,"frame":0,"z":9},{"frame":30,"x":1,"y":0.5}]',
    ],
    [
      'what Decart’s Python SDK sends: str() of a list of dicts',
      "[{'frame': 0, 'x': 0.1, 'y': 1e-05}, {'frame': 30, 'x': 1.0, 'y': 0.5}]",
    ],
  ])('is taken as %s, and kept as one text', (_form, input) => {
    expect(readTrajectory(input)).toEqual(points)
    expect(given(input)).toMatchObject({
      ok: true,
      value: { trajectory: '[{"frame":0,"x":0.1,"y":0.00001},{"frame":30,"x":1,"y":0.5}]' },
    })
  })

  it('keeps places to less than a pixel, and the same when it is read again', () => {
    const written = writeTrajectory(
      readTrajectory([
        { frame: 0, x: 1 / 3, y: 0 },
        { frame: 1 / 3, x: 1, y: 1 },
      ]) as never,
    )
    expect(written).toBe('[{"frame":0,"x":0.33333,"y":0},{"frame":0.333,"x":1,"y":1}]')
    expect(writeTrajectory(readTrajectory(written) as never)).toBe(written)
  })

  it('may name a frame twice: an app that samples a finger faster than the clip does', () => {
    expect(readTrajectory([...points, { frame: 30, x: 0.9, y: 0.5 }])).toHaveLength(3)
  })

  it.each([
    ['nothing', undefined, 'is required'],
    ['no list', '{"frame":0}', /^must be a list of points, such as \[\{"frame": 0/],
    ['no JSON', 'left to right', /^must be a list of points/],
    ['a list of something else', [1, 2], /^must be a list of points/],
    ['a number', 7, /^must be a list of points/],
    ['one point', [points[0]], 'needs at least 2 points'],
    ['none', '[]', 'needs at least 2 points'],
    ['too many', Array.from({ length: 1001 }, (_, frame) => ({ frame, x: 0, y: 0 })), 'has more than 1,000 points'],
    [
      'pixels',
      [points[0], { frame: 1, x: 100, y: 100 }],
      "has a wrong point: x of point 2 is 100, and must be a share of the picture's width, 0 to 1",
    ],
    [
      'a place above',
      [points[0], { frame: 1, x: 0.2, y: -0.1 }],
      "has a wrong point: y of point 2 is -0.1, and must be a share of the picture's height, 0 to 1",
    ],
    [
      'text for a number',
      [points[0], { frame: 1, x: '0.2', y: 0 }],
      'has a wrong point: x of point 2 is "0.2", and must be a share of the picture\'s width, 0 to 1',
    ],
    [
      'no frame',
      [{ x: 0, y: 0 }, points[1]],
      'has a wrong point: frame of point 1 is missing, and must be a number from 0',
    ],
    ['a frame before the first', [{ ...points[0], frame: -1 }, points[1]], /frame of point 1 is -1/],
    [
      'time that goes back',
      [...points, { frame: 10, x: 0, y: 0 }],
      'goes back in time: point 3 is at frame 10, after frame 30',
    ],
    ['no time at all', [points[0], { ...points[1], frame: 0 }], 'takes no time: all its points are at frame 0'],
  ])('is refused in words at its field: %s', (_what, input, words) => {
    const checked = given(input)
    if (checked.ok) throw new Error('it was taken')
    expect(Object.keys(checked.fields)).toEqual(['trajectory'])
    if (typeof words === 'string') {
      expect(checked.fields['trajectory']).toBe(words)
      expect(checked.message).toBe(`Invalid inputs for lucy-motion: trajectory ${words}`)
    } else expect(checked.fields['trajectory']).toMatch(words)
  })

  it('is described as JSON in a text field', () => {
    const schema = inputJsonSchema(model)
    expect(schema.required).toEqual(['data', 'trajectory'])
    expect(schema.properties?.['trajectory']).toMatchObject({
      type: 'string',
      contentMediaType: 'application/json',
      contentSchema: { minItems: 2, maxItems: 1000, items: { required: ['frame', 'x', 'y'] } },
    })
  })

  it.each([
    [[0.2, 0.8, 0.8, 0.2], 110, '2 points, right and up, 0 to 4.4 s'],
    [[0.8, 0.5, 0.2, 0.51], 124, '2 points, left, 0 to 5 s'],
    [[0.5, 0.2, 0.5, 0.9], 25, '2 points, down, 0 to 1 s'],
    [[0.5, 0.5, 0.5, 0.5], 25, '2 points, there and back, 0 to 1 s'],
  ] as const)('is told in words: %o', ([x, y, x2, y2], frame, words) => {
    const way = [
      { frame: 0, x, y },
      { frame, x: x2, y: y2 },
    ]
    expect(trajectoryWords(way, 25)).toBe(words)
  })
})
