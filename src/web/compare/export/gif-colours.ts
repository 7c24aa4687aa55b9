/** Sixteen thresholds, 0 to 15, each step of brightness spread as evenly as can be. */
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]
/** How far dithering moves a colour, at most, of 255. */
const SPREAD = 6
const UNKNOWN = 0xffff

type Palette = readonly (readonly [red: number, green: number, blue: number])[]

const nearestIn = (palette: Palette, red: number, green: number, blue: number): number => {
  let [nearest, least] = [0, Infinity]
  palette.forEach(([r, g, b], index) => {
    // The eye sees differences of green best.
    const distance = 2 * (r - red) ** 2 + 4 * (g - green) ** 2 + 3 * (b - blue) ** 2
    if (distance < least) [nearest, least] = [index, distance]
  })
  return nearest
}

/**
 * Gives each pixel (RGBA) its place in the palette. Gradients are dithered by a pattern that stands still, so that what
 * does not move does not flicker, and need not be told anew.
 */
export const createIndexer = (
  palette: Palette,
): ((rgba: Uint8ClampedArray, width: number) => Uint8Array<ArrayBuffer>) => {
  // Colours to six bits each: found once, looked up after.
  const known = new Uint16Array(1 << 18).fill(UNKNOWN)
  const shifts = BAYER.map((threshold) => Math.round(((threshold + 0.5) / 16 - 0.5) * SPREAD))
  return (rgba, width) => {
    const indices = new Uint8Array(rgba.length / 4)
    for (let pixel = 0, at = 0; pixel < indices.length; pixel++, at += 4) {
      const x = pixel % width
      const y = (pixel - x) / width
      const shift = shifts[((y & 3) << 2) | (x & 3)] ?? 0
      const red = Math.min(255, Math.max(0, (rgba[at] ?? 0) + shift))
      const green = Math.min(255, Math.max(0, (rgba[at + 1] ?? 0) + shift))
      const blue = Math.min(255, Math.max(0, (rgba[at + 2] ?? 0) + shift))
      const key = ((red >> 2) << 12) | ((green >> 2) << 6) | (blue >> 2)
      let index = known[key] ?? UNKNOWN
      if (index === UNKNOWN) {
        index = nearestIn(palette, (red & 0xfc) + 2, (green & 0xfc) + 2, (blue & 0xfc) + 2)
        known[key] = index
      }
      indices[pixel] = index
    }
    return indices
  }
}

/** A pixel that is no further than this from what stands is left: noise is not told anew. Levels of 255. */
const STILL = 6

/**
 * What is to be told of a frame: its pixels, `same` where what stands is near enough to them. `before` holds what
 * stands, and then what will. `rgba` is the frame as it was drawn.
 */
export const onlyChanged = (
  now: Uint8Array,
  rgba: Uint8ClampedArray,
  { palette, before, same }: { palette: Palette; before: Uint8Array; same: number },
): Uint8Array<ArrayBuffer> => {
  const told = new Uint8Array(now.length)
  const levels = Int16Array.from(palette.flat())
  for (let pixel = 0; pixel < now.length; pixel++) {
    const index = now[pixel] ?? 0
    const stands = before[pixel] ?? 0
    const [at, entry] = [pixel * 4, stands * 3]
    const isStill =
      index === stands ||
      (Math.abs((rgba[at] ?? 0) - (levels[entry] ?? 0)) <= STILL &&
        Math.abs((rgba[at + 1] ?? 0) - (levels[entry + 1] ?? 0)) <= STILL &&
        Math.abs((rgba[at + 2] ?? 0) - (levels[entry + 2] ?? 0)) <= STILL)
    told[pixel] = isStill ? same : index
    if (!isStill) before[pixel] = index
  }
  return told
}
