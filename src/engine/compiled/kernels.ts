import { BINARY } from './binary.ts'
import type { LookKernels } from './look-kernels.ts'
import type { MotionKernels } from './motion-kernels.ts'
import type { SceneKernels } from './scene-kernels.ts'

/** What assembly/ exports. Planes are given by their places in memory, which {@link room} makes. */
export type Kernels = LookKernels &
  SceneKernels &
  MotionKernels & {
    memory: WebAssembly.Memory
    /** Where the memory begins that kernels do not keep for themselves. */
    free: () => number
    halve: (source: number, width: number, height: number, target: number) => void
    double: (from: number, across: number, down: number, to: number, width: number, height: number, row: number) => void
    stretch: (from: number, to: number, count: number, zero: number, share: number, base: number) => void
  }

let compiled: WebAssembly.Module | undefined

/** The kernels with a memory of their own, for who keeps things in it. */
export const ownKernels = (): Kernels => {
  compiled ??= new WebAssembly.Module(Buffer.from(BINARY, 'base64'))
  const { exports } = new WebAssembly.Instance(compiled)
  // A test holds the binary and its sources together; their types are those above.
  return exports as unknown as Kernels
}

let loaded: Kernels | undefined

/** The compiled kernels: WebAssembly with 128-bit SIMD, several times as fast on bytes as JavaScript is. */
export const kernels = (): Kernels => (loaded ??= ownKernels())

/** A kernel may read and write past a plane's end, up to a step of its own. */
const SPARE = 64
const PAGE = 65_536

type Places<Sizes extends readonly number[]> = { [Index in keyof Sizes]: Uint8Array<ArrayBuffer> }

const placesIn = <const Sizes extends readonly number[]>(own: Kernels, sizes: Sizes): Places<Sizes> => {
  const { memory } = own
  const starts: number[] = []
  let end = (own.free() + SPARE) & ~15
  for (const size of sizes) {
    starts.push(end)
    end = (end + size + SPARE + 15) & ~15
  }
  if (memory.buffer.byteLength < end) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE))
  const views = sizes.map((size, index) => new Uint8Array(memory.buffer, starts[index] ?? 0, size))
  return views as Places<Sizes>
}

/**
 * Places in the kernels' memory for so many bytes each, 16-byte aligned. They hold whatever was there before, and are
 * given to others at the next call: a kernel's planes are copied in and out around it, which costs a tenth of a
 * millisecond for luma at 720p.
 */
export const room = <const Sizes extends readonly number[]>(...sizes: Sizes): Places<Sizes> =>
  placesIn(kernels(), sizes)

/** Kernels with places that stay what they are, for who lays many things on each other. */
export const ownRoom = <const Sizes extends readonly number[]>(
  ...sizes: Sizes
): { own: Kernels; places: Places<Sizes> } => {
  const own = ownKernels()
  return { own, places: placesIn(own, sizes) }
}

/** What a kernel reads: bytes that are copied in, or how many bytes of room it works in. */
type Reads = readonly (Uint8Array | number)[]

/**
 * Runs kernels that change a plane in its place and read other things. `run` is given the places of the plane and of
 * those, in their order; then the plane is copied out again.
 */
export const inPlace = <const Read extends Reads>(
  plane: Uint8Array,
  reads: Read,
  run: (plane: number, ...reads: { [Index in keyof Read]: number }) => void,
): void => {
  const [own, ...others] = room(plane.length, ...reads.map((read) => (typeof read === 'number' ? read : read.length)))
  own.set(plane)
  for (const [index, read] of reads.entries()) if (typeof read !== 'number') others[index]?.set(read)
  const places = others.map(({ byteOffset }) => byteOffset)
  run(own.byteOffset, ...(places as { [Index in keyof Read]: number }))
  plane.set(own)
}
