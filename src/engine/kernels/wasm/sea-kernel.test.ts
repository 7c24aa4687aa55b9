import { expect, it } from 'vitest'
import { createNoise } from '../../canvas/noise.ts'
import { LANE, lane, paintMemory, paintRows, placeOf } from '../../canvas/paint-memory.ts'

/** More than one wave, long and short, each with its phase and turn by a column. */
const waves = [
  { push: 0.2, phase: 0.4, turn: 0.11, slopeX: 0.7, slopeZ: 0.9 },
  { push: 0.1, phase: 2.1, turn: -0.37, slopeX: -0.4, slopeZ: 1.1 },
]
const [startX, stepX, chopped, flat, offStart, offStep, bySlope] = [-30, 0.9, 0.05, 0.5, -2.2, 0.05, 4]
const [shine, foamFrom, foamGain, alpha] = [0.9, 0.1, 1.8, 200]
const sun = [255, 220, 160] as const
const moves = [0.3, 2.2, 40, 1.4, 0.7, 3.1] as const
const unit = (value: number): number => Math.min(1, Math.max(0, value))

it('paints a row of water as its definition does', () => {
  const columns = 97
  const noise = createNoise(4, 'gusts')
  const sky = Float32Array.from({ length: 1024 }, (_, at) => (at % 4 === 3 ? 255 : ((at >> 2) * (1 + (at % 4))) / 3))
  const rows = paintRows(columns, 1, (_, to) => {
    lane(LANE.x).set(sky)
    const list = lane(LANE.list)
    list.set([startX, stepX, ...moves, chopped, flat, offStart, offStep, bySlope, shine, foamFrom, foamGain])
    list.set([...sun, alpha], 16)
    waves.forEach(({ push, phase, turn, slopeX, slopeZ }, index) => {
      const four = (of: (angle: number) => number) => [0, 1, 2, 3].map((column) => of(phase + turn * column) * push)
      const numbers = [...four(Math.cos), ...four(Math.sin), Math.cos(turn * 4), Math.sin(turn * 4), slopeX, slopeZ]
      lane(LANE.y).set(numbers, index * 12)
    })
    const [skyPlace, wavePlace, listPlace] = [LANE.x, LANE.y, LANE.list].map((which) => lane(which).byteOffset)
    const { kernels } = paintMemory()
    kernels.seaRow(to, columns, placeOf(noise.table), skyPlace ?? 0, wavePlace ?? 0, waves.length, listPlace ?? 0)
  })
  let furthest = 0
  for (let column = 0; column < columns; column++) {
    const sum = (of: (angle: number) => number, by: (wave: (typeof waves)[number]) => number): number =>
      waves.reduce((all, wave) => all + of(wave.phase + wave.turn * column) * wave.push * by(wave), 0)
    const x = startX + column * stepX
    const gust = noise(x * 0.02 + moves[0], moves[1])
    const swell = 0.75 + noise(x * 0.045 + moves[2], moves[3]) * 0.6
    const slopeX = sum(Math.cos, (wave) => wave.slopeX) * swell
    const chop = noise(x * 0.7 + moves[4], moves[5])
    const slopeZ = sum(Math.cos, (wave) => wave.slopeZ) * swell + chop * chopped
    const lift = sum(Math.sin, () => 1) * swell
    const place = Math.floor(unit(flat + slopeZ * 2.4 + gust * 0.09 + lift * 0.3) * 255)
    const off = offStart + column * offStep + slopeX * bySlope
    const glint = unit((slopeZ + 0.05 + lift * 0.4) * 5.2 + 0.12)
    const spark = unit(shine * Math.exp(-0.5 * off * off) * glint)
    const foam = Math.min(0.7, Math.max(0, lift - foamFrom) * foamGain)
    sun.forEach((own, channel) => {
      const base = sky[place * 4 + channel]!
      const lit = base + (own - base) * spark
      furthest = Math.max(furthest, Math.abs(rows[column * 4 + channel]! - (lit + (236 - lit) * foam)))
    })
    expect(rows[column * 4 + 3]).toBe(alpha)
  }
  // A step of the sky, where a rounding decides, and a power in place of an exponential.
  expect(furthest).toBeLessThan(5)
})
