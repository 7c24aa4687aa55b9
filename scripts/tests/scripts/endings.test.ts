import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it as anyTest } from 'vitest'
import { buildForTests } from '../../build.mjs'
import { makeCheckout } from './checkout.ts'
import { openRuns, type Runs } from './npm-run.ts'
import { draw, isOver, serving, settings as plainSettings } from './serving.ts'

let checkout: string
let bundles: string
beforeAll(async () => {
  checkout = makeCheckout()
  bundles = process.env['RUSHES_TEST_BUILD'] ?? (await buildForTests())
})
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rushes-data-'))
/** What `npm run dev` starts is bundled before: compiling it takes each server far longer than to live and to end. */
const settings = (dataDir: string) => ({ ...plainSettings(dataDir), RUSHES_TEST_BUILD: bundles })
const start = (runs: Runs, dataDir = newFolder()) => serving(runs.npm('start', [], settings(dataDir)))

const it = anyTest.extend<{ runs: Runs }>({
  runs: async ({ task, onTestFinished }, provide) => {
    const runs = openRuns(checkout)
    onTestFinished(() => runs.end({ task }))
    await provide(runs)
  },
})

describe('npm start that is stopped while it still builds', () => {
  it('never begins to serve', async ({ runs }) => {
    const run = runs.npm('start', [], settings(newFolder()))
    await run.says(/Building/)
    run.kill('SIGTERM')
    await run.gone()
    expect(run.said()).not.toContain('Rushes is ready')
    // One build for all that follow, which would else build side by side.
    const server = await start(runs)
    server.run.killGroup('SIGTERM')
    await isOver(server)
  })
})

// Servers spend much of such a test waiting: for npm, for a look at their launcher, for children to end.
describe.concurrent.each(['start', 'dev'])('npm run %s', (script) => {
  // Two of `dev` would write the same cache of Vite's.
  const test = script === 'dev' ? it.sequential : it

  // npm passes SIGTERM on to its shell alone, and dies of the others at once. A SIGINT that npm alone gets, which no
  // terminal sends, is swallowed by shells that wait for their child: all of it goes on running, npm too.
  test.for(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('ends when npm gets %s', async (signal, { runs }) => {
    const server = await serving(runs.npm(script, [], settings(newFolder())))
    await draw(server.url)
    server.run.kill(signal)
    await isOver(server)
    expect(server.run.said()).toMatch(/Rushes ends: (the npm that ran it is gone|SIG)/)
  })

  test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends when all of its group get %s', async (signal, { runs }) => {
    const server = await serving(runs.npm(script, [], settings(newFolder())))
    server.run.killGroup(signal)
    await isOver(server)
    expect(server.run.said()).toContain(`Rushes ends: ${signal}`)
  })

  test('says so where its port is taken', async ({ runs }) => {
    const first = await start(runs)
    const second = runs.npm(script, [], { ...settings(newFolder()), PORT: String(first.port) })
    expect(await second.ended).toBe(1)
    const words = `Port ${first.port} on 127.0.0.1 is taken: perhaps Rushes runs already.`
    expect(second.said()).toContain(`\n  ${words}`)
    expect(second.said()).toContain(`"msg":"Rushes ends: ${words}`)
    expect(second.said()).not.toContain('    at ')
  })
})

describe.concurrent('npm start that is to stay', () => {
  it('outlives its terminal with nohup', async ({ runs }) => {
    // What nohup gives in place of a terminal: it can be written to, and not read.
    const input = openSync('/dev/null', 'w')
    const server = await serving(runs.inGroup(['nohup', 'npm', 'start'], settings(newFolder()), input))
    server.run.killGroup('SIGHUP')
    await server.run.says(/was started with nohup and stays/)
    await draw(server.url)
    server.run.killGroup('SIGTERM')
    await isOver(server)
  })

  it('ends with nohup, too, when npm is stopped', async ({ runs }) => {
    const input = openSync('/dev/null', 'w')
    const server = await serving(runs.inGroup(['nohup', 'npm', 'start'], settings(newFolder()), input))
    server.run.kill('SIGTERM')
    await isOver(server)
  })

  it('outlives the shell that started it in the background', async ({ runs }) => {
    const server = await serving(runs.inGroup(['sh', '-c', 'npm start & echo $$ left'], settings(newFolder())))
    await server.run.says(/\d+ left/)
    await draw(server.url)
    server.run.killGroup('SIGTERM')
    await isOver(server)
  })

  it('outlives the reader of its output', async ({ runs }) => {
    const server = await start(runs)
    server.run.deafen()
    await draw(server.url)
    await draw(server.url)
    server.run.killGroup('SIGTERM')
    await isOver(server)
  })
})

describe.concurrent('a server says why it ends', () => {
  it.for([
    ['throw new TypeError("a defect")', /"level":60.*a defect.*Rushes ends: an error that nothing caught/],
    [
      'Promise.reject(new TypeError("a defect"))',
      /"level":60.*a defect.*Rushes ends: a rejection that nothing handled/,
    ],
    ['process.exit(7)', /Rushes ends: it left by itself, with code 7/],
  ] as const)('after %s', async ([defect, words], { runs }) => {
    const breaks = join(newFolder(), 'breaks.mjs')
    writeFileSync(breaks, `process.on('SIGUSR2', () => { ${defect} })`)
    const server = await serving(
      runs.inGroup([process.execPath, '--import', breaks, 'scripts/start.mjs'], settings(newFolder())),
    )
    server.run.kill('SIGUSR2')
    await isOver(server)
    expect(server.run.said()).toMatch(words)
  })

  it('after a kill, when it starts again', async ({ runs }) => {
    const dataDir = newFolder()
    const killed = await start(runs, dataDir)
    killed.run.killGroup('SIGKILL')
    await isOver(killed)
    const next = await start(runs, dataDir)
    expect(next.run.said()).toContain('The last run did not say why it ended')
    next.run.killGroup('SIGTERM')
    await isOver(next)
  })
})
