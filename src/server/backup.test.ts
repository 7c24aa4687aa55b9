import { cpSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isFinished, type Job, jobPageSchema } from '../shared/job.ts'
import { fileResourceSchema } from '../shared/media.ts'
import { readySchema, submittedSchema } from '../shared/routes.ts'
import { CLIP } from './testing/clip.ts'
import { kill, killAll, launch, type Launched } from './testing/launch.ts'

afterEach(killAll)

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rushes-'))
const draw = async ({ submit }: Launched, fields: Record<string, string>): Promise<string> =>
  submittedSchema.parse(await (await submit('lucy-pro-t2i', { resolution: '480p', ...fields })).json()).job_id
const listed = async (url: string): Promise<Job[]> =>
  jobPageSchema.parse(await (await fetch(`${url}/v1/jobs?limit=200`)).json()).jobs
const whole = ({ url }: Launched) =>
  vi.waitFor(async () => expect(readySchema.parse(await (await fetch(`${url}/v1/ready`)).json()).ready).toBe(true))

/** A server at work: takes that are named and starred, an upload, one take made of it, and more of them on their way. */
const atWork = async (folder: string) => {
  const server = await launch(folder)
  const file = fileResourceSchema.parse(await (await server.upload(new Blob([CLIP]), 'a.mp4')).json())
  const ids = [await draw(server, { prompt: 'a pond' }), await draw(server, { prompt: 'a barn' })]
  for (const id of ids) await server.finished(id)
  await fetch(`${server.url}/v1/jobs/${ids[0]}/star`, { method: 'PUT' })
  await fetch(`${server.url}/v1/jobs/${ids[0]}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'The pond' }),
  })
  const done = (await listed(server.url)).filter(isFinished)
  for (let at = 0; at < 4; at++) await draw(server, { prompt: `number ${at}` })
  return { server, done, file }
}

/** As docs/operating.md has it for a server that runs: takes before media, and nothing that is made again. */
const copyFiles = (from: string, to: string): void => {
  for (const name of ['takes', 'media', 'workflows', 'renderers.json', 'decart.json', 'rushes.paused'])
    if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true })
}

describe('a copy of the data folder of a server that runs', () => {
  it.each([
    ['without its index', copyFiles],
    ['as it lies there, index and all', (from: string, to: string) => cpSync(from, to, { recursive: true })],
  ])('%s, has every take that was finished, with what is known of it, and every upload', async (_, copy) => {
    const [folder, backup] = [newFolder(), newFolder()]
    const { server, done, file } = await atWork(folder)
    copy(folder, backup)
    await kill(server)
    const restored = await launch(backup)
    await whole(restored)
    const there = new Map((await listed(restored.url)).map((job) => [job.job_id, job]))
    expect(done.map(({ job_id: id }) => there.get(id))).toEqual(done)
    for (const { job_id: id } of done) {
      const content = await fetch(`${restored.url}/v1/jobs/${id}/content`)
      expect((await content.arrayBuffer()).byteLength).toBe(there.get(id)?.output?.bytes)
    }
    const bytes = await (await fetch(`${restored.url}/v1/files/${file.id}/content`)).arrayBuffer()
    expect(bytes.byteLength).toBe(CLIP.length)
    // And it works on.
    expect((await restored.finished(await draw(restored, { prompt: 'a hill' }))).status).toBe('completed')
  })
})

it('a copy of the data folder of a server that was stopped loses nothing, not even what waits', async () => {
  const [folder, backup] = [newFolder(), newFolder()]
  const { server } = await atWork(folder)
  const before = (await listed(server.url)).map(({ job_id: id }) => id)
  const gone = new Promise((resolve) => server.child.once('exit', resolve))
  server.child.kill('SIGTERM')
  expect(await gone).toBe(0)
  cpSync(folder, backup, { recursive: true })
  const restored = await launch(backup)
  const after = await listed(restored.url)
  expect(after.map(({ job_id: id }) => id)).toEqual(before)
  for (const { job_id: id } of after) expect((await restored.finished(id)).status).toBe('completed')
})
