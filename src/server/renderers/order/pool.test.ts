import { describe, expect, it } from 'vitest'
import { findModel } from '../../../shared/models/index.ts'
import type { Offer } from '../../../shared/renderers.ts'
import type { Connection } from './dialect.ts'
import { createPool } from './pool.ts'

const MODEL = 'lucy-pro-t2v'
const model = findModel(MODEL)
if (!model) throw new Error('no model')

const offer: Offer = {
  ready: true,
  engine: { name: 'Wan 2.2 5B', licence: null },
  reason: null,
  missing: [],
  resolutions: ['480p'],
  seconds: 5,
  fps: 24,
  free: true,
  price: null,
  limits: [],
}

/** A server with so many jobs of others. */
const serverWith = (host: string, busy: number): Connection => ({
  url: `http://${host}`,
  host,
  where: 'your network',
  paid: false,
  slots: 2,
  look: () => Promise.resolve({ state: 'ready', note: '', busy, offers: { [MODEL]: offer } }),
  prepare: () => Promise.reject(new Error('nothing is ordered here')),
  lookAt: () => Promise.reject(new Error('nothing is ordered here')),
  content: () => Promise.reject(new Error('nothing is ordered here')),
  close: () => undefined,
})

describe('which server of a pool an order goes to', () => {
  it('spreads orders that are placed at the same time', async () => {
    const pool = createPool([serverWith('one', 0), serverWith('two', 0)], 'ComfyUI')
    const chosen = await Promise.all(Array.from({ length: 4 }, () => pool.choose(model, null, new Set())))
    expect(chosen.map(({ connection }) => connection.host).toSorted()).toEqual(['one', 'one', 'two', 'two'])
    pool.close()
  })

  it('gives more to the one that has less to do for others', async () => {
    const pool = createPool([serverWith('one', 2), serverWith('two', 0)], 'ComfyUI')
    const chosen = await Promise.all(Array.from({ length: 4 }, () => pool.choose(model, null, new Set())))
    expect(chosen.filter(({ connection }) => connection.host === 'two')).toHaveLength(3)
    pool.close()
  })

  it('does not count an order that was not placed after all', async () => {
    const pool = createPool([serverWith('one', 0), serverWith('two', 0)], 'ComfyUI')
    const first = await pool.choose(model, null, new Set())
    first.placed--
    first.open--
    expect(await pool.choose(model, null, new Set())).toBe(first)
    pool.close()
  })
})
