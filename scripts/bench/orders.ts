import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeClip } from '../../src/engine/testing/clips.ts'
import { CLIP } from '../../src/server/testing/clip.ts'
import { type Added, long, POLL_MS, spread, timeAdded } from './orders-added.ts'
import { type Asked, countAsked } from './orders-asked.ts'
import { fetchLarge, type Large } from './orders-large.ts'
import { startOrdersServer } from './orders-server.ts'
import { comfyuiSide, falSide, openaiSide } from './orders-sides.ts'
import { megabytes, printTable } from './table.ts'

/** How much is measured: all of it, or just enough to see that it runs. */
type Extent = {
  orders: number
  long: number
  waiting: number
  seconds: number
  bytes: number
  warmUps: number
  clip: (folder: string) => Promise<Buffer>
}

const FILM = { seconds: 5, fps: 24, width: 1280, height: 720, texture: true } as const
const WHOLE: Extent = {
  // Of an odd number the median is one of them.
  orders: 21,
  long: 3,
  waiting: 50,
  seconds: 30,
  bytes: 1_000_000_000,
  warmUps: 3,
  clip: async (folder) => readFile(await makeClip(join(folder, 'clip.mp4'), FILM)),
}
const QUICK: Extent = {
  orders: 1,
  long: 0,
  waiting: 5,
  seconds: 2,
  bytes: 20_000_000,
  warmUps: 0,
  clip: () => Promise.resolve(CLIP),
}

const added = async (folder: string, { orders, long: longs, clip }: Extent): Promise<[string, Added, string][]> => {
  const made = await clip(folder)
  const [comfyui, fal, openai] = [await comfyuiSide(made), await falSide(made), await openaiSide(made)]
  const env = { ...comfyui.env, ...fal.env, ...openai.env }
  const server = await startOrdersServer(join(folder, 'added'), env)
  try {
    // What comes first finds everything cold, and is not counted.
    if (orders > 1) for (const side of [comfyui, fal, openai]) await timeAdded(server, side, 1, spread)
    const spoken = await timeAdded(server, comfyui, orders, spread)
    const longer = longs > 0 ? await timeAdded(server, comfyui, longs, long) : undefined
    comfyui.hush()
    // These wait for their next look nearly all the time.
    const [silent, atFal, atOpenai] = await Promise.all(
      [comfyui, fal, openai].map((side) => timeAdded(server, side, orders, spread)),
    )
    const rows: [string, Added | undefined, string][] = [
      ['ComfyUI, its socket speaks', spoken, '300'],
      ['the same, orders of 35 s', longer, '300'],
      ['ComfyUI, its socket is silent', silent, '1200'],
      ['fal', atFal, ''],
      ['generation server', atOpenai, ''],
    ]
    return rows.flatMap(([name, times, goal]) => (times ? [[name, times, goal]] : []))
  } finally {
    await server.stop()
    await Promise.all([comfyui, fal, openai].map(({ close }) => close()))
  }
}

const printAdded = (rows: [string, Added, string][]): void =>
  printTable(
    `Orders: from "ready there" to "playable here" (ms; the transfer is taken off)`,
    ['', 'orders', 'median', 'goal', 'p90', 'transfer alone'],
    rows.map(([name, times, goal]) => [
      name,
      String(times.orders),
      (times.median - times.transfer).toFixed(0),
      goal,
      (times.p90 - times.transfer).toFixed(0),
      times.transfer.toFixed(0),
    ]),
  )

const printAsked = (rows: Asked[], { waiting, seconds }: Extent): void =>
  printTable(
    `Orders: requests a minute while ${waiting} jobs of each kind wait (over ${seconds} s)`,
    ['', 'a minute', 'goal', 'orders it was given'],
    rows.map(({ name, perMinute, orders }) => [
      name,
      perMinute.toFixed(0),
      name.startsWith('ComfyUI') ? String(60_000 / POLL_MS) : '',
      String(orders),
    ]),
  )

const printLarge = ({ seconds, growth }: Large, bytes: number): void =>
  printTable(
    `Orders: a result of ${megabytes(bytes)} is fetched`,
    ['', 'seconds', 'memory growth', 'goal'],
    [['until it is playable', seconds.toFixed(1), megabytes(growth), '60 MB']],
  )

/**
 * What a person waits for between "ready on the other side" and "playable here", how often others are asked meanwhile,
 * and what fetching takes of memory. `quick` measures just enough to see that it runs.
 */
export const benchOrders = async (quick: boolean): Promise<void> => {
  const extent = quick ? QUICK : WHOLE
  const folder = await mkdtemp(join(tmpdir(), 'rushes-bench-'))
  try {
    const time = () => added(folder, extent)
    const count = () => countAsked(join(folder, 'asked'), extent.waiting, extent.seconds)
    const fetch = () => fetchLarge(folder, extent.bytes, extent.warmUps)
    const [times, asked, large] = quick
      ? await Promise.all([time(), count(), fetch()])
      : [await time(), await count(), await fetch()]
    printAdded(times)
    printAsked(asked, extent)
    printLarge(large, extent.bytes)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
