import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** The folder of PostgreSQL's programs, as the set-up of the tests found it; see scripts/postgres.mjs. */
const programs = process.env['RUSHES_TEST_POSTGRES']

/** Whether there is a PostgreSQL to test on. Tests on it are skipped where there is none, which the run says once. */
export const hasPostgres = programs !== undefined

export type Cluster = {
  port: number
  /** Makes an empty database and answers its URL, password included. `folder`: where its files are to lie. */
  createDatabase: (folder?: string) => Promise<string>
  /** Runs a statement as the owner of all, in a database or in none of ours. */
  query: (sql: string, databaseUrl?: string) => Promise<unknown[]>
  /** Stops it as an operator does: what is under way is cut off, nothing that was committed is lost. */
  stop: () => Promise<void>
  /** Ends it as a power cut does. */
  kill: () => Promise<void>
  /** Starts it again, on the same port. */
  start: () => Promise<void>
  /** Stops it and removes all of it. */
  remove: () => Promise<void>
}

const USER = 'rushes'
const START_MS = 60_000
/** So many free ports are tried: another process may take one before the server does. */
const PORTS = 5

type Account = { uid: number; gid: number }

/** The account that a server is run under by root, which PostgreSQL refuses. */
const accountForRoot = (): Account | null => {
  if (process.getuid?.() !== 0) return null
  const idOf = (flag: string, name: string): number | null => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
    return status === 0 ? Number(stdout) : null
  }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = [idOf('-u', name), idOf('-g', name)]
    if (uid !== null && gid !== null) return { uid, gid }
  }
  throw new Error('PostgreSQL refuses to run as root, and there is neither an account postgres nor one nobody')
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

/** What a server is started with: on loopback alone, and without the care for power cuts that costs a test its time. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=200']

/**
 * Makes a PostgreSQL cluster of its own in a temporary folder and starts it: half a second. It ends with this process, or
 * at the latest when its folder is gone.
 */
export const startCluster = async (settings: readonly string[] = []): Promise<Cluster> => {
  if (programs === undefined) throw new Error('There is no PostgreSQL here: ask hasPostgres first.')
  const account = accountForRoot()
  const folder = mkdtempSync(join(tmpdir(), 'pg-'))
  const data = join(folder, 'data')
  const log = join(folder, 'log')
  const password = randomBytes(12).toString('hex')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password)
  mkdirSync(data)
  chmodSync(data, 0o700)
  if (account) for (const path of [folder, data, passwordFile]) chownSync(path, account.uid, account.gid)
  const options = { ...account, cwd: folder, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } }

  const run = (program: string, args: readonly string[]): void => {
    execFileSync(join(programs, program), args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  }
  const who = ['-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  run('initdb', ['-D', data, '-E', 'UTF8', '--locale=C', '--no-sync', ...who])

  let port = await freePort()
  let running: { ended: Promise<unknown>; signal: (name: NodeJS.Signals) => void } | null = null

  const urlOf = (database: string): string => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
  const query: Cluster['query'] = async (sql, databaseUrl = urlOf('postgres')) => {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    try {
      const { rows } = await client.query<Record<string, unknown>>(sql)
      return rows
    } finally {
      await client.end()
    }
  }

  const endWithUs = (): void => running?.signal('SIGQUIT')
  const launch = async (): Promise<boolean> => {
    const args = [...SETTINGS, ...settings, `port=${port}`].flatMap((setting) => ['-c', setting])
    const child = spawn(join(programs, 'postgres'), ['-D', data, ...args], {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (words: Buffer) => writeFileSync(log, words, { flag: 'a' }))
    child.unref()
    let isRunning = true
    const ended = once(child, 'exit').then(() => (isRunning = false))
    for (const until = performance.now() + START_MS; isRunning && performance.now() < until;) {
      const isUp = await query('select 1').then(
        () => true,
        () => false,
      )
      if (isUp) {
        const signal = (name: NodeJS.Signals): void => {
          // Who waits for its end waits, also where nothing else is left to be done.
          child.ref()
          child.kill(name)
        }
        running = { ended, signal }
        process.once('exit', endWithUs)
        return true
      }
      await delay(20)
    }
    child.kill('SIGQUIT')
    await ended
    return false
  }
  const end = async (name: NodeJS.Signals): Promise<void> => {
    const server = running
    running = null
    process.off('exit', endWithUs)
    server?.signal(name)
    await server?.ended
  }

  const start = async (): Promise<void> => {
    if (!(await launch())) throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`)
  }
  for (let left = PORTS; !(await launch()); left--) {
    if (left === 0) await start()
    port = await freePort()
  }
  let databases = 0
  return {
    port,
    query,
    createDatabase: async (space) => {
      const name = `test_${++databases}`
      if (space !== undefined) {
        if (account) chownSync(space, account.uid, account.gid)
        await query(`create tablespace ${name} location '${space}'`)
      }
      await query(`create database ${name}${space === undefined ? '' : ` tablespace ${name}`}`)
      return urlOf(name)
    },
    // "Fast" and "immediate" in PostgreSQL's own words.
    stop: () => end('SIGINT'),
    kill: () => end('SIGQUIT'),
    start,
    remove: async () => {
      await end('SIGQUIT')
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
