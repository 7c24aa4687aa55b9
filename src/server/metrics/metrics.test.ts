import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fileResourceSchema } from '../../shared/media.ts'
import { submittedSchema } from '../../shared/routes.ts'
import { CLIP } from '../testing/clip.ts'
import { startDecartServer } from '../testing/decart-server.ts'
import { type Exposed, readExposition, valueOf } from '../testing/exposition.ts'
import { formOf, serve, type Served } from '../testing/serve.ts'

type Figures = ReadonlyMap<string, Exposed>

const figures = async (url: string): Promise<Figures> => {
  const answer = await fetch(`${url}/metrics`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  return readExposition(await answer.text())
}
const idOf = async (answer: Response) => submittedSchema.parse(await answer.json()).job_id

/** A request with headers, or from an address, that `fetch` would not let through. */
const ask = (
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string; authenticate: string | undefined }> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => {
      void text(answer).then((body) =>
        resolve({ status: answer.statusCode ?? 0, body, authenticate: answer.headers['www-authenticate'] }),
      )
    })
      .on('error', reject)
      .end()
  })

describe('what is counted', () => {
  let server: Served
  let cloud: Awaited<ReturnType<typeof startDecartServer>>
  beforeAll(async () => {
    cloud = await startDecartServer({ apiKey: 'k', result: () => CLIP, custom: ['some-new-model'] })
    server = await serve({ env: { DECART_API_KEY: 'k', DECART_BASE_URL: cloud.url } })
  })
  afterAll(async () => {
    await server.close()
    await cloud.close()
  })

  it('has every renderer in its gauges before anything was made', async () => {
    const told = await figures(server.url)
    for (const name of ['rushes_queue_waiting', 'rushes_queue_running', 'rushes_queue_oldest_seconds'])
      expect(
        told
          .get(name)
          ?.samples.map(({ labels, value }) => [labels['renderer'], value])
          .toSorted(),
      ).toEqual([
        ['comfyui', 0],
        ['decart', 0],
        ['fal', 0],
        ['local', 0],
        ['openai', 0],
      ])
    expect(valueOf(told, 'process_resident_memory_bytes')).toBeGreaterThan(0)
  })

  it('is jobs, what they took and made, also after they are changed', async () => {
    const { url, submit, finished } = server
    const id = await idOf(
      await submit('lucy-pro-t2i', { prompt: 'a pond', resolution: '480p' }, { 'x-renderer': 'local' }),
    )
    const job = await finished(id)
    await fetch(`${url}/v1/jobs/${id}/star`, { method: 'PUT' })
    const told = await figures(url)
    expect(valueOf(told, 'rushes_jobs_total', { renderer: 'local', status: 'completed' })).toBe(1)
    expect(valueOf(told, 'rushes_result_bytes_total')).toBe(job.output?.bytes)
    expect(valueOf(told, 'rushes_render_seconds_count', { renderer: 'local', model: 'lucy-pro-t2i' })).toBe(1)
    expect(valueOf(told, 'rushes_spent_usd_total', { renderer: 'local', certainty: 'certain' })).toBe(0)
  })

  it('is money, failures by code, and what is cancelled', async () => {
    const { url, submit, finished } = server
    cloud.become(['completed'])
    const paid = await finished(await idOf(await submit('lucy-clip', { prompt: 'winter', data: new Blob([CLIP]) })))
    expect(paid).toMatchObject({ status: 'completed', renderer: 'decart' })
    cloud.become(['failed'])
    const failed = await finished(await idOf(await submit('lucy-clip', { prompt: 'dusk', data: new Blob([CLIP]) })))
    cloud.become(['processing'])
    const running = await idOf(await submit('lucy-clip', { prompt: 'dawn', data: new Blob([CLIP]) }))
    await vi.waitFor(async () =>
      expect(valueOf(await figures(url), 'rushes_queue_running', { renderer: 'decart' })).toBe(1),
    )
    await fetch(`${url}/v1/jobs/${running}`, { method: 'DELETE' })
    const cancelled = await finished(running)
    const told = await figures(url)
    const at = (status: string) => valueOf(told, 'rushes_jobs_total', { renderer: 'decart', status })
    expect([at('completed'), at('failed'), at('cancelled')]).toEqual([1, 1, 1])
    expect(told.get('rushes_failures_total')?.samples).toEqual([
      { name: 'rushes_failures_total', labels: { renderer: 'decart', code: failed.error?.code }, value: 1 },
    ])
    const spent = (certainty: string) => valueOf(told, 'rushes_spent_usd_total', { renderer: 'decart', certainty })
    const billed = [paid, failed, cancelled].flatMap((job) => job.billed ?? [])
    const sumOf = (certain: boolean) =>
      billed.filter((one) => one.certain === certain).reduce((sum, { usd }) => sum + usd, 0)
    expect(billed.length).toBeGreaterThan(0)
    expect(spent('certain')).toBeCloseTo(sumOf(true), 9)
    expect(spent('estimate')).toBeCloseTo(sumOf(false), 9)
  })

  it('is how long the oldest waits', async () => {
    const { url, submit } = server
    await fetch(`${url}/v1/queue/pause`, { method: 'PUT' })
    for (const prompt of ['one', 'two'])
      await submit('lucy-pro-t2i', { prompt, resolution: '480p' }, { 'x-renderer': 'local' })
    const oldest = async () => valueOf(await figures(url), 'rushes_queue_oldest_seconds', { renderer: 'local' })
    expect(valueOf(await figures(url), 'rushes_queue_waiting', { renderer: 'local' })).toBe(2)
    const first = await oldest()
    await vi.waitFor(async () => expect(await oldest()).toBeGreaterThan(first))
    await fetch(`${url}/v1/queue`, { method: 'DELETE' })
    await fetch(`${url}/v1/queue/pause`, { method: 'DELETE' })
    const told = await figures(url)
    expect(valueOf(told, 'rushes_queue_oldest_seconds', { renderer: 'local' })).toBe(0)
    expect(valueOf(told, 'rushes_jobs_total', { renderer: 'local', status: 'cancelled' })).toBe(2)
  })

  it('is bytes of media that come and go', async () => {
    const { url, upload } = server
    const before = await figures(url)
    const moved = (told: Figures, name: string) => valueOf(told, name) - valueOf(before, name)
    const file = fileResourceSchema.parse(await (await upload(new Blob([CLIP]), 'a.mp4')).json())
    await (await fetch(`${url}/v1/files/${file.id}/content`)).arrayBuffer()
    const part = await fetch(`${url}/v1/files/${file.id}/content`, { headers: { range: 'bytes=0-99' } })
    expect(part.status).toBe(206)
    await part.arrayBuffer()
    // An answer is counted once it is sent, which the client may learn first.
    await vi.waitFor(async () => {
      const told = await figures(url)
      expect(moved(told, 'rushes_upload_bytes_total')).toBe(CLIP.length)
      const sent = moved(told, 'rushes_download_bytes_total')
      expect(sent).toBeGreaterThanOrEqual(CLIP.length + 100)
      // Their heads are sent with them.
      expect(sent).toBeLessThan(CLIP.length + 100 + 4000)
      const content = { method: 'GET', route: '/v1/files/:id/content' }
      expect(valueOf(told, 'rushes_http_requests_total', { ...content, status: '206' })).toBe(1)
    })
  })

  it('is event streams while they are open', async () => {
    const { url } = server
    const streams = async () => valueOf(await figures(url), 'rushes_event_streams')
    const controllers = [new AbortController(), new AbortController()]
    for (const { signal } of controllers) await fetch(`${url}/v1/events`, { signal })
    expect(await streams()).toBe(2)
    controllers[0]?.abort()
    await vi.waitFor(async () => expect(await streams()).toBe(1))
    controllers[1]?.abort()
    await vi.waitFor(async () => expect(await streams()).toBe(0))
    expect(
      valueOf(await figures(url), 'rushes_http_request_seconds_count', { method: 'GET', route: '/v1/events' }),
    ).toBe(0)
  })

  it('has labels of a known set alone, whatever is asked for', async () => {
    const { url, submit } = server
    const before = (await figures(url)).get('rushes_http_requests_total')?.samples.length ?? 0
    cloud.become(['completed'])
    await server.finished(await idOf(await submit('some-new-model', { prompt: 'x' }, { 'x-renderer': 'decart' })))
    for (let at = 0; at < 30; at++) {
      await fetch(`${url}/v1/jobs/job_${at}`)
      await fetch(`${url}/api/decart/v1/jobs/job_${at}/content`)
      await fetch(`${url}/v1/nothing/${at}`)
      await fetch(`${url}/page-${at}`)
      await fetch(`${url}/v1/generate/model-${at}`, { method: 'POST', body: formOf({ prompt: 'x' }) })
      await fetch(`${url}/v1/health`, { headers: { origin: `https://page-${at}.example` } })
      await fetch(`${url}/v1/jobs`, { method: 'REPORT' })
    }
    const told = await figures(url)
    const requests = told.get('rushes_http_requests_total')?.samples ?? []
    expect(requests.length - before).toBeLessThan(12)
    const routes = new Set(requests.map(({ labels }) => labels['route']))
    expect([...routes].filter((route) => /\d|page|model-|nothing|decart/.test(route?.slice(3) ?? ''))).toEqual([])
    expect([...routes]).toEqual(expect.arrayContaining(['/v1/jobs/:id', '/v1/jobs/:id/content', 'other', 'studio']))
    expect(new Set(requests.map(({ labels }) => labels['method']))).toContain('other')
    const models = told.get('rushes_render_seconds')?.samples.map(({ labels }) => labels['model'])
    expect(models).toContain('custom')
    expect(models).not.toContain('some-new-model')
    expect(JSON.stringify([...told])).not.toMatch(/winter|a pond|file_|job_/)
  })

  it('is told of after a start, too, of what waited then', async () => {
    const folder = await serve()
    await fetch(`${folder.url}/v1/queue/pause`, { method: 'PUT' })
    await folder.submit('lucy-pro-t2i', { prompt: 'one', resolution: '480p' })
    await folder.close(true)
    const next = await serve({ dataDir: folder.dataDir })
    expect(valueOf(await figures(next.url), 'rushes_queue_waiting', { renderer: 'local' })).toBe(1)
    await fetch(`${next.url}/v1/queue`, { method: 'DELETE' })
    expect(valueOf(await figures(next.url), 'rushes_jobs_total', { renderer: 'local', status: 'cancelled' })).toBe(1)
    await next.close()
  })
})

describe('who may read it', () => {
  const TOKEN = 'a-token-for-tests-0123'

  it('without a token: programs on this machine, no proxy and no page of elsewhere', async () => {
    const server = await serve({ env: { ALLOWED_ORIGINS: 'https://app.example.com' } })
    const path = `${server.url}/metrics`
    expect((await ask(path)).status).toBe(200)
    for (const headers of [
      { 'x-forwarded-for': '203.0.113.5' },
      { forwarded: 'for=203.0.113.5' },
      { 'x-real-ip': '203.0.113.5' },
      { via: '1.1 proxy' },
      { origin: 'https://app.example.com' },
      { origin: 'https://attacker.example' },
      { host: 'attacker.example' },
    ])
      expect([headers, (await ask(path, headers)).status]).toEqual([headers, 403])
    await server.close()
    const behind = await serve({ env: { PUBLIC_URL: 'https://studio.example.com' } })
    const refused = await ask(`${behind.url}/metrics`)
    expect([refused.status, refused.body]).toEqual([403, expect.stringContaining('METRICS_TOKEN')])
    await behind.close()
  })

  it('without a token: nobody from another machine', async () => {
    const near = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal)
    const server = await serve({ env: { HOST: '0.0.0.0', AUTH: 'token' } })
    const { port } = new URL(server.url)
    // Who asks has to say who they are, on this machine too.
    expect((await ask(`http://127.0.0.1:${port}/metrics`)).status).toBe(403)
    // Called by an address of its network, this machine is a stranger to itself.
    if (near) expect((await ask(`http://${near.address}:${port}/metrics`)).status).toBe(403)
    else process.stderr.write('A call from another address is not tested here: there is no network.\n')
    await server.close()
  })

  it('with a token: who has it, from anywhere, and nobody else', async () => {
    const lines: string[] = []
    const server = await serve({
      // The token is Prometheus's alone: no person is asked for.
      env: { METRICS_TOKEN: TOKEN, PUBLIC_URL: 'https://studio.example.com', AUTH: 'token' },
      log: (line) => lines.push(line),
    })
    const path = `${server.url}/metrics`
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
    const far = { host: 'studio.example.com', 'x-forwarded-for': '203.0.113.5' }
    expect((await ask(path, { ...far, ...bearer(TOKEN) })).status).toBe(200)
    for (const headers of [
      {},
      bearer('another-token-0123456'),
      bearer(`${TOKEN}0`),
      { authorization: `Basic ${TOKEN}` },
    ])
      expect([headers, await ask(path, headers)]).toEqual([
        headers,
        { status: 401, body: expect.stringContaining('METRICS_TOKEN'), authenticate: 'Bearer realm="metrics"' },
      ])
    await server.close()
    expect(lines.join('\n')).not.toContain(TOKEN)
  })
})
