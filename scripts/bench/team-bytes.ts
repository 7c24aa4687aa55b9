import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { readS3Address } from '../../src/server/store/blobs/s3-address.ts'
import { connectS3, loadSdk } from '../../src/server/store/blobs/s3-client.ts'
import { otherServers, startOtherServer } from '../../src/server/testing/s3/other-servers.ts'
import { S3_ENV } from '../../src/server/testing/s3/s3-server.ts'
import { launch } from './launch.ts'
import { memoryOf, watchMemory } from './memory.ts'
import { median, megabytes, printTable } from './table.ts'
import { BYTES, largeClip, sendFile, touchMemory } from './upload.ts'

const RUNS = 5
const WARM_UPS = 2
/** As Rushes sends large blobs. */
const PARTS = { partSize: 8 * 1024 ** 2, queueSize: 3 }

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** A real S3 server where one is on this machine, else the one of the tests in a process of its own. */
const startStorage = async () => {
  const [other] = otherServers()
  if (other) return { name: other.name, ...(await startOtherServer(other)) }
  const { child, url: endpoint } = await launch(here('./s3-process.ts'), { NODE_OPTIONS: '--import tsx' })
  return {
    name: "the tests' own",
    endpoint,
    filesUrl: () => `s3://rushes/?endpoint=${endpoint}`,
    close: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now()
  await work()
  return (performance.now() - begin) / 1000
}

/** Reads a body to its end and keeps nothing of it. */
const drained = async (body: Readable): Promise<void> => {
  let bytes = 0
  for await (const chunk of body) bytes += Buffer.isBuffer(chunk) ? chunk.length : 0
  if (bytes !== BYTES) throw new Error(`${bytes} bytes came instead of ${BYTES}`)
}

/** The storage itself, asked as the SDK's documentation shows. */
const talkToStorage = async (filesUrl: string) => {
  const address = readS3Address(filesUrl)
  if (typeof address === 'string') throw new Error(address)
  const sdk = await loadSdk()
  const client = connectS3(sdk, address, (name) => S3_ENV[name])
  const params = { Bucket: address.bucket, Key: 'bare' }
  return {
    put: (path: string) =>
      new sdk.Upload({ client, params: { ...params, Body: createReadStream(path) }, ...PARTS }).done(),
    get: async () => {
      const { Body } = await client.send(new sdk.GetObjectCommand(params))
      if (Body instanceof Readable) await drained(Body)
    },
    remove: () => client.send(new sdk.DeleteObjectCommand(params)),
    close: () => client.destroy(),
  }
}

const download = async (url: string): Promise<void> => {
  const [response] = await once(get(url), 'response')
  if (!(response instanceof Readable)) throw new TypeError('an answer is a stream')
  await drained(response)
}

/** 200 MB through the server to S3 and back, of which nothing is kept here, against the S3 server alone. */
export const benchTeamBytes = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  const storage = await startStorage()
  const bare = await talkToStorage(storage.filesUrl())
  const rushes = await launch(here('../start.mjs'), {
    ...S3_ENV,
    PORT: '4697',
    DATA_DIR: join(folder, 'data'),
    FILES_URL: storage.filesUrl(),
    FILES_CACHE_GIB: '0.000001',
    DECART_API_KEY: '',
  })
  const times = { barePut: [] as number[], ourPut: [] as number[], bareGet: [] as number[], ourGet: [] as number[] }
  const growths: number[] = []
  try {
    await touchMemory(folder)
    for (let run = 1; run <= WARM_UPS + RUNS; run++) {
      const path = await largeClip(folder, run)
      const pid = rushes.child.pid ?? 0
      const start = memoryOf(pid)?.now ?? 0
      const memory = watchMemory(pid)
      const barePut = await timed(() => bare.put(path))
      const ourPut = await sendFile(`${rushes.url}/v1/files`, path)
      const bareGet = await timed(() => bare.get())
      const ourGet = await timed(() => download(`${rushes.url}/v1/files/${ourPut.id}/content`))
      memory.stop()
      await fetch(`${rushes.url}/v1/files/${ourPut.id}`, { method: 'DELETE' })
      await bare.remove()
      await rm(path)
      if (run <= WARM_UPS) continue
      times.barePut.push(barePut)
      times.ourPut.push(ourPut.seconds)
      times.bareGet.push(bareGet)
      times.ourGet.push(ourGet)
      growths.push(memory.peak() - start)
    }
    const row = (what: string, bareTimes: number[], ourTimes: number[]): string[] => {
      const [bareTime, ourTime] = [median(bareTimes), median(ourTimes)]
      const speeds = [bareTime, ourTime].map((time) => (BYTES / 1e6 / time).toFixed(0))
      return [what, ...speeds, (bareTime / ourTime).toFixed(2), '0.5']
    }
    printTable(
      `200 MB to and from S3 (${storage.name}; median of ${RUNS}; memory grew by ${megabytes(Math.max(...growths))})`,
      ['way', 'S3 alone, MB/s', 'through Rushes, MB/s', 'ratio', 'goal'],
      [row('upload', times.barePut, times.ourPut), row('download', times.bareGet, times.ourGet)],
    )
  } finally {
    rushes.child.kill('SIGTERM')
    if (rushes.child.exitCode === null) await once(rushes.child, 'exit')
    bare.close()
    await storage.close()
    await rm(folder, { recursive: true, force: true })
  }
}
