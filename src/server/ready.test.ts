import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readySchema, submittedSchema } from '../shared/routes.ts'
import { serve } from './testing/serve.ts'
import { mountSmallDisk, type SmallDisk } from './testing/small-disk.ts'

/** The status, and why not, by check. */
const ready = async (url: string) => {
  const answer = await fetch(`${url}/v1/ready`)
  const { ready: isReady, checks } = readySchema.parse(await answer.json())
  expect(isReady).toBe(answer.status === 200)
  expect(answer.headers.get('retry-after')).toBe(isReady ? null : '5')
  return { status: answer.status, why: Object.fromEntries(checks.map(({ name, why }) => [name, why])) }
}
const WELL = { status: 200, why: { index: null, files: null, stopping: null } }
/** A new index is looked through for a moment, too. */
const isReady = (url: string) => vi.waitFor(async () => expect(await ready(url)).toEqual(WELL))

it('is ready once it serves, under both addresses of the API', async () => {
  const server = await serve()
  await isReady(server.url)
  expect((await fetch(`${server.url}/api/decart/v1/ready`)).status).toBe(200)
  await server.close()
})

it('is not while the index is made again from the files', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
  const before = await serve({ dataDir })
  const { job_id: id } = submittedSchema.parse(
    await (await before.submit('lucy-pro-t2i', { prompt: 'a pond', resolution: '480p' })).json(),
  )
  await before.finished(id)
  await before.close(true)
  // So many more that they are not read in a moment.
  const [day = ''] = readdirSync(join(dataDir, 'takes'))
  const folder = join(dataDir, 'takes', day)
  const named = (extension: string) => join(folder, readdirSync(folder).find((name) => name.endsWith(extension)) ?? '')
  const [picture, beside] = [named('.png'), named('.json')]
  const words = readFileSync(beside, 'utf8')
  for (let at = 0; at < 2000; at++) {
    const copy = `job_${String(at).padStart(32, '0')}`
    copyFileSync(picture, join(folder, `copy-${at}.png`))
    writeFileSync(join(folder, `copy-${at}.json`), words.replaceAll(id, copy))
  }
  for (const name of readdirSync(dataDir).filter((each) => each.startsWith('rushes.db'))) rmSync(join(dataDir, name))

  const after = await serve({ dataDir })
  expect(await ready(after.url)).toEqual({
    status: 503,
    why: { ...WELL.why, index: 'The index is being made again from the files.' },
  })
  expect((await after.health()).status).toBe('ok')
  await isReady(after.url)
  await after.close()
})

it('is not while the data folder takes no files', async () => {
  const server = await serve()
  await isReady(server.url)
  const temporary = join(server.dataDir, 'rushes-tmp')
  rmSync(temporary, { recursive: true })
  writeFileSync(temporary, 'in the way')
  const { status, why } = await ready(server.url)
  expect([status, why['files']]).toEqual([503, expect.stringContaining('rushes-tmp')])
  rmSync(temporary)
  expect(await ready(server.url)).toEqual(WELL)
  await server.close()
})

const canMount = mountSmallDisk(1)
canMount?.remove()
if (!canMount) process.stderr.write('A full disk is not tested here: only root on Linux can mount one to fill.\n')

describe.runIf(canMount)('on a small disk', () => {
  let disk: SmallDisk
  beforeEach(() => {
    const mounted = mountSmallDisk(48)
    if (!mounted) throw new Error('it could be mounted before')
    disk = mounted
  })
  afterEach(() => disk.remove())

  it('is not while that is full, and is again at once when there is room', async () => {
    const server = await serve({ dataDir: join(disk.path, 'data') })
    await isReady(server.url)
    disk.fill()
    expect(await ready(server.url)).toEqual({
      status: 503,
      why: { ...WELL.why, files: expect.stringContaining('full') },
    })
    disk.free()
    expect(await ready(server.url)).toEqual(WELL)
    await server.close()
  })
})
