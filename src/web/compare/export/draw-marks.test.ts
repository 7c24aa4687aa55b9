import { expect, test } from 'vitest'
import { shorten } from './draw-marks.ts'

const measure = (words: string) => [...words].length * 10

test('a name that has room stays whole', () => {
  expect(shorten('Source', 60, measure)).toBe('Source')
})

test('a name that has none ends in dots, after a letter and not after a blank, and no letter is halved', () => {
  expect(shorten('Local draft', 70, measure)).toBe('Local…')
  expect(shorten('日本語の名前', 40, measure)).toBe('日本語…')
  expect(shorten('🎬🎬🎬🎬', 30, measure)).toBe('🎬🎬…')
  expect(shorten('Source', 0, measure)).toBe('S…')
})
