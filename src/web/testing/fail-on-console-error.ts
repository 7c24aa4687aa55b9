import { afterEach, beforeEach, expect } from 'vitest'

/** Import it for its effect: a test in which anything is told to console.error fails. */
let told: unknown[][] = []
const tell = console.error

beforeEach(() => {
  told = []
  console.error = (...words: unknown[]) => {
    told.push(words)
    tell(...words)
  }
})

afterEach(() => {
  console.error = tell
  expect(told, 'unexpected console.error').toEqual([])
})
