import { kernels, room } from './wasm/kernels.ts'

/** Sobel's gradient of a plane, its size quartered to fit a byte. */
export const edges = (source: Uint8Array, width: number, height: number, target: Uint8Array): void => {
  const [from, to] = room(source.length, target.length)
  from.set(source)
  kernels().edges(from.byteOffset, width, height, to.byteOffset)
  target.set(to)
}
