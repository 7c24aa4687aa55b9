import { createBlur, type Blur } from '../kernels/blur.ts'
import type { Planes } from '../kernels/planes.ts'
import { createRandom, type Random } from '../random.ts'

/** One step of a style: changes the planes in place. `time` is in seconds, `index` counts frames. */
export type Pass = (planes: Planes, time: number, index: number) => void

/** What every look gets to work with: one per render, so that nothing is allocated per frame. */
export type LookContext = {
  width: number
  height: number
  chromaWidth: number
  chromaHeight: number
  shift: 0 | 1
  seed: number
  /** Pixels of a feature that is one pixel large at 720p, for the finest brush. */
  unit: number
  /** 1 is the finest brush, larger a coarser one. */
  coarseness: number
  random: (name: string) => Random
  /** A blur for luma planes, and one for chroma planes. */
  blurLuma: Blur
  blurChroma: Blur
  lumaPlane: () => Uint8Array
  chromaPlane: () => Uint8Array
}

/** Makes a look's passes for one render. */
export type Look = (context: LookContext) => Pass[]

export const createLookContext = (options: {
  width: number
  height: number
  shift: 0 | 1
  seed: number
  coarseness: number
}): LookContext => {
  const { width, height, shift, seed } = options
  const chromaWidth = (width + shift) >> shift
  const chromaHeight = (height + shift) >> shift
  return {
    ...options,
    chromaWidth,
    chromaHeight,
    unit: (Math.sqrt(width * height) / 960) * options.coarseness,
    random: (name) => createRandom(seed, name),
    blurLuma: createBlur(width, height),
    blurChroma: createBlur(chromaWidth, chromaHeight),
    lumaPlane: () => new Uint8Array(width * height),
    chromaPlane: () => new Uint8Array(chromaWidth * chromaHeight),
  }
}
