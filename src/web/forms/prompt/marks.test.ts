import { describe, expect, it } from 'vitest'
import { afterEdit, marksOf, piecesOf } from './marks.ts'
import { willDraw } from './will-draw.ts'

const TEXT = 'a fox in glorbix snow'
const marks = marksOf(TEXT, [
  [2, 5],
  [17, 21],
])
const worded = (text: string, of: readonly { from: number; to: number; known: boolean }[]) =>
  of.map(({ from, to, known }) => `${text.slice(from, to)}${known ? '+' : '?'}`)

it('marks what is known and what is not, and no small words', () => {
  expect(worded(TEXT, marks)).toEqual(['fox+', 'glorbix?', 'snow+'])
  // A small word that says something is a word like others.
  expect(worded('push in', marksOf('push in', [[5, 7]]))).toEqual(['push?', 'in+'])
})

describe('an edit', () => {
  it.each([
    ['before all', 'Today a fox in glorbix snow', ['fox+', 'glorbix?', 'snow+']],
    ['in a word', 'a fox in glorobix snow', ['fox+', 'snow+']],
    ['at the end of a word', 'a foxes in glorbix snow', ['glorbix?', 'snow+']],
    ['at the end', 'a fox in glorbix snow and', ['fox+', 'glorbix?', 'snow+']],
    ['that takes the middle', 'a fox snow', ['fox+', 'snow+']],
    ['that takes all', '', []],
    ['that repeats a letter', 'a fox in glorbix snoww', ['fox+', 'glorbix?']],
  ])('%s leaves marks where their words are', (_, after, expected) => {
    expect(worded(after, afterEdit(marks, TEXT, after))).toEqual(expected)
  })
})

it('cuts a text into pieces that make the text again', () => {
  const pieces = piecesOf(TEXT, marks)
  expect(pieces.map(({ text }) => text).join('')).toBe(TEXT)
  expect(pieces.filter(({ known }) => known === false).map(({ text }) => text)).toEqual(['glorbix'])
})

it('says what will be drawn, what is left open and what is not known', () => {
  const reading = [
    { part: 'Place', value: 'forest' },
    { part: 'Weather', value: 'snow' },
    { part: 'Camera', value: 'dolly in' },
    { part: 'Season', value: null },
  ]
  expect(willDraw('text-to-video', reading, TEXT, marks)).toEqual({
    lead: 'Will draw',
    parts: ['forest', 'snow', 'Camera: dolly in'],
    left: ['season'],
    unknown: ['glorbix'],
  })
  expect(willDraw('video-edit', [{ part: 'Look', value: 'watercolour' }], '', [])).toMatchObject({
    lead: 'Read as',
    parts: ['Look: watercolour'],
  })
})
