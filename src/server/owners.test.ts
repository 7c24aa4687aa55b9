import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Job, jobPageSchema, jobSchema } from '../shared/job.ts'
import { changedSchema, shelvesSchema } from '../shared/library.ts'
import { queueSchema } from '../shared/queue.ts'
import { spendingSchema } from '../shared/renderers.ts'
import { queueEventSchema, routes, submittedSchema } from '../shared/routes.ts'
import { startDecartServer } from './testing/decart-server.ts'
import { CLIP } from './testing/clip.ts'
import { type Caller, invited, signIn } from './testing/people.ts'
import { formOf, serve, type Served } from './testing/serve.ts'

type Person = Caller & { me: { person: { id: string } | null } }
let server: Served
let ada: Person
let grace: Person
let alan: Person

const start = async (env: Record<string, string>) => {
  server = await serve({ dataDir: mkdtempSync(join(tmpdir(), 'rushes-')), env: { AUTH: 'token', ...env } })
  ada = await signIn(server.url, server.firstSecret, 'Ada')
  grace = await invited(server.url, ada, 'Grace')
  alan = await invited(server.url, ada, 'Alan')
}

const idOf = ({ me }: Person): string => me.person?.id ?? ''
const submit = async (who: Caller, prompt: string, key?: string): Promise<string> => {
  const body = formOf({ prompt, resolution: '480p' })
  const more: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key }
  return submittedSchema.parse(await (await who.ask(routes.submit('lucy-pro-t2i'), 'POST', body, more)).json()).job_id
}
const jobOf = async (who: Caller, id: string): Promise<Job> => jobSchema.parse((await who.call(routes.job(id))).body)
const finished = async (who: Caller, id: string): Promise<Job> => {
  for (;;) {
    const job = await jobOf(who, id)
    if (job.status === 'completed' || job.status === 'failed') return job
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
const make = async (who: Caller, prompt: string): Promise<string> => {
  const id = await submit(who, prompt)
  expect((await finished(who, id)).status).toBe('completed')
  return id
}
const listed = async (who: Caller, query = ''): Promise<string[]> => {
  const { jobs, total } = jobPageSchema.parse((await who.call(`${routes.jobs}${query}`)).body)
  expect(total).toBe(jobs.length)
  return jobs.map(({ job_id: id }) => id)
}
const changed = async (who: Caller, ids: string[], changes: object) =>
  changedSchema.parse((await who.call(routes.jobChanges, 'POST', { job_ids: ids, ...changes })).body)

/** Hears a stream until something has been heard; answers all that was. */
const hear = async (who: Caller) => {
  const answer = await who.ask(routes.events)
  const reader = answer.body?.getReader()
  if (!reader) throw new Error('no stream')
  const decoder = new TextDecoder()
  let text = ''
  return {
    until: async (words: string): Promise<string> => {
      while (!text.includes(words)) {
        const { value, done } = await reader.read()
        if (done) throw new Error(`the stream ended without ${words}: ${text}`)
        text += decoder.decode(value)
      }
      return text
    },
    stop: () => reader.cancel(),
  }
}

describe('a team that sees all', () => {
  let hers: string
  let his: string
  beforeAll(async () => {
    await start({})
    hers = await make(grace, 'a pond of Grace')
    his = await make(alan, 'a pond of Alan')
  })
  afterAll(() => server.close())

  it('has the takes of everybody, each with its owner, and finds them by owner', async () => {
    expect(await listed(grace)).toEqual([his, hers])
    expect((await jobOf(ada, hers)).owner).toBe(idOf(grace))
    expect(await listed(ada, `?owner=${idOf(alan)}`)).toEqual([his])
    expect(await listed(ada, `?owner=${idOf(alan)}&text=pond`)).toEqual([his])
  })

  it('stars and shelves them, and leaves it to the owner, or an admin, to name, bin and cancel', async () => {
    expect((await grace.call(`${routes.job(his)}/star`, 'PUT')).status).toBe(200)
    expect(await changed(grace, [his, hers], { starred: true, add_shelf: 'Best' })).toMatchObject({ problems: [] })
    const others = { status: 403, body: { code: 'FORBIDDEN', detail: expect.stringContaining('another person') } }
    expect(await grace.call(routes.job(his), 'PATCH', { name: 'Mine' })).toMatchObject(others)
    expect(await grace.call(routes.jobResume(his), 'POST')).toMatchObject(others)
    const { jobs, problems } = await changed(grace, [his, hers], { binned: true })
    expect([jobs.map(({ job_id: id }) => id), problems.map(({ job_id: id }) => id)]).toEqual([[hers], [his]])
    expect(await changed(grace, [hers], { binned: false })).toMatchObject({ problems: [] })
    expect((await ada.call(routes.job(his), 'PATCH', { name: 'Pond' })).status).toBe(200)
    expect((await alan.call(routes.job(his), 'PATCH', { name: 'My pond' })).status).toBe(200)
  })

  it('has one queue: everybody sees it and takes their own out of it, an admin holds it', async () => {
    await ada.call(routes.queuePause, 'PUT')
    const waits = [await submit(grace, 'waits for Grace'), await submit(alan, 'waits for Alan')]
    expect(queueSchema.parse((await grace.call(routes.queue)).body).waiting.map(({ job_id: id }) => id)).toEqual(waits)
    expect((await grace.call(routes.job(waits[1] ?? ''), 'DELETE')).status).toBe(403)
    expect((await grace.call(routes.queue, 'DELETE')).body).toEqual({ cancelled: 1 })
    expect((await jobOf(alan, waits[1] ?? '')).status).toBe('pending')
    expect((await ada.call(routes.queue, 'DELETE')).body).toEqual({ cancelled: 1 })
    await ada.call(routes.queuePause, 'DELETE')
  })

  it('empties of the bin only what is one’s own, and for an admin all', async () => {
    const [one, two] = [await make(grace, 'away'), await make(alan, 'away too')]
    await changed(ada, [one, two], { binned: true })
    expect((await grace.call(routes.bin, 'DELETE')).body).toEqual({ removed: 1 })
    expect(await listed(alan, '?deleted=true')).toEqual([two])
    expect((await ada.call(routes.bin, 'DELETE')).body).toEqual({ removed: 1 })
  })

  it('keeps the keys of submissions apart', async () => {
    const [one, two] = [await submit(grace, 'by a key', '1'), await submit(alan, 'by a key', '1')]
    expect(one).not.toBe(two)
    expect(await submit(grace, 'by a key', '1')).toBe(one)
    expect((await finished(grace, one)).idempotency_key).toBe('1')
    await finished(alan, two)
    expect((await alan.call(routes.jobByKey('1'), 'DELETE')).body).toMatchObject({ job_id: two })
    expect((await ada.call(routes.jobByKey('1'), 'DELETE')).status).toBe(404)
  })
})

describe('a team in which each sees their own', () => {
  let hers: string
  let his: string
  beforeAll(async () => {
    await start({ TEAM_SEES: 'own' })
    hers = await make(grace, 'a pond of Grace')
    his = await make(alan, 'a pond of Alan')
  })
  afterAll(() => server.close())

  it('lists, counts and finds nothing of others, but for an admin', async () => {
    await changed(alan, [his], { add_shelf: 'Ponds of Alan' })
    await changed(grace, [hers], { add_shelf: 'Ponds of Grace' })
    for (const query of ['', '?text=pond', '?finished=true', '?model=lucy-pro-t2i', `?owner=${idOf(alan)}`])
      expect([query, await listed(grace, query)]).toEqual([query, [hers]])
    expect(await listed(grace, '?shelf=Ponds%20of%20Alan')).toEqual([])
    const shelves = async (who: Caller) => shelvesSchema.parse((await who.call(routes.shelves)).body)
    expect((await shelves(grace)).shelves).toEqual([{ name: 'Ponds of Grace', count: 1 }])
    expect((await shelves(ada)).shelves).toHaveLength(2)
    expect(await listed(ada)).toEqual([his, hers])
    expect((await grace.call(routes.people)).body).toMatchObject({ people: [{ name: 'Grace' }] })
  })

  it('says of others’ takes what it says of takes that are not there', async () => {
    const none = `job_${'0'.repeat(32)}`
    for (const [method, path, body] of [
      ['GET', routes.job, undefined],
      ['GET', routes.jobContent, undefined],
      ['GET', routes.jobThumbnail, undefined],
      ['GET', routes.jobSprite, undefined],
      ['POST', routes.jobAsFile, undefined],
      ['POST', routes.jobResume, undefined],
      ['PUT', routes.jobStar, undefined],
      ['PATCH', routes.job, { name: 'Mine' }],
      ['DELETE', routes.job, undefined],
    ] as const) {
      const [other, missing] = [await grace.call(path(his), method, body), await grace.call(path(none), method, body)]
      expect([method, path(''), other.status, missing.status]).toEqual([method, path(''), 404, 404])
      expect(JSON.stringify(other.body).replaceAll(his, none)).toBe(JSON.stringify(missing.body))
    }
    expect(await changed(grace, [his, none], { starred: true })).toMatchObject({
      jobs: [],
      problems: [{ message: `There is no job ${his}.` }, { message: `There is no job ${none}.` }],
    })
    expect((await grace.call(routes.archives, 'POST', { job_ids: [his] })).status).toBe(404)
    expect((await grace.call(routes.archives, 'POST', { job_ids: [his, hers] })).body).toMatchObject({ count: 1 })
    expect((await ada.call(routes.archives, 'POST', { job_ids: [his, hers] })).body).toMatchObject({ count: 2 })
  })

  it('takes no take of others for an input, nor bytes of which only the hash is known', async () => {
    const from = async (who: Caller, job: string) => {
      const form = formOf({ prompt: 'in oil', resolution: '480p', data: job })
      return (await who.ask(routes.submit('lucy-pro-i2i'), 'POST', form)).status
    }
    expect([await from(grace, his), await from(grace, hers)]).toEqual([404, 200])
    const bytes = new Uint8Array(await (await alan.ask(routes.jobContent(his))).arrayBuffer())
    const form = new FormData()
    form.set('file', new Blob([bytes]), 'pond.png')
    expect((await alan.ask(routes.files, 'POST', form)).status).toBe(200)
    const { createHash } = await import('node:crypto')
    const known = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
    expect((await grace.call(routes.filesKnown, 'POST', known)).status).toBe(404)
    expect((await ada.call(routes.filesKnown, 'POST', known)).status).toBe(200)
  })

  it('counts what of others waits, and does not name it', async () => {
    await ada.call(routes.queuePause, 'PUT')
    const [mine, other] = [await submit(grace, 'waits for Grace'), await submit(alan, 'waits for Alan')]
    const queue = queueSchema.parse((await grace.call(routes.queue)).body)
    expect([queue.waiting.map(({ job_id: id }) => id), queue.waiting_total]).toEqual([[mine], 2])
    const stream = await hear(grace)
    const heard = await stream.until('event: queue')
    await stream.stop()
    const data = /event: queue\ndata: (.*)\n/.exec(`${heard}\n`)?.[1] ?? '{}'
    expect(queueEventSchema.parse(JSON.parse(data))['local']).toMatchObject({ waiting: 2, next: [mine] })
    expect((await alan.call(routes.queue, 'DELETE')).body).toEqual({ cancelled: 1 })
    expect((await jobOf(alan, other)).status).toBe('failed')
    await grace.call(routes.queue, 'DELETE')
    await ada.call(routes.queuePause, 'DELETE')
  })

  it('tells in the stream of one’s own takes alone, from the first word to that they are gone', async () => {
    const [hearsHers, hearsAll] = [await hear(grace), await hear(ada)]
    const secret = await make(alan, 'nobody else may know of this')
    await changed(alan, [secret], { binned: true })
    await alan.call(routes.bin, 'DELETE')
    const mine = await make(grace, 'hers to know of')
    await changed(grace, [mine], { binned: true })
    await grace.call(routes.bin, 'DELETE')
    const gone = (id: string) => `{"job_ids":["${id}"]}`
    expect(await hearsAll.until(gone(mine))).toContain(gone(secret))
    const heard = await hearsHers.until(gone(mine))
    expect([heard.includes('hers to know of'), heard.includes(secret), heard.includes('nobody else')]).toEqual([
      true,
      false,
      false,
    ])
    await Promise.all([hearsHers.stop(), hearsAll.stop()])
  })

  it('leaves takes of before there were accounts to admins', async () => {
    await server.close(true)
    const open = await serve({ dataDir: server.dataDir })
    const old = submittedSchema.parse(
      await (await open.submit('lucy-pro-t2i', { prompt: 'of nobody', resolution: '480p' })).json(),
    ).job_id
    await open.finished(old)
    // Without accounts everything is there again.
    expect((await open.job(his)).owner).toBe(idOf(alan))
    await open.close(true)
    server = await serve({ dataDir: server.dataDir, env: { AUTH: 'token', TEAM_SEES: 'own' } })
    const again = async (who: Caller, path: string) => (await fetch(server.url + path, { headers: who.headers })).status
    expect([await again(grace, routes.job(old)), await again(ada, routes.job(old))]).toEqual([404, 200])
  })
})

describe('money', () => {
  let cloud: Awaited<ReturnType<typeof startDecartServer>>
  beforeAll(async () => {
    cloud = await startDecartServer({ apiKey: 'k', result: () => CLIP })
    await start({ DECART_API_KEY: 'k', DECART_BASE_URL: cloud.url, SPEND_LIMIT_USD: '2' })
    await ada.call(routes.rendererCheck('decart'), 'POST')
  })
  afterAll(async () => {
    await server.close()
    await cloud.close()
  })

  const order = (who: Caller) =>
    who.ask(routes.submit('lucy-clip'), 'POST', formOf({ prompt: 'winter', data: new Blob([new Uint8Array(CLIP)]) }), {
      'x-renderer': 'decart',
    })

  it('is limited for each person and for the studio, and told to each of their own', async () => {
    const first = await order(grace)
    const { job_id: id } = submittedSchema.parse(await first.json())
    const { estimate } = await finished(grace, id)
    const price = estimate?.usd ?? 0
    expect(price).toBeGreaterThan(0)
    await ada.call(routes.person(idOf(grace)), 'PATCH', { spend_limit_usd: price * 1.5 })
    const refused = await order(grace)
    expect([refused.status, await refused.json()]).toMatchObject([
      402,
      { code: 'SPEND_LIMIT', detail: expect.stringMatching(/your limit of \$[\d.]+ for today.*ask an admin/) },
    ])
    // Others have not spent it.
    expect((await order(alan)).status).toBe(200)
    const spent = async (who: Caller) => spendingSchema.parse((await who.call(routes.spending)).body)
    expect(await spent(grace)).toMatchObject({ today: { usd: price, orders: 1 }, limit_usd: price * 1.5 })
    expect((await spent(grace)).people).toBeUndefined()
    const whole = await spent(ada)
    expect(whole).toMatchObject({ today: { orders: 2 }, limit_usd: 2 })
    expect(whole.people?.map(({ name, today }) => [name, today.orders])).toEqual([
      ['Ada', 0],
      ['Alan', 1],
      ['Grace', 1],
    ])
    // The studio's own limit is kept to by all together.
    let last = await order(alan)
    while (last.status === 200) last = await order(alan)
    expect([last.status, await last.json()]).toMatchObject([
      402,
      { detail: expect.stringContaining('SPEND_LIMIT_USD') },
    ])
  })
})
