import { describe, expect, it } from 'vitest'
import { completedJob, pendingJob, runningJob } from '../testing/samples.ts'
import { NO_WORK, progressOf, secondsLeft, withJob, withTotals } from './work.ts'

const totals = (waiting: number, running: number, seconds: number | null = null) => ({
  local: { waiting, running, next: [], paused: false, seconds_left: seconds },
})

describe('the work at hand', () => {
  it('counts what was done since there was last nothing to do', () => {
    let work = withTotals(NO_WORK, totals(3, 1))
    expect(progressOf(work)).toBe(0)
    work = withJob(work, runningJob('a', 1, 0.5), 0)
    expect(progressOf(work)).toBe(0.125)
    work = withTotals(withJob(work, completedJob('a', 1), 0), totals(2, 1))
    expect(progressOf(work)).toBe(0.25)
    // Told twice, it is counted once.
    work = withJob(work, completedJob('a', 1), 0)
    expect(work.completed).toHaveLength(1)
    work = withTotals(work, totals(0, 0))
    expect(progressOf(work)).toBeNull()
    expect(work.completed).toHaveLength(1)
    expect(withTotals(work, totals(1, 0)).completed).toEqual([])
  })

  it('leaves alone what was finished before, and what waits', () => {
    expect(withJob(NO_WORK, completedJob('a', 1), Date.now())).toBe(NO_WORK)
    expect(withJob(NO_WORK, pendingJob('a', 1), 0)).toEqual(NO_WORK)
  })

  it('lasts as long as the slowest renderer, where all know', () => {
    expect(
      secondsLeft({ ...totals(1, 1, 12), fal: { waiting: 0, running: 1, next: [], paused: false, seconds_left: 30 } }),
    ).toBe(30)
    expect(
      secondsLeft({
        ...totals(1, 1, 12),
        fal: { waiting: 0, running: 1, next: [], paused: false, seconds_left: null },
      }),
    ).toBeNull()
    expect(secondsLeft(totals(0, 0, 0))).toBeNull()
  })
})
