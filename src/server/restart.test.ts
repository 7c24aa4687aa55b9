import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { makeClip } from '../engine/testing/clips.ts'
import { submittedSchema } from '../shared/routes.ts'
import { startDecartServer } from './testing/decart-server.ts'
import { serve, talkTo } from './testing/serve.ts'

const script = fileURLToPath(new URL('./testing/server-process.ts', import.meta.url))
const dataDir = mkdtempSync(join(tmpdir(), 'rushes-'))
const running: ChildProcess[] = []

const launch = async (folder: string, env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, PORT: '0', DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  for await (const line of createInterface(child.stdout)) {
    const url = /^ready (.+)$/.exec(line)?.[1]
    if (url !== undefined) return { child, url, ...talkTo(url) }
  }
  throw new Error('the server did not start')
}

/** The end that a power cut makes: nothing is tidied. */
const kill = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

afterEach(async () => {
  for (const child of running.splice(0)) if (child.exitCode === null && child.signalCode === null) await kill(child)
})

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
    await kill(first.child)

    const second = await launch(folder)
    expect(await idOf(await second.submit('lucy-pro-t2v', fields, { 'Idempotency-Key': 'one' }))).toBe(running)
    expect(await second.finished(running)).toMatchObject({ status: 'completed', seed: seeds[0] })
    expect(await second.finished(waiting)).toMatchObject({ status: 'completed', seed: seeds[1] })
    const answer = await fetch(`${second.url}/v1/jobs/${waiting}/content`)
    expect(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).toMatchObject({ format: 'png' })
    // What the first server left half-written is gone.
    expect(readdirSync(join(folder, 'tmp'))).toEqual([])
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
    await kill(first.child)

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
    expect(await after.job(id)).toEqual(done)
    expect((await fetch(`${after.url}/v1/jobs/${id}/content`)).status).toBe(200)
    expect((await fetch(`${after.url}/v1/files/${String(done.inputs['data'])}/content`)).status).toBe(200)
    expect(await idOf(await after.submit('lucy-pro-t2i', { prompt: 'other' }, { 'Idempotency-Key': 'kept' }))).toBe(id)
    await after.close()
  })
})
