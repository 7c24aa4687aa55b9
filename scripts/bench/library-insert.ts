import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { type Job, jobPageSchema } from '../../src/shared/job.ts'
import { type LibraryRig, untilReady, untilTrue } from './library-rig.ts'

const FPS = 25

/** Keeps, in the page, what is drawn of the library and of the stage from now on. */
const watchDrawing = (page: Page) =>
  page.evaluateHandle(() => {
    const cards = () => [...document.querySelectorAll('[role=grid] [role=gridcell]')]
    // React gives an element new properties whenever what it belongs to is drawn anew, and none where it is not.
    const propertiesOf = (card: Element): unknown =>
      Reflect.get(card, Object.keys(card).find((key) => key.startsWith('__reactProps')) ?? '')
    const before = new Map(cards().map((card) => [card, propertiesOf(card)]))
    const canvas = document.querySelector('.viewer-canvas canvas')
    const shown: { frame: number; at: number }[] = []
    const side = document.querySelector('[data-side]')
    const look = () => shown.push({ frame: Number(side?.getAttribute('data-frame')), at: performance.now() })
    if (side) new MutationObserver(look).observe(side, { attributeFilter: ['data-frame'] })
    return {
      shown,
      end: () => ({
        shown,
        come: cards().filter((card) => !before.has(card)).length,
        redrawn: cards().filter((card) => before.has(card) && before.get(card) !== propertiesOf(card)).length,
        isSameCanvas: canvas !== null && canvas === document.querySelector('.viewer-canvas canvas'),
      }),
    }
  })

/** By how many milliseconds the latest frame came after its turn, the others' times taken as they are. */
const latest = (shown: readonly { frame: number; at: number }[]): number => {
  let worst = 0
  for (const [at, { frame, at: time }] of shown.entries()) {
    const before = shown[at - 1]
    // At the end of the clip it begins anew.
    if (before && frame > before.frame) worst = Math.max(worst, time - before.at - 1000 / FPS)
  }
  return worst
}

const change = async (url: string, ids: readonly string[], binned: boolean): Promise<void> => {
  const body = JSON.stringify({ job_ids: ids, binned })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/v1/jobs/changes`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(await answer.text())
}

/** The newest takes that are a card of their own, as many as the library first loads at most. */
const newestAlone = async (url: string): Promise<Job[]> => {
  const answer: unknown = await (await fetch(`${url}/v1/jobs?finished=true&limit=100`)).json()
  return jobPageSchema.parse(answer).jobs.filter(({ batch_id: batch }) => batch === null)
}

/** Takes that come in while a clip plays, in each of several ways. Rows of a table. */
export const insertRows = async (rig: LibraryRig, count: number): Promise<string[][]> => {
  const { server } = rig
  const alone = await newestAlone(server.url)
  // The stage has to decode as much as real takes have.
  const film = alone.find(({ output }) => output?.width === 1280)
  if (!film) throw new Error('there is no clip of 720p')
  const page = await rig.visit(`/take/${film.job_id}`)
  await untilReady(page)
  await page.waitForFunction(() => Number(document.querySelector('[data-side]')?.getAttribute('data-frame')) > 2)
  const has = (id: string) => page.evaluate((wanted) => document.querySelector(`[data-take="${wanted}"]`) !== null, id)
  const during = async (title: string, added: number, work: () => Promise<void>, goal: string): Promise<string[]> => {
    const watched = await watchDrawing(page)
    await work()
    const { shown, come, redrawn, isSameCanvas } = await watched.evaluate(({ end }) => end())
    const frames = new Set(shown.map(({ frame }) => frame)).size
    return [
      title,
      String(added),
      String(come),
      String(redrawn),
      isSameCanvas ? 'yes' : 'NO',
      `${shown.length} (${frames} of the clip)`,
      `${latest(shown).toFixed(0)} ms`,
      goal,
    ]
  }
  const still = await during('nothing comes', 0, () => delay(3000), '')
  const others = alone.filter((job) => job !== film).slice(0, count)
  const ids = others.map(({ job_id: id }) => id).toReversed()
  await change(server.url, ids, true)
  for (const id of ids) await untilTrue(async () => !(await has(id)))
  const restored = await during(
    'back from the bin',
    ids.length,
    async () => {
      for (const id of ids) {
        await change(server.url, [id], false)
        await untilTrue(() => has(id))
      }
    },
    'none redrawn, 50 ms',
  )
  const rendered = await during(
    'rendered here meanwhile',
    3,
    async () => {
      for (let seed = 1; seed <= 3; seed++) {
        const id = await server.submit({ model: 'lucy-pro-t2i', renderer: 'local', seed })
        await server.completed(id)
        await untilTrue(() => has(id))
      }
    },
    'none redrawn, 50 ms',
  )
  await page.context().close()
  return [still, restored, rendered]
}
