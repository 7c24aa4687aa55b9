import { afterEach, expect, it } from 'vitest'
import { jobPageSchema } from '../../shared/job.ts'
import { CLIP } from '../testing/clip.ts'
import { startDecartServer } from '../testing/decart-server.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { callsOf } from '../testing/order-calls.ts'
import { serve, type Served } from '../testing/serve.ts'

onPostgres('two servers', (cluster) => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })

  const servers = async (env: Record<string, string>): Promise<[Served, Served]> => {
    const own = { DATABASE_URL: await cluster().createDatabase(), ROLE: 'web', ...env }
    const one = await serve({ env: own })
    closing.push(() => one.close())
    const other = await serve({ dataDir: one.dataDir, env: own })
    closing.push(() => other.close(true))
    return [one, other]
  }
  const total = async ({ url }: Served) => jobPageSchema.parse(await (await fetch(`${url}/v1/jobs`)).json()).total

  it('do not both take the last of a day’s limit', async () => {
    const cloud = await startDecartServer({ apiKey: 'k', result: () => CLIP })
    closing.push(cloud.close)
    const env = { DECART_API_KEY: 'k', DECART_BASE_URL: cloud.url, SPEND_LIMIT_USD: '1' }
    const both = await servers(env)
    const submit = (server: Served) =>
      server.submit(
        'lucy-clip',
        { prompt: 'winter', data: new Blob([new Uint8Array(CLIP)]) },
        { 'x-renderer': 'decart' },
      )
    const first = await submit(both[0])
    expect(first.status).toBe(200)
    const spent = (await callsOf(both[0]).spending()).today.usd
    const room = Math.floor(1 / spent) - 1
    const answers = await Promise.all(
      Array.from({ length: 2 * (room + 4) }, (_, at) => submit(at % 2 === 0 ? both[0] : both[1])),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(room)
    expect(await total(both[1])).toBe(room + 1)
  })

  it('make one job of a key that both are asked with at once', async () => {
    const both = await servers({})
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        both[at % 2 === 0 ? 0 : 1].submit('lucy-pro-t2i', { prompt: 'a lake' }, { 'idempotency-key': 'same' }),
      ),
    )
    const ids = await Promise.all(answers.map(async (answer) => JSON.stringify(await answer.json())))
    expect(new Set(ids).size).toBe(1)
    expect(await total(both[0])).toBe(1)
  })
})
