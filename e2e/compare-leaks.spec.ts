import { make, STAGE } from './compare-clips.ts'
import { expect, test } from './compare-fixtures.ts'

type Counts = { frames: number; bitmaps: number; decoders: number; urls: number; made: number }

declare global {
  interface Window {
    counts: Map<number, Counts>
    /** The most decoders that any worker has had open together since this was set. */
    mostDecoders: number
  }
}

test('fifty comparisons, opened, played and closed, leave nothing behind', async ({ page, rig }) => {
  const sides = await make(rig, ['twenty-two.mp4', 'quarter.mp4'])
  const picture = await rig.picture('still.png', 3000)
  const sources = [...sides, picture].map(({ name }) => ({ name }))
  await page.goto(rig.counting)
  // What the page and each of its workers hold now, told by every change: see counting.js.
  await page.evaluate(() => {
    window.counts = new Map()
    new BroadcastChannel('counting').onmessage = ({ data }: MessageEvent<{ id: number; counts: Counts }>) => {
      window.counts.set(data.id, data.counts)
      window.mostDecoders = Math.max(window.mostDecoders, data.counts.decoders)
    }
  })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const held = async () => {
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? NaN
    return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
  }
  const times = (count: number) =>
    page.evaluate(
      async ([all, stage, turns]) => {
        let open = 0
        for (let turn = 0; turn < turns; turn++) {
          window.mostDecoders = 0
          await window.harness.open(all, stage)
          if (turn % 10 === 0) await window.harness.readUntil({ numbers: [300, 1900, 3000] })
          if (turn % 3 === 0) window.harness.viewer().play()
          if (turn % 3 === 1) window.harness.viewer().seek(0.7)
          // Both clips have a decoder more while copies of their frames are made.
          if (turn % 15 === 2) while (window.mostDecoders < 4) await new Promise(requestAnimationFrame)
          if (turn % 5 === 0) await new Promise((resolve) => requestAnimationFrame(resolve))
          open += await window.harness.close()
        }
        return open
      },
      [sources, STAGE, count] as const,
    )

  await times(5)
  const before = await held()
  expect(await times(50)).toBe(0)
  const left = () =>
    page.evaluate(() => {
      const all = [...window.counts.values()]
      const sum = (kind: keyof Counts) => all.reduce((total, counts) => total + counts[kind], 0)
      return { frames: sum('frames'), bitmaps: sum('bitmaps'), decoders: sum('decoders'), urls: sum('urls') }
    })
  await expect.poll(left).toEqual({ frames: 0, bitmaps: 0, decoders: 0, urls: 0 })
  // The counters count: every comparison made decoders, frames and a bitmap.
  const made = await page.evaluate(() => [...window.counts.values()].reduce((sum, counts) => sum + counts.made, 0))
  expect(made).toBeGreaterThan(200)
  await expect.poll(() => page.workers().length).toBe(0)
  // What a worker that has just ended held may be let go of by a later collection.
  await expect
    .poll(async () => {
      const after = await held()
      return {
        nodes: after.nodes - before.nodes < 20,
        listeners: after.listeners - before.listeners < 20,
        heap: after.heap - before.heap < 1.5e6,
      }
    })
    .toEqual({ nodes: true, listeners: true, heap: true })
})
