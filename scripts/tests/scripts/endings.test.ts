import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeCheckout } from './checkout.ts'
import { endRuns, npmRun, runInGroup } from './npm-run.ts'
import { draw, isOver, serving, settings } from './serving.ts'

let checkout: string
beforeAll(() => {
  checkout = makeCheckout()
})
afterEach(endRuns)
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rushes-data-'))
const start = (dataDir = newFolder()) => serving(npmRun(checkout, 'start', [], settings(dataDir)))

describe('npm start that is stopped while it still builds', () => {
  it('never begins to serve', async () => {
    const run = npmRun(checkout, 'start', [], settings(newFolder()))
    await run.says(/Building/)
    run.kill('SIGTERM')
    await run.gone()
    expect(run.said()).not.toContain('Rushes is ready')
  })
})

describe.each(['start', 'dev'])('npm run %s', (script) => {
  // npm passes SIGTERM on to its shell alone, and dies of the others at once. A SIGINT that npm alone gets, which no
  // terminal sends, is swallowed by shells that wait for their child: all of it goes on running, npm too.
  it.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('ends when npm gets %s', async (signal) => {
    const server = await serving(npmRun(checkout, script, [], settings(newFolder())))
    await draw(server.url)
    server.run.kill(signal)
    await isOver(server)
    expect(server.run.said()).toMatch(/Rushes ends: (the npm that ran it is gone|SIG)/)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends when all of its group get %s', async (signal) => {
    const server = await serving(npmRun(checkout, script, [], settings(newFolder())))
    server.run.killGroup(signal)
    await isOver(server)
    expect(server.run.said()).toContain(`Rushes ends: ${signal}`)
  })
})

describe('npm start that is to stay', () => {
  it('outlives its terminal with nohup', async () => {
    // What nohup gives in place of a terminal: it can be written to, and not read.
    const input = openSync('/dev/null', 'w')
    const server = await serving(runInGroup(checkout, ['nohup', 'npm', 'start'], settings(newFolder()), input))
    server.run.killGroup('SIGHUP')
    await server.run.says(/was started with nohup and stays/)
    await draw(server.url)
    server.run.killGroup('SIGTERM')
    await isOver(server)
  })

  it('ends with nohup, too, when npm is stopped', async () => {
    const input = openSync('/dev/null', 'w')
    const server = await serving(runInGroup(checkout, ['nohup', 'npm', 'start'], settings(newFolder()), input))
    server.run.kill('SIGTERM')
    await isOver(server)
  })

  it('outlives the shell that started it in the background', async () => {
    const server = await serving(runInGroup(checkout, ['sh', '-c', 'npm start & echo $$ left'], settings(newFolder())))
    await server.run.says(/\d+ left/)
    await draw(server.url)
    server.run.killGroup('SIGTERM')
    await isOver(server)
  })

  it('outlives the reader of its output', async () => {
    const server = await start()
    server.run.deafen()
    await draw(server.url)
    await draw(server.url)
    server.run.killGroup('SIGTERM')
    await isOver(server)
  })
})

describe('a server says why it ends', () => {
  it.each(['start', 'dev'])('where the port of npm run %s is taken', async (script) => {
    const first = await start()
    const second = npmRun(checkout, script, [], { ...settings(newFolder()), PORT: String(first.port) })
    expect(await second.ended).toBe(1)
    const words = `Port ${first.port} on 127.0.0.1 is taken: perhaps Rushes runs already.`
    expect(second.said()).toContain(`\n  ${words}`)
    expect(second.said()).toContain(`"msg":"Rushes ends: ${words}`)
    expect(second.said()).not.toContain('    at ')
  })

  it.each([
    ['throw new TypeError("a defect")', /"level":60.*a defect.*Rushes ends: an error that nothing caught/],
    [
      'Promise.reject(new TypeError("a defect"))',
      /"level":60.*a defect.*Rushes ends: a rejection that nothing handled/,
    ],
    ['process.exit(7)', /Rushes ends: it left by itself, with code 7/],
  ])('after %s', async (defect, words) => {
    const breaks = join(newFolder(), 'breaks.mjs')
    writeFileSync(breaks, `process.on('SIGUSR2', () => { ${defect} })`)
    const server = await serving(
      runInGroup(checkout, [process.execPath, '--import', breaks, 'scripts/start.mjs'], settings(newFolder())),
    )
    server.run.kill('SIGUSR2')
    await isOver(server)
    expect(server.run.said()).toMatch(words)
  })

  it('after a kill, when it starts again', async () => {
    const dataDir = newFolder()
    const killed = await start(dataDir)
    killed.run.killGroup('SIGKILL')
    await isOver(killed)
    const next = await start(dataDir)
    expect(next.run.said()).toContain('The last run did not say why it ended')
    next.run.killGroup('SIGTERM')
    await isOver(next)
  })
})
