import { expect, it } from 'vitest'
import { NO_WORK } from '../data/work.ts'
import { completedJob, failedJob } from '../testing/samples.ts'
import { endedWords, iconWithRing, queuedWords, titleOf } from './work-words.ts'

const NONE = { completed: 0, failed: 0 }

it('says in the title how far the work is, and then what came of it', () => {
  expect(titleOf(NO_WORK, NONE)).toBe('Rushes')
  expect(titleOf({ ...NO_WORK, left: 1, progress: { a: 0.625 } }, NONE)).toBe('62 % · Rushes')
  expect(titleOf({ ...NO_WORK, left: 6, completed: ['a', 'b'] }, NONE)).toBe('3 of 8 · Rushes')
  expect(titleOf(NO_WORK, { completed: 8, failed: 0 })).toBe('✓ 8 done · Rushes')
  expect(titleOf(NO_WORK, { completed: 8, failed: 1 })).toBe('1 failed · Rushes')
})

it('says aloud what has come into the queue', () => {
  expect([0, 1, 4].map(queuedWords)).toEqual(['', 'Take queued.', '4 takes queued.'])
})

it('says aloud what has ended, one by its words and several by their number', () => {
  expect(endedWords([], [])).toBe('')
  expect(endedWords([{ ...completedJob('a', 1), batch_id: 'b', batch_position: 3, batch_size: 8 }], [])).toBe(
    'Take done: A lake, 3 of 8.',
  )
  expect(endedWords([completedJob('a', 1), completedJob('b', 2)], [failedJob('c', 3)])).toBe(
    '2 takes done. Take failed: A lake.',
  )
})

it('draws a ring of that length', () => {
  expect(decodeURIComponent(iconWithRing(0.5))).toContain('stroke-dasharray="40.8 81.7"')
})
