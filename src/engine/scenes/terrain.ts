import type { Rgb } from '../prompt/colours.ts'
import { pixelOf } from './colour.ts'
import { coverBox, pixelPlate, type Plate } from './plate.ts'
import type { Stage } from './stage.ts'

/** One visible point of the ground: where it is, how it lies, and how far away. Lengths are metres, more or less. */
export type Hit = { x: number; z: number; height: number; slopeX: number; slopeZ: number }

export type Ground = {
  name: string
  /** Depth for the camera, see view.ts. */
  depth: number
  /** The stretch of distance that is drawn. Pieces at other distances are plates of their own, for parallax. */
  near: number
  far: number
  /** Nothing stands before it: it is drawn down to the feet of the viewer. */
  nearest?: boolean
  /** Height of the eye above 0, and of the horizon in the frame (pixels). */
  eye: number
  horizon: number
  height: (x: number, z: number) => number
  /** Colour of a point before the air; sRGB into `out`. */
  colour: (hit: Hit, out: Float32Array) => void
  /** Share of haze over a point: 0 none to 1 nothing else. */
  haze: (hit: Hit) => number
  hazeColour: Rgb
}

/** A painted ground and the height of its upper edge per column of the plate, in frame pixels. */
export type Land = { plate: Plate; crest: Float32Array; focal: number }

/** Distance in pixels of the picture plane: about a 60 degree view across the longer side. */
export const focalOf = (stage: Stage): number => Math.sqrt(stage.width * stage.height) * 1.1

/** Pixels by which a point must rise above what stands before it to be worked out: less is not seen. */
const LEAST = 0.15

/**
 * Paints a height field as the eye sees it: each column marches from near to far and fills what rises above what stands
 * before it (the "voxel space" of early flight games), with fractions of a pixel counted, so that edges are smooth.
 */
export const paintLand = (stage: Stage, ground: Ground, bottom = stage.height): Land => {
  const focal = focalOf(stage)
  const box = coverBox(stage, ground.depth, 0, bottom)
  const { width, height } = box
  const ratio = 1.007
  const feet = (ground.eye * focal * 0.6) / Math.max(1, box.y + height - ground.horizon)
  const near = ground.nearest ? Math.min(ground.near, feet) : ground.near
  const steps = Math.ceil(Math.log(ground.far / near) / Math.log(ratio))
  const before = new Float32Array(steps + 1)
  const column = new Float32Array(height * 4)
  const colour = new Float32Array(3)
  const last = new Float32Array(3)
  const hit: Hit = { x: 0, z: 0, height: 0, slopeX: 0, slopeZ: 0 }
  const hazeColour = ground.hazeColour
  const middle = stage.width / 2
  const { data, numbers: crest } = stage.painting.columns(width, height, (first, end, data, crest) => {
    const grain = stage.random(`${ground.name} grain ${first}`)
    const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height)
    // The column before the first is only for its slope.
    for (let px = first - 1; px < end; px++) {
      const ray = (px + box.x - middle) / focal
      column.fill(0)
      let top = height
      let z = near
      let lastHeight = 0
      let fresh = false
      for (let step = 0; step <= steps; step++) {
        const x = ray * z
        const tall = ground.height(x, z)
        const aside = before[step]!
        before[step] = tall
        if (px >= first) {
          const y = ground.horizon - ((tall - ground.eye) * focal) / z - box.y
          if (y < top - LEAST) {
            hit.x = x
            hit.z = z
            hit.height = tall
            hit.slopeX = ((tall - aside) * focal) / z
            hit.slopeZ = step > 0 ? (tall - lastHeight) / (z - z / ratio) : 0
            ground.colour(hit, colour)
            const haze = ground.haze(hit)
            for (let channel = 0; channel < 3; channel++)
              colour[channel] = colour[channel]! + (hazeColour[channel]! - colour[channel]!) * haze
            const upper = Math.max(0, y)
            const span = top - y
            for (let row = Math.min(height - 1, Math.ceil(top) - 1); row >= Math.floor(upper); row--) {
              const cover = Math.min(row + 1, top) - Math.max(row, upper)
              if (cover <= 0) continue
              // Between two samples of one slope the colour runs over; behind an edge it starts anew.
              const share = fresh ? Math.min(1, (top - row - 0.5) / span) : 1
              const index = row * 4
              for (let channel = 0; channel < 3; channel++) {
                const from = fresh ? last[channel]! : colour[channel]!
                column[index + channel] = column[index + channel]! + (from + (colour[channel]! - from) * share) * cover
              }
              column[index + 3] = column[index + 3]! + cover
            }
            top = upper
            fresh = true
            last.set(colour)
            if (top <= 0) break
          } else fresh = false
        }
        lastHeight = tall
        z *= ratio
      }
      if (px < first) continue
      crest[px] = top + box.y
      for (let row = Math.floor(top); row < height; row++) {
        const cover = column[row * 4 + 3]!
        if (cover <= 0) continue
        const whole = 1 / cover
        const dither = grain() - 0.5
        pixels[row * width + px] = pixelOf(
          column[row * 4]! * whole + dither,
          column[row * 4 + 1]! * whole + dither,
          column[row * 4 + 2]! * whole + dither,
          cover * 255,
        )
      }
    }
  })
  return { plate: pixelPlate(box, ground.depth, { width, height, data }), crest, focal }
}
