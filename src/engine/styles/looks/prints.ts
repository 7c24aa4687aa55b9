import { atChroma } from '../../kernels/mix.ts'
import { fractalTile, step } from '../../kernels/noise.ts'
import { dotScreen } from '../../kernels/print.ts'
import { type Drum, inkOf, overprint } from '../../kernels/risograph.ts'
import { applyCurve, curve, lumaChroma } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import { noisePlane, steady } from '../passes.ts'
import type { Look } from '../studio.ts'

type Rgb = readonly [number, number, number]

/** Inks of the trade that overprint well, a dark one and a bright one. */
const INKS: readonly (readonly [dark: Rgb, bright: Rgb])[] = [
  [
    [0, 92, 152],
    [255, 92, 108],
  ],
  [
    [52, 62, 128],
    [255, 150, 64],
  ],
  [
    [0, 112, 104],
    [255, 112, 156],
  ],
  [
    [78, 54, 120],
    [255, 206, 60],
  ],
]
const SHEET: Rgb = [244, 239, 226]

/** Two drums of ink on rough paper: dots, grain where an ink lies thin, and sheets that never lie quite in register. */
export const risograph: Look = (studio) => {
  const { width, unit } = studio
  const random = studio.random('inks')
  const [dark, bright] = INKS[Math.floor(random() * INKS.length)] ?? INKS[0] ?? [SHEET, SHEET]
  const darkScreen = dotScreen(studio, 15 + random() * 20, 4.8)
  const brightScreen = dotScreen(studio, 60 + random() * 20, 5.4)
  const specks = noisePlane(studio, 'grain', { cells: 256, octaves: 2, gain: 0.9 }, 46)
  const patches = noisePlane(studio, 'roller', { cells: 6, octaves: 3, gain: 0.6 }, 22)
  const paint = painted(studio, 2.4, 0.7)
  const away = Math.round((1.5 + random() * 2) * unit) + Math.round(random() * unit) * width
  // Shares of ink by luma; colour says more about the bright one.
  const darkShare = curve((value) => 255 * (1 - step(28, 158, value)))
  const brightShare = curve((value) => 215 * (1 - step(70, 236, value)))
  // Inks let light through: on each other they multiply. 16 steps of either.
  const mixed = { y: new Uint8Array(256), u: new Uint8Array(256), v: new Uint8Array(256) }
  for (let index = 0; index < 256; index++) {
    const a = (index >> 4) / 15
    const b = (index & 15) / 15
    const through = (channel: 0 | 1 | 2): number =>
      SHEET[channel] * (1 - a * (1 - dark[channel] / 255)) * (1 - b * (1 - bright[channel] / 255))
    const { y, u, v } = lumaChroma(through(0), through(1), through(2))
    mixed.y[index] = y
    mixed.u[index] = u
    mixed.v[index] = v
  }
  const brightDrum: Drum = { share: brightShare, screen: brightScreen, patches, specks, warm: 2, cold: 2, least: 24 }
  const darkDrum: Drum = { share: darkShare, screen: darkScreen, patches, specks, warm: -2, cold: -3, least: 16 }
  return [
    steady(studio, 14),
    exposed(140, 1.8),
    (planes) => {
      paint(planes)
      const inks = overprint(inkOf(planes, darkDrum), inkOf(planes, brightDrum), away)
      planes.y.set(inks)
      planes.u.set(atChroma(planes, mixed.u))
      planes.v.set(atChroma(planes, mixed.v))
      applyCurve(planes.y, mixed.y)
    },
  ]
}

/** Opaque colour laid flat in a few tones, dry at the brush's edge, inside a border that tape has left white. */
export const gouache: Look = (studio) => {
  const { width, height, unit, chromaWidth, chromaHeight, shift } = studio
  const levels = 8
  const tones = curve((value) => {
    const level = (value / 255) ** 0.92 * levels
    const base = Math.floor(level)
    return 36 + 206 * ((base + step(0.3, 0.7, level - base)) / levels)
  })
  // Pots of colour: chroma in steps, so that a field of grass is one green.
  const pots = curve((value) => {
    const level = ((value - 128) * 1.7) / 15
    const base = Math.floor(level)
    return 128 + 15 * (base + step(0.2, 0.8, level - base))
  })
  const bristles = fractalTile(studio.seed, 'bristles', { cells: 20, cellsDown: 128, octaves: 3, gain: 0.7 })
  const lean = 0.35 + studio.random('lean')() * 0.4
  const dry = studio.lumaPlane()
  const tape = studio.lumaPlane()
  const edge = noisePlane(studio, 'tape', { cells: 24, octaves: 3, gain: 0.6 }, 100)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const tileX = Math.floor(x / unit / 1.4) & 511
      const tileY = Math.floor((y + x * lean) / unit / 1.4) & 511
      dry[y * width + x] = bristles.data[tileY * 512 + tileX] ?? 128
      const inside = Math.min(x, y, width - 1 - x, height - 1 - y) / unit + (edge[y * width + x] ?? 0) / 60
      tape[y * width + x] = 255 * step(20, 22, inside)
    }
  const paint = painted(studio, 6, 0.75)
  const around = studio.lumaPlane()
  return [
    steady(studio, 14),
    exposed(122, 1.6),
    (planes) => {
      paint(planes)
      const { y, u, v } = planes
      studio.blurLuma(y, around, Math.max(2, Math.round(3 * unit)))
      for (let at = 0; at < y.length; at++) {
        const value = y[at] ?? 0
        const bristle = (dry[at] ?? 128) - 128
        // At the rim of a stroke the bristles let the ground through; within it they only leave a sheen.
        const rim = (around[at] ?? 0) - value
        const moved = value + ((bristle * (12 + (rim < 0 ? -rim : rim))) >> 8)
        const tone = (tones[moved < 0 ? 0 : moved > 255 ? 255 : moved] ?? 0) + (bristle >> 4)
        const laid = 247 - (((247 - tone) * (tape[at] ?? 0) * 257) >> 16)
        y[at] = laid > 255 ? 255 : laid
      }
      for (let row = 0; row < chromaHeight; row++)
        for (let x = 0; x < chromaWidth; x++) {
          const at = row * chromaWidth + x
          const on = tape[(row << shift) * width + (x << shift)] ?? 0
          u[at] = on > 128 ? (pots[u[at] ?? 128] ?? 128) : 127
          v[at] = on > 128 ? (pots[v[at] ?? 128] ?? 128) : 129
        }
    },
  ]
}
