import { once } from 'node:events'
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { forkScript } from './fork.ts'
import { permissionFlags, withoutNetwork } from './confinement.ts'
import { createProber } from '../prober.ts'
import { makeClip } from '../testing/clips.ts'
import { openScratch } from '../testing/scratch.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
let server: Server
beforeAll(async () => {
  scratch = await openScratch()
  server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.close()
  await scratch.remove()
})

it('lets tsx ask whether capitals matter, also in a folder that has some', () => {
  const flags = permissionFlags({ kind: 'source', folder: '/Home/rushes/src', cwd: '/Home/rushes/src/engine' }, [])
  if (flags.length > 0) expect(flags).toContain('--allow-fs-read=/hOME/RUSHES/SRC/ENGINE')
})

const answerSchema = z.object({
  read: z.record(z.string(), z.string()),
  write: z.record(z.string(), z.string()),
  connect: z.string(),
  environment: z.array(z.string()),
})

/** What a child of the engine can do that may read the media of one folder. */
const tried = async () => {
  const media = scratch.at('media')
  await mkdir(media, { recursive: true })
  await writeFile(scratch.at('media/clip.mp4'), 'clip')
  await writeFile(scratch.at('.env'), 'DECART_API_KEY=secret')
  const child = forkScript('../testing/reaching-child.ts', 'none', { reads: [media] })
  const address = server.address()
  child.send({
    read: {
      media: scratch.at('media/clip.mp4'),
      beside: scratch.at('.env'),
      settings: fileURLToPath(new URL('../../../.env', import.meta.url)),
      parent: `/proc/${process.pid}/environ`,
    },
    write: {
      media: scratch.at('media/new.mp4'),
      beside: scratch.at('new.mp4'),
      code: fileURLToPath(new URL('../testing/written.txt', import.meta.url)),
    },
    port: typeof address === 'object' && address !== null ? address.port : 0,
  })
  const [message] = await once(child, 'message')
  child.kill('SIGKILL')
  return answerSchema.parse(message)
}

describe('JavaScript in a child', () => {
  it.skipIf(process.platform === 'win32')('reads its media and no secret, and writes nothing', async () => {
    const { read, write } = await tried()
    const denied = 'ERR_ACCESS_DENIED'
    expect(read).toEqual({ media: 'done', beside: denied, settings: denied, parent: denied })
    expect(write).toEqual({ media: denied, beside: denied, code: denied })
  })

  it('sees nothing of the settings in the environment', async () => {
    process.env['DECART_API_KEY'] = 'secret'
    const { environment } = await tried()
    delete process.env['DECART_API_KEY']
    expect(environment).not.toContain('DECART_API_KEY')
  })

  it('reaches no other program over the network where the system can do that', async () => {
    const { connect } = await tried()
    expect(connect).toBe(withoutNetwork().length > 0 ? 'ENETUNREACH' : 'done')
  })
})

describe('the flags of a child', () => {
  it.skipIf(process.platform === 'win32')('of a build give it no program to start and nothing to write', () => {
    const flags = permissionFlags({ kind: 'built', folder: '/opt/rushes/dist/server' }, ['/data/media'])
    const given = flags.filter((flag) => flag.startsWith('--allow-'))
    expect(given.filter((flag) => !flag.startsWith('--allow-fs-read='))).toEqual(['--allow-addons', '--allow-worker'])
    expect(given).toContain('--allow-fs-read=/data/media/*')
    expect(given).toContain('--allow-fs-read=/opt/rushes/dist/server')
    expect(given).toContain('--allow-fs-read=/opt/rushes/node_modules')
    expect(given.some((flag) => flag.endsWith('=*') || flag.endsWith('=/opt/rushes'))).toBe(false)
  })
})

it('a folder may be made after the child that reads in it', async () => {
  await makeClip(scratch.at('early.mp4'), { seconds: 0.2 })
  await mkdir(scratch.at('early'))
  await copyFile(scratch.at('early.mp4'), scratch.at('early/clip.mp4'))
  const children: number[] = []
  const prober = createProber({
    reads: [scratch.at('early'), scratch.at('late')],
    onChild: (pid) => children.push(pid),
  })
  await prober.probe(scratch.at('early/clip.mp4'))
  await mkdir(scratch.at('late'))
  await copyFile(scratch.at('early.mp4'), scratch.at('late/clip.mp4'))
  await expect(prober.probe(scratch.at('late/clip.mp4'))).resolves.toMatchObject({ kind: 'video' })
  expect(children).toHaveLength(1)
  await prober.close()
})

it('a data folder may be a link, and be named with a comma and a star', async () => {
  await mkdir(scratch.at('real, *'), { recursive: true })
  await makeClip(scratch.at('real, */clip.mp4'), { seconds: 0.2 })
  await symlink(scratch.at('real, *'), scratch.at('link'))
  for (const folder of [scratch.at('real, *'), scratch.at('link')]) {
    const prober = createProber({ reads: [folder] })
    await expect(prober.probe(`${folder}/clip.mp4`)).resolves.toMatchObject({ kind: 'video' })
    await prober.close()
  }
})
