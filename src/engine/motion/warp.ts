import { inPlace, kernels, room } from '../kernels/wasm/kernels.ts'
import type { Field, Words32 } from '../sight/field.ts'

const LOW = 0x00ff00ff

export const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/**
 * Samples the source along the field with bilinear weights of 8 bits. `out` must not be the source. Beyond its edges a
 * picture goes on as its own reflection, never black.
 */
export const warp = (source: Words32, field: Field, out: Uint32Array): void => {
  const { width, height, words } = source
  const size = words.length * 4
  const [from, at, to] = room(size, field.at.byteLength, size)
  from.set(bytesOf(words))
  at.set(bytesOf(field.at))
  kernels().warp(from.byteOffset, width, height, at.byteOffset, field.columns, to.byteOffset)
  bytesOf(out).set(to)
}

/** Writes a mix of two pictures, by 0 to 256 parts of the second. */
export const blendBoth = (first: Uint32Array, second: Uint32Array, parts: number, out: Uint32Array): void => {
  const [from, to] = room(first.byteLength, second.byteLength)
  from.set(bytesOf(first))
  to.set(bytesOf(second))
  kernels().blend(from.byteOffset, to.byteOffset, first.length, parts)
  bytesOf(out).set(from)
}

/** Mixes a picture half and half with itself as it is seen along a field. */
export const exposeAgain = (
  picture: Uint32Array,
  { width, height }: { width: number; height: number },
  field: Field,
): void => {
  inPlace(bytesOf(picture), [bytesOf(field.at), picture.byteLength], (from, at, to) => {
    kernels().warp(from, width, height, at, field.columns, to)
    kernels().blend(from, to, picture.length, 128)
  })
}

/**
 * Two pictures, each warped along a field of its own, mixed by shares (0 to 256) of the second that are given for each
 * node. Where one of them has no share it is not looked at. Where a field jumps by more than `oneThing` pixels from one
 * node to the next, two things part there, and the field is not stretched between them.
 */
export const warpBoth = (
  first: { source: Words32; field: Field },
  second: { source: Words32; field: Field },
  parts: Float32Array,
  oneThing: number,
  out: Uint32Array,
): void => {
  const { width, height, words } = first.source
  const size = words.length * 4
  const fields = first.field.at.byteLength
  const [one, other, oneAt, otherAt, shares, to] = room(size, size, fields, fields, parts.byteLength, size)
  one.set(bytesOf(words))
  other.set(bytesOf(second.source.words))
  oneAt.set(bytesOf(first.field.at))
  otherAt.set(bytesOf(second.field.at))
  shares.set(bytesOf(parts))
  kernels().morph(
    one.byteOffset,
    other.byteOffset,
    width,
    height,
    oneAt.byteOffset,
    otherAt.byteOffset,
    shares.byteOffset,
    first.field.columns,
    oneThing,
    to.byteOffset,
  )
  bytesOf(out).set(to)
}

/** One word between two, by 0 to 256 parts of the second. */
export const blendWord = (from: number, to: number, parts: number): number => {
  const rest = 256 - parts
  const low = ((Math.imul(from & LOW, rest) + Math.imul(to & LOW, parts) + 0x800080) >>> 8) & LOW
  const high = (Math.imul((from >>> 8) & LOW, rest) + Math.imul((to >>> 8) & LOW, parts) + 0x800080) & 0xff00ff00
  return (low | high) >>> 0
}
