import { kernels, room } from '../compiled/kernels.ts'
import type { Planes } from '../media/planes.ts'
import type { Curve } from './tone.ts'

/** What a curve answers to luma at each sample of chroma. */
export const atChroma = ({ y, u, width, chromaWidth, chromaHeight, shift }: Planes, by: Curve): Uint8Array => {
  const [luma, table, answer] = room(y.length, 256, u.length)
  luma.set(y)
  table.set(by)
  const [from, to] = [luma.byteOffset, answer.byteOffset]
  kernels().atChroma(from, to, width, chromaWidth, chromaHeight, shift, table.byteOffset)
  return answer.slice()
}

/** Lays `share` (0 to 1) of a plane of chroma's distance from its zero upon another plane; the first takes it. */
export const keepChroma = (plane: Uint8Array, laid: Uint8Array, share: number): void => {
  const [own, under] = room(plane.length, laid.length)
  own.set(plane)
  under.set(laid)
  kernels().keepChroma(own.byteOffset, under.byteOffset, Math.round(share * 256), plane.length)
  plane.set(own)
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
  const [own, other, much] = room(plane.length, to.length, parts.length)
  own.set(plane)
  other.set(to)
  much.set(parts)
  kernels().lean(own.byteOffset, other.byteOffset, much.byteOffset, plane.length)
  plane.set(own)
}

/** Moves a plane towards another by a share, 0 to 1. */
export const blendIn = (plane: Uint8Array, to: Uint8Array, share: number): void => {
  const [own, other] = room(plane.length, to.length)
  own.set(plane)
  other.set(to)
  kernels().blendIn(own.byteOffset, other.byteOffset, Math.min(255, Math.round(share * 256)), plane.length)
  plane.set(own)
}
