import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { hasPostgres, startCluster } from '../../../src/server/testing/postgres.ts'
import { findChromium } from '../../chromium.mjs'
import { root } from '../../root.mjs'
import { npm } from '../npm.ts'
import { makeCheckout } from './checkout.ts'
import { type NpmRun, openRuns, type Runs, until } from './npm-run.ts'
import { draw, isOver, serving, type Serving, settings } from './serving.ts'

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

let checkout: string
let runs: Runs
let dataDir: string
beforeAll(() => {
  checkout = makeCheckout()
  runs = openRuns(checkout)
  dataDir = mkdtempSync(join(tmpdir(), 'rushes-data-'))
})
afterEach((context) => runs.end(context))
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

/** Runs a script to its end, and answers what it printed; it must succeed, or fail with `code`. */
const toEnd = async (script: string, args: string[] = [], code = 0): Promise<string> => {
  const run = runs.npm(script, args)
  const ended = await run.ended
  expect({ ended, said: ended === code ? '' : run.said() }).toEqual({ ended: code, said: '' })
  return run.said()
}

/** Changes a file of the checkout for as long as `then` takes. Its time is as before, too: what was built stays good. */
const withChange = async (path: string, change: (text: string) => string, then: () => Promise<void>): Promise<void> => {
  const file = join(checkout, path)
  const { atime, mtime } = statSync(file)
  const before = readFileSync(file, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(file, after)
  try {
    await then()
  } finally {
    writeFileSync(file, before)
    utimesSync(file, atime, mtime)
  }
}

const serve = (script: string) => serving(runs.npm(script, [], settings(dataDir)))

/** Ctrl-C, as a terminal sends it. */
const ctrlC = async (server: Serving): Promise<void> => {
  server.run.killGroup('SIGINT')
  await isOver(server)
  expect(server.run.said()).toContain('Rushes ends: SIGINT')
}

const version = async (url: string): Promise<unknown> => {
  const answer = await fetch(`${url}/v1/health`)
  return answer.ok ? z.object({ version: z.string() }).parse(await answer.json()).version : answer.status
}

/** The status for a request with headers that `fetch` would not send. */
const statusOf = (url: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })

const openPage = async (browser: Browser, url: string) => {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  await page.getByRole('form', { name: 'Make' }).waitFor()
  return { page, complaints }
}

/** One test for each script of package.json, run as people run it. */
const RUNS: Record<string, () => Promise<void>> = {
  build: async () => {
    await toEnd('build')
    rmSync(join(checkout, 'packages/client/dist'), { recursive: true })
    // What `npm pack` and `npm publish` run before they pack.
    npm(join(checkout, 'packages/client'), 'run', 'prepack')
    for (const path of ['dist/web/index.html', 'dist/server/run.js', 'packages/client/dist/index.js'])
      expect(existsSync(join(checkout, path)), path).toBe(true)
  },

  start: async () => {
    const server = await serve('start')
    expect(await (await fetch(server.url)).text()).toContain('<div id="root">')
    await draw(server.url)
    await ctrlC(server)
  },

  dev: async () => {
    const server = await serve('dev')
    const { url } = server
    await draw(url)
    // The same checks as the server that people run.
    expect(await statusOf(`${url}/v1/health`, { origin: 'https://elsewhere.example' })).toBe(403)
    for (const path of ['/', '/v1/health'])
      expect(await statusOf(url + path, { host: 'elsewhere.example' }), path).toBe(403)
    expect(await statusOf(`${url}/src/web/main.tsx`, { origin: 'https://elsewhere.example' })).toBe(403)
    expect(await statusOf(`${url}/src/web/main.tsx`, {})).toBe(200)
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/stream`)
    expect(String((await once(socket, 'message'))[0])).toContain('Realtime is not here')

    const executablePath = findChromium()
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    })
    try {
      const { page, complaints } = await openPage(browser, url)
      // What a reload of the page would lose.
      await page.evaluate(() => document.body.setAttribute('data-mark', 'kept'))
      await withChange(
        'src/web/shell/top-bar.tsx',
        (text) => text.replace('Search or do…', 'As the machine'),
        async () => {
          await page.getByRole('button', { name: 'As the machine' }).waitFor()
        },
      )
      await page.getByRole('button', { name: 'Search or do…' }).waitFor()
      expect(await page.locator('body').getAttribute('data-mark')).toBe('kept')
      expect(complaints).toEqual([])
    } finally {
      await browser.close()
    }

    await withChange(
      'src/shared/version.ts',
      (text) => text.replace(/VERSION = '.*'/, "VERSION = '9.9.9'"),
      async () => {
        await until(async () => (await version(url)) === '9.9.9')
      },
    )
    await until(async () => (await version(url)) !== '9.9.9')
    // What does not load is said, and mended by the next change.
    await withChange(
      'src/server/app.ts',
      (text) => `${text}\nconst = 1`,
      async () => {
        await until(async () => (await version(url)) === 503)
      },
    )
    await until(async () => (await version(url)) !== 503)
    await draw(url)
    await ctrlC(server)
  },

  bench: async () => {
    expect(await toEnd('bench', ['size'])).toMatch(/together\s+[\d.]+ kB/)
    expect(await toEnd('bench', ['orders', '--quick'])).toMatch(
      /playable here[^]*ComfyUI, 2 of a pool[^]*memory growth/,
    )
    expect(await toEnd('bench', ['library', '--quick'])).toMatch(/all cards in sight[^]*is:starred fox/)
    expect(await toEnd('bench', ['sighs'], 1)).toContain('There is no part sighs')
  },

  gallery: async () => {
    const out = join(dataDir, 'gallery')
    await toEnd('gallery', ['transitions', '--out', out])
    expect(readdirSync(out)).toContain('index.html')
  },

  pictures: async () => {
    expect(await toEnd('pictures', ['--check', 'path ·', '--keep'], 1)).toContain("Unknown option '--keep'")
    expect(await toEnd('pictures', ['--check', 'nothing such'], 1)).toContain('No case has nothing such in its name')
    // Kept here first: what was kept elsewhere holds for that kind of machine.
    const none = () => ''
    await withChange('src/engine/golden/pictures.txt', none, async () => {
      await toEnd('pictures', ['dissolve'])
      expect(await toEnd('pictures', ['--check', 'dissolve'])).toMatch(/1 painted in .* 0 changed or new, 0 gone/)
      await withChange(
        'src/engine/transitions/mixers.ts',
        (text) => text.replace('bias = 0.5', 'bias = 0.6'),
        async () => {
          expect(await toEnd('pictures', ['--check', 'dissolve'], 1)).toMatch(/changed +transition · Dissolve/)
        },
      )
    })
  },

  counts: async () => {
    expect(await toEnd('counts')).toMatch(/src\/engine +\d+ +\d+/)
  },

  worker: async () => {
    // Alone it has nobody to work for.
    expect(await toEnd('worker', [], 1)).toContain('ROLE: is for several processes on one DATABASE_URL')
    if (!hasPostgres) return
    const cluster = await startCluster()
    try {
      const env = { ...settings(dataDir), DATABASE_URL: await cluster.createDatabase() }
      const worker = runs.npm('worker', [], { ...env, RENDERERS: 'local' })
      await worker.says(/A worker of Rushes is ready. It takes jobs of local/)
      const server = await serving(runs.npm('start', [], { ...env, ROLE: 'web' }))
      // The server renders nothing itself.
      await draw(server.url)
      server.run.killGroup('SIGTERM')
      await isOver(server)
      worker.killGroup('SIGTERM')
      await worker.gone()
    } finally {
      await cluster.remove()
    }
  },

  invite: async () => {
    const env = { ...settings(dataDir), AUTH: 'token' }
    const invited = async (...args: string[]) => {
      const run = runs.npm('invite', args, env)
      const [, link = ''] = await run.says(/(http:\S+\/sign-in#\S+)/)
      expect(await run.ended).toBe(0)
      return link.split('#')[1] ?? ''
    }
    const refused = async (env: Record<string, string>, ...args: string[]) => {
      const run = runs.npm('invite', args, env)
      expect(await run.ended).toBe(1)
      return run.said()
    }
    // Before the server runs, and while it does.
    const before = await invited('--name', 'Ada', '--role', 'admin')
    const server = await serving(runs.npm('start', [], env))
    const running = await invited('--name', 'Grace')
    const signIn = (token: string) =>
      fetch(`${server.url}/v1/session`, { method: 'POST', body: JSON.stringify({ token }) })
    expect(await (await signIn(before)).json()).toMatchObject({ person: { name: 'Ada', role: 'admin' } })
    expect(await (await signIn(running)).json()).toMatchObject({ person: { name: 'Grace', role: 'member' } })
    expect((await signIn(running)).status).toBe(401)
    // Who is known gets a link again, and stays what they are.
    const again = await invited('--name', 'Ada')
    expect(await (await signIn(again)).json()).toMatchObject({ person: { name: 'Ada', role: 'admin' } })
    await ctrlC(server)
    expect(await refused(env)).toMatch(/--name must have 1 to 60 characters/)
    expect(await refused(env, '--name', 'Ada', '--role', 'king')).toContain('--role must be member or admin')
    expect(await refused(settings(dataDir), '--name', 'Ada')).toContain('Set AUTH=token')
  },

  migrate: async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'rushes-team-')), 'team.env')
    const migrated = async (args: string[], code: number): Promise<string> => {
      const run = runs.npm('migrate', args, settings(dataDir))
      const ended = await run.ended
      expect({ ended, said: ended === code ? '' : run.said() }).toEqual({ ended: code, said: '' })
      return run.said()
    }
    expect(await migrated([], 1)).toContain('--to is missing: npm run migrate -- --to team.env')
    expect(await migrated(['--to', file], 1)).toContain(`--to: there is no file ${file}`)
    if (!hasPostgres) return
    const cluster = await startCluster()
    try {
      const DATABASE_URL = await cluster.createDatabase()
      writeFileSync(file, `DATABASE_URL=${DATABASE_URL}\n`)
      const before = await serving(runs.npm('start', [], settings(dataDir)))
      await draw(before.url)
      const listed = async ({ url }: Serving): Promise<unknown> => (await fetch(`${url}/v1/jobs`)).json()
      const jobs = await listed(before)
      expect(await migrated(['--to', file], 1)).toContain('Another Rushes is using')
      await ctrlC(before)
      expect(await migrated(['--to', file, '--dry-run'], 0)).toMatch(/Takes: [1-9]\d* would be copied/)
      expect(await migrated(['--to', file], 0)).toContain('The studio is carried over.')
      const after = await serving(runs.npm('start', [], { ...settings(dataDir), DATABASE_URL }))
      expect(await listed(after)).toEqual(jobs)
      await ctrlC(after)
    } finally {
      await cluster.remove()
    }
  },

  kernels: async () => {
    await toEnd('kernels', ['--check'])
  },

  lint: async () => {
    await toEnd('lint')
    await withChange(
      'scripts/root.mjs',
      (text) => `${text}\nvar old = 1\nconsole.log(old)\n`,
      async () => {
        expect(await toEnd('lint', [], 1)).toContain('no-var')
      },
    )
  },

  types: async () => {
    // What the step of types has found is taken up, where it has run: only what changes is checked here.
    const found = join('node_modules', '.cache', 'tsc')
    if (existsSync(join(root, found))) cpSync(join(root, found), join(checkout, found), { recursive: true })
    await toEnd('types')
    // Every script is in it, of whatever kind, and those that are JavaScript are checked like all else.
    const listing = runs.inGroup(['npx', 'tsc', '-p', 'tsconfig.web.json', '--listFilesOnly'])
    expect(await listing.ended, listing.said()).toBe(0)
    const checked = new Set(listing.said().split('\n'))
    const written = ['scripts', 'public', 'e2e'].flatMap((folder) =>
      readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.[cm]?[jt]sx?$/.test(path))
        .map((path) => join(checkout, folder, path)),
    )
    expect(written.length).toBeGreaterThan(100)
    expect(written.filter((path) => !checked.has(path))).toEqual([])
    await withChange(
      'scripts/install.mjs',
      (text) => text.replace("['ci',", '[1,'),
      async () => {
        expect(await toEnd('types', [], 1)).toMatch(/scripts\/install\.mjs.*not assignable/)
      },
    )
  },

  format: async () => {
    // That all files are formatted is a step of its own, and takes as long as it must.
    const few = (text: string) => `${text}/src\n/e2e\n`
    await withChange('.prettierignore', few, () =>
      withChange(
        'scripts/root.mjs',
        (text) => text.replace("'node:path'", '"node:path"'),
        async () => {
          await toEnd('format')
          expect(readFileSync(join(checkout, 'scripts/root.mjs'), 'utf8')).toBe(
            readFileSync(join(root, 'scripts/root.mjs'), 'utf8'),
          )
        },
      ),
    )
  },

  unit: async () => {
    expect(await toEnd('unit', ['src/shared/models'])).toMatch(/Tests\s.*passed/)
  },

  coverage: async () => {
    // One small file of tests: the files that it runs have something, the rest nothing.
    const said = await toEnd('coverage', ['src/shared/timeline.test.ts'])
    expect(said).toMatch(/src\/shared +[1-9]\d* % +\d+ of \d+/)
    expect(said).toMatch(/src\/server\/jobs +0 % +0 of \d+/)
    // Least first, and all of it at the end.
    const shares = [...said.matchAll(/^(?:src\/\S+|all) +(\d+) %/gm)].map(([, share]) => Number(share))
    const folders = shares.slice(0, -1)
    expect(folders.length).toBeGreaterThan(30)
    expect(folders).toEqual(folders.toSorted((a, b) => a - b))
    expect(said).toMatch(/^all +\d+ %/m)
    expect(existsSync(join(checkout, 'test-results/coverage/index.html'))).toBe(true)
  },

  e2e: async () => {
    expect(await toEnd('e2e', ['refusals', '-g', 'missing and bad fields'])).toMatch(/1 passed/)
  },

  release: async () => {
    // What it refuses, and that it takes nothing else along, is in release.test.ts: here it is this checkout that has to
    // be one that can be released.
    const git = (...args: string[]) =>
      runs.inGroup(['git', '-c', 'user.name=Ada', '-c', 'user.email=ada@here', ...args])
    const toEndOf = async (run: NpmRun) => {
      expect(await run.ended, run.said()).toBe(0)
      return run.said()
    }
    await withChange(
      'CHANGELOG.md',
      (text) => text.replace('## [Unreleased]\n', '## [Unreleased]\n\n- A line of a test.\n'),
      async () => {
        await toEndOf(git('init', '--quiet', '--initial-branch=main'))
        await toEndOf(git('add', '--all'))
        await toEndOf(git('commit', '--quiet', '--message', 'All'))
        expect(await toEnd('release', ['minor', '--dry-run'])).toMatch(/Would release [^]*A line of a test/)
      },
    )
    rmSync(join(checkout, '.git'), { recursive: true })
    mkdirSync(join(checkout, '.git'))
  },

  test: async () => {
    // All of it is what runs this: one step of it here.
    expect(await toEnd('test', ['lint'])).toMatch(/Rushes: \d+ passed, 0 failed/)
  },
}

describe('npm run', () => {
  it('has a test here for each script', () => {
    expect(Object.keys(RUNS).toSorted()).toEqual(Object.keys(scripts).toSorted())
  })

  it.each(Object.entries(RUNS))('%s', async (_, run) => {
    await run()
  })
})
