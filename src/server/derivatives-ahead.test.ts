import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import { RushesError } from '../shared/errors.ts'
import type { Job } from '../shared/job.ts'
import { createDerivativesAhead } from './derivatives-ahead.ts'
import { createJobBus } from './jobs/bus.ts'

/** A finished clip of so many seconds, as far as it matters here. */
const clip = (id: string, duration: number | null, inputs: Job['inputs'] = {}) =>
  ({ job_id: id, status: 'completed', model: 'lucy-pro-v2v', output: { duration }, inputs }) as unknown as Job

/** `idle` says whether anything runs; `made` is what was made, in order; what `refuses` names cannot be. */
const setUp = (jobs: readonly Job[], refuses = '') => {
  const state = { idle: false }
  const made: string[] = []
  const bus = createJobBus()
  const ahead = createDerivativesAhead({
    follows: {
      bus,
      runner: {
        find: async (id) => {
          const job = jobs.find((one) => one.job_id === id)
          return job && { job, result: `takes/${id}.mp4` }
        },
      },
      files: {
        get: async (id) => ({ id, media: { duration: 30 } }) as never,
        input: async (id) => ({ key: `media/${id.slice('file_'.length)}.mp4` }) as never,
      },
    },
    isIdle: () => state.idle,
    derivatives: {
      ensure: async (kind, id) => {
        if (id === refuses) throw new RushesError('UNSUPPORTED_MEDIA', 'It is damaged.')
        if (id === 'job_full' && made.length === 0) {
          made.push('nothing: the disk is full')
          throw new RushesError('DISK_FULL', 'The disk is full.')
        }
        made.push(`${kind} ${id}`)
        return ''
      },
    },
    logger: pino({ level: 'silent' }),
  })
  const finish = (job: Job) => bus.tell({ name: 'job', job })
  const rest = () => {
    state.idle = true
    bus.tell({ name: 'queue', totals: {} })
  }
  return { ahead, made, finish, rest }
}

it('makes the sprite of a clip, the proxy of a long one, and that of the long clip it was made from, while nothing runs', async () => {
  const hash = 'a'.repeat(32)
  const long = clip('job_long', 30, { data: `file_${hash}` })
  const { made, finish, rest } = setUp([long])
  finish(long)
  finish(long)
  await vi.waitFor(() => expect(made).toEqual([]))
  rest()
  await vi.waitFor(() => expect(made).toEqual(['sprite job_long', 'proxy job_long', `proxy file_${hash}`]))
})

it('makes no proxy of a short clip, and nothing of a picture', async () => {
  const jobs = [clip('job_short', 5), clip('job_picture', null)]
  const { made, finish, rest } = setUp(jobs)
  rest()
  jobs.forEach(finish)
  await vi.waitFor(() => expect(made).toEqual(['sprite job_short']))
})

it('makes what somebody waits for although something runs, and says so where it could not be made before', async () => {
  const { ahead, made } = setUp([], 'job_damaged')
  const wanted = { kind: 'proxy', id: 'job_a', source: 'takes/job_a.mp4' } as const
  expect(ahead.want(wanted)).toBe(true)
  await vi.waitFor(() => expect(made).toEqual(['proxy job_a']))
  const damaged = { ...wanted, id: 'job_damaged' }
  expect(ahead.want(damaged)).toBe(true)
  await vi.waitFor(() => expect(ahead.want(damaged)).toBe(false))
  expect(made).toEqual(['proxy job_a'])
})

it('makes it when it is asked for again where there was only no room for it', async () => {
  const { ahead, made } = setUp([])
  const wanted = { kind: 'proxy', id: 'job_full', source: 'takes/job_full.mp4' } as const
  ahead.want(wanted)
  await vi.waitFor(() => expect(made).toHaveLength(1))
  expect(ahead.want(wanted)).toBe(true)
  await vi.waitFor(() => expect(made).toEqual(['nothing: the disk is full', 'proxy job_full']))
})

it('begins none once it is closed', async () => {
  const long = clip('job_long', 30)
  const { ahead, made, finish, rest } = setUp([long])
  finish(long)
  ahead.close()
  rest()
  expect(ahead.want({ kind: 'proxy', id: 'job_a', source: 'takes/job_a.mp4' })).toBe(true)
  await vi.waitFor(() => expect(made).toEqual([]))
})
