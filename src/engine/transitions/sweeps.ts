import { smoother, swell } from '../motion/ease.ts'
import { blendWord, exposeAgain, warpBoth } from '../motion/warp.ts'
import { CELL, createField, type Field, fillField, wideAngle } from '../sight/field.ts'
import { createRandom } from '../random.ts'
import { createNoise } from '../canvas/noise.ts'
import { directionOf, type Mixer, type Pair } from './mixers.ts'

/**
 * Flies into the start, which rushes past on all sides, while the end opens in the distance and comes up to its place.
 * What is seen is exposed twice, a little further in the second time, as the eye sees what rushes by.
 */
export const zoomThrough = ({ start, end, seed }: Pair): Mixer => {
  const { width, height } = start
  const random = createRandom(seed, 'zoom')
  const noise = createNoise(seed, 'zoom')
  const spin = (random() - 0.5) * 0.5
  const aimX = width * (0.44 + random() * 0.12)
  const aimY = height * (0.44 + random() * 0.12)
  const fields = [createField(width, height), createField(width, height), createField(width, height)] as const
  const [first, second, rush] = fields
  const size = first.columns * first.rows
  const parts = new Float32Array(size)
  const long = Math.hypot(Math.max(aimX, width - aimX), Math.max(aimY, height - aimY))
  // How far each node is from the point that is flown to, and which way.
  const [far, cosine, sine] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)] as const
  for (let node = 0; node < size; node++) {
    const dx = (node % first.columns) * CELL - aimX
    const dy = Math.floor(node / first.columns) * CELL - aimY
    const away = Math.hypot(dx, dy)
    far[node] = away / long
    cosine[node] = away > 0 ? dx / away : 1
    sine[node] = away > 0 ? dy / away : 0
  }
  const zoomed = (field: Field, zoom: number, roll: number): void => {
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
  }
  return (share, out) => {
    const eased = swell(share)
    const speed = Math.sin(Math.PI * eased)
    // The end opens from the point that is flown to, faster and faster, behind an edge like torn air.
    const open = smoother((eased - 0.1) / 0.76)
    for (let node = 0; node < size; node++) {
      const rough = 0.09 * noise(cosine[node]! * 2.2 + 4, sine[node]! * 2.2 + share)
      parts[node] = 256 * smoother((open * 1.5 - far[node]! - rough) / 0.34)
    }
    zoomed(first, 4.6 ** eased, spin * eased)
    zoomed(second, 0.7 ** (1 - eased), -spin * 0.5 * (1 - eased))
    warpBoth({ source: start, field: first }, { source: end, field: second }, parts, Infinity, out)
    if (speed < 0.1) return
    const nearer = 1 / (1 + 0.075 * speed)
    fillField(rush, (x, y, at) => {
      at[0] = aimX + (x - aimX) * nearer
      at[1] = aimY + (y - aimY) * nearer
    })
    exposeAgain(out, { width, height }, rush)
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
    // It waits, is thrown, and comes to rest: most of the way lies in two thirds of the time.
    const part = Math.min(1, Math.max(0, (share - 0.04) / 0.92))
    const thrown = Math.min(1, Math.max(0, (share - 0.17) / 0.66))
    const eased = smoother(part) * 0.25 + smoother(thrown) * 0.75
    // Speed of smootherstep, 1.875 at its height: the shutter is open for the way of some frames, so that where they
    // meet is blurred as well.
    const speed = 7.5 * (part * (1 - part)) ** 2 + 22.5 * (thrown * (1 - thrown)) ** 2
    const blur = Math.max(1, Math.round(speed * span * 0.17))
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
