import { describe, expect, it } from 'vitest'
import type { Job } from '../../../shared/job.ts'
import { takeOfJob } from '../../data/take.ts'
import { completedJob, failedJob } from '../../testing/samples.ts'
import { blocksOf, dayWords } from './blocks.ts'
import { cardsOf } from './cards.ts'
import { justify } from './justify.ts'
import { cardAfterKey } from './moves.ts'
import { rowsOf } from './rows.ts'
import { rowsBetween } from './window.ts'

const ofBatch = (job: Job, batch_id: string, batch_position: number): Job => ({
  ...job,
  batch_id,
  batch_position,
  batch_size: 3,
})
const takes = (...jobs: Job[]) => jobs.map((job) => takeOfJob(job))

describe('justified rows', () => {
  const area = { width: 304, height: 84, gap: 6 }

  it('fill the width to the pixel, in the true shapes', () => {
    const rows = justify([16 / 9, 16 / 9, 9 / 16, 16 / 9, 1, 16 / 9, 16 / 9], area)
    expect(rows.flatMap(({ places }) => places.map(({ at }) => at))).toEqual([0, 1, 2, 3, 4, 5, 6])
    for (const { places, height } of rows.slice(0, -1)) {
      const last = places.at(-1)
      expect((last?.left ?? 0) + (last?.width ?? 0)).toBe(304)
      expect(height).toBeGreaterThan(50)
      expect(height).toBeLessThan(140)
    }
    expect(rows[0]?.places).toHaveLength(2)
  })

  it('leave the last one as high as wanted', () => {
    expect(justify([16 / 9], area)).toEqual([{ places: [{ at: 0, left: 0, width: 149 }], height: 84 }])
  })

  it('keep a panorama inside, and a tower no higher than the rest', () => {
    const [wide] = justify([20, 1], area)
    expect(wide?.places).toEqual([{ at: 0, left: 0, width: 304 }])
    for (const { height } of justify([0.2, 20, 0.2], area)) expect(height).toBeLessThanOrEqual(135)
  })
})

describe('cards', () => {
  const jobs = takes(
    completedJob('d', 9),
    ofBatch(completedJob('c3', 8), 'b', 3),
    ofBatch(failedJob('c1', 7), 'b', 1),
    ofBatch(completedJob('c2', 6), 'b', 2),
    completedJob('a', 1),
  )

  it('stack what was asked for together, under the first that is finished', () => {
    const cards = [...cardsOf(jobs, true).values()]
    expect(cards.map(({ cover, takes: all }) => [cover.jobId, all.length])).toEqual([
      ['d', 1],
      ['c2', 3],
      ['a', 1],
    ])
    expect(cardsOf(jobs, false).size).toBe(5)
  })

  it('stay the same objects when another comes in', () => {
    const before = cardsOf(jobs, true)
    const after = cardsOf([...takes(completedJob('e', 12)), ...jobs], true, before)
    expect([...after.values()].filter((card) => before.get(card.id) !== card).map(({ id }) => id)).toEqual(['e'])
  })

  it('stand by day, and on the wall each batch under what was asked for, in its order', () => {
    const now = new Date(2026, 7, 1, 23).getTime()
    const blocks = blocksOf([...cardsOf(jobs, false).values()], now)
    const shown = blocks.map((block) =>
      block.kind === 'cards' ? block.cards.map(({ cover }) => cover.jobId).join(' ') : block.words,
    )
    expect(shown).toEqual(['Today', 'd', 'A lake · 3 takes', 'c1 c2 c3', 'a'])
    expect(dayWords(new Date(2026, 6, 31, 1).getTime(), now)).toBe('Yesterday')
    expect(dayWords(new Date(2026, 6, 25).getTime(), now)).toBe('Saturday 25 July')
    expect(dayWords(new Date(2025, 6, 25).getTime(), now)).toBe('Friday 25 July 2025')
  })
})

describe('a grid of five', () => {
  const cards = cardsOf(takes(...['a', 'b', 'c', 'd', 'e'].map((id, at) => completedJob(id, 20 - at))), false)
  const rows = rowsOf(blocksOf([...cards.values()], Date.UTC(2026, 7, 1)), {
    width: 304,
    height: 84,
    gap: 6,
    caption: 0,
  })

  it('is walked in both directions, over the ends of rows', () => {
    const walk = (from: string, ...keys: string[]) =>
      keys.reduce((at, key) => cardAfterKey(rows, at, key, 90)?.id ?? `${at}!`, from)
    expect(walk('a', 'ArrowRight')).toBe('b')
    expect(walk('a', 'ArrowDown', 'ArrowDown')).toBe('e')
    expect(walk('b', 'ArrowRight')).toBe('c')
    expect(walk('c', 'ArrowLeft', 'ArrowUp')).toBe('a')
    expect(walk('d', 'ArrowDown')).toBe('e')
    expect(walk('e', 'ArrowRight')).toBe('e!')
    expect(walk('c', 'Home', 'End')).toBe('e')
    expect(walk('b', 'PageDown', 'PageUp')).toBe('b')
    expect(walk('gone', 'ArrowDown')).toBe('a')
  })

  it('draws what is seen, and what has the focus', () => {
    const keys = (top: number, bottom: number, kept = -1) => rowsBetween(rows, top, bottom, kept).map(({ key }) => key)
    const all = rows.map(({ key }) => key)
    expect(keys(0, 40)).toEqual(all.slice(0, 2))
    expect(keys(130, 200)).toEqual(all.slice(2, 3))
    expect(keys(130, 200, 3)).toEqual(all.slice(2, 4))
    expect(keys(230, 999, 1)).toEqual([all[1], all[3]])
  })
})
