import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('./testing/ending-process.ts', import.meta.url))

const launch = (way: string, dataDir?: string) => {
  const args = ['--import', 'tsx', script, way, ...(dataDir === undefined ? [] : [dataDir])]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = text(child.stdout)
  const complained = text(child.stderr)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    /** Resolves when its output has these words. */
    says: (words: string) =>
      new Promise<void>((resolve) => {
        let heard = ''
        child.stdout.on('data', (part: Buffer) => {
          heard += String(part)
          if (heard.includes(words)) resolve()
        })
      }),
    outcome: async () => ({ code: await ended, said: await said, complained: await complained }),
  }
}

/** Sends a signal each tenth of a second until the process is gone. */
const insist = (child: ChildProcess, signal: NodeJS.Signals): void => {
  const timer = setInterval(() => child.kill(signal), 100)
  child.once('exit', () => clearInterval(timer))
}

describe('a process says why it ends', () => {
  it.each([
    ['SIGTERM', /Rushes ends: SIGTERM/],
    ['SIGINT', /Rushes ends: SIGINT \(Ctrl-C\)/],
    ['SIGHUP', /Rushes ends: SIGHUP, its terminal closed/],
  ] as const)('after %s, and closes first', async (signal, words) => {
    const run = launch('signal')
    await run.says('begun')
    run.child.kill(signal)
    const { code, said } = await run.outcome()
    expect([code, said]).toEqual([0, expect.stringMatching(words)])
    expect(said).toContain('"closed"')
  })

  it.each([
    ['an error', 1, /"level":60.*a defect.*Rushes ends: an error that nothing caught/],
    ['a rejection', 1, /"level":60.*a defect.*Rushes ends: a rejection that nothing handled/],
    ['an exit', 3, /Rushes ends: it left by itself, with code 3/],
    ['a defect at the start', 1, /"level":60.*"stack".*Rushes ends: a defect/],
  ])('%s', async (way, wanted, words) => {
    const { code, said } = await launch(way).outcome()
    expect([code, said]).toEqual([wanted, expect.stringMatching(words)])
  })

  it('in a sentence for a person, without a stack', async () => {
    const { code, said, complained } = await launch('a sentence').outcome()
    expect([code, complained.trim()]).toEqual([1, 'Port 1 is taken.'])
    expect(said).toContain('"msg":"Rushes ends: Port 1 is taken."')
    expect(said).not.toContain('stack')
  })
})

describe('closing', () => {
  it('that fails is told, and ends it', async () => {
    const run = launch('signal while closing fails')
    await run.says('begun')
    run.child.kill('SIGTERM')
    expect(await run.outcome()).toMatchObject({
      code: 1,
      said: expect.stringMatching(/stuck.*Rushes ends: closing failed/),
    })
  })

  it('that hangs ends after eight seconds', async () => {
    const run = launch('signal while closing hangs')
    await run.says('begun')
    run.child.kill('SIGTERM')
    const { code, said } = await run.outcome()
    expect([code, said]).toEqual([1, expect.stringContaining('closing is not done after 8 seconds')])
  })

  it('that hangs is not waited for by whoever insists', async () => {
    const run = launch('signal while closing hangs')
    await run.says('begun')
    insist(run.child, 'SIGINT')
    const { code, said } = await run.outcome()
    expect([code, said]).toEqual([1, expect.stringContaining('without waiting any longer')])
  })
})

describe('a process that was killed', () => {
  it('is told of by the next one, and only by that', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rushes-'))
    const killed = launch('signal', folder)
    await killed.says('begun')
    expect(existsSync(join(folder, 'rushes.running'))).toBe(true)
    killed.child.kill('SIGKILL')
    await killed.outcome()

    const words = 'The last run did not say why it ended'
    const next = launch('signal', folder)
    await next.says('begun')
    next.child.kill('SIGTERM')
    expect((await next.outcome()).said).toContain(words)
    expect(existsSync(join(folder, 'rushes.running'))).toBe(false)
    expect((await launch('an exit', folder).outcome()).said).not.toContain(words)
  })

  it('may have left nonsense, or a folder that cannot be written to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rushes-'))
    writeFileSync(join(folder, 'rushes.running'), 'nonsense')
    expect((await launch('an exit', folder).outcome()).code).toBe(3)
    expect((await launch('an exit', join(folder, 'none')).outcome()).code).toBe(3)
  })
})
