import { smoother, swell } from '../motion/ease.ts'
import { blendInto, blendWord, createField, fillField, warp, wideAngle } from '../motion/warp.ts'
import { createRandom } from '../random.ts'
import { createNoise } from '../scenes/noise.ts'
import { directionOf, type Mixer, type Pair } from './mixers.ts'

/** Flies through the middle of the start, which rushes past while the end comes up out of it. */
export const zoomThrough = ({ start, end, seed }: Pair): Mixer => {
  const { width, height } = start
  const random = createRandom(seed, 'zoom')
  const spin = (random() - 0.5) * 0.5
  const aimX = width * (0.42 + random() * 0.16)
  const aimY = height * (0.42 + random() * 0.16)
  const field = createField(width, height)
  const first = new Uint32Array(start.words.length)
  const second = new Uint32Array(start.words.length)
  const zoomed = (source: typeof start, zoom: number, roll: number, into: Uint32Array): void => {
    const near = Math.max(1, zoom)
    const wide = wideAngle(Math.min(1, zoom))
    const cos = Math.cos(roll) / near
    const sin = Math.sin(roll) / near
    fillField(field, (x, y, at) => {
      const dx = (wide(x / width - 0.5) + 0.5) * width - aimX
      const dy = (wide(y / height - 0.5) + 0.5) * height - aimY
      at[0] = aimX + dx * cos - dy * sin
      at[1] = aimY + dx * sin + dy * cos
    })
    warp(source, field, into)
  }
  return (share, out) => {
    const eased = swell(share)
    const rush = Math.sin(Math.PI * eased)
    const blend = smoother((eased - 0.34) / 0.32)
    const zoomStart = 3.4 ** eased
    const zoomEnd = 0.7 ** (1 - eased)
    // Rushing air: each picture is mixed with itself a little further in, most at the height of the move.
    const blurred = (source: typeof start, zoom: number, roll: number, weight: number): void => {
      zoomed(source, zoom, roll, first)
      if (rush < 0.08 || weight === 0) return
      zoomed(source, zoom * (1 + 0.07 * rush), roll, second)
      blendInto(first, second, weight)
    }
    if (blend < 1) {
      blurred(start, zoomStart, spin * eased, blend < 0.5 ? 128 : 0)
      out.set(first)
    }
    if (blend > 0) {
      blurred(end, zoomEnd, -spin * (1 - eased), blend >= 0.5 ? 128 : 0)
      const parts = (blend * 256) | 0
      blendInto(out, first, parts)
    }
  }
}

/** A camera thrown from one picture to the next, with the blur of its speed. */
export const whipPan = (pair: Pair): Mixer => {
  const { start, end } = pair
  const { width, height } = start
  const direction = directionOf(pair)
  const upright = direction === 'up' || direction === 'down'
  const forward = direction === 'left' || direction === 'up' ? 1 : -1
  const span = upright ? height : width
  const lines = upright ? width : height
  const step = upright ? width : 1
  const jump = upright ? 1 : width
  const strip = new Uint32Array(span * 2)
  return (share, out) => {
    const eased = smoother(share)
    // Speed of smootherstep, 1.875 at its height: the shutter is open for about a third of a frame's way.
    const speed = 30 * share * share * (1 - share) * (1 - share)
    const blur = Math.max(1, Math.round(speed * span * 0.085))
    const place = forward > 0 ? eased * span : (1 - eased) * span
    for (let line = 0; line < lines; line++) {
      const base = line * jump
      const before = forward > 0 ? start.words : end.words
      const after = forward > 0 ? end.words : start.words
      for (let index = 0, at = base; index < span; index++, at += step) {
        strip[index] = before[at]!
        strip[span + index] = after[at]!
      }
      let red = 0
      let green = 0
      let blue = 0
      const from = Math.round(place - blur / 2)
      const clamp = (index: number): number => (index < 0 ? -index : index >= span * 2 ? span * 4 - 2 - index : index)
      for (let index = from; index < from + blur; index++) {
        const word = strip[clamp(index)]!
        red += word & 255
        green += (word >>> 8) & 255
        blue += (word >>> 16) & 255
      }
      const scale = 1 / blur
      for (let index = 0, at = base; index < span; index++, at += step) {
        out[at] = (0xff000000 | ((blue * scale) << 16) | ((green * scale) << 8) | (red * scale)) >>> 0
        const gone = strip[clamp(from + index)]!
        const come = strip[clamp(from + index + blur)]!
        red += (come & 255) - (gone & 255)
        green += ((come >>> 8) & 255) - ((gone >>> 8) & 255)
        blue += ((come >>> 16) & 255) - ((gone >>> 16) & 255)
      }
    }
  }
}

/** A soft, slightly uneven edge that travels across, or opens from a point; both pictures slide a little along. */
export const wipe = (pair: Pair): Mixer => {
  const { start, end, seed, brief } = pair
  const { width, height } = start
  const direction = directionOf(pair)
  const random = createRandom(seed, 'wipe')
  const noise = createNoise(seed, 'wipe')
  const tilt = (random() - 0.5) * 0.5
  const midX = width * (0.38 + random() * 0.24)
  const midY = height * (0.38 + random() * 0.24)
  const far = Math.hypot(Math.max(midX, width - midX), Math.max(midY, height - midY))
  const arrival = new Float32Array(width * height)
  let least = Infinity
  let most = -Infinity
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const px = x / width
      const py = y / height
      const along = brief.round
        ? Math.hypot(x - midX, y - midY) / far
        : direction === 'right'
          ? px + (py - 0.5) * tilt
          : direction === 'left'
            ? 1 - px + (py - 0.5) * tilt
            : direction === 'down'
              ? py + (px - 0.5) * tilt
              : 1 - py + (px - 0.5) * tilt
      const value = along + noise(px * 3.2, py * 2.4) * 0.05
      arrival[y * width + x] = value
      if (value < least) least = value
      if (value > most) most = value
    }
  const edge = 0.16
  return (share, out) => {
    const front = least + (most - least + edge) * swell(share)
    for (let index = 0; index < out.length; index++) {
      const local = (front - arrival[index]!) / edge
      if (local <= 0) out[index] = start.words[index]!
      else if (local >= 1) out[index] = end.words[index]!
      else {
        const word = blendWord(start.words[index]!, end.words[index]!, (smoother(local) * 256) | 0)
        // A thin light runs along the edge, so that the eye follows it.
        const shine = (4 * local * (1 - local)) ** 3 * 46
        const red = Math.min(255, (word & 255) + shine)
        const green = Math.min(255, ((word >>> 8) & 255) + shine * 0.96)
        const blue = Math.min(255, ((word >>> 16) & 255) + shine * 0.9)
        out[index] = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
      }
    }
  }
}
