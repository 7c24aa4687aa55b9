import { createEnlarge, quarter } from '../kernels/resize.ts'
import { createBlur } from '../kernels/blur.ts'
import { fractalTile, grainTile, step } from '../kernels/noise.ts'
import { layMask, layNoise, vignette } from '../kernels/lay.ts'
import { applyCurve, curve, type Curve } from '../kernels/tone.ts'
import type { Pass, Studio } from './studio.ts'

/**
 * Calms noise over time, so that what is drawn from a frame does not flicker: small changes of a pixel come in slowly,
 * large ones at once.
 */
export const steady = (studio: Studio, reach = 10): Pass => {
  const last = studio.lumaPlane()
  const response = new Int16Array(511)
  for (let change = -255; change <= 255; change++) {
    const part = 0.25 + 0.75 * step(reach / 2, reach * 2, Math.abs(change))
    response[change + 255] = Math.round(change * part) || Math.sign(change) * (Math.abs(change) > 2 ? 1 : 0)
  }
  return ({ y }, _, index) => {
    if (index === 0) last.set(y)
    for (let at = 0; at < y.length; at++) {
      const before = last[at] ?? 0
      const now = before + (response[(y[at] ?? 0) - before + 255] ?? 0)
      last[at] = now
      y[at] = now
    }
  }
}

/** Film grain: another place of one tile at each frame, most in the mid-tones. */
export const grain = (studio: Studio, strength: number): Pass => {
  const tile = grainTile(studio.seed, 'grain')
  const where = curve((value) => 255 * (0.35 + 0.65 * Math.sin((Math.PI * value) / 255)))
  return ({ y, width }, _, index) => {
    const place = Math.imul(index + 1, 0x9e3779b1) ^ studio.seed
    layNoise(y, width, tile, strength, where, (place >>> 8) & 511, (place >>> 19) & 511)
  }
}

/** The tooth of a paper or canvas, standing still, of a seeded sheet. */
export const paper = (studio: Studio, strength: number, where: Curve, cells = 96): Pass => {
  const random = studio.random('paper')
  const tile = fractalTile(studio.seed, 'paper', {
    cells,
    cellsDown: random() < 0.5 ? cells : cells * 0.75,
    octaves: 3,
    gain: 0.7,
  })
  stretch(tile.data)
  const x = Math.floor(random() * 512)
  const y = Math.floor(random() * 512)
  return (planes) => layNoise(planes.y, planes.width, tile, strength, where, x, y)
}

/** Noise that stands still, for every pixel: levels to add, up to `strength` either way. */
export const fixedNoise = (
  studio: Studio,
  name: string,
  shape: Parameters<typeof fractalTile>[2],
  strength: number,
): Int8Array => {
  const { width, height } = studio
  const tile = fractalTile(studio.seed, name, shape)
  stretch(tile.data)
  const mask = tile.side - 1
  const random = studio.random(`${name} place`)
  const left = Math.floor(random() * tile.side)
  const top = Math.floor(random() * tile.side)
  const plane = new Int8Array(width * height)
  for (let y = 0; y < height; y++) {
    const line = ((y + top) & mask) * tile.side
    for (let x = 0; x < width; x++)
      plane[y * width + x] = Math.round((((tile.data[line + ((x + left) & mask)] ?? 128) - 128) * strength) / 128)
  }
  return plane
}

/** Spreads values over the whole byte. */
export const stretch = (data: Uint8Array): void => {
  let low = 255
  let high = 0
  for (const value of data) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const scale = 255 / Math.max(1, high - low)
  for (let index = 0; index < data.length; index++) data[index] = ((data[index] ?? 0) - low) * scale
}

export const darkCorners = (studio: Studio, amount: number): Pass => {
  const luma = vignette(studio.width, studio.height, amount)
  const chroma = vignette(studio.chromaWidth, studio.chromaHeight, amount)
  return ({ y, u, v }) => {
    layMask(y, luma)
    layMask(u, chroma, 128)
    layMask(v, chroma, 128)
  }
}

/** Light that spills from what is brighter than `from` over `radius` pixels (at 720p). */
export const bloom = (studio: Studio, strength: number, from: number, radius: number): Pass => {
  const { width, height } = studio
  const across = (width + 3) >> 2
  const down = (height + 3) >> 2
  const small = new Uint8Array(across * down)
  const blur = createBlur(across, down)
  const enlarge = createEnlarge(2, width, height)
  const bright = curve((value) => 255 * step(from, 255, value))
  const reach = Math.max(1, Math.round((radius * studio.unit) / 4))
  const part = Math.round(strength * 257)
  return ({ y }) => {
    quarter(y, width, height, small)
    applyCurve(small, bright)
    blur(small, small, reach)
    blur(small, small, reach)
    enlarge(small, (light, start) => {
      for (let x = 0; x < light.length; x++) {
        const here = light[x] ?? 0
        // Most of a picture is not near a light.
        if (here === 0) continue
        const value = y[start + x] ?? 0
        y[start + x] = value + (((255 - value) * here * part) >> 16)
      }
    })
  }
}

/**
 * Draws dark lines where a pixel is darker than its surroundings, as a pen follows forms (difference of a picture and
 * its blur with a soft threshold, after Winnemöller's XDoG, 2011). Answers the ink: 255 is none.
 */
export const inkLines = (studio: Studio, options: { radius: number; threshold: number; softness: number }) => {
  const around = studio.lumaPlane()
  const ink = studio.lumaPlane()
  const reach = Math.max(1, Math.round(options.radius * studio.unit))
  const response = new Uint8Array(511)
  for (let difference = -255; difference <= 255; difference++)
    response[difference + 255] = 255 * (1 - step(options.threshold, options.threshold + options.softness, -difference))
  return (luma: Uint8Array): Uint8Array => {
    studio.blurLuma(luma, around, reach)
    for (let index = 0; index < luma.length; index++)
      ink[index] = response[(luma[index] ?? 0) - (around[index] ?? 0) + 255] ?? 255
    return ink
  }
}

/** A ragged sheet of paint on paper: 255 inside, falling to 0 at edges that a seed makes. */
export const raggedSheet = (studio: Studio, margin: number): Uint8Array => {
  const { width, height, unit } = studio
  const tile = fractalTile(studio.seed, 'edge', { side: 512, cells: 6, octaves: 6, gain: 0.62 })
  stretch(tile.data)
  const sheet = new Uint8Array(width * height)
  const reach = margin * unit
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const edge = Math.min(x, y, width - 1 - x, height - 1 - y)
      const noise = (tile.data[(Math.floor(y / unit) & 511) * 512 + (Math.floor(x / unit) & 511)] ?? 0) / 255
      sheet[y * width + x] = 255 * step(0.35, 0.75, edge / reach - (noise - 0.5) * 1.1)
    }
  return sheet
}
