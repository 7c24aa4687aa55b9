import { readFileSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { jobSchema } from '../../shared/job.ts'
import { starred } from './edits.ts'
import { createWorkshop } from '../testing/workshop.ts'

let workshop: Awaited<ReturnType<typeof createWorkshop>>
beforeEach(async () => {
  workshop = await createWorkshop()
})
afterEach(() => workshop.remove())

const finished = async (prompt: string): Promise<string> => {
  const id = await workshop.submit(prompt)
  await vi.waitFor(() => expect(workshop.local.at(-1)?.task.job.job_id).toBe(id))
  await workshop.local.at(-1)?.finish()
  // Everybody is told once it is written down.
  await vi.waitFor(() => expect(workshop.seen.filter(({ job_id }) => job_id === id).at(-1)?.status).toBe('completed'))
  return id
}

const star = (id: string, value: boolean) => workshop.runner.changes.change(id, starred(value))

const besideTake = async (id: string) => {
  const stored = await workshop.jobs.get(id)
  return jobSchema.parse(JSON.parse(readFileSync(`${workshop.takeFolder.path(stored?.result ?? '')}.json`, 'utf8')))
}

describe('a star', () => {
  it('is written into the index and beside the take, told to everybody, and taken away again', async () => {
    const id = await finished('lake')
    expect((await workshop.job(id)).starred).toBe(false)
    const before = workshop.seen.length
    expect(await star(id, true)).toMatchObject({ status: 'completed', starred: true })
    expect([(await workshop.job(id)).starred, (await besideTake(id)).starred]).toEqual([true, true])
    expect(workshop.seen.slice(before)).toMatchObject([{ job_id: id, starred: true }])
    await star(id, false)
    expect([(await workshop.job(id)).starred, (await besideTake(id)).starred]).toEqual([false, false])
  })

  it('that is there already is no change, and nobody is told', async () => {
    const id = await finished('lake')
    await star(id, true)
    const before = workshop.seen.length
    expect(await star(id, true)).toMatchObject({ starred: true })
    expect(workshop.seen).toHaveLength(before)
  })

  it('ends up the same in the index and beside the take, however quickly it is changed', async () => {
    const id = await finished('lake')
    await Promise.all([true, false, true, false, true].map((value) => star(id, value)))
    expect([(await workshop.job(id)).starred, (await besideTake(id)).starred]).toEqual([true, true])
  })

  it('is known after a restart', async () => {
    const id = await finished('lake')
    await star(id, true)
    workshop = await workshop.reopen()
    expect((await workshop.job(id)).starred).toBe(true)
  })

  it('is refused for what has no result, and for what there is not', async () => {
    const id = await workshop.submit('waiting')
    await expect(star(id, true)).rejects.toMatchObject({ code: 'NOT_READY' })
    await workshop.runner.cancel(id)
    await expect(star(id, true)).rejects.toMatchObject({ code: 'NOT_READY' })
    await expect(star('job_none', true)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const gone = await finished('gone')
    rmSync(workshop.takeFolder.path((await workshop.jobs.get(gone))?.result ?? ''))
    await expect(star(gone, true)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    // One refusal does not hold up what comes after it.
    const next = await finished('next')
    expect(await star(next, true)).toMatchObject({ starred: true })
  })
})

it('is no star where a record is older than stars', async () => {
  const { starred: _, ...old } = await workshop.job(await workshop.submit('old'))
  expect(jobSchema.parse(old)).toMatchObject({ starred: false })
})
