import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Job, jobPageSchema, jobSchema } from '../shared/job.ts'
import { changedSchema, emptiedSchema, removedEventSchema, shelvesSchema } from '../shared/library.ts'
import { fileResourceSchema } from '../shared/media.ts'
import { submittedSchema } from '../shared/routes.ts'
import { serve, type Served } from './testing/serve.ts'

let server: Served
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server.close())

const send = (method: string, path: string, body?: unknown) =>
  fetch(`${server.url}/v1${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
const make = async (prompt: string, fields: Record<string, string> = {}, model = 'lucy-pro-t2i'): Promise<Job> => {
  const answer = await server.submit(model, { prompt, resolution: '480p', ...fields }, { 'x-renderer': 'local' })
  const job = await server.finished(submittedSchema.parse(await answer.json()).job_id)
  expect(job.status).toBe('completed')
  return job
}
const change = async (changes: object) => {
  const answer = await send('POST', '/jobs/changes', changes)
  expect(answer.status).toBe(200)
  return changedSchema.parse(await answer.json())
}
const list = async (query: string) => {
  const page = jobPageSchema.parse(await (await fetch(`${server.url}/v1/jobs?${query}`)).json())
  return { ids: page.jobs.map(({ job_id: id }) => id), total: page.total }
}
const shelves = async () => shelvesSchema.parse(await (await send('GET', '/shelves')).json())
const pathOf = (job: Job): string =>
  join(server.dataDir, 'takes', job.created_at.slice(0, 10), job.output?.filename ?? '')
const beside = (job: Job): Job => jobSchema.parse(JSON.parse(readFileSync(`${pathOf(job)}.json`, 'utf8')))

/** What the events of that name have said since this began to listen. */
const listen = async (name: string) => {
  const controller = new AbortController()
  const answer = await fetch(`${server.url}/v1/events`, { signal: controller.signal })
  let text = ''
  const reading = (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true })
  })().catch(() => undefined)
  await vi.waitFor(() => expect(text).toContain('event: notice'))
  return {
    said: (): unknown[] =>
      text.split('\n\n').flatMap((event) => {
        const data = new RegExp(`^event: ${name}\\ndata: (.*)$`, 's').exec(event.trim())?.[1]
        return data === undefined ? [] : [JSON.parse(data)]
      }),
    stop: async () => {
      controller.abort()
      await reading
    },
  }
}

describe('a take', () => {
  it('gets a name by which it is found, beside its file too, and loses it again', async () => {
    const job = await make('lake at dawn')
    const named = await send('PATCH', `/jobs/${job.job_id}`, { name: '  Opening shot ' })
    expect(jobSchema.parse(await named.json()).name).toBe('Opening shot')
    expect(beside(job).name).toBe('Opening shot')
    expect((await list('text=opening')).ids).toEqual([job.job_id])
    await send('PATCH', `/jobs/${job.job_id}`, { name: null })
    expect((await list('text=opening')).ids).toEqual([])
  })

  it('takes no name that is none, and there is none without a take', async () => {
    const job = await make('lake')
    expect((await send('PATCH', `/jobs/${job.job_id}`, { name: '' })).status).toBe(422)
    expect((await send('PATCH', '/jobs/job_none', { name: 'a' })).status).toBe(404)
  })

  it('is found by its kind, what is finished, its engine and its shelves', async () => {
    const picture = await make('zebra')
    const clip = await make('zebra', { num_inference_steps: '4' }, 'lucy-pro-t2v')
    await change({ job_ids: [clip.job_id], add_shelf: 'Quagga spot' })
    expect(await list('text=zebra&kind=video')).toEqual({ ids: [clip.job_id], total: 1 })
    expect(await list('text=zebra&kind=image')).toEqual({ ids: [picture.job_id], total: 1 })
    expect((await list('text=quagga')).ids).toEqual([clip.job_id])
    expect((await list('text=zebra&finished=true')).total).toBe(2)
    const engine = clip.output?.engine?.name ?? ''
    expect((await list(`text=${encodeURIComponent(`zebra ${engine}`)}`)).total).toBe(2)
    expect((await send('GET', '/jobs?kind=sound')).status).toBe(422)
  })
})

describe('many takes', () => {
  it('are starred and shelved at once, each on its own, and what cannot be is told', async () => {
    const [a, b] = [await make('one'), await make('two')]
    const changed = await change({ job_ids: [a.job_id, 'job_none', b.job_id], starred: true, add_shelf: 'Spot' })
    expect(changed.jobs.map(({ job_id: id, starred, shelves: on }) => [id, starred, on])).toEqual([
      [a.job_id, true, ['Spot']],
      [b.job_id, true, ['Spot']],
    ])
    expect(changed.problems).toEqual([{ job_id: 'job_none', message: expect.stringContaining('no job') }])
    expect(beside(a)).toMatchObject({ starred: true, shelves: ['Spot'] })
    expect((await list('shelf=Spot')).ids).toEqual([b.job_id, a.job_id])
    expect((await shelves()).shelves).toContainEqual({ name: 'Spot', count: 2 })
    await change({ job_ids: [a.job_id], remove_shelf: 'Spot' })
    expect(await list('shelf=Spot')).toEqual({ ids: [b.job_id], total: 1 })
  })

  it('are 1 to 1,000', async () => {
    const many = Array.from({ length: 1001 }, (_, at) => `job_${at}`)
    for (const ids of [[], many]) expect((await send('POST', '/jobs/changes', { job_ids: ids })).status).toBe(422)
  })
})

describe('the bin', () => {
  it('takes what is finished out of the list, keeps its file, and gives it back, also after the index was lost', async () => {
    const job = await make('into the bin')
    const events = await listen('job')
    const { jobs } = await change({ job_ids: [job.job_id], binned: true })
    expect(jobs[0]?.deleted_at).toMatch(/^20/)
    await vi.waitFor(() => expect(events.said()).toContainEqual(jobs[0]))
    await events.stop()
    expect((await list('')).ids).not.toContain(job.job_id)
    expect((await list('deleted=true')).ids).toEqual([job.job_id])
    expect([(await shelves()).binned, existsSync(pathOf(job))]).toEqual([1, true])

    await server.close(true)
    for (const name of readdirSync(server.dataDir).filter((each) => each.startsWith('rushes.db')))
      rmSync(join(server.dataDir, name))
    server = await serve({ dataDir: server.dataDir })
    await vi.waitFor(async () => expect((await list('deleted=true')).ids).toEqual([job.job_id]), 10_000)
    await change({ job_ids: [job.job_id], binned: false })
    expect((await list('')).ids).toContain(job.job_id)
    expect(beside(job).deleted_at).toBeNull()
  })

  it('takes a cancelled job too, but none that is not finished', async () => {
    const submit = async () => {
      const answer = await server.submit(
        'lucy-pro-t2v',
        { prompt: 'slow', resolution: '720p' },
        { 'x-renderer': 'local' },
      )
      return submittedSchema.parse(await answer.json()).job_id
    }
    const running = await submit()
    const { jobs, problems } = await change({ job_ids: [running], binned: true })
    expect([jobs, problems]).toEqual([[], [{ job_id: running, message: expect.stringContaining('not finished') }]])
    await send('DELETE', `/jobs/${running}`)
    await server.finished(running)
    expect((await change({ job_ids: [running], binned: true })).jobs).toHaveLength(1)
  })

  it('is emptied with all that lies on the disk of it, which pages are told, but for what became a source', async () => {
    const [gone, source] = [await make('to be gone'), await make('a source')]
    const made = await make('made of it', { data: source.job_id }, 'lucy-pro-i2i')
    await Promise.all(
      [gone, source].map(({ job_id: id }) =>
        fetch(`${server.url}/v1/jobs/${id}/thumbnail`).then((each) => each.text()),
      ),
    )
    await change({ job_ids: [gone.job_id, source.job_id], binned: true })
    const { binned } = await shelves()
    const events = await listen('removed')
    expect(emptiedSchema.parse(await (await send('DELETE', '/bin')).json()).removed).toBe(binned)
    await vi.waitFor(() => expect(events.said()).toHaveLength(1))
    await events.stop()
    expect(events.said().flatMap((each) => removedEventSchema.parse(each).job_ids)).toEqual(
      expect.arrayContaining([gone.job_id, source.job_id]),
    )
    for (const job of [gone, source]) {
      expect((await send('GET', `/jobs/${job.job_id}`)).status).toBe(404)
      expect([existsSync(pathOf(job)), existsSync(`${pathOf(job)}.json`)]).toEqual([false, false])
    }
    const thumbnails = readdirSync(join(server.dataDir, 'thumbnails')).join()
    expect(thumbnails).not.toMatch(new RegExp(`${gone.job_id}|${source.job_id}`))
    const file = String(made.inputs['data'])
    expect((await fetch(`${server.url}/v1/files/${file}/content`)).status).toBe(200)
    expect((await shelves()).binned).toBe(0)
  })
})

describe("a take's file", () => {
  it('is the same each time, has the take’s bytes under a second name, and tells which job they are of', async () => {
    const job = await make('to be used')
    const file = fileResourceSchema.parse(await (await send('POST', `/jobs/${job.job_id}/file`)).json())
    expect(file).toMatchObject({ job_id: job.job_id, filename: job.output?.filename, size_bytes: job.output?.bytes })
    expect(fileResourceSchema.parse(await (await send('POST', `/jobs/${job.job_id}/file`)).json())).toEqual(file)
    expect(statSync(pathOf(job)).nlink).toBe(2)
    // Forgotten, and wanted again.
    await send('DELETE', `/files/${file.id}`)
    expect(statSync(pathOf(job)).nlink).toBe(1)
    const again = fileResourceSchema.parse(await (await send('POST', `/jobs/${job.job_id}/file`)).json())
    expect([again.id, (await fetch(`${server.url}/v1/files/${file.id}/content`)).status]).toEqual([file.id, 200])
  })

  it('is an input by the id of the file or of the job, and what comes of it says so and is found by it', async () => {
    const source = await make('a source')
    const { id } = fileResourceSchema.parse(await (await send('POST', `/jobs/${source.job_id}/file`)).json())
    const made = [
      await make('by its file', { data: id }, 'lucy-pro-i2i'),
      await make('by its job', { data: source.job_id }, 'lucy-pro-i2i'),
    ]
    for (const job of made) {
      expect([job.inputs['data'], job.sources]).toEqual([id, { data: source.job_id }])
      // It is completed before its description lies beside it.
      await vi.waitFor(() => expect(beside(job).sources).toEqual({ data: source.job_id }))
    }
    expect(await list(`source=${source.job_id}`)).toEqual({
      ids: made.map(({ job_id: made_id }) => made_id).toReversed(),
      total: 2,
    })
    const none = await server.submit('lucy-pro-i2i', { prompt: 'a', data: `job_${'0'.repeat(32)}` })
    expect([none.status, await none.json()]).toMatchObject([
      404,
      { fields: { data: expect.stringContaining('no job') } },
    ])
  })

  it('is refused for a job that has no take', async () => {
    expect((await send('POST', '/jobs/job_none/file')).status).toBe(404)
  })
})

describe('the folder of takes', () => {
  const moved = (job: Job, to: string) => ({
    media: readFileSync(pathOf(job)),
    json: readFileSync(`${pathOf(job)}.json`),
    to: join(server.dataDir, 'takes', to),
  })

  it('says what others delete in it and bring back', async () => {
    const [job, other] = [await make('deleted outside'), await make('stays')]
    const { media, json } = moved(job, '')
    const removed = await listen('removed')
    rmSync(pathOf(job))
    await vi.waitFor(() => expect(removed.said()).toEqual([{ job_ids: [job.job_id] }]), 10_000)
    expect((await send('GET', `/jobs/${job.job_id}`)).status).toBe(404)
    expect((await send('GET', `/jobs/${other.job_id}`)).status).toBe(200)

    const came = await listen('job')
    // A copy that comes in pieces, its description before its media.
    writeFileSync(`${pathOf(job)}.json`, json.subarray(0, 20))
    writeFileSync(pathOf(job), media.subarray(0, 20))
    writeFileSync(`${pathOf(job)}.json`, json)
    writeFileSync(pathOf(job), media)
    await vi.waitFor(() => expect(came.said()).toMatchObject([{ job_id: job.job_id }]), 10_000)
    expect((await list('')).ids).toContain(job.job_id)
    expect(removed.said()).toHaveLength(1)
    await removed.stop()
    await came.stop()
  })

  it('is told apart from what Rushes itself writes, and from a touch', async () => {
    const events = await listen('removed')
    const jobs = await listen('job')
    const job = await make('by Rushes')
    await change({ job_ids: [job.job_id], starred: true })
    utimesSync(pathOf(job), new Date(), new Date())
    // What is looked at after it shows that this was looked at.
    const marker = await make('marker')
    rmSync(pathOf(marker))
    await vi.waitFor(() => expect(events.said()).toEqual([{ job_ids: [marker.job_id] }]), 10_000)
    const ends = jobs.said().filter((each) => {
      const read = jobSchema.parse(each)
      return read.job_id === job.job_id && read.status === 'completed'
    })
    expect(ends.length).toBeLessThanOrEqual(2)
    await events.stop()
    await jobs.stop()
  })
})
