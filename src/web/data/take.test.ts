import { describe, expect, it } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { completedJob, failedJob, madeAt, pendingJob, runningJob } from '../testing/samples.ts'
import type { OpenSubmission } from './submissions.ts'
import { isRunning, mergeTakes, sourceIdOf, takeOfJob } from './take.ts'
import { chosenTake } from './takes.ts'

const ask = (
  key: string,
  jobId: string | null,
  phase: OpenSubmission['phase'] = { name: 'submitting' },
): OpenSubmission => ({
  key,
  jobId,
  phase,
  modelId: 'lucy-pro-t2v',
  inputs: { prompt: 'A lake', seed: 7 },
  renderer: 'local',
  engine: null,
  batch: null,
  startedAt: Date.parse(madeAt(30)),
  controller: new AbortController(),
})

/** A job that was submitted with the key of the ask. */
const keyed = (job: Job): Job => ({ ...job, idempotency_key: 'k' })

describe('the state of a take', () => {
  it('says the place in the queue, the progress, and how long it took', () => {
    expect(takeOfJob(pendingJob('a', 1, 3)).state).toEqual({ name: 'queued', position: 3 })
    expect(takeOfJob(runningJob('a', 1, 0.4)).state).toMatchObject({ name: 'rendering', progress: 0.4 })
    expect(takeOfJob(completedJob('a', 1)).state).toMatchObject({ name: 'done', seconds: 60 })
  })

  it('tells a cancelled job from a failed one, and both with their bill', () => {
    const cancelled = failedJob('a', 1, { code: 'CANCELLED', message: 'Cancelled.', billed: 'maybe', resumable: false })
    expect(takeOfJob(cancelled).state).toEqual({ name: 'cancelled', billed: true })
    expect(takeOfJob(failedJob('a', 1)).state).toMatchObject({ name: 'failed', error: { billed: 'no' } })
  })

  it('is cancelling from the click until the server says how it ended', () => {
    const running = takeOfJob(runningJob('a', 1, 0.4), undefined, { name: 'asked' })
    expect(running.state).toEqual({ name: 'cancelling' })
    expect(isRunning(running)).toBe(true)
    expect(takeOfJob(completedJob('a', 1), undefined, { name: 'asked' }).state.name).toBe('done')
  })

  it('says that a cancel did not get through, and goes on running', () => {
    const take = takeOfJob(runningJob('a', 1, 0.4), undefined, { name: 'failed', message: 'No answer.' })
    expect(take).toMatchObject({ state: { name: 'rendering' }, cancelProblem: 'No answer.' })
  })

  it('is being fetched while this page brings the media in', () => {
    expect(takeOfJob(completedJob('a', 1), ask('k', 'a', { name: 'fetching' })).state.name).toBe('fetching')
  })
})

describe('mergeTakes', () => {
  it('shows an ask at once, and as one take with its job when that appears', () => {
    const before = mergeTakes([completedJob('old', 1)], [ask('k', null)], {})
    expect(before.map(({ id, state }) => [id, state.name])).toEqual([
      ['k', 'submitting'],
      ['old', 'done'],
    ])
    const after = mergeTakes([keyed(runningJob('new', 2, 0.1)), completedJob('old', 1)], [ask('k', 'new')], {})
    expect(after.map(({ id, state }) => [id, state.name])).toEqual([
      ['k', 'rendering'],
      ['old', 'done'],
    ])
  })

  it('shows one take when the event about a job comes before the answer that names it', () => {
    const takes = mergeTakes([keyed(runningJob('new', 2, 0))], [ask('k', null)], {})
    expect(takes.map(({ id, jobId, state }) => [id, jobId, state.name])).toEqual([['k', 'new', 'rendering']])
  })

  it('believes the server about a job whose answer was lost', () => {
    const lost = ask('k', null, { name: 'lost', message: 'No answer.' })
    expect(mergeTakes([keyed(completedJob('new', 2))], [lost], {}).map(({ state }) => state.name)).toEqual(['done'])
  })

  it('keeps the identity of a take after its ask is closed', () => {
    expect(mergeTakes([keyed(completedJob('new', 2))], [], {})[0]).toMatchObject({ id: 'k', jobId: 'new' })
  })

  it('keeps an ask that was never answered as a take that says so', () => {
    const [lost] = mergeTakes([], [ask('k', null, { name: 'lost', message: 'No answer.' })], {})
    expect(lost?.state).toEqual({ name: 'lost', message: 'No answer.' })
    expect(lost && isRunning(lost)).toBe(false)
  })

  it('gives the same object for an unchanged job, so that its row is not drawn again', () => {
    const job = completedJob('a', 1)
    const first = mergeTakes([job], [], {})
    const second = mergeTakes([runningJob('b', 2, 0.5), job], [], {})
    expect(second[1]).toBe(first[0])
  })
})

describe('the place in the queue', () => {
  const jobs = [pendingJob('c', 3, 9), pendingJob('b', 2, 9), runningJob('a', 1, 0.5)]
  const totals = (waiting: number) => ({ local: { waiting, next: [] } })
  const positions = (takes: ReturnType<typeof mergeTakes>) =>
    takes.map(({ state }) => (state.name === 'queued' ? state.position : null))

  it('is counted from the total, which is told when the queue moves', () => {
    expect(positions(mergeTakes(jobs, [], {}, totals(5)))).toEqual([5, 4, null])
    expect(positions(mergeTakes(jobs, [], {}, totals(2)))).toEqual([2, 1, null])
    expect(positions(mergeTakes(jobs, [], {}))).toEqual([9, 9, null])
  })

  it('makes another take of those alone that it moved', () => {
    const before = mergeTakes(jobs, [], {}, totals(2))
    const after = mergeTakes([pendingJob('d', 4, 1), ...jobs], [], {}, totals(3))
    expect(after.slice(1)).toEqual(before)
    expect(after.slice(1).every((take, index) => take === before[index])).toBe(true)
  })
})

describe('chosenTake', () => {
  const takes = mergeTakes([keyed(completedJob('b', 2)), completedJob('a', 1)], [], {})

  it('finds the chosen one by key or by job, and no other in its place', () => {
    expect(chosenTake(takes, 'a')?.jobId).toBe('a')
    expect(chosenTake(takes, 'k')?.jobId).toBe('b')
    expect(chosenTake(takes, null)).toBeUndefined()
    expect(chosenTake(takes, 'gone')).toBeUndefined()
  })
})

it('finds the source of an edit, and of a transition', () => {
  expect(sourceIdOf({ inputs: { data: 'file_1', reference_image: 'file_2' } })).toBe('file_1')
  expect(sourceIdOf({ inputs: { start: 'file_3', end: 'file_4' } })).toBe('file_3')
  expect(sourceIdOf({ inputs: { prompt: 'A' } })).toBeNull()
})
