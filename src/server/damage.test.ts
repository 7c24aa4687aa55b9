import { execFileSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { jobPageSchema } from '../shared/job.ts'
import { submittedSchema } from '../shared/routes.ts'
import { failed, newJob } from './jobs/transitions.ts'
import { connectHere } from './store/database/connection.ts'
import { createFolders } from './store/folders.ts'
import { createJobStore } from './store/job-store.ts'
import { openTestIndex } from './testing/open-test-index.ts'
import { serve, type Served } from './testing/serve.ts'

/** A data folder with takes, an upload, and jobs that have no file: one that failed, one that waits. */
let pattern: string
let takes: string[]
let waiting: string

/** What is finished, as the list has it. */
const page = async ({ url }: { url: string }) =>
  jobPageSchema.parse(await (await fetch(`${url}/v1/jobs?status=completed`)).json())

beforeAll(async () => {
  pattern = mkdtempSync(join(tmpdir(), 'rushes-'))
  const server = await serve({ dataDir: pattern })
  const picture = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#a53' } })
    .png()
    .toBuffer()
  takes = []
  for (const prompt of ['ink', 'chalk', 'pastel']) {
    const data = new Blob([new Uint8Array(picture)])
    const answer = await server.submit('lucy-pro-i2i', { prompt, data, resolution: '480p' })
    const { job_id } = submittedSchema.parse(await answer.json())
    expect((await server.finished(job_id)).status).toBe('completed')
    takes.push(job_id)
  }
  await server.close(true)
  const index = await openTestIndex(createFolders(pattern))
  const jobs = createJobStore(index)
  const jobOf = (prompt: string) => {
    const model = 'lucy-pro-t2i'
    const inputs = { prompt, resolution: '480p' }
    return newJob({ model, requestedModel: model, idempotencyKey: prompt, renderer: 'local', inputs, now: new Date() })
  }
  const lost = jobOf('lost')
  await jobs.add(lost)
  const error = { code: 'PROCESSING_ERROR', message: 'No.', billed: 'no', resumable: false } as const
  await jobs.update(failed(lost, error, new Date()), null)
  const waits = jobOf('waits')
  waiting = waits.job_id
  await jobs.add(waits)
  // Ballast, so that there are pages of many kinds.
  await jobs.restore(
    Array.from({ length: 200 }, (_, at) => ({
      job: failed(jobOf(`old ${at}`), error, new Date()),
      cloud: null,
      result: null,
    })),
  )
  await index.close()
})

let server: Served | null = null
const copies: string[] = []
afterEach(async () => {
  await server?.close()
  server = null
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true })
})

/** A copy of the data folder, and the path of its index. */
const copyFolder = (): { dataDir: string; index: string } => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
  copies.push(dataDir)
  cpSync(pattern, dataDir, { recursive: true })
  return { dataDir, index: join(dataDir, 'rushes.db') }
}

const overwrite = (path: string, at: number, bytes: Buffer): void => {
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, bytes.length, at)
  closeSync(file)
}

/** All takes are listed, and their media and source are there. */
const expectAllTakes = async (running: Served) => {
  await vi.waitFor(async () => {
    const { jobs } = await page(running)
    expect(jobs.map(({ job_id }) => job_id)).toEqual(expect.arrayContaining(takes))
  })
  for (const id of takes) {
    const content = await fetch(`${running.url}/v1/jobs/${id}/content`)
    expect((await sharp(Buffer.from(await content.arrayBuffer())).metadata()).format).toBe('png')
    const { inputs } = await running.job(id)
    await vi.waitFor(async () =>
      expect((await fetch(`${running.url}/v1/files/${String(inputs['data'])}/content`)).status).toBe(200),
    )
  }
}

const asideIn = (dataDir: string): string[] =>
  readdirSync(dataDir).filter((name) => name.includes('.damaged-') && !/-(wal|shm)$/.test(name))

/** The number of a page of that kind, from 1. */
const pageOf = async (index: string, which: string): Promise<number> => {
  const connection = await connectHere(index, 'salvage')
  const { rows } = await connection.query(`select pageno from dbstat where ${which} limit 1`)
  await connection.close()
  return z.tuple([z.object({ pageno: z.number() })]).parse(rows)[0].pageno
}

describe('an index that is damaged', () => {
  it.each<[string, (index: string) => void]>([
    ['replaced by text', (index) => writeFileSync(index, 'not a database '.repeat(1000))],
    ['cut in half', (index) => truncateSync(index, readFileSync(index).length / 2)],
    ['without its header', (index) => overwrite(index, 0, Buffer.alloc(100))],
  ])('(%s) is put aside, told of, and made again with all takes', async (_, damage) => {
    const { dataDir, index } = copyFolder()
    damage(index)
    server = await serve({ dataDir })
    await expectAllTakes(server)
    expect(asideIn(dataDir)).toHaveLength(1)
    const { health } = server
    await vi.waitFor(async () =>
      expect((await health()).notices).toEqual([
        { code: 'INDEX_REBUILT', message: expect.stringContaining(asideIn(dataDir)[0] ?? '') },
      ]),
    )
  })

  it.each([
    // The table's own leaf takes its rows with it; any other page takes nothing that is nowhere else.
    ['a leaf of the table of jobs', "name = 'jobs' and pagetype = 'leaf'", 'perhaps'],
    ['an index of it', "name = 'jobs_by_seed'", 'all'],
    ['the index of its ids', "name = 'sqlite_autoindex_jobs_1'", 'all'],
    ['the full text', "name = 'jobs_text_data'", 'all'],
    ['the uploads', "name = 'files'", 'all'],
  ] as const)('by a page of zeros (%s) loses no take, nor what has no file', async (_, which, kept) => {
    const { dataDir, index } = copyFolder()
    overwrite(index, ((await pageOf(index, which)) - 1) * 4096, Buffer.alloc(4096))
    server = await serve({ dataDir })
    await expectAllTakes(server)
    expect(asideIn(dataDir)).toHaveLength(1)
    if (kept === 'perhaps') return
    expect(await server.finished(waiting)).toMatchObject({ status: 'completed' })
    const failures = jobPageSchema.parse(await (await fetch(`${server.url}/v1/jobs?status=failed`)).json())
    expect(failures.total).toBe(201)
  })

  it('by random bytes never ends the server, nor loses a take', async () => {
    let state = 12345
    const random = (below: number): number => (state = (state * 1103515245 + 12345) & 0x7fffffff) % below
    for (let round = 0; round < 4; round++) {
      const { dataDir, index } = copyFolder()
      const { length } = readFileSync(index)
      for (let byte = 0; byte < 40; byte++) overwrite(index, random(length), Buffer.from([random(256)]))
      const damaged = await serve({ dataDir })
      await expectAllTakes(damaged)
      await damaged.close()
    }
  })

  it('orders nothing of a paid renderer again, of which it cannot tell whether it was ordered', async () => {
    const { dataDir, index: path } = copyFolder()
    const index = await openTestIndex({ index: path })
    const jobs = createJobStore(index)
    const ordered = newJob({
      model: 'lucy-clip',
      requestedModel: 'lucy-clip',
      idempotencyKey: 'paid',
      renderer: 'decart',
      inputs: { prompt: 'winter' },
      now: new Date(),
    })
    await jobs.add(ordered)
    await index.close()
    overwrite(path, ((await pageOf(path, "name = 'jobs_by_seed'")) - 1) * 4096, Buffer.alloc(4096))
    server = await serve({ dataDir, env: { DECART_API_KEY: 'k', DECART_BASE_URL: 'http://127.0.0.1:1' } })
    expect(await server.job(ordered.job_id)).toMatchObject({
      status: 'failed',
      error: { billed: 'maybe', resumable: false, message: expect.stringContaining('not sent again') },
    })
  })
})

describe('the process of the index', () => {
  /** The index's process among this process's children, by what it was started with. */
  const indexProcess = (): number => {
    const list = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n')
    const mine = list.filter((line) => line.includes('store/database/child.ts') || line.includes('index-child.js'))
    const own = mine.map((line) => line.trim().split(/\s+/)).filter(([, parent]) => Number(parent) === process.pid)
    return Number(own.at(-1)?.[0])
  }

  it.each(['SIGKILL', 'SIGABRT', 'SIGSEGV'] as const)(
    'may die (%s): the server goes on, and so do its jobs',
    async (signal) => {
      const { dataDir } = copyFolder()
      server = await serve({ dataDir })
      await expectAllTakes(server)
      process.kill(indexProcess(), signal)
      // What is asked meanwhile waits, and is answered.
      expect((await page(server)).jobs.length).toBeGreaterThan(0)
      const answer = await server.submit('lucy-pro-t2i', { prompt: 'after', resolution: '480p' })
      const { job_id } = submittedSchema.parse(await answer.json())
      expect((await server.finished(job_id)).status).toBe('completed')
      await expectAllTakes(server)
      expect(asideIn(dataDir)).toEqual([])
    },
  )

  it('that dies again and again is given a new index', async () => {
    const { dataDir } = copyFolder()
    server = await serve({ dataDir })
    for (let time = 0; time < 3; time++) {
      process.kill(indexProcess(), 'SIGABRT')
      expect((await page(server)).jobs.length).toBeGreaterThanOrEqual(0)
    }
    await expectAllTakes(server)
    await vi.waitFor(() => expect(asideIn(dataDir)).toHaveLength(1))
  })
})

describe('odd things in a data folder', () => {
  it('are left alone and named, and stop neither the rebuild nor the start', async () => {
    const { dataDir, index } = copyFolder()
    rmSync(index)
    const day = join(dataDir, 'takes', '2026-01-01')
    mkdirSync(join(day, 'folder.mp4.json'), { recursive: true })
    mkdirSync(join(dataDir, 'media', 'x.json'))
    symlinkSync('nowhere', join(day, 'dangling.mp4.json'))
    symlinkSync(join(dataDir, 'takes'), join(day, 'loop'))
    symlinkSync('/tmp', join(dataDir, 'takes', '2026-01-02'))
    execFileSync('mkfifo', [join(dataDir, 'takes', '2026-01-03')])
    symlinkSync('round.json', join(day, 'round.json'))
    execFileSync('mkfifo', [join(day, 'pipe.mp4.json'), join(dataDir, 'media', 'pipe.json')])
    writeFileSync(join(day, 'enormous.mp4.json'), `{"a":"${'x'.repeat(2_000_000)}"}`)
    writeFileSync(join(day, 'cut.mp4.json'), '{"job_id":')
    writeFileSync(join(day, 'alien.json'), '{"name":"package"}')
    const lines: string[] = []
    server = await serve({ dataDir, log: (line) => lines.push(line) })
    await expectAllTakes(server)
    const { health } = server
    await vi.waitFor(async () =>
      expect((await health()).notices).toEqual([
        {
          code: 'ODD_FILES',
          message: expect.stringMatching(/Left alone in the data folder: takes.*is a link.*; and \d+ more/),
        },
      ]),
    )
    for (const name of [
      'folder.',
      'dangling.',
      'round.',
      'pipe.',
      'enormous.',
      'cut.',
      'alien.',
      'loop',
      '-01-02',
      '-01-03',
    ])
      expect([name, lines.some((line) => line.includes(name) && line.includes('left alone'))]).toEqual([name, true])
    expect(existsSync(join(day, 'alien.json'))).toBe(true)
  })

  it('make no foreign folder serve a page from our origin', async () => {
    const { dataDir, index } = copyFolder()
    rmSync(index)
    const day = readdirSync(join(dataDir, 'takes'))[0] ?? ''
    const folder = join(dataDir, 'takes', day)
    const beside = readdirSync(folder).find((name) => name.endsWith('.json')) ?? ''
    const description = readFileSync(join(folder, beside), 'utf8')
    const evilJob = `job_${'e'.repeat(32)}`
    const script = '<script>alert(document.domain)</script>'
    writeFileSync(join(folder, 'evil.html'), script)
    writeFileSync(
      join(folder, 'evil.html.json'),
      description.replace(/"job_id": "job_\w+"/, `"job_id": "${evilJob}"`).replaceAll('image/png', 'text/html'),
    )
    // What is made from a take is named by its job's id.
    const takeFile = beside.replace(/\.json$/, '')
    const outside = '../../outside'
    writeFileSync(join(folder, 'climber.png'), readFileSync(join(folder, takeFile)))
    writeFileSync(
      join(folder, 'climber.png.json'),
      description
        .replace(/"job_id": "job_\w+"/, `"job_id": "${outside}"`)
        .replace(/"idempotency_key": "[^"]*"/, '"idempotency_key": null'),
    )
    // A link in the place of an upload's bytes.
    const secret = join(mkdtempSync(join(tmpdir(), 'rushes-')), 'secret.txt')
    writeFileSync(secret, 'SECRET')
    symlinkSync(secret, join(dataDir, 'media', `${'a'.repeat(32)}.png`))
    const upload = readdirSync(join(dataDir, 'media')).find((name) => name.endsWith('.json')) ?? ''
    const stored = readFileSync(join(dataDir, 'media', upload), 'utf8')
    const evil = `file_${'e'.repeat(32)}`
    writeFileSync(
      join(dataDir, 'media', `${evil}.json`),
      stored
        .replace(/"id": "file_\w+"/, `"id": "${evil}"`)
        .replace(/"stored_as": "[^"]+"/, '"stored_as": "../takes/../../../../etc/passwd"'),
    )
    const linked = `file_${'a'.repeat(32)}`
    writeFileSync(
      join(dataDir, 'media', `${linked}.json`),
      stored
        .replace(/"id": "file_\w+"/, `"id": "${linked}"`)
        .replace(/"stored_as": "[^"]+"/, `"stored_as": "${'a'.repeat(32)}.png"`),
    )
    const svg = `file_${'f'.repeat(32)}`
    writeFileSync(
      join(dataDir, 'media', `${svg}.json`),
      stored.replace(/"id": "file_\w+"/, `"id": "${svg}"`).replaceAll('image/png', 'image/svg+xml'),
    )
    server = await serve({ dataDir })
    await expectAllTakes(server)
    const { url, health } = server
    await vi.waitFor(async () => expect((await health()).notices[0]?.code).toBe('ODD_FILES'))
    for (const path of [`jobs/${evilJob}`, `files/${evil}`, `files/${svg}`, `files/${linked}`])
      expect((await fetch(`${url}/v1/${path}/content`)).status).toBe(404)
    expect((await fetch(`${url}/v1/jobs/${encodeURIComponent(outside)}/thumbnail`)).status).toBe(404)
    expect(existsSync(join(dataDir, '..', 'outside.webp'))).toBe(false)
  })
})
