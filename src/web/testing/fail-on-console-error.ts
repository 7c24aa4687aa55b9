import { afterEach, beforeEach, expect, vi } from 'vitest'

/** Import it for its effect: a test in which anything is told to console.error fails. */
beforeEach(() => {
  vi.spyOn(console, 'error')
})

afterEach(() => {
  const told = vi.mocked(console.error).mock.calls
  vi.mocked(console.error).mockRestore()
  expect(told, 'unexpected console.error').toEqual([])
})
