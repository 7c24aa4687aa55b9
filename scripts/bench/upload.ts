import { once } from 'node:events'
import { appendFile, mkdtemp, open, rm } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { makeClip } from '../../src/engine/testing/clips.ts'
import { launch } from './launch.ts'
import { memoryOf, watchMemory } from './memory.ts'
import { median, megabytes, printTable } from './table.ts'

export const BYTES = 200_000_000
const RUNS = 9
/** Uploads of each kind that are not counted: code and memory are warm after them. */
const WARM_UPS = 3

/** A playable clip of 200 MB: a short one, and a box of nothing in particular that players skip. */
export const largeClip = async (folder: string, salt: number): Promise<string> => {
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

const answerSchema = z.object({ id: z.string() })

/** Sends a file as one multipart body; answers seconds until the whole answer is there, and what was made of it. */
export const sendFile = async (url: string, path: string): Promise<{ seconds: number; id: string }> => {
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
  const answer = await text(response)
  const seconds = (performance.now() - begin) / 1000
  if (response.statusCode !== 200) throw new Error(`the server answered ${response.statusCode}`)
  return { seconds, id: answerSchema.parse(JSON.parse(answer)).id }
}

/** The same; what it made is deleted again, so that no run pays for the disk of the one before. */
const send = async (url: string, path: string): Promise<number> => {
  const { seconds, id } = await sendFile(url, path)
  await fetch(`${url}/${id}`, { method: 'DELETE' })
  return seconds
}

/**
 * Writes and removes more than lies there at a time. A virtual machine gets its memory when it is first written to,
 * which takes longer than all that is measured here, and would fall on whoever comes first.
 */
export const touchMemory = async (folder: string): Promise<void> => {
  const path = join(folder, 'memory.bin')
  const block = Buffer.alloc(1_000_000, 1)
  const handle = await open(path, 'w')
  for (let written = 0; written < 5 * BYTES; written += block.length) await handle.write(block)
  await handle.sync()
  await handle.close()
  await rm(path)
}

/** 200 MB through the server against the same bytes to a bare Node server that writes them to a file. */
export const benchUpload = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const bare = await launch(here('./bare-server.mjs'), { FOLDER: folder })
  const rushes = await launch(here('../start.mjs'), {
    PORT: '4698',
    DATA_DIR: join(folder, 'data'),
    DECART_API_KEY: '',
  })
  try {
    await touchMemory(folder)
    const [bareTimes, ourTimes, growths]: [number[], number[], number[]] = [[], [], []]
    // Other bytes each time, for known ones are not stored again.
    for (let run = 1; run <= WARM_UPS + RUNS; run++) {
      const path = await largeClip(folder, run)
      const bareTime = await send(bare.url, path)
      const pid = rushes.child.pid ?? 0
      const start = memoryOf(pid)?.now ?? 0
      const memory = watchMemory(pid)
      const ourTime = await send(`${rushes.url}/v1/files`, path)
      memory.stop()
      if (run > WARM_UPS) {
        bareTimes.push(bareTime)
        ourTimes.push(ourTime)
        growths.push(memory.peak() - start)
      }
      await rm(path)
    }
    const [bareTime, ourTime] = [median(bareTimes), median(ourTimes)]
    printTable(
      `Upload of 200 MB (median of ${RUNS}; Rushes hashes, judges and probes it)`,
      ['server', 'MB/s', 'ratio', 'goal', 'memory growth', 'goal'],
      [
        ['bare node:http to a file', (BYTES / 1e6 / bareTime).toFixed(0), '1', '', '', ''],
        [
          'Rushes',
          (BYTES / 1e6 / ourTime).toFixed(0),
          (bareTime / ourTime).toFixed(2),
          '0.7',
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
