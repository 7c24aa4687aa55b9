import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { makeClip } from '../engine/testing/clips.ts'
import { submittedSchema } from '../shared/routes.ts'
import { startDecartServer } from './testing/decart-server.ts'
import { kill, killAll, launch } from './testing/launch.ts'
import { serve } from './testing/serve.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))

afterEach(killAll)

const idOf = async (answer: Response) => submittedSchema.parse(await answer.json()).job_id

describe('a server killed in the middle of jobs', () => {
  it('renders local ones again, with the same seed, and gives each key its job', async () => {
    const folder = join(dataDir, 'local')
    const first = await launch(folder)
    const fields = { prompt: 'a city by night', resolution: '480p' }
    const ids = [
      await idOf(await first.submit('lucy-pro-t2v', fields, { 'Idempotency-Key': 'one' })),
      await idOf(await first.submit('lucy-pro-t2i', fields, { 'Idempotency-Key': 'two' })),
    ]
    const [running = '', waiting = ''] = ids
    await first.until(running, (job) => job.status === 'processing' && (job.progress ?? 0) > 0)
    const seeds = [(await first.job(running)).seed, (await first.job(waiting)).seed]
    await kill(first)

    const second = await launch(folder)
    expect(await idOf(await second.submit('lucy-pro-t2v', fields, { 'Idempotency-Key': 'one' }))).toBe(running)
    expect(await second.finished(running)).toMatchObject({ status: 'completed', seed: seeds[0] })
    expect(await second.finished(waiting)).toMatchObject({ status: 'completed', seed: seeds[1] })
    const answer = await fetch(`${second.url}/v1/jobs/${waiting}/content`)
    expect(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).toMatchObject({ format: 'png' })
    // What the first server left half-written is gone.
    await vi.waitFor(() => expect(readdirSync(join(folder, 'rushes-tmp'))).toEqual([]))
  })

  it('goes on polling cloud ones, and orders nothing twice', async () => {
    const clip = await makeClip(join(dataDir, 'clip.mp4'), { seconds: 1 })
    const bytes = readFileSync(clip)
    const cloud = await startDecartServer({ apiKey: 'k', result: () => bytes })
    cloud.become(['processing'])
    const folder = join(dataDir, 'cloud')
    const env = { DECART_API_KEY: 'k', DECART_BASE_URL: cloud.url }
    const first = await launch(folder, env)
    const id = await idOf(await first.submit('lucy-clip', { prompt: 'winter', data: new Blob([bytes]) }))
    await first.until(id, (job) => job.status === 'processing' && job.phase === 'rendering')
    await kill(first)

    const second = await launch(folder, env)
    cloud.become(['completed'])
    expect(await second.finished(id)).toMatchObject({ status: 'completed', renderer: 'decart' })
    expect(cloud.billed()).toBe(1)
    await cloud.close()
  })
})

describe('an index that is lost', () => {
  it('is rebuilt from the files', async () => {
    const folder = join(dataDir, 'lost')
    const picture = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#777' } })
      .png()
      .toBuffer()
    const before = await serve({ dataDir: folder })
    const id = await idOf(
      await before.submit(
        'lucy-pro-i2i',
        {
          prompt: 'ink',
          data: new Blob([new Uint8Array(picture)]),
          resolution: '480p',
        },
        { 'Idempotency-Key': 'kept' },
      ),
    )
    const done = await before.finished(id)
    expect(done.status).toBe('completed')
    await before.close(true)
    for (const name of readdirSync(folder).filter((each) => each.startsWith('rushes.db'))) rmSync(join(folder, name))

    const after = await serve({ dataDir: folder })
    // The takes are read while the server is used.
    await vi.waitFor(async () => expect(await after.job(id)).toEqual(done))
    await vi.waitFor(async () => expect((await after.health()).notices).toEqual([]))
    expect((await fetch(`${after.url}/v1/jobs/${id}/content`)).status).toBe(200)
    expect((await fetch(`${after.url}/v1/files/${String(done.inputs['data'])}/content`)).status).toBe(200)
    expect(await idOf(await after.submit('lucy-pro-t2i', { prompt: 'other' }, { 'Idempotency-Key': 'kept' }))).toBe(id)
    await after.close()
  })
})
