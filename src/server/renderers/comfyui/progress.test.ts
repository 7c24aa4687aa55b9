import { describe, expect, it } from 'vitest'
import { readEvent, type OrderEvent } from './events.ts'
import type { ApiGraph } from './graph-source.ts'
import { advance, beginCourse, type Course, isLoading, learned, shapeOf } from './progress.ts'

const graph: ApiGraph = {
  load: { class_type: 'UNETLoader', inputs: { unet_name: 'a' } },
  make: { class_type: 'KSampler', inputs: { model: ['load', 0], steps: 20 } },
  decode: { class_type: 'VAEDecode', inputs: { samples: ['make', 0] } },
  save: { class_type: 'SaveImage', inputs: { images: ['decode', 0] } },
}

type News = OrderEvent extends infer E ? (E extends OrderEvent ? Omit<E, 'id'> : never) : never
const told = (course: Course, ...events: (News & { at?: number })[]): Course =>
  events.reduce((before, { at = 0, ...event }) => advance(before, { ...event, id: 'x' }, at), course)

describe('progress', () => {
  it('comes mostly from what makes the pixels', () => {
    const made = told(beginCourse(graph, undefined), { type: 'node', node: 'load' }, { type: 'node', node: 'make' })
    expect(made.shown).toBeLessThan(0.15)
    expect(told(made, { type: 'count', node: 'make', part: 1 }).shown).toBeGreaterThan(0.7)
  })

  it('never falls, although a node counts more than once, or things are told twice', () => {
    const once = told(
      beginCourse(graph, undefined),
      { type: 'node', node: 'make' },
      { type: 'count', node: 'make', part: 1 },
    )
    const again = told(once, { type: 'count', node: 'make', part: 0.1 }, { type: 'node', node: 'make' })
    expect(again.shown).toBe(once.shown)
  })

  it('is not whole before the result is here', () => {
    const all = Object.keys(graph).map((node) => ({ type: 'made', node }) as const)
    expect(told(beginCourse(graph, undefined), ...all, { type: 'ended' }).shown).toBe(0.99)
  })

  it('counts what the server had already', () => {
    const course = told(beginCourse(graph, undefined), { type: 'cached', nodes: ['load', 'make'] })
    expect(course.shown).toBeGreaterThan(0.7)
  })

  it('goes by what graphs of that shape took before', () => {
    const first = told(
      beginCourse(graph, undefined),
      { type: 'node', node: 'load', at: 0 },
      { type: 'node', node: 'make', at: 9000 },
      { type: 'node', node: 'decode', at: 9900 },
      { type: 'ended', at: 10_000 },
    )
    const weights = learned(undefined, first.took)
    const next = told(beginCourse(graph, weights), { type: 'node', node: 'load' }, { type: 'node', node: 'make' })
    expect(next.shown).toBeCloseTo(0.9, 1)
  })

  it('has one shape for graphs that differ only in what is set', () => {
    const other = { ...graph, make: { class_type: 'KSampler', inputs: { steps: 4 } } }
    expect(shapeOf(other)).toBe(shapeOf(graph))
    expect(shapeOf({ ...graph, make: { class_type: 'SamplerCustom', inputs: {} } })).not.toBe(shapeOf(graph))
  })

  it('knows when a model loads', () => {
    const begun = beginCourse(graph, undefined)
    expect(isLoading(begun)).toBeNull()
    expect(isLoading(told(begun, { type: 'node', node: 'load' }))).toBe(true)
    const makes = told(begun, { type: 'node', node: 'make' })
    expect(isLoading(makes)).toBe(true)
    expect(isLoading(told(makes, { type: 'count', node: 'make', part: 0.2 }))).toBe(false)
  })
})

describe('what the socket says', () => {
  it.each([
    ['nonsense', 'hello'],
    ['another type', '{"type":"crystools.monitor","data":{"prompt_id":"x"}}'],
    ['a state of the queue', '{"type":"status","data":{"status":{"exec_info":{"queue_remaining":0}}}}'],
    ['a node of nobody', '{"type":"executing","data":{"node":"3"}}'],
    ['data of another form', '{"type":"progress","data":[1,2]}'],
  ])('and is %s is passed over', (_name, text) => expect(readEvent(text)).toBeNull())

  it('is never more than all', () => {
    const text = JSON.stringify({ type: 'progress', data: { value: 30, max: 20, prompt_id: 'x', node: '3' } })
    expect(readEvent(text)).toEqual({ type: 'count', id: 'x', node: '3', part: 1 })
  })
})
