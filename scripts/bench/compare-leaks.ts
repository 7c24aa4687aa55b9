import { type BenchClip, type CompareRig, STAGE } from './compare-rig.ts'

const TIMES = 100

type Counts = { frames: number; bitmaps: number; decoders: number; urls: number; made: number }

/** Opens and closes a comparison a hundred times; what is then still open in the page and in all of its workers. */
export const leakRow = async (rig: CompareRig, clips: readonly BenchClip[]): Promise<string[]> => {
  const page = await rig.page('counting')
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
  }
  await page.evaluate(() => {
    const counts = new Map<number, unknown>()
    const channel = new BroadcastChannel('counting')
    channel.onmessage = ({ data }: MessageEvent<{ id: number; counts: unknown }>) => counts.set(data.id, data.counts)
    Object.assign(window, { counts })
  })
  const sources = clips.map(({ name }) => ({ name }))
  const numbers = clips.map(({ known }) => known.frames[0]?.number ?? null)
  const once = async (): Promise<number> => {
    await page.evaluate(([all, stage]) => window.harness.open(all, stage), [sources, STAGE] as const)
    await page.evaluate((wanted) => window.harness.readUntil({ numbers: wanted }), numbers)
    return page.evaluate(() => window.harness.close())
  }
  for (let time = 0; time < 3; time++) await once()
  const before = await heap()
  let open = 0
  const begin = performance.now()
  for (let time = 0; time < TIMES; time++) open += await once()
  const each = (performance.now() - begin) / TIMES
  const grown = (await heap()) - before
  const counts = await page.evaluate(() => {
    const held: unknown = Reflect.get(window, 'counts')
    return held instanceof Map ? ([...held.values()] as Counts[]) : []
  })
  const left = (kind: keyof Counts) => counts.reduce((sum, worker) => sum + worker[kind], 0)
  const workers = page.workers().length
  await page.close()
  return [
    `${TIMES} times, ${clips.length} clips`,
    `${open} by its own word, ${left('frames') + left('bitmaps')} by ours`,
    `${left('decoders')}`,
    `${left('urls')}`,
    `${workers}`,
    `${(grown / 1e6).toFixed(1)} MB`,
    `${left('made')} made`,
    `${each.toFixed(0)} ms`,
  ]
}

export const LEAK_HEADINGS = ['opened and closed', 'frames', 'decoders', 'URLs', 'workers', 'heap', 'counted', 'each']
