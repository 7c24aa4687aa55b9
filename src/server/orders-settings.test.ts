import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { settingsAnswerSchema } from '../shared/renderers.ts'
import type { ComfyuiServer } from './testing/comfyui-server.ts'
import { startEquippedComfyui } from './testing/equipped-comfyui.ts'
import { type FalServer, startFalServer } from './testing/fal-server.ts'
import { startGenerationServer } from './testing/generation-server.ts'
import { callsOf } from './testing/order-calls.ts'
import { type Served, serve } from './testing/serve.ts'

// Settings made in the studio: tested, then kept; no key ever comes back.
const KEY = 'fal-id:secret-77aa51'
const PROXY = { 'X-Gate': 'secret-gate-word-31' }
const FROM_ENVIRONMENT = 'secret-cluster-word-99'
const FOREIGN = 'https://app.example.com'

let fal: FalServer
let comfyui: ComfyuiServer
let cluster: Awaited<ReturnType<typeof startGenerationServer>>
let server: Served
let calls: ReturnType<typeof callsOf>
let log = ''
const said: string[] = []
let env: Record<string, string>
const start = async (dataDir?: string) => {
  server = await serve({
    env,
    ...(dataDir === undefined ? {} : { dataDir }),
    start: { pollMs: 15, againMs: 30 },
    log: (line) => void (log += line),
  })
  calls = callsOf(server)
}
beforeAll(async () => {
  ;[fal, comfyui, cluster] = await Promise.all([
    startFalServer({ apiKey: KEY }),
    startEquippedComfyui({ wants: PROXY }),
    startGenerationServer({ flavour: 'sglang', model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers', key: FROM_ENVIRONMENT }),
  ])
  env = {
    FAL_QUEUE_URL: fal.queueUrl,
    FAL_REST_URL: fal.restUrl,
    GENERATION_URL: cluster.url,
    GENERATION_KEY: FROM_ENVIRONMENT,
    ALLOWED_ORIGINS: FOREIGN,
  }
  await start()
})
const SECRETS = ['secret-77aa51', 'secret-gate-word-31', 'secret-cluster-word-99']
/** Files of the data folder in which a secret stands. */
const filesWithSecrets = (): string[] =>
  readdirSync(server.dataDir, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const text = entry.isFile() ? readFileSync(join(entry.parentPath, entry.name), 'latin1') : ''
    return SECRETS.some((secret) => text.includes(secret)) ? [entry.name] : []
  })

afterAll(async () => {
  await ask('PUT', 'fal/settings', { key: KEY })
  await server.close(true)
  expect(filesWithSecrets()).toEqual(['renderers.json'])
  rmSync(server.dataDir, { recursive: true, force: true })
  await Promise.all([fal.close(), comfyui.close(), cluster.close()])
  for (const secret of SECRETS)
    expect([log.includes(secret), said.some((text) => text.includes(secret))]).toEqual([false, false])
})
beforeEach(async () => {
  await calls.call('DELETE', '/renderers/fal/settings')
  await calls.call('DELETE', '/renderers/comfyui/settings')
})

const file = () => join(server.dataDir, 'renderers.json')
const kept = (): string => {
  try {
    return readFileSync(file(), 'utf8')
  } catch {
    return '{}'
  }
}
const ask = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
  const answer = await calls.call(method, `/renderers/${path}`, body, headers)
  const text = await answer.text()
  said.push(text)
  return { status: answer.status, body: z.unknown().parse(JSON.parse(text)) }
}

it('are tested, then saved, for the owner alone to read; and told without the key', async () => {
  const put = await ask('PUT', 'fal/settings', { key: KEY })
  expect(put).toMatchObject({ status: 200, body: { name: 'fal', asks: ['key'], key: 'set', from_environment: [] } })
  expect(settingsAnswerSchema.parse((await ask('GET', 'fal/settings')).body).key).toBe('set')
  expect(JSON.parse(kept())).toEqual({ fal: { key: KEY } })
  expect(statSync(file()).mode & 0o777).toBe(0o600)
  expect(await ask('POST', 'fal/check')).toMatchObject({ status: 200, body: { state: 'ready' } })
  expect(await server.finished(await calls.place('fal'))).toMatchObject({ status: 'completed', renderer: 'fal' })
})

it.each<[string, Record<string, unknown>, string]>([
  ['fal', { key: 'a-key-that-is-refused' }, 'key'],
  ['fal', { key: 'with a line\nbreak' }, 'key'],
  ['fal', { url: 'https://elsewhere.example' }, 'url'],
  ['comfyui', { url: 'http://127.0.0.1:1' }, 'url'],
  ['comfyui', { url: 'ftp://render-box' }, 'url'],
  ['openai', { url: 'http://127.0.0.1:1' }, 'url'],
])('of %s that do not work (%o) are refused with the reason, and nothing is saved', async (name, settings, field) => {
  const before = kept()
  const { status, body } = await ask('PUT', `${name}/settings`, settings)
  expect([status, body]).toEqual([422, expect.objectContaining({ code: 'INVALID_INPUT' })])
  expect(body).toMatchObject({ fields: { [field]: expect.stringMatching(/\w+ \w+/) } })
  expect(kept()).toBe(before)
})

it('carry the headers of what stands in front of a ComfyUI, and keep those that are said to be set', async () => {
  const url = comfyui.url
  expect(await ask('PUT', 'comfyui/settings', { url })).toMatchObject({ status: 422 })
  const put = await ask('PUT', 'comfyui/settings', { url, headers: PROXY })
  expect(put).toMatchObject({ status: 200, body: { url, headers: { 'X-Gate': 'set' } } })
  expect((await ask('PUT', 'comfyui/settings', { headers: { 'X-Gate': 'set' } })).status).toBe(200)
  expect(JSON.parse(kept())).toMatchObject({ comfyui: { headers: PROXY } })
  expect(await server.finished(await calls.place('comfyui'))).toMatchObject({ status: 'completed' })
  expect(comfyui.requests.every(({ headers }) => headers['x-gate'] === PROXY['X-Gate'])).toBe(false)
  const orders = comfyui.requests.filter(({ path }) => path === '/prompt')
  expect(orders.map(({ headers }) => headers['x-gate'])).toEqual([PROXY['X-Gate']])
})

it('of the environment win, and are never written down', async () => {
  const answer = await ask('GET', 'openai/settings')
  expect(answer.body).toMatchObject({ key: 'set', from_environment: ['url', 'key'] })
  const { status, body } = await ask('PUT', 'openai/settings', { key: 'another' })
  expect([status, body]).toEqual([
    422,
    expect.objectContaining({ fields: { key: expect.stringContaining('environment') } }),
  ])
  await ask('PUT', 'fal/settings', { key: KEY })
  expect(kept()).not.toContain(FROM_ENVIRONMENT)
  expect(JSON.parse(kept())).toEqual({ fal: { key: KEY } })
})

it('hold after a restart, until they are forgotten', async () => {
  await ask('PUT', 'fal/settings', { key: KEY })
  const { dataDir } = server
  await server.close(true)
  await start(dataDir)
  expect(await ask('POST', 'fal/check')).toMatchObject({ body: { state: 'ready' } })
  expect(await ask('DELETE', 'fal/settings')).toMatchObject({ status: 200, body: { key: null } })
  expect((await calls.renderer('fal')).state).toBe('off')
  expect(kept()).not.toContain(KEY)
  expect(await calls.refusal('fal')).toMatchObject({ status: 401, code: 'INVALID_API_KEY' })
})

it('are for pages of the studio itself, and for programs', async () => {
  const all = [
    ['GET', 'fal/settings'],
    ['PUT', 'fal/settings', { key: KEY }],
    ['DELETE', 'fal/settings'],
    ['POST', 'fal/check'],
  ] as const
  for (const [method, path, body] of all)
    expect([method, (await ask(method, path, body, { origin: FOREIGN })).status]).toEqual([method, 403])
  expect(kept()).not.toContain(KEY)
  expect((await ask('GET', 'fal/settings', undefined, { origin: server.url })).status).toBe(200)
  expect((await ask('GET', 'fal/settings')).status).toBe(200)
  // What renders, and where, is no secret.
  const list = await calls.call('GET', '/renderers', undefined, { origin: FOREIGN })
  expect(list.status).toBe(200)
})

it('are of renderers that there are, and have some', async () => {
  expect([await ask('GET', 'local/settings'), await ask('GET', 'nobody/settings')]).toMatchObject([
    { status: 404 },
    { status: 404 },
  ])
})

it('tell nothing of a key where the renderers are listed', async () => {
  await ask('PUT', 'fal/settings', { key: KEY })
  for (const path of ['/renderers', '/health', '/spending', '/models', '/jobs'])
    said.push(await (await calls.call('GET', path)).text())
})

it('change where the next order goes, and leave those that are open where they are', async () => {
  const other = await startEquippedComfyui()
  await ask('PUT', 'comfyui/settings', { url: other.url })
  await ask('POST', 'comfyui/check')
  other.hold('running')
  const id = await calls.place('comfyui')
  await other.until(() => other.heldAt() === 'running')
  await server.until(id, (job) => job.status === 'processing' && job.phase === 'rendering')
  other.fail('POST /prompt', { kind: 'hold' })
  const sending = await calls.place('comfyui')
  await other.until(() => other.orders.length === 2)
  await ask('PUT', 'comfyui/settings', { url: comfyui.url, headers: PROXY })
  await ask('POST', 'comfyui/check')
  other.answer()
  other.release()
  for (const each of [id, sending]) expect(await server.finished(each)).toMatchObject({ status: 'completed' })
  const orders = comfyui.orders.length
  expect(await server.finished(await calls.place('comfyui'))).toMatchObject({ status: 'completed' })
  expect([comfyui.orders.length - orders, other.orders.length]).toEqual([1, 2])
  await other.close()
})
