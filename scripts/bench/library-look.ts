import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { cardsSeen, longTasksSince, nowIn } from './library-page.ts'
import { type LibraryRig, untilReady } from './library-rig.ts'
import { median, quantile } from './table.ts'

const ms = (value: number): string => `${value.toFixed(0)} ms`

const firstCards = async (page: Page): Promise<number> => {
  await untilReady(page)
  return page.evaluate(() => window.seen.firstCards ?? NaN)
}

/** From the navigation until all cards in sight have their pictures. Rows of a table. */
export const firstRows = async (rig: LibraryRig, runs: number): Promise<string[][]> => {
  const [fresh, again]: [number[], number[]] = [[], []]
  let all = 0
  for (let run = 0; run < runs; run++) {
    const page = await rig.visit('/')
    fresh.push(await firstCards(page))
    await page.reload()
    again.push(await firstCards(page))
    all = (await cardsSeen(page)).all
    await page.context().close()
  }
  const row = (title: string, times: readonly number[]) => [
    title,
    ms(median(times)),
    ms(Math.max(...times)),
    String(all),
    '500 ms',
  ]
  return [row('first visit', fresh), row('reload', again)]
}

/** Turns the wheel over the library so many times, as a hand does; the page's long tasks meanwhile. One row. */
export const scrollRow = async (rig: LibraryRig, where: 'column' | 'wall', turns: number): Promise<string[]> => {
  const page = await rig.visit(where === 'wall' ? '/wall' : '/')
  await untilReady(page)
  const box = await page.getByRole('grid', { name: 'Finished takes' }).boundingBox()
  if (!box) throw new Error('no grid')
  await page.mouse.move(box.x + box.width / 2, 500)
  const begin = await nowIn(page)
  const [beginCpu, start] = [rig.cpuSeconds() ?? NaN, performance.now()]
  const passed = await gapsWhile(page, async () => {
    for (let turn = 0; turn < turns; turn++) {
      await page.mouse.wheel(0, 240)
      await delay(24)
    }
    await delay(500)
  })
  const took = (performance.now() - start) / 1000
  const tasks = await longTasksSince(page, begin)
  const cpu = ((rig.cpuSeconds() ?? NaN) - beginCpu) / took
  const screens = await page.evaluate(() => {
    const scroller = document.querySelector('[role=grid]')?.parentElement?.parentElement
    return scroller ? scroller.scrollTop / scroller.clientHeight : 0
  })
  await page.context().close()
  return [
    where,
    screens.toFixed(0),
    String(tasks.length),
    tasks.length === 0 ? 'none' : ms(Math.max(...tasks)),
    ms(quantile(passed, 0.95)),
    ms(Math.max(...passed)),
    cpu.toFixed(2),
    'none over 50 ms',
  ]
}

/** Milliseconds between the frames that the page drew while something was done. */
export const gapsWhile = async (page: Page, work: () => Promise<void>): Promise<number[]> => {
  const gaps = await page.evaluateHandle(() => {
    const found: number[] = []
    let before = performance.now()
    const next = (now: number): void => {
      found.push(now - before)
      before = now
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    return found
  })
  await work()
  return gaps.jsonValue()
}

/** What is held by a page before and after scrolling far down and back up. One row. */
export const leakRow = async (rig: LibraryRig, turns: number): Promise<string[]> => {
  const page = await rig.visit('/wall')
  await untilReady(page)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const held = async () => {
    await session.send('HeapProfiler.collectGarbage')
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? NaN
    const images = await page.evaluate(() => document.images.length)
    return { images, nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize') / 1e6 }
  }
  const turn = async (way: 1 | -1) => {
    for (let each = 0; each < turns; each++) {
      await page.mouse.wheel(0, way * 600)
      await delay(40)
    }
    await delay(1000)
  }
  await page.mouse.move(700, 500)
  // Down and up once, so that all of it is loaded and known.
  await turn(1)
  await turn(-1)
  const before = await held()
  await turn(1)
  await turn(-1)
  const after = await held()
  await page.context().close()
  const change = (name: keyof typeof before, digits = 0) =>
    `${before[name].toFixed(digits)} → ${after[name].toFixed(digits)}`
  return [change('images'), change('nodes'), change('listeners'), change('heap', 1), 'the same']
}
