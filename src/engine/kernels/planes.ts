/**
 * A picture as luma and two chroma planes, bt709 at full range (0 to 255, chroma's zero at 128), rows without padding.
 * `shift` is 1 where the chroma planes have half the size (a clip's 4:2:0) and 0 where they have all of it. Styles work
 * on this: half the bytes of RGBA, and tone and colour come apart by themselves.
 */
export type Planes = {
  width: number
  height: number
  shift: 0 | 1
  chromaWidth: number
  chromaHeight: number
  y: Uint8Array
  u: Uint8Array
  v: Uint8Array
  /** The three planes, one after the other. */
  bytes: Uint8Array
}

/** Three planes that lie one after the other in `bytes`. */
export const planesIn = (width: number, height: number, shift: 0 | 1, bytes: Uint8Array): Planes => {
  const chromaWidth = (width + shift) >> shift
  const chromaHeight = (height + shift) >> shift
  const luma = width * height
  const chroma = chromaWidth * chromaHeight
  return {
    width,
    height,
    shift,
    chromaWidth,
    chromaHeight,
    y: bytes.subarray(0, luma),
    u: bytes.subarray(luma, luma + chroma),
    v: bytes.subarray(luma + chroma, luma + 2 * chroma),
    bytes,
  }
}

export const createPlanes = (width: number, height: number, shift: 0 | 1): Planes => {
  const chroma = ((width + shift) >> shift) * ((height + shift) >> shift)
  return planesIn(width, height, shift, new Uint8Array(width * height + 2 * chroma))
}
