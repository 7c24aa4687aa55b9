// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { loadAtLast } from './load-at-last.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  document.head.replaceChildren()
})

it('asks again until the code has come', async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('away')).mockResolvedValue('here')
  const loaded = loadAtLast(load)
  await vi.advanceTimersByTimeAsync(1900)
  expect(load).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(await loaded).toBe('here')
})

it('brings a stylesheet that did not come before the code that is drawn with it', async () => {
  document.head.innerHTML = '<link rel="stylesheet" href="/part.css"><link rel="icon" href="/icon.svg">'
  const link = () => document.head.querySelector('[href="/part.css"]')
  const icon = document.head.querySelector('[rel=icon]')
  const broken = link()
  for (const each of [broken, icon]) each?.dispatchEvent(new Event('error'))
  const load = vi.fn<() => Promise<string>>().mockResolvedValue('here')
  const loaded = loadAtLast(load)
  const second = link()
  expect(second).not.toBe(broken)
  second?.dispatchEvent(new Event('error'))
  await vi.advanceTimersByTimeAsync(2100)
  expect(load).not.toHaveBeenCalled()
  expect(link()).not.toBe(second)
  link()?.dispatchEvent(new Event('load'))
  expect(await loaded).toBe('here')
  expect(document.head.querySelectorAll('link')).toHaveLength(2)
  expect(document.head.querySelector('[rel=icon]')).toBe(icon)
})
