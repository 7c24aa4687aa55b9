import { expect, it } from 'vitest'
import { pendingJob } from '../testing/samples.ts'
import { asPlaces } from './places.ts'

it('moves a job among those of its own renderer', () => {
  const cloud = { ...pendingJob('x', 2), renderer: 'fal' }
  const places = asPlaces([pendingJob('a', 1), cloud, pendingJob('b', 3), pendingJob('c', 4)])
  expect(places.map(({ job, before, first }) => [job.job_id, before, first])).toEqual([
    ['a', null, null],
    ['x', null, null],
    ['b', 'a', 'a'],
    ['c', 'b', 'a'],
  ])
})
