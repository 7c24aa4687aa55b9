import { inPlace, kernels, room } from './wasm/kernels.ts'
import type { Planes } from './planes.ts'
import { type Curve, tabled } from './tone.ts'

/** What a curve answers to luma at each sample of chroma. */
export const atChroma = ({ y, u, width, chromaWidth, chromaHeight, shift }: Planes, by: Curve): Uint8Array => {
  const [luma, table, answer] = room(y.length, 256, u.length)
  luma.set(y)
  const straight = tabled(by, table)
  const [from, to] = [luma.byteOffset, answer.byteOffset]
  kernels().atChroma(from, to, width, chromaWidth, chromaHeight, shift, table.byteOffset, straight)
  return answer.slice()
}

/** Lays `share` (0 to 1) of a plane of chroma's distance from its zero upon another plane; the first takes it. */
export const keepChroma = (plane: Uint8Array, laid: Uint8Array, share: number): void => {
  const part = Math.round(share * 256)
  inPlace(plane, [laid], (own, under) => kernels().keepChroma(own, under, part, plane.length))
}

/** A plane of chroma's grid on luma's, each sample repeated. */
export const onLuma = (
  { width, height, chromaWidth, shift }: Omit<Planes, 'y' | 'u' | 'v' | 'bytes'>,
  plane: Uint8Array,
): Uint8Array => {
  const [from, to] = room(plane.length, width * height)
  from.set(plane)
  kernels().onLuma(from.byteOffset, to.byteOffset, width, height, chromaWidth, shift)
  return to.slice()
}

/** Moves a plane towards another, by `parts` (of 256) at each place. */
export const leanTo = (plane: Uint8Array, to: Uint8Array, parts: Uint8Array): void => {
  inPlace(plane, [to, parts], (own, other, much) => kernels().lean(own, other, much, plane.length))
}

/** Moves a plane towards another by a share, 0 to 1. */
export const blendIn = (plane: Uint8Array, to: Uint8Array, share: number): void => {
  const part = Math.min(255, Math.round(share * 256))
  inPlace(plane, [to], (own, other) => kernels().blendIn(own, other, part, plane.length))
}
