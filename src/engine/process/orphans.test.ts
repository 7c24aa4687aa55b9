import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { forkChild } from './fork.ts'
import { makeClip } from '../testing/clips.ts'
import { openScratch } from '../testing/scratch.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
beforeAll(async () => {
  scratch = await openScratch()
})
afterAll(() => scratch.remove())

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const start = (what: 'render' | 'probe' | 'prepare', path: string): ChildProcess =>
  fork(fileURLToPath(new URL('../testing/host.ts', import.meta.url)), [what, path, scratch.folder], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    execArgv: ['--import', 'tsx'],
    stdio: 'ignore',
  })

it('a rendering child ends when its parent is killed', async () => {
  const host = start('render', await makeClip(scratch.at('long.mp4'), { seconds: 20, width: 640, height: 360 }))
  const [pid] = (await once(host, 'message')) as [number]
  expect(isRunning(pid)).toBe(true)
  host.kill('SIGKILL')
  await expect.poll(() => isRunning(pid), { timeout: 5000, interval: 20 }).toBe(false)
})

it('an idle prober keeps no process alive, and its child goes too', async () => {
  const host = start('probe', await makeClip(scratch.at('short.mp4'), { seconds: 0.2 }))
  const [pid] = (await once(host, 'message')) as [number]
  const [code] = await once(host, 'exit')
  expect(code).toBe(0)
  await expect.poll(() => isRunning(pid), { timeout: 5000, interval: 20 }).toBe(false)
})

it('a child that waits for a render keeps no process alive, and goes with it', async () => {
  const host = start('prepare', await makeClip(scratch.at('any.mp4'), { seconds: 0.2 }))
  const [pid] = (await once(host, 'message')) as [number]
  const [code] = await once(host, 'exit')
  expect(code).toBe(0)
  await expect.poll(() => isRunning(pid), { timeout: 5000, interval: 20 }).toBe(false)
})

it('a child whose parent goes while it starts goes too', async () => {
  const child = forkChild([scratch.folder])
  const gone = once(child, 'exit')
  child.disconnect()
  // With which code depends on how far it had come; a child that stayed would let this time out.
  await gone
  expect(child.connected).toBe(false)
})
