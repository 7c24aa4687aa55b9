import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** S3 servers by others, against which the same tests run where one is on this machine. */
const KNOWN = ['versitygw', 'weed'] as const
type Name = (typeof KNOWN)[number]

const KEY = { id: 'test-key', secret: 'test-secret' }
const BUCKET = 'rushes'

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The programs that are there, in PATH or in the repo's .cache/s3, where `npm test` puts one: see scripts/s3-server.mjs. */
export const otherServers = (): { name: Name; program: string }[] => {
  const cache = join(process.cwd(), '.cache', 's3')
  const folders = [cache, join(cache, 'seaweedfs', 'bin'), ...(process.env['PATH'] ?? '').split(delimiter)]
  return KNOWN.flatMap((name) => {
    const program = folders.map((folder) => join(folder, name)).find(isProgram)
    return program === undefined ? [] : [{ name, program }]
  })
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const startVersity = (program: string, folder: string, port: number): ChildProcess =>
  spawn(program, ['--port', `127.0.0.1:${port}`, '--keep-alive', '--quiet', 'posix', folder], {
    env: { ...process.env, ROOT_ACCESS_KEY: KEY.id, ROOT_SECRET_KEY: KEY.secret },
    stdio: 'ignore',
  })

const startWeed = async (program: string, folder: string, port: number): Promise<ChildProcess> => {
  const config = join(folder, 's3.json')
  const identity = {
    name: 'test',
    credentials: [{ accessKey: KEY.id, secretKey: KEY.secret }],
    actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'],
  }
  writeFileSync(config, JSON.stringify({ identities: [identity] }))
  const ports = ['master.port', 'master.port.grpc', 'volume.port', 'volume.port.grpc', 'filer.port', 'filer.port.grpc']
  const flags: string[] = []
  for (const name of [...ports, 's3.port.grpc']) flags.push(`-${name}=${await freePort()}`)
  const s3 = ['-s3', `-s3.port=${port}`, `-s3.config=${config}`, '-ip=127.0.0.1', '-ip.bind=127.0.0.1']
  return spawn(program, ['server', `-dir=${folder}`, '-master.volumeSizeLimitMB=64', ...s3, ...flags], {
    stdio: 'ignore',
  })
}

/** Starts one of them with an empty bucket, on loopback and in a temporary folder. */
export const startOtherServer = async ({ name, program }: { name: Name; program: string }) => {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-s3-'))
  const port = await freePort()
  const child = name === 'weed' ? await startWeed(program, folder, port) : startVersity(program, folder, port)
  const endpoint = `http://127.0.0.1:${port}`
  const { S3Client, CreateBucketCommand } = await import('@aws-sdk/client-s3')
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: KEY.id, secretAccessKey: KEY.secret },
  })
  for (let tries = 200; ; tries--)
    try {
      await client.send(new CreateBucketCommand({ Bucket: BUCKET }))
      break
    } catch (error) {
      if (error instanceof Error && error.name.startsWith('BucketAlready')) break
      if (tries === 0 || child.exitCode !== null) throw error
      await delay(100)
    }
  client.destroy()
  return {
    endpoint,
    filesUrl: (prefix = '') => `s3://${BUCKET}/${prefix}?endpoint=${endpoint}`,
    close: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
