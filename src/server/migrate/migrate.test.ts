import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findScript, loaderFlags } from '../../processes/script.ts'
import { meSchema } from '../../shared/people.ts'
import { routes, submittedSchema } from '../../shared/routes.ts'
import { CLIP } from '../testing/clip.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { apiTokenOf, callAs, invited, signIn } from '../testing/people.ts'
import { S3_ENV, startS3Server, type S3Server } from '../testing/s3/s3-server.ts'
import { formOf, serve, type Served } from '../testing/serve.ts'
import { migrate } from './run.ts'
import { makeStudio, seenAt, type Studio, treeOf } from './testing/studio.ts'

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rushes-'))

let studio: Studio
let seen: Awaited<ReturnType<typeof seenAt>>
let made: Record<string, string>
beforeAll(async () => {
  studio = await makeStudio()
  // Served from a copy, so that the folder stays what the studio left.
  const copy = newFolder()
  cpSync(studio.dataDir, copy, { recursive: true })
  const server = await serve({ dataDir: copy })
  seen = await seenAt(server.url)
  await server.close()
  made = treeOf(studio.dataDir)
})
afterAll(() => rmSync(studio.dataDir, { recursive: true, force: true }))

let s3: S3Server
beforeEach(async () => {
  s3 = await startS3Server()
})
afterEach(() => s3.close())

/** A copy of the studio, for what changes it. */
const copyOfStudio = (): string => {
  const folder = newFolder()
  cpSync(studio.dataDir, folder, { recursive: true, preserveTimestamps: true })
  return folder
}
const settingsFile = (settings: Record<string, string>): string => {
  const path = join(newFolder(), 'team.env')
  writeFileSync(
    path,
    Object.entries({ ...S3_ENV, ...settings })
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  return path
}
const run = async (dataDir: string, to: string, ...args: string[]) => {
  const said: string[] = []
  const code = await migrate({
    args: ['--to', to, ...args],
    environment: { DATA_DIR: dataDir },
    envFile: '',
    say: (words) => said.push(words),
    signal: new AbortController().signal,
  })
  return { code, said: said.join('\n') }
}
/** The take files and uploads that the storage was sent. */
const sent = (): string[] =>
  s3.requests.filter(({ method }) => method === 'PUT').map(({ key }) => key.replace('studio/', ''))
const form = (prompt: string): FormData => formOf({ prompt, resolution: '480p' })
/** A take that somebody makes in the team's studio. */
const ownTake = async (server: Served) =>
  server.finished(
    submittedSchema.parse(await (await server.submit('lucy-pro-t2i', { prompt: 'a hill' })).json()).job_id,
  )
const pathIn = (folder: string, part: 'takes' | 'media', ending: string): string => {
  const names = readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' })
  return join(folder, part, names.find((name) => name.endsWith(ending)) ?? '')
}
/** The same number of bytes, one of which is another. */
const flipped = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte, at) => (at === 500 ? byte ^ 1 : byte)))
const LEFT = '1 job that waits or runs is left to the studio that has them'

onPostgres('a studio that is carried over to a database and a storage', (cluster) => {
  let team: Record<string, string>
  let to: string
  let running: Served | null = null
  let child: ChildProcess | null = null
  beforeEach(async () => {
    team = {
      ...S3_ENV,
      DATABASE_URL: await cluster().createDatabase(),
      FILES_URL: s3.filesUrl('studio'),
      DATA_DIR: newFolder(),
    }
    to = settingsFile(team)
  })
  afterEach(async () => {
    await running?.close()
    running = null
    child?.kill('SIGKILL')
  })
  const serveTeam = async (env: Record<string, string> = {}): Promise<Served> => {
    running = await serve({ dataDir: team['DATA_DIR'] ?? '', env: { ...team, ...env } })
    return running
  }

  it('looks the same there, to the byte, and nothing in its folder has changed', async () => {
    const { code, said } = await run(studio.dataDir, to)
    expect(said).toContain('Takes: 4 copied, 0 there already, 0 could not be copied.')
    expect(said).toContain('Uploads: 2 copied, 0 there already, 0 could not be copied.')
    // What waits is not carried over, and so the whole is not.
    expect(said).toContain(LEFT)
    expect(code).toBe(1)
    expect(treeOf(studio.dataDir)).toEqual(made)
    const server = await serveTeam()
    expect(await seenAt(server.url)).toEqual(seen)
    expect((await server.job(studio.cancelled)).error).toMatchObject({ code: 'CANCELLED', billed: 'maybe' })
    expect((await fetch(`${server.url}${routes.job(studio.waiting)}`)).status).toBe(404)
    // Which is what its parts are made of again.
    expect((await fetch(`${server.url}${routes.jobThumbnail(studio.pond)}`)).status).toBe(200)
  })

  it('is not sent a second time, and what the team has done to it meanwhile stays', async () => {
    await run(studio.dataDir, to)
    const server = await serveTeam()
    const { job_id: own } = await ownTake(server)
    await fetch(`${server.url}${routes.jobStar(studio.pond)}`, { method: 'DELETE' })
    const before = await seenAt(server.url)
    s3.requests.length = 0
    const { said } = await run(studio.dataDir, to)
    expect(said).toContain('Takes: 0 copied, 4 there already, 0 could not be copied.')
    expect(said).toContain('Uploads: 0 copied, 2 there already, 0 could not be copied.')
    expect(sent()).toEqual(['rushes-was-here'])
    expect(await seenAt(server.url)).toEqual(before)
    expect(before.jobs.map(({ job_id: id }) => id)).toContain(own)
  })

  it('goes on where it was killed', async () => {
    let release: () => void = () => undefined
    const until = new Promise<void>((resolve) => (release = resolve))
    // The second take does not come through.
    const isTake = (key: string): boolean => /^studio\/takes\/.*\.(png|mp4)$/.test(key)
    let takes = 0
    const reached = new Promise<void>((resolve) => {
      s3.state.fault = ({ method, key }) => {
        if (method !== 'PUT' || !isTake(key) || ++takes < 2) return null
        // Once all the others are through.
        if (takes === 3) resolve()
        return { is: 'held', until }
      }
    })
    const script = findScript(import.meta.url, '../testing/migrate-process.ts', 'migrate-process.js')
    child = spawn(process.execPath, [...loaderFlags(script), script.path, '--to', to], {
      env: { ...process.env, DATA_DIR: studio.dataDir },
      stdio: 'ignore',
    })
    await reached
    await expect.poll(() => s3.requests.filter(({ method, key }) => method === 'GET' && isTake(key)).length).toBe(1)
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    const first = new Set(s3.bucket.objects.keys())
    s3.state.fault = () => null
    release()
    expect(first.size).toBeGreaterThan(1)
    s3.requests.length = 0
    const { said } = await run(studio.dataDir, to)
    expect(said).toMatch(/0 could not be copied/)
    for (const key of sent()) if (!key.endsWith('was-here')) expect(first).not.toContain(`studio/${key}`)
    expect(treeOf(studio.dataDir)).toEqual(made)
    const server = await serveTeam()
    expect(await seenAt(server.url)).toEqual(seen)
    // No copy of the index is left of either.
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('rushes-migrate-'))).toEqual([])
  })

  it('waits for a storage that is away, and says so; stopped meanwhile, it says how to go on', async () => {
    let refusals = 0
    s3.state.fault = ({ method, key }) =>
      method === 'PUT' && key.endsWith('.png') && refusals++ < 6
        ? { is: 'refused', status: 503, code: 'SlowDown' }
        : null
    expect((await run(studio.dataDir, to)).said).toMatch(
      /The storage of the files is asked too much[^]*It is asked again in 1 s[^]*Takes: 4 copied, 0 there already, 0 could not/,
    )
    s3.state.fault = ({ method }) => (method === 'HEAD' ? { is: 'refused', status: 503, code: 'SlowDown' } : null)
    const stopping = new AbortController()
    const said: string[] = []
    const code = await migrate({
      args: ['--to', to],
      environment: { DATA_DIR: studio.dataDir },
      envFile: '',
      say: (words) => {
        said.push(words)
        if (words.includes('asked again')) stopping.abort()
      },
      signal: stopping.signal,
    })
    expect([code, said.at(-1)]).toEqual([1, 'Stopped. Run it again: it goes on from here.'])
  })

  it('loses nothing but what is damaged, which is named, and comes later when it is mended', async () => {
    const folder = copyOfStudio()
    const [take, media] = [pathIn(folder, 'takes', '.mp4'), pathIn(folder, 'media', '.mp4')]
    const [wholeTake, wholeMedia] = [readFileSync(take), readFileSync(media)]
    truncateSync(take, 100)
    // Of the same size.
    writeFileSync(media, flipped(wholeMedia))
    const { code, said } = await run(folder, to)
    expect(code).toBe(1)
    expect(said).toMatch(/Not copied: job_\w+: takes\/\S+\.mp4 has 100 bytes and should have [\d,]+: it is damaged/)
    expect(said).toMatch(/Not copied: file_\w+ \(a\.mp4\): media\/\S+ is not what was uploaded: its bytes have changed/)
    expect(said).toContain('Takes: 3 copied, 0 there already, 1 could not be copied.')
    expect(said).toContain('Uploads: 0 copied, 0 there already, 2 could not be copied.')
    writeFileSync(take, wholeTake)
    writeFileSync(media, wholeMedia)
    expect((await run(folder, to)).said).toContain('Takes: 1 copied, 3 there already, 0 could not be copied.')
    const server = await serveTeam()
    expect(await seenAt(server.url)).toEqual(seen)
    rmSync(folder, { recursive: true })
  })

  it('is compared by what the storage holds, and what lies there under its name is not written over', async () => {
    await run(studio.dataDir, to)
    const key = [...s3.bucket.objects.keys()].find((each) => /takes\/.*\.mp4$/.test(each)) ?? ''
    const stored = s3.bucket.objects.get(key)
    const spoilt = flipped(readFileSync(stored?.path ?? ''))
    writeFileSync(stored?.path ?? '', spoilt)
    // A database that knows nothing yet: all is compared.
    const other = settingsFile({ ...team, DATABASE_URL: await cluster().createDatabase() })
    const { code, said } = await run(studio.dataDir, other)
    expect(code).toBe(1)
    expect(said).toMatch(/Not copied: job_\w+: takes\/\S+\.mp4: the storage holds other bytes of that name/)
    expect(said).toContain('Takes: 3 copied, 0 there already, 1 could not be copied.')
    expect(readFileSync(stored?.path ?? '').equals(spoilt)).toBe(true)
  })

  it('is not believed to be there by what was sent: bytes that came out otherwise are taken back', async () => {
    // The storage keeps one take with another byte, until it has been read once.
    let isSpoilt = false
    s3.state.fault = ({ method, key }) => {
      if (isSpoilt || method !== 'GET' || !/takes\/.*\.mp4$/.test(key)) return null
      isSpoilt = true
      const { path = '' } = s3.bucket.objects.get(key) ?? {}
      writeFileSync(path, flipped(readFileSync(path)))
      return null
    }
    const { code, said } = await run(studio.dataDir, to)
    expect(code).toBe(1)
    expect(said).toMatch(/Not copied: job_\w+: takes\/\S+\.mp4 came out otherwise than it was sent, and was taken back/)
    expect(said).toContain('Takes: 3 copied, 0 there already, 1 could not be copied.')
    expect((await run(studio.dataDir, to)).said).toContain('Takes: 1 copied, 3 there already, 0 could not be copied.')
    expect(await seenAt((await serveTeam()).url)).toEqual(seen)
  })

  it('is only looked at by a dry run', async () => {
    const { code, said } = await run(studio.dataDir, to, '--dry-run')
    expect(said).toContain('Takes: 4 would be copied, 0 there already, 0 could not be copied.')
    expect(said).toContain('Uploads: 2 would be copied, 0 there already, 0 could not be copied.')
    expect(code).toBe(1)
    expect(s3.bucket.objects.size).toBe(0)
    const tables = "select table_name from information_schema.tables where table_schema = 'public'"
    expect(await cluster().query(tables, team['DATABASE_URL'])).toEqual([])
    await run(studio.dataDir, to)
    const again = await run(studio.dataDir, to, '--dry-run')
    expect(again.said).toContain('Takes: 0 would be copied, 4 there already, 0 could not be copied.')
  })

  it('is whole, and says so, where nothing waits in it', async () => {
    const folder = copyOfStudio()
    const database = new Database(join(folder, 'rushes.db'))
    database.exec("delete from jobs where status = 'pending'")
    database.close()
    const { code, said } = await run(folder, to)
    expect([code, said]).toEqual([0, expect.stringContaining('The studio is carried over.')])
    rmSync(folder, { recursive: true })
  })

  it('brings its workflows and what is set of renderers to the data folder of the team, and keeps what is there', async () => {
    const folder = copyOfStudio()
    writeFileSync(join(folder, 'renderers.json'), '{"comfyui":{}}', { mode: 0o600 })
    mkdirSync(join(folder, 'workflows'), { recursive: true })
    writeFileSync(join(folder, 'workflows', 'a.json'), '{}')
    const target = team['DATA_DIR'] ?? ''
    mkdirSync(join(target, 'workflows'))
    writeFileSync(join(target, 'workflows', 'a.json'), '{"of": "the team"}')
    expect((await run(folder, to)).said).toMatch(/Settings and workflows: \d copied, 1 there already, 0 could not/)
    expect(readFileSync(join(target, 'renderers.json'), 'utf8')).toBe('{"comfyui":{}}')
    expect(readFileSync(join(target, 'workflows', 'a.json'), 'utf8')).toBe('{"of": "the team"}')
    rmSync(folder, { recursive: true })
  })

  it('brings its people, with their takes and tokens, to a team that has people of its own', async () => {
    const old = await serve({ env: { AUTH: 'token' } })
    const ada = await signIn(old.url, old.firstSecret, 'Ada')
    const grace = await invited(old.url, ada, 'Grace')
    const { token } = await apiTokenOf(grace)
    const submitted = await grace.ask(routes.submit('lucy-pro-t2i'), 'POST', form('a pond'))
    const { job_id: id } = submittedSchema.parse(await submitted.json())
    await expect.poll(async () => (await grace.call(routes.job(id))).body).toMatchObject({ status: 'completed' })
    await old.close(true)

    const first = await serveTeam({ AUTH: 'token', TEAM_SEES: 'own' })
    const other = await signIn(first.url, first.firstSecret, 'Ada')
    const { said, code } = await run(old.dataDir, to)
    expect([code, said]).toEqual([0, expect.stringContaining('People: 2 copied, 0 there already')])
    expect(said).toContain('The team has a Ada: the one of this studio is called Ada 2 there.')
    const program = callAs(first.url, { 'x-api-key': token })
    expect((await program.call(routes.jobs)).body).toMatchObject({ jobs: [{ job_id: id, owner: grace.me.person?.id }] })
    expect((await other.call(routes.people)).body).toMatchObject({
      people: [{ name: 'Ada' }, { name: 'Ada 2' }, { name: 'Grace' }],
    })
    // Both first admins, each in a browser of their own.
    const before = callAs(first.url, ada.headers)
    for (const [caller, name] of [
      [other, 'Ada'],
      [before, 'Ada 2'],
    ] as const)
      expect((await caller.call(routes.me)).body).toMatchObject({ person: { name, role: 'admin' } })
    // What was ended there does not come back.
    await before.call(routes.session, 'DELETE')
    expect((await run(old.dataDir, to)).said).toContain('People: 0 copied, 2 there already')
    expect((await before.call(routes.jobs)).status).toBe(401)
    rmSync(old.dataDir, { recursive: true })
  })

  it('makes one of two people whom a proxy calls by the same name', async () => {
    const proxied = {
      AUTH: 'proxy',
      AUTH_PROXY_HEADER: 'X-Forwarded-Email',
      AUTH_ADMINS: 'ada@example.com',
      TRUSTED_PROXIES: '127.0.0.0/8',
    }
    const as = (url: string, name: string) => callAs(url, { 'x-forwarded-email': name })
    const old = await serve({ env: proxied })
    const submitted = await as(old.url, 'grace@example.com').ask(routes.submit('lucy-pro-t2i'), 'POST', form('a pond'))
    const { job_id: id } = submittedSchema.parse(await submitted.json())
    await expect
      .poll(async () => (await as(old.url, 'grace@example.com').call(routes.job(id))).body)
      .toMatchObject({ status: 'completed' })
    await old.close(true)
    const first = await serveTeam({ ...proxied, TEAM_SEES: 'own' })
    const grace = as(first.url, 'grace@example.com')
    const { body: me } = await grace.call(routes.me)
    const { code, said } = await run(old.dataDir, to)
    expect([code, said]).toEqual([0, expect.stringContaining('People: 0 copied, 1 there already')])
    expect((await grace.call(routes.jobs)).body).toMatchObject({
      jobs: [{ job_id: id, owner: meSchema.parse(me).person?.id }],
    })
    rmSync(old.dataDir, { recursive: true })
  })

  it('is given to a person of the team, where it has no people', async () => {
    const first = await serveTeam({ AUTH: 'token', TEAM_SEES: 'own' })
    const ada = await signIn(first.url, first.firstSecret, 'Ada')
    expect(await run(studio.dataDir, to, '--owner', 'Eve')).toEqual({
      code: 1,
      said: expect.stringContaining("--owner: the team's studio knows nobody called Eve. There are: Ada."),
    })
    await run(studio.dataDir, to, '--owner', 'ada')
    const grace = await invited(first.url, ada, 'Grace')
    expect((await grace.call(routes.jobs)).body).toMatchObject({ jobs: [] })
    const { body } = await ada.call(routes.jobs)
    expect(body).toMatchObject({ jobs: [{ owner: ada.me.person?.id }, {}, {}] })
  })
})

onPostgres('a part of a studio that is carried over', (cluster) => {
  it('is its index alone, where its files stay in the folder', async () => {
    const folder = copyOfStudio()
    const DATABASE_URL = await cluster().createDatabase()
    const before = treeOf(folder)
    const { said } = await run(folder, settingsFile({ DATABASE_URL }))
    expect(said).toContain('Takes: 4 copied, 0 there already, 0 could not be copied.')
    expect(treeOf(folder)).toEqual(before)
    const server = await serve({ dataDir: folder, env: { DATABASE_URL } })
    expect(await seenAt(server.url)).toEqual(seen)
    await server.close()
  })

  it('is its index alone, where its files lie in the storage already', async () => {
    const files = { ...S3_ENV, FILES_URL: s3.filesUrl('studio') }
    const old = await serve({ env: files })
    await old.upload(new Blob([new Uint8Array(CLIP)]), 'a.mp4')
    const submitted = await old.submit('lucy-pro-t2i', { prompt: 'a pond', resolution: '480p' })
    await old.finished(submittedSchema.parse(await submitted.json()).job_id)
    const before = await seenAt(old.url)
    await old.close(true)
    s3.requests.length = 0
    const team = { ...files, DATABASE_URL: await cluster().createDatabase() }
    const { code, said } = await run(old.dataDir, settingsFile(team))
    expect([code, said]).toEqual([0, expect.stringMatching(/Takes: 1 copied[^]*Uploads: 1 copied[^]*: 0 bytes/)])
    expect(sent()).toEqual(['rushes-was-here'])
    const server = await serve({ dataDir: old.dataDir, env: team })
    expect(await seenAt(server.url)).toEqual(before)
    await server.close()
  })

  it('is refused where the team would look for the files elsewhere', async () => {
    const DATABASE_URL = await cluster().createDatabase()
    const { code, said } = await run(studio.dataDir, settingsFile({ DATABASE_URL, DATA_DIR: newFolder() }))
    expect([code, said]).toEqual([1, expect.stringMatching(/sets no FILES_URL, so that the files stay in/)])
  })
})

describe('the files of a studio that are carried over to a storage', () => {
  it('are served from there with the index that stays, and are only compared by a second run', async () => {
    const folder = copyOfStudio()
    const env = { ...S3_ENV, FILES_URL: s3.filesUrl('studio') }
    const to = settingsFile(env)
    const before = treeOf(folder)
    const { code, said } = await run(folder, to)
    expect([code, said]).toEqual([0, expect.stringContaining('Takes: 3 copied, 1 there already')])
    expect(treeOf(folder)).toEqual(before)
    s3.requests.length = 0
    expect((await run(folder, to)).said).toContain('Takes: 0 copied, 4 there already')
    expect(sent()).toEqual(['rushes-was-here'])
    for (const part of ['takes', 'media']) rmSync(join(folder, part), { recursive: true })
    const server = await serve({ dataDir: folder, env })
    expect(await seenAt(server.url)).toEqual(seen)
    await server.close()
  })
})

describe('what cannot be carried over', () => {
  const files = (more: Record<string, string> = {}): string =>
    settingsFile({ FILES_URL: s3.filesUrl('studio'), ...more })

  it.each([
    ['a folder that is no studio', () => run(newFolder(), files()), /There is no studio in \S+: it has no rushes.db/],
    [
      'a bucket that is not there',
      () => run(studio.dataDir, files({ FILES_URL: `s3://none?endpoint=${s3.endpoint}` })),
      /has no such bucket/,
    ],
    ['no file of settings', () => run(studio.dataDir, 'no.env'), /--to: there is no file no.env/],
    [
      'an address with its password',
      () => run(studio.dataDir, 'postgres://u:secret@h/d'),
      /^--to wants a file with settings, (?!.*secret)/,
    ],
    [
      'settings without a place',
      () => run(studio.dataDir, settingsFile({})),
      /sets neither DATABASE_URL nor FILES_URL/,
    ],
    ['settings that are wrong', () => run(studio.dataDir, files({ FILES_URL: 'here' })), /FILES_URL: must be as s3/],
    [
      'a word that it does not know',
      () => run(studio.dataDir, files(), '--all'),
      /--all[\s\S]*npm run migrate -- --to/,
    ],
    [
      'a database that is not there',
      () => run(studio.dataDir, files({ DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/d' })),
      /^The database at 127.0.0.1:1\/d cannot be used: nothing listens there/,
    ],
  ])('is told of: %s', async (_, refused, words) => {
    const { code, said } = await refused()
    expect([code, said]).toEqual([1, expect.stringMatching(words)])
    expect(said).not.toContain('secret')
    expect(treeOf(studio.dataDir)).toEqual(made)
  })

  it('is a studio whose server runs', async () => {
    const server = await serve()
    expect((await run(server.dataDir, files())).said).toContain('Another Rushes is using')
    await server.close()
  })

  it('is an index that is damaged or of a newer Rushes, which stays as it is', async () => {
    const folder = copyOfStudio()
    const index = join(folder, 'rushes.db')
    const database = new Database(index)
    database.exec('pragma user_version = 99')
    database.close()
    expect((await run(folder, files())).said).toContain('written by a newer Rushes')
    writeFileSync(index, 'no database')
    const before = treeOf(folder)
    expect((await run(folder, files())).said).toContain('Start Rushes on it once')
    expect(treeOf(folder)).toEqual(before)
  })
})
