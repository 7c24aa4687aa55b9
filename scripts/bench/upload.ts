import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, open, rm } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { makeClip } from '../../src/engine/testing/clips.ts'
import { memoryOf, watchMemory } from './memory.ts'
import { median, megabytes, printTable } from './table.ts'

const BYTES = 200_000_000
const RUNS = 5

/** A playable clip of 200 MB: a short one, and a box of nothing in particular that players skip. */
const largeClip = async (folder: string, salt: number): Promise<string> => {
  const path = await makeClip(join(folder, `large-${salt}.mp4`), { seconds: 1 })
  const handle = await open(path)
  const { size } = await handle.stat()
  await handle.close()
  const head = Buffer.alloc(8)
  head.writeUInt32BE(BYTES - size)
  head.write('free', 4, 'latin1')
  await appendFile(path, head)
  const block = Buffer.alloc(1_000_000, salt)
  for (let left = BYTES - size - 8; left > 0; left -= block.length)
    await appendFile(path, block.subarray(0, Math.min(left, block.length)))
  return path
}

const boundary = 'rushes-bench-boundary'
const before = Buffer.from(
  `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="large.mp4"\r\ncontent-type: video/mp4\r\n\r\n`,
)
const after = Buffer.from(`\r\n--${boundary}--\r\n`)

/** Sends a file as one multipart body; answers seconds until the whole answer is there. */
const send = async (url: string, path: string): Promise<number> => {
  const begin = performance.now()
  const outgoing = request(url, {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': before.length + BYTES + after.length,
    },
  })
  const answered = once(outgoing, 'response')
  const body = async function* () {
    yield before
    yield* createReadStream(path, { highWaterMark: 1024 ** 2 })
    yield after
  }
  await pipeline(body, outgoing)
  const [response] = await answered
  response.resume()
  await once(response, 'end')
  if (response.statusCode !== 200) throw new Error(`the server answered ${response.statusCode}`)
  return (performance.now() - begin) / 1000
}

const launch = async (script: string, env: Record<string, string>): Promise<{ child: ChildProcess; url: string }> => {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface(child.stdout)) {
    const url = /ready: (\S+)/.exec(line)?.[1]
    // Its log goes on; unread, it would fill the pipe and stop the server.
    if (url !== undefined) return { child, url: (child.stdout?.resume(), url.replace('localhost', '127.0.0.1')) }
  }
  throw new Error(`${script} did not start`)
}

/** 200 MB through the server against the same bytes to a bare Node server that writes them to a file. */
export const benchUpload = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const bare = await launch(here('./bare-server.mjs'), { TARGET: join(folder, 'bare.bin') })
  const rushes = await launch(here('../start.mjs'), {
    PORT: '4698',
    DATA_DIR: join(folder, 'data'),
    DECART_API_KEY: '',
  })
  try {
    const [bareTimes, ourTimes, growths]: [number[], number[], number[]] = [[], [], []]
    // The first upload of each kind warms up; other bytes each time, for known ones are not stored again.
    for (let run = 0; run <= RUNS; run++) {
      const path = await largeClip(folder, run)
      const bareTime = await send(bare.url, path)
      const pid = rushes.child.pid ?? 0
      const start = memoryOf(pid)?.now ?? 0
      const memory = watchMemory(pid)
      const ourTime = await send(`${rushes.url}/v1/files`, path)
      memory.stop()
      if (run > 0) {
        bareTimes.push(bareTime)
        ourTimes.push(ourTime)
        growths.push(memory.peak() - start)
      }
      await rm(path)
    }
    const [bareTime, ourTime] = [median(bareTimes), median(ourTimes)]
    printTable(
      'Upload of 200 MB (median of 5; Rushes hashes, judges and probes it)',
      ['server', 'MB/s', 'ratio', 'goal', 'memory growth', 'goal'],
      [
        ['bare node:http to a file', (BYTES / 1e6 / bareTime).toFixed(0), '1', '', '', ''],
        [
          'Rushes',
          (BYTES / 1e6 / ourTime).toFixed(0),
          (bareTime / ourTime).toFixed(2),
          '0.5',
          megabytes(Math.max(...growths)),
          '60 MB',
        ],
      ],
    )
  } finally {
    for (const { child } of [bare, rushes]) child.kill('SIGTERM')
    await Promise.all([bare, rushes].map(({ child }) => child.exitCode ?? once(child, 'exit')))
    await rm(folder, { recursive: true, force: true })
  }
}
