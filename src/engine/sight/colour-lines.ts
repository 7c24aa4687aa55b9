import { boxBlur, type Raster } from './raster.ts'

/** Colours of a part of a picture, 0 to 1. */
export type Colours = { across: number; down: number; red: Raster; green: Raster; blue: Raster }

/** How a mask follows from a pixel's colour, at each place: red·r + green·g + blue·b + base. */
export type Lines = { red: Raster; green: Raster; blue: Raster; base: Raster }

/** Less variance of colour than this is no edge. */
const SMOOTH = 0.0006

/**
 * Lays a mask's edges on those of a picture: the guided filter with three channels (He, Sun and Tang, 2013, equations 17
 * to 19), of which the lines are left to be drawn at a finer grid.
 */
export const linesOf = (mask: Raster, { across, down, red, green, blue }: Colours, radius: number): Lines => {
  const blur = (values: Raster): Raster => boxBlur(values, across, down, radius)
  const meanOf = (one: Raster, other: Raster): Raster => blur(one.map((value, at) => value * other[at]!))
  const [r, g, b, m] = [blur(red), blur(green), blur(blue), blur(mask)]
  const [rr, rg, rb] = [meanOf(red, red), meanOf(red, green), meanOf(red, blue)]
  const [gg, gb, bb] = [meanOf(green, green), meanOf(green, blue), meanOf(blue, blue)]
  const [rm, gm, bm] = [meanOf(red, mask), meanOf(green, mask), meanOf(blue, mask)]
  const raster = (): Raster => new Float32Array(mask.length)
  const [ofRed, ofGreen, ofBlue, base] = [raster(), raster(), raster(), raster()]
  for (let at = 0; at < mask.length; at++) {
    // The covariance of the channels, and its inverse by cofactors.
    const vrr = rr[at]! - r[at]! * r[at]! + SMOOTH
    const vrg = rg[at]! - r[at]! * g[at]!
    const vrb = rb[at]! - r[at]! * b[at]!
    const vgg = gg[at]! - g[at]! * g[at]! + SMOOTH
    const vgb = gb[at]! - g[at]! * b[at]!
    const vbb = bb[at]! - b[at]! * b[at]! + SMOOTH
    const irr = vgg * vbb - vgb * vgb
    const irg = vgb * vrb - vrg * vbb
    const irb = vrg * vgb - vgg * vrb
    const igg = vrr * vbb - vrb * vrb
    const igb = vrb * vrg - vrr * vgb
    const ibb = vrr * vgg - vrg * vrg
    const determinant = irr * vrr + irg * vrg + irb * vrb
    const cr = rm[at]! - r[at]! * m[at]!
    const cg = gm[at]! - g[at]! * m[at]!
    const cb = bm[at]! - b[at]! * m[at]!
    ofRed[at] = (irr * cr + irg * cg + irb * cb) / determinant
    ofGreen[at] = (irg * cr + igg * cg + igb * cb) / determinant
    ofBlue[at] = (irb * cr + igb * cg + ibb * cb) / determinant
    base[at] = m[at]! - ofRed[at]! * r[at]! - ofGreen[at]! * g[at]! - ofBlue[at]! * b[at]!
  }
  return { red: blur(ofRed), green: blur(ofGreen), blue: blur(ofBlue), base: blur(base) }
}

/** Colours of places with some weight, brought to those that are wanted: from near where there are some, else from afar. */
export const lendColours = (colours: Colours, weight: Raster, isWanted: (at: number) => boolean): Colours => {
  const { across, down } = colours
  const out = [
    new Float32Array(weight.length),
    new Float32Array(weight.length),
    new Float32Array(weight.length),
  ] as const
  const share = new Float32Array(weight.length)
  const weighed = [colours.red, colours.green, colours.blue].map((channel) =>
    channel.map((value, at) => value * weight[at]!),
  )
  let isMissing = true
  for (let radius = 1; isMissing && radius < 2 * Math.max(across, down); radius = 3 * radius + 1) {
    isMissing = false
    const blur = (values: Raster): Raster => boxBlur(boxBlur(values, across, down, radius), across, down, radius)
    const much = blur(weight)
    const sums = weighed.map(blur)
    for (let at = 0; at < share.length; at++) {
      if (share[at]! > 0.999) continue
      if (much[at]! > 1e-5) {
        const part = (1 - share[at]!) * Math.min(1, much[at]! / 0.3)
        for (const [channel, into] of out.entries()) into[at]! += (sums[channel]![at]! * part) / much[at]!
        share[at]! += part
      }
      if (share[at]! < 0.9 && isWanted(at)) isMissing = true
    }
  }
  for (let at = 0; at < share.length; at++) for (const into of out) into[at]! /= Math.max(1e-6, share[at]!)
  const [red, green, blue] = out
  return { across, down, red, green, blue }
}
