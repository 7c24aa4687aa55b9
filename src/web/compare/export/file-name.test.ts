import { expect, test } from 'vitest'
import { exportFileName } from './file-name.ts'

test('the name says what is compared and how', () => {
  expect(exportFileName(['source', 'anime'], 'side-by-side', 'wipe', 'mp4')).toBe(
    'compare source vs anime side-by-side.mp4',
  )
  expect(exportFileName(['source', 'anime'], 'moving-wipe', 'grid', 'webm')).toBe(
    'compare source vs anime moving wipe.webm',
  )
  expect(exportFileName(['source', 'anime'], 'seen', 'difference', 'gif')).toBe(
    'compare source vs anime difference.gif',
  )
  expect(exportFileName(['anime'], 'seen', 'single', 'png')).toBe('anime.png')
})

test('many sides are counted', () => {
  expect(exportFileName(['a', 'b', 'c', 'd'], 'side-by-side', 'grid', 'mp4')).toBe('compare 4 takes side-by-side.mp4')
})

test('no sign is left that a file system refuses, and letters of any language stay', () => {
  expect(exportFileName(['../up:*?"<>|', 'Local draft · Lucy 2.5'], 'seen', 'wipe', 'png')).toBe(
    'compare up vs Local draft Lucy 2.5 wipe.png',
  )
  expect(exportFileName(['Größe', '日本'], 'seen', 'wipe', 'png')).toBe('compare Größe vs 日本 wipe.png')
  expect(exportFileName(['', '..'], 'seen', 'wipe', 'png')).toBe('compare wipe.png')
  expect(exportFileName(['x'.repeat(300), 'b'], 'seen', 'wipe', 'png').length).toBeLessThan(80)
})
