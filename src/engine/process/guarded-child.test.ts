import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { forkScript } from './fork.ts'
import { type Guarded, guardChild } from './guarded-child.ts'
import { LOOKS, type Usage, watchUsage } from './usage.ts'

const MEMORY = 512 * 1024 ** 2
const children: Guarded[] = []
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill()
    await child.ended
  }
})

describe('a child that works without a pause', () => {
  // Windows has no look from outside, and tells of memory only what the child does.
  it.skipIf(LOOKS[process.platform] === undefined)('is held to its memory all the same', async () => {
    const child = guardChild(forkScript('../testing/greedy-child.ts', 'none', 'everything'))
    children.push(child)
    let most = 0
    const watch = setInterval(() => {
      if (process.platform === 'linux' && child.isAlive()) most = Math.max(most, highest(child.pid))
    }, 5)
    const asked = child.ask({ kind: 'prepare' }, { memory: MEMORY, work: 60_000, time: 60_000, stall: 60_000 })
    await expect(asked).rejects.toMatchObject({
      code: 'PROCESSING_ERROR',
      why: 'memory',
      message: expect.stringContaining('memory'),
    })
    clearInterval(watch)
    await child.ended
    expect(child.isAlive()).toBe(false)
    expect(most).toBeLessThan(1.5 * MEMORY)
  })
})

/** The most that a process has held so far. */
const highest = (pid: number | undefined): number => {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

const runs = {
  linux: process.platform === 'linux',
  darwin: process.platform !== 'win32' && spawnSync('ps', ['-o', 'rss=', '-p', String(process.pid)]).status === 0,
}

describe('a look at what a process has', () => {
  it.runIf(runs.linux)('in /proc finds what the process finds itself', () => look('linux'))
  it.runIf(runs.darwin)('by ps finds what the process finds itself', () => look('darwin'))

  const look = async (system: 'linux' | 'darwin'): Promise<void> => {
    const seen = await new Promise<Usage>((resolve) => {
      const stop = watchUsage(
        process.pid,
        (usage) => {
          stop()
          resolve(usage)
        },
        LOOKS[system],
      )
    })
    const { user, system: kernel } = process.cpuUsage()
    expect(Math.abs(seen.memory / process.memoryUsage.rss() - 1)).toBeLessThan(0.3)
    // ps may leave out the fractions of a second.
    expect(Math.abs(seen.work - (user + kernel) / 1000)).toBeLessThan(1500)
  }

  it('of one that is gone finds nothing', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    for (const system of ['linux', 'darwin'] as const) expect(await LOOKS[system]?.look(pid)).toBeNull()
  })
})
