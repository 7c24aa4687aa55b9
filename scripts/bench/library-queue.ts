import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { frames, longTasksSince, nowIn } from './library-page.ts'
import { type LibraryRig, untilReady, untilTrue } from './library-rig.ts'
import { median } from './table.ts'

const AT_ONCE = 20

const ms = (value: number): string => `${value.toFixed(0)} ms`

/** From the event that a clip is finished until its moments lie there side by side, unasked. One row of a table. */
export const spriteRow = async (rig: LibraryRig, clips: number): Promise<string[]> => {
  const times: number[] = []
  for (let seed = 1; seed <= clips; seed++) {
    const id = await rig.server.submit({ renderer: 'local', seed: 7000 + seed })
    await rig.server.completed(id)
    const begin = performance.now()
    await untilTrue(() => existsSync(join(rig.dataDir, 'sprites', `${id}.webp`)))
    times.push(performance.now() - begin)
  }
  return ['sprite of a clip of 5 s, after it is done', ms(median(times)), ms(Math.max(...times)), '400 ms']
}

/** Opens and closes the queue's tray while so many wait. Rows of a table. */
export const trayRows = async (rig: LibraryRig, sizes: readonly number[], runs: number): Promise<string[][]> => {
  const { url } = rig.server
  await fetch(`${url}/v1/queue/pause`, { method: 'PUT' })
  const rows: string[][] = []
  let waiting = 0
  for (const size of sizes) {
    for (; waiting < size; waiting += Math.min(AT_ONCE, size - waiting))
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, size - waiting) }, (_, at) =>
          rig.server.submit({ renderer: 'local', seed: waiting + at }),
        ),
      )
    const page = await rig.visit('/')
    await untilReady(page)
    await page.getByRole('button', { name: /^Queue/ }).waitFor()
    await delay(3000)
    const begin = await nowIn(page)
    const times: number[] = []
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    for (let run = 0; run < runs; run++) {
      await page.getByRole('button', { name: /^Queue/ }).focus()
      times.push(
        await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const from = performance.now()
              const look = (): void => {
                if (document.querySelector('[aria-label=Waiting] li')) resolve(performance.now() - from)
                else requestAnimationFrame(look)
              }
              if (document.activeElement instanceof HTMLElement) document.activeElement.click()
              requestAnimationFrame(look)
            }),
        ),
      )
      await page.keyboard.press('Escape')
      await page.getByRole('dialog', { name: 'Queue' }).waitFor({ state: 'detached' })
      await frames(page, 5)
    }
    const tasks = await longTasksSince(page, begin)
    rows.push([
      `${size.toLocaleString('en')} waiting`,
      ms(median(times)),
      ms(Math.max(...times)),
      (asked.filter((each) => each.includes('/v1/')).length / runs).toFixed(1),
      tasks.length === 0 ? 'none' : ms(Math.max(...tasks)),
      'the same',
    ])
    await page.context().close()
  }
  await fetch(`${url}/v1/queue`, { method: 'DELETE' })
  await fetch(`${url}/v1/queue/pause`, { method: 'DELETE' })
  return rows
}
