import { CELL, type Field, type Words32 } from './field.ts'
import { findNear } from './depth.ts'
import { type Disc, findDisc, skyWith } from './disc.ts'
import { lookAt, type Look } from './look.ts'
import { findMatter, type Matter } from './matter.ts'
import { type Raster, sample, softBlur } from './raster.ts'
import { findSky } from './sky.ts'

/** What a picture shows, as guesses of 0 to 1 for each node of a field. */
export type Sight = Matter & {
  near: Raster
  sky: Raster
  /** Glow around the lights. */
  glow: Raster
}

export type Seen = { sight: Sight; look: Look; sky: Raster; disc: Disc | undefined; light: number }

/** Looks at a picture; `light` is its mean light, 0 to 1. */
export const see = (source: Words32, field: Field): Seen => {
  const look = lookAt(source)
  const { across, down } = look
  const open = findSky(look)
  const disc = findDisc(look, open)
  const sky = disc ? skyWith(disc, open, look) : open
  const near = findNear(look, sky)
  const matter = findMatter(look, sky, near)
  const glow = softBlur(matter.lights, across, down, Math.max(2, Math.round(across / 36)))
  const toNodes = (raster: Raster): Raster =>
    Float32Array.from({ length: field.columns * field.rows }, (_, node) => {
      const x = ((node % field.columns) * CELL) / source.width
      const y = (Math.floor(node / field.columns) * CELL) / source.height
      return sample(raster, across, down, x, y)
    })
  return {
    look,
    sky,
    disc,
    light: look.luma.reduce((sum, value) => sum + value, 0) / look.luma.length,
    sight: {
      near: toNodes(near),
      sky: toNodes(sky),
      water: toNodes(matter.water),
      foliage: toNodes(matter.foliage),
      skin: toNodes(matter.skin),
      hair: toNodes(matter.hair),
      lights: toNodes(matter.lights),
      glow: toNodes(glow),
    },
  }
}
