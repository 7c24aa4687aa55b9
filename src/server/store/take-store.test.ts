import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { submittedSchema } from '../../shared/routes.ts'
import { jobAt } from '../team/testing/jobs.ts'
import { serve, type Served } from '../testing/serve.ts'
import { createWorkshop } from '../testing/workshop.ts'
import { createFolderBlobs } from './blobs/folder-blobs.ts'
import { createFolders } from './folders.ts'
import { createTakeStore, slug } from './take-store.ts'

describe('the readable part of a name', () => {
  it('is of letters and digits of any script, whole ones', () => {
    expect(slug('A serene lake, at sunset!')).toBe('a-serene-lake-at-sunset')
    // Vowel signs belong to their letters.
    expect(slug('शांत झील')).toBe('शांत-झील')
    // A letter outside of Unicode's first plane is two of JavaScript's characters, which must not be parted.
    expect(slug(`a${'𠮷'.repeat(40)}`)).toBe(`a${'𠮷'.repeat(23)}`)
  })
})

describe('a result', () => {
  const output = { mime_type: 'image/png', width: 8, height: 8, duration: null, fps: null }
  const folder = () => mkdtempSync(join(tmpdir(), 'rushes-'))

  it('covers no other, and each attempt at a job has names of its own', async () => {
    const root = folder()
    const takes = createTakeStore(createFolderBlobs(createFolders(root)))
    const job = jobAt(1)
    const adopt = async (words: string, attempt?: number) => {
      const path = join(folder(), 'made.png')
      writeFileSync(path, words)
      return (await takes.adopt(job, { ...output, path }, attempt)).result
    }
    const first = await adopt('the first')
    expect(first).toMatch(/^takes\/2026-11-30\/number-1_lucy-pro-t2i_local-draft_\d+_\w{6}\.png$/)
    const named = (at: number) => first.replace('.png', `-${at}.png`)
    expect([await adopt('the third attempt', 3), await adopt('again'), await adopt('a fourth', 3)]).toEqual([
      named(3),
      named(2),
      named(4),
    ])
    expect([first, named(2), named(3), named(4)].map((key) => readFileSync(join(root, key), 'utf8'))).toEqual([
      'the first',
      'again',
      'the third attempt',
      'a fourth',
    ])
  })
})

describe('a take', () => {
  let server: Served | null = null
  afterEach(() => server?.close())

  const make = async (prompt: string): Promise<string> => {
    const answer = await server?.submit('lucy-pro-t2i', { prompt, resolution: '480p' })
    const { job_id } = submittedSchema.parse(await answer?.json())
    await server?.finished(job_id)
    return job_id
  }

  it('can be fetched whatever letters its prompt has', async () => {
    server = await serve()
    const answer = await fetch(`${server.url}/v1/jobs/${await make(`a${'𠮷'.repeat(40)}`)}/content`)
    expect(answer.status).toBe(200)
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('𠮷_lucy-pro-t2i')
  })

  it('is found again by an index that is rebuilt, although files beside it are broken', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
    server = await serve({ dataDir })
    const id = await make('lake')
    await fetch(`${server.url}/v1/jobs/${id}/star`, { method: 'PUT' })
    await server.close(true)
    for (const name of readdirSync(dataDir).filter((each) => each.startsWith('rushes.db'))) rmSync(join(dataDir, name))
    mkdirSync(join(dataDir, 'takes/2026-01-01'), { recursive: true })
    writeFileSync(join(dataDir, 'takes/2026-01-01/cut-short.mp4.json'), '')
    writeFileSync(join(dataDir, 'media/cut-short.json'), '{')
    server = await serve({ dataDir })
    const { job } = server
    await vi.waitFor(async () => expect(await job(id)).toMatchObject({ status: 'completed', starred: true }))
  })
})

describe('a result that was put away just before the server was stopped', () => {
  it('is neither rendered nor ordered again, however the job was going on', async () => {
    const before = await createWorkshop()
    const id = await before.submit('one', 'decart')
    await vi.waitFor(() => expect(before.decart).toHaveLength(1))
    await before.decart[0]?.context.record({ state: 'sent', id: 'cloud-1' })
    // The kill: nothing that should happen after the description is written happens.
    const described = new Promise<void>((resolve) => {
      const { describe: write } = before.takes
      before.takes.describe = async (...args) => {
        await write(...args)
        resolve()
        await new Promise(() => undefined)
      }
    })
    await before.decart[0]?.finish()
    await described
    await before.kill()

    const server = await serve({ dataDir: before.root })
    expect(await server.job(id)).toMatchObject({
      status: 'completed',
      output: { filename: expect.stringMatching(/^one_lucy-pro-t2i/) },
    })
    const content = await fetch(`${server.url}/v1/jobs/${id}/content`)
    expect(await content.text()).toBe(`pixels of ${id}`)
    await server.close()
  })
})
