import { greenness, liftBy, measureTable, turnBy } from '../../kernels/chroma-luma.ts'
import { createFall, drawRain, drawSnow } from '../../kernels/flakes.ts'
import { screenWith } from '../../kernels/blend.ts'
import { atChroma, leanTo } from '../../kernels/mix.ts'
import { fractalTile, mix, step } from '../../kernels/noise.ts'
import { createEnlarge } from '../../kernels/resize.ts'
import { applyChroma, applyCurve, applyRamp, curve, curveThrough, lumaChroma, ramp } from '../../kernels/tone.ts'
import { exposed } from '../exposure.ts'
import { bloom, darkCorners, grain, onChroma } from '../passes.ts'
import type { Look, Pass, LookContext } from '../look-context.ts'
import { fallingLeaves } from './leaves.ts'

/** Frost on the leaves, cold light, and snow that falls. */
export const winter: Look = (context) => {
  const cold = curveThrough([0, 22], [60, 84], [128, 168], [200, 238], [255, 255])
  const frost = lumaChroma(214, 226, 240)
  const flakes = createFall(context.seed, 'snow', 900)
  const wind = context.random('wind')() * 1.2 - 0.6
  return [
    (planes, time) => {
      liftBy(planes, greenness, 175)
      turnBy(planes, greenness, frost.u, frost.v, 0.95)
      applyCurve(planes.y, cold)
      applyChroma(planes, { saturation: 0.62, u: 7, v: -4 })
      drawSnow(planes.y, planes.width, planes.height, flakes, time, wind, context.unit)
    },
    bloom(context, 0.3, 190, 50),
  ]
}

/** A low sun from one side: honey in the lights, long warm haze, soft shadows. */
export const goldenHour: Look = (context) => {
  const random = context.random('sun')
  const fromLeft = random() < 0.5
  const heightOfSun = 0.05 + random() * 0.3
  const tones = curveThrough([0, 10], [70, 66], [150, 162], [255, 252])
  const honey = ramp([0, 46, 24, 26], [80, 122, 76, 48], [160, 220, 160, 92], [255, 255, 236, 196])
  const sun = lumaChroma(255, 186, 92)
  const toU = curve((luma) => ((honey.u[luma] ?? 128) + sun.u) / 2)
  const toV = curve((luma) => ((honey.v[luma] ?? 128) + sun.v) / 2)
  const { width, height } = context
  const falls = (length: number, from: number, by: number): Float32Array =>
    Float32Array.from({ length }, (_, at) => Math.exp(-((at / length - from) ** 2) * by))
  const across = falls(width, 0, 3.2)
  if (!fromLeft) across.reverse()
  const down = falls(height, heightOfSun, 3.4)
  const light = context.lumaPlane()
  for (let y = 0; y < height; y++) {
    const here = 235 * (down[y] ?? 0)
    for (let x = 0; x < width; x++) light[y * width + x] = here * (across[x] ?? 0)
  }
  const parts = onChroma(context, light).map((value) => 70 + (value >> 1))
  return [
    (planes) => {
      applyCurve(planes.y, tones)
      applyChroma(planes, { saturation: 1.12, u: -9, v: 7 })
      leanTo(planes.u, atChroma(planes, toU), parts)
      leanTo(planes.v, atChroma(planes, toV), parts)
      screenWith(planes.y, light, 0.5)
    },
    bloom(context, 0.4, 160, 70),
    grain(context, 6),
  ]
}

/** Leaves of every green, dull ones too: these turn, and the sky does not. */
const leafiness = measureTable((u, v) => (-u - v - Math.abs(v - u) * 0.25) * 7)

/** Leaves turned to amber and rust in a low mellow light, and falling. */
export const autumn: Look = (context) => {
  const red = context.random('leaves')()
  const amber = lumaChroma(232, mix(150, 92, red), 30)
  const tones = curveThrough([0, 8], [70, 72], [170, 186], [255, 250])
  // Light of a low sun: honey in the lights, umber in the shadows.
  const mellow = ramp([0, 20, 12, 12], [80, 90, 76, 62], [170, 186, 166, 142], [255, 255, 244, 224])
  return [
    (planes) => {
      liftBy(planes, leafiness, 26)
      turnBy(planes, leafiness, amber.u, amber.v, 1)
      applyCurve(planes.y, tones)
      applyRamp(planes, mellow, 0.86)
      applyChroma(planes, { saturation: 1.1 })
    },
    bloom(context, 0.3, 165, 60),
    fallingLeaves(context, 90),
    darkCorners(context, 0.32),
  ]
}

/** Day for night: moonlight, blue shadows, what was bright still glowing. */
export const night: Look = (context) => {
  const dark = curveThrough([0, 2], [90, 38], [150, 76], [205, 142], [255, 226])
  const moon = ramp([0, 4, 8, 22], [50, 20, 38, 76], [120, 86, 118, 168], [255, 236, 244, 255])
  return [
    // What is dark by day is first lifted: a night that shows nothing is no picture.
    exposed(108, 1.6, dark),
    (planes) => applyRamp(planes, moon, 0.4),
    bloom(context, 0.6, 110, 60),
    darkCorners(context, 0.55),
    grain(context, 9),
  ]
}

/** Grey light, wet colour, and rain that falls at a slant. */
export const rain: Look = (context) => {
  const grey = curveThrough([0, 14], [90, 78], [180, 158], [255, 222])
  const drops = createFall(context.seed, 'rain', 900)
  const slant = context.random('wind')() * 0.5 - 0.25
  return [
    (planes, time) => {
      applyCurve(planes.y, grey)
      applyChroma(planes, { saturation: 0.62, u: 6, v: -5 })
      drawRain(planes.y, planes.width, planes.height, drops, time, slant, context.unit)
    },
    bloom(context, 0.3, 150, 60),
    darkCorners(context, 0.35),
  ]
}

/** Fog is drawn at an eighth of the size. */
const SMALLER = 3

const drifting = (context: LookContext, strength: number): Pass => {
  const { width, height } = context
  const tile = fractalTile(context.seed, 'fog', { side: 256, cells: 4, octaves: 5, gain: 0.5 })
  const across = (width + 7) >> SMALLER
  const down = (height + 7) >> SMALLER
  const small = new Uint8Array(across * down)
  const enlarge = createEnlarge(width, height)
  const speed = 9 * (context.random('wind')() < 0.5 ? -1 : 1)
  const part = Math.round(strength * 257)
  return ({ y }, time) => {
    for (let row = 0; row < down; row++) {
      const low = step(-0.2, 0.9, row / down)
      const thick = (0.35 + 0.65 * (1 - Math.abs(low - 0.55))) * 1.25
      for (let x = 0; x < across; x++) {
        const moved = x + time * speed
        const left = Math.floor(moved)
        const line = (row & 255) * 256
        const noise = mix(tile.data[line + (left & 255)] ?? 0, tile.data[line + ((left + 1) & 255)] ?? 0, moved - left)
        small[row * across + x] = Math.min(255, (70 + 0.75 * noise) * thick)
      }
    }
    enlarge(small, (mist, start) => {
      for (let x = 0; x < mist.length; x++) {
        const value = y[start + x] ?? 0
        y[start + x] = value + (((212 - value) * (mist[x] ?? 0) * part) >> 16)
      }
    })
  }
}

/** Banks of fog that drift through and take the colour out of things. */
export const fog: Look = (context) => {
  const pale = curveThrough([0, 44], [128, 140], [255, 236])
  return [
    (planes) => {
      applyCurve(planes.y, pale)
      applyChroma(planes, { saturation: 0.45, u: 3, v: -1 })
    },
    drifting(context, 0.85),
    bloom(context, 0.2, 190, 60),
  ]
}
