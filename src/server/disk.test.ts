import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { jobPageSchema } from '../shared/job.ts'
import { errorBodySchema, submittedSchema } from '../shared/routes.ts'
import { CLIP } from './testing/clip.ts'
import { startDecartServer } from './testing/decart-server.ts'
import { kill, killAll, launch } from './testing/launch.ts'
import { serve, type Served } from './testing/serve.ts'
import { mountSmallDisk, type SmallDisk } from './testing/small-disk.ts'

afterEach(killAll)

const idOf = async (answer: Response) => submittedSchema.parse(await answer.json()).job_id
const draw = ({ submit }: Pick<Served, 'submit'>, prompt: string) =>
  submit('lucy-pro-t2i', { prompt, resolution: '480p' })
const listed = async (url: string) => jobPageSchema.parse(await (await fetch(`${url}/v1/jobs?limit=200`)).json()).jobs

const canMount = mountSmallDisk(1)
canMount?.remove()
if (!canMount) process.stderr.write('A full disk is not tested here: only root on Linux can mount one to fill.\n')

describe.runIf(canMount)('on a disk that is full', () => {
  let disk: SmallDisk
  let dataDir: string
  beforeEach(() => {
    const mounted = mountSmallDisk(48)
    if (!mounted) throw new Error('it could be mounted before')
    disk = mounted
    dataDir = join(disk.path, 'data')
  })
  afterEach(async () => {
    await killAll()
    disk.remove()
  })

  it('a cancel is remembered: after a kill and a start the waiting order is not sent', async () => {
    const cloud = await startDecartServer({ apiKey: 'k', result: () => CLIP })
    cloud.become(['processing'])
    const env = { DECART_API_KEY: 'k', DECART_BASE_URL: cloud.url }
    const first = await launch(dataDir, env)
    const data = new Blob([CLIP])
    const ids: string[] = []
    // Eight are sent at once; the ninth waits.
    for (let job = 0; job < 9; job++) ids.push(await idOf(await first.submit('lucy-clip', { prompt: `${job}`, data })))
    await cloud.until(() => cloud.billed() === 8)
    disk.fill()
    const waiting = ids.at(-1) ?? ''
    const answer = await fetch(`${first.url}/v1/jobs/${waiting}`, { method: 'DELETE' })
    expect(answer.status).toBe(200)
    expect((await first.job(waiting)).error?.code).toBe('CANCELLED')
    await kill(first)
    disk.free()
    const second = await launch(dataDir, env)
    cloud.become(['completed'])
    for (const id of ids.slice(0, 8)) await second.finished(id)
    expect(await second.job(waiting)).toMatchObject({ status: 'failed', error: { code: 'CANCELLED', billed: 'no' } })
    expect(cloud.billed()).toBe(8)
    await cloud.close()
  })

  it('what waited at a start goes on waiting, and begins when there is room', async () => {
    const cloud = await startDecartServer({ apiKey: 'k', result: () => CLIP })
    const env = { DECART_API_KEY: 'k', DECART_BASE_URL: cloud.url }
    cloud.become(['processing'])
    const first = await launch(dataDir, env)
    const data = new Blob([CLIP])
    const ids: string[] = []
    for (let job = 0; job < 10; job++) ids.push(await idOf(await first.submit('lucy-clip', { prompt: `${job}`, data })))
    await cloud.until(() => cloud.billed() === 8)
    await kill(first)
    rmSync(join(dataDir, 'rushes.reserve'))
    disk.fill()
    const second = await launch(dataDir, env)
    await vi.waitFor(async () => expect((await second.health()).notices).toMatchObject([{ code: 'DISK_FULL' }]))
    const waiting = await Promise.all(ids.map(second.job))
    expect(waiting.map(({ status }) => status)).toEqual(ids.map(() => 'pending'))
    cloud.become(['completed'])
    disk.free()
    for (const id of ids) expect((await second.finished(id)).status).toBe('completed')
    expect(cloud.billed()).toBe(10)
    await cloud.close()
  })

  it('a job that ends while it fills up leaves a take with its description, or nothing at all', async () => {
    const server = await serve({ dataDir })
    const takesOf = () =>
      existsSync(join(dataDir, 'takes'))
        ? readdirSync(join(dataDir, 'takes'), { recursive: true, withFileTypes: true }).filter((entry) =>
            entry.isFile(),
          )
        : []
    for (let room = 0; room < 6; room++) {
      const id = await idOf(await draw(server, `room for ${room}`))
      // So much is left when it puts its result away.
      await server.until(id, ({ progress }) => (progress ?? 0) > 0)
      disk.fill()
      disk.free(room * 128 * 1024)
      const job = await server.finished(id)
      const end = id.slice(-6)
      const left = takesOf()
        .filter(({ name }) => name.includes(end))
        .map(({ name }) => name)
      if (job.status === 'completed') {
        await vi.waitFor(() =>
          expect(
            takesOf()
              .filter(({ name }) => name.includes(end))
              .map(({ name }) => name.replace(/^.*\.png/, 'png'))
              .sort(),
          ).toEqual(['png', 'png.json']),
        )
      } else expect([job.error?.code, left]).toEqual(['DISK_FULL', []])
      disk.free()
    }
    await server.close()
  })

  it('a start shows what there is, says what is wrong, and goes on when there is room', async () => {
    const before = await serve({ dataDir })
    const id = await idOf(await draw(before, 'lake'))
    await before.finished(id)
    await before.close(true)
    disk.fill()
    const server = await serve({ dataDir })
    expect((await listed(server.url)).map(({ job_id }) => job_id)).toEqual([id])
    expect((await fetch(`${server.url}/v1/jobs/${id}/content`)).status).toBe(200)
    expect((await server.health()).notices).toEqual([
      { code: 'DISK_FULL', message: expect.stringMatching(/is full.*free some space/) },
    ])
    disk.free()
    await vi.waitFor(async () => expect((await server.health()).notices).toEqual([]))
    expect((await server.finished(await idOf(await draw(server, 'sea')))).status).toBe('completed')
    await server.close()
  })

  it('a start without an index shows the takes all the same, takes nothing new, and goes on when there is room', async () => {
    const before = await serve({ dataDir })
    const id = await idOf(await draw(before, 'lake'))
    await before.finished(id)
    await before.close(true)
    for (const name of readdirSync(dataDir).filter((each) => /^rushes\.(db|reserve)/.test(each)))
      rmSync(join(dataDir, name))
    disk.fill()
    const server = await serve({ dataDir })
    await vi.waitFor(async () => expect((await listed(server.url)).map(({ job_id }) => job_id)).toEqual([id]))
    const answer = await draw(server, 'sea')
    expect([answer.status, errorBodySchema.parse(await answer.json()).code]).toEqual([507, 'DISK_FULL'])
    disk.free()
    const submit = async () => {
      const again = await draw(server, 'sea')
      expect(again.status).toBe(200)
      return idOf(again)
    }
    const made = await vi.waitFor(submit)
    expect((await server.finished(made)).status).toBe('completed')
    await vi.waitFor(async () =>
      expect((await listed(server.url)).map(({ job_id }) => job_id).toSorted()).toEqual([id, made].toSorted()),
    )
    expect(existsSync(join(dataDir, 'rushes.db'))).toBe(true)
    await server.close()
  })

  it('that cannot be written to at all, the start says so in words', async () => {
    const before = await serve({ dataDir })
    await before.close(true)
    disk.setReadOnly(true)
    await expect(serve({ dataDir })).rejects.toThrow(/cannot be written to\. Give this account the right/)
    disk.setReadOnly(false)
  })

  it('whose folder of uploads alone takes nothing, an upload is refused in words, and nothing else is', async () => {
    const server = await serve({ dataDir: mkdtempSync(join(tmpdir(), 'rushes-')) })
    const media = join(server.dataDir, 'media')
    rmSync(media, { recursive: true })
    symlinkSync(disk.path, media)
    expect((await server.upload(new Blob([CLIP]), 'on-another-disk.mp4')).status).toBe(200)
    disk.setReadOnly(true)
    const answer = await server.upload(new Blob([new Uint8Array(CLIP), 'x']), 'clip.mp4')
    expect([answer.status, errorBodySchema.parse(await answer.json())]).toMatchObject([
      507,
      { code: 'UNWRITABLE', detail: expect.stringMatching(/does not let Rushes in.*right to read and write/) },
    ])
    expect((await server.finished(await idOf(await draw(server, 'lake')))).status).toBe('completed')
    disk.setReadOnly(false)
    await server.close()
  })

  it('an upload is refused in words and leaves nothing', async () => {
    const server = await serve({ dataDir })
    disk.fill()
    const answer = await server.upload(new Blob([CLIP]), 'clip.mp4')
    expect([answer.status, await answer.json()]).toMatchObject([507, { code: 'DISK_FULL' }])
    expect([readdirSync(join(dataDir, 'media')), readdirSync(join(dataDir, 'rushes-tmp'))]).toEqual([[], []])
    await server.close()
  })
})

describe('a data folder', () => {
  const folders: string[] = []
  const newFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'rushes-'))
    folders.push(folder)
    return folder
  }
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  it("keeps whatever is somebody else's in it, also where it is a home folder with a tmp of its own", async () => {
    const dataDir = newFolder()
    const theirs = [
      'tmp/thesis.tex',
      'tmp/rushes-notes.txt',
      'rushes-tmp/Letter.odt',
      'media/holiday.jpg',
      'takes/one.txt',
    ]
    for (const path of theirs) {
      mkdirSync(join(dataDir, path, '..'), { recursive: true })
      writeFileSync(join(dataDir, path), `the only copy of ${path}`)
    }
    const half = ['rushes-tmp/rushes-0b7c', 'rushes-tmp/rushes-job_1/result.part']
    for (const path of half) {
      mkdirSync(join(dataDir, path, '..'), { recursive: true })
      writeFileSync(join(dataDir, path), 'half')
    }
    const server = await serve({ dataDir })
    expect((await server.finished(await idOf(await draw(server, 'lake')))).status).toBe('completed')
    await server.close(true)
    for (const path of theirs) expect(readFileSync(join(dataDir, path), 'utf8')).toBe(`the only copy of ${path}`)
    // What a stopped server of ours left half-made is gone.
    for (const path of half) expect(existsSync(join(dataDir, path))).toBe(false)
  })

  it('may lose its folder for temporary files while the server runs', async () => {
    const server = await serve({ dataDir: newFolder() })
    rmSync(join(server.dataDir, 'rushes-tmp'), { recursive: true })
    expect((await server.upload(new Blob([CLIP]), 'clip.mp4')).status).toBe(200)
    rmSync(join(server.dataDir, 'rushes-tmp'), { recursive: true })
    expect((await server.finished(await idOf(await draw(server, 'lake')))).status).toBe('completed')
    await server.close()
  })

  it('says which take or source is gone or empty, and what to do', async () => {
    const server = await serve({ dataDir: newFolder() })
    const id = await idOf(await draw(server, 'lake'))
    const done = await server.finished(id)
    const day = done.created_at.slice(0, 10)
    const take = join(server.dataDir, 'takes', day, done.output?.filename ?? '')
    writeFileSync(take, '')
    const empty = await fetch(`${server.url}/v1/jobs/${id}/content`)
    expect([empty.status, await empty.json()]).toMatchObject([404, { detail: expect.stringMatching(/empty/) }])
    rmSync(take)
    expect((await fetch(`${server.url}/v1/jobs/${id}/content`)).status).toBe(404)

    const uploaded = await server.upload(new Blob([CLIP]), 'clip.mp4')
    const { id: data } = (await uploaded.json()) as { id: string }
    for (const name of readdirSync(join(server.dataDir, 'media')).filter((each) => each.endsWith('.mp4')))
      rmSync(join(server.dataDir, 'media', name))
    const edit = await idOf(await server.submit('lucy-pro-v2v', { prompt: 'ink', data }))
    expect(await server.finished(edit)).toMatchObject({
      status: 'failed',
      error: { code: 'NOT_FOUND', message: expect.stringMatching(/“Video” is gone from the data folder/) },
    })
    await server.close()
  })

  it('that is a file is refused in words at the start', async () => {
    const dataDir = join(newFolder(), 'file')
    writeFileSync(dataDir, 'no folder')
    await expect(serve({ dataDir })).rejects.toThrow(/cannot be made.*Set DATA_DIR/)
  })
})
