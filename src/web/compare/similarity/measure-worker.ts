import { openFrames } from '../worker/onward.ts'
import { openSide } from '../worker/open-side.ts'
import { heatCells, heatGrid } from './heat-cells.ts'
import { createLumaReader } from './luma-of.ts'
import { createLumaSide, type LumaSide } from './luma-side.ts'
import type { Answer, Order, Pair } from './messages.ts'
import { measuringOrder, pairFrames } from './pairs.ts'
import { regionOf } from './region.ts'
import { ssim } from './ssim.ts'

/** So often the page hears of what is new. Milliseconds. */
const REPORT_EVERY = 120

let stopped = false
let easy = false

const send = (answer: Answer, transfer: Transferable[] = []) => self.postMessage(answer, { transfer })

/** Gathers what is measured until there is enough of it to tell. */
const createNews = (cells: number) => {
  let found: { frame: number; value: number; map: Uint8Array }[] = []
  let told = performance.now()
  const tell = () => {
    const maps = new Uint8Array(found.length * cells)
    for (const [index, { map }] of found.entries()) maps.set(map, index * cells)
    const frames = Uint32Array.from(found, ({ frame }) => frame)
    const values = Float32Array.from(found, ({ value }) => value)
    if (found.length > 0) send({ name: 'measured', frames, values, maps }, [frames.buffer, values.buffer, maps.buffer])
    found = []
    told = performance.now()
  }
  return {
    add: (frame: number, value: number, map: Uint8Array) => {
      found.push({ frame, value, map })
      if (performance.now() - told > REPORT_EVERY) tell()
    },
    tell,
  }
}

const giveWay = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Answers how many decoded frames are still open: 0. */
const measure = async ({ reference, other, offsets, fit }: Pair): Promise<number> => {
  const opened = await Promise.allSettled([openSide(reference), openSide(other)])
  const closers: (() => void)[] = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value.close] : []))
  const readers: LumaSide[] = []
  try {
    const [one, two] = opened
    if (one.status === 'rejected') throw one.reason
    if (two.status === 'rejected') throw two.reason
    const [a, b] = [one.value, two.value]
    const region = regionOf(a.info, b.info, fit)
    const sideA = createLumaSide(a, createLumaReader(a.info, region.reference, region.size))
    const sideB = createLumaSide(b, createLumaReader(b.info, region.other, region.size))
    readers.push(sideA, sideB)

    const byOther = a.info.kind === 'image' && b.info.kind === 'video'
    const [lead, follower] = byOther ? [b.info, a.info] : [a.info, b.info]
    const shifts = { lead: offsets.reference, follower: offsets.other }
    const pairs = pairFrames(lead, follower, byOther ? { lead: shifts.follower, follower: shifts.lead } : shifts)
    const order = measuringOrder(pairs, lead.keyframes)
    const grid = heatGrid(a.info, region, order.length)
    const [leadSide, followerSide] = byOther ? [sideB, sideA] : [sideA, sideB]
    const { columns, rows } = grid
    send({
      name: 'opened',
      by: byOther ? 'other' : 'reference',
      count: lead.starts.length,
      total: order.length,
      columns,
      rows,
    })

    const news = createNews(columns * rows)
    for (const frame of order) {
      if (stopped) break
      const began = performance.now()
      const [leading, following] = await Promise.all([leadSide.at(frame), followerSide.at(pairs[frame] ?? 0)])
      if (!leading) break
      // A clip that ends sooner than its tables say goes on showing nothing: there is nothing to compare.
      if (!following) continue
      const similarity = ssim(leading, following)
      news.add(frame, Math.min(1, Math.max(0, similarity.mean)), heatCells(similarity, grid))
      if (easy) await giveWay(performance.now() - began)
    }
    news.tell()
  } finally {
    for (const reader of readers) await reader.close()
    for (const close of closers) close()
  }
  return openFrames
}

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  switch (data.name) {
    case 'measure': {
      try {
        send({ name: 'ended', openFrames: await measure(data.pair) })
      } catch (error) {
        send({ name: 'failed', reason: error instanceof Error ? error.message : String(error) })
      }
      return
    }
    case 'ease': {
      easy = data.easy
      return
    }
    case 'stop': {
      stopped = true
      return
    }
    default:
      data satisfies never
  }
}
