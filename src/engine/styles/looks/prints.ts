import { step } from '../../kernels/noise.ts'
import { dotScreen } from '../../kernels/print.ts'
import { createPress, type Drum } from '../../kernels/risograph.ts'
import { curve, lumaChroma } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import { painted } from '../painting.ts'
import { noisePlane, steady } from '../passes.ts'
import type { Look } from '../look-context.ts'

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
export const risograph: Look = (context) => {
  const { width, unit } = context
  const random = context.random('inks')
  const [dark, bright] = INKS[Math.floor(random() * INKS.length)] ?? INKS[0] ?? [SHEET, SHEET]
  const darkScreen = dotScreen(context, 15 + random() * 20, 5.8)
  const brightScreen = dotScreen(context, 60 + random() * 20, 6.4)
  const specks = noisePlane(context, 'grain', { cells: 256, octaves: 2, gain: 0.9 }, 46)
  const patches = noisePlane(context, 'roller', { cells: 6, octaves: 3, gain: 0.6 }, 22)
  const paint = painted(context, 2.4, 0.7)
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
  const brightDrum: Drum = { share: brightShare, screen: brightScreen, warm: 2, cold: 2, least: 24 }
  const darkDrum: Drum = { share: darkShare, screen: darkScreen, warm: -2, cold: -3, least: 16 }
  const press = createPress(context, [darkDrum, brightDrum], { patches, specks }, away, mixed)
  return [
    steady(context, 14),
    exposed(140, 1.8),
    (planes) => {
      paint(planes)
      press(planes)
    },
  ]
}
