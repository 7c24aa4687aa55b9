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
/** Times what is held, room is made for. */
const SLACK = 5

const sixteens = (size: number): number => (size + 15) & ~15

/** Kernels asked for more room than there is beside what is held. */
export class NoRoom extends Error {}

/** How much of the memory is held, the most that ever was, and the most that was ever asked of {@link room} at once. */
let held = 0
let mostHeld = 0
let most = 0

const start = (own: Kernels): number => sixteens(own.free() + SPARE)

const growTo = ({ memory }: Kernels, end: number): void => {
  if (memory.buffer.byteLength < end) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE))
}

type Places<Sizes extends readonly number[]> = { [Index in keyof Sizes]: Uint8Array<ArrayBuffer> }

/** Where so many bytes each begin from a place on, 16-byte aligned, and where the last ends. */
const startsOf = (first: number, sizes: readonly number[]): { starts: number[]; end: number } => {
  const starts: number[] = []
  let end = first
  for (const size of sizes) {
    starts.push(end)
    end = sixteens(end + size + SPARE)
  }
  return { starts, end }
}

const viewsOf = <const Sizes extends readonly number[]>(own: Kernels, starts: number[], sizes: Sizes): Places<Sizes> =>
  sizes.map((size, index) => new Uint8Array(own.memory.buffer, starts[index] ?? 0, size)) as Places<Sizes>

/**
 * Places in the kernels' memory for so many bytes each, 16-byte aligned. They hold whatever was there before, and are
 * given to others at the next call: a kernel's planes are copied in and out around it, which costs a tenth of a
 * millisecond for luma at 720p, unless they are held there.
 *
 * @throws NoRoom where there is not enough beside what {@link holding} keeps.
 */
export const room = <const Sizes extends readonly number[]>(...sizes: Sizes): Places<Sizes> => {
  const own = kernels()
  const first = start(own) + held
  const { starts, end } = startsOf(first, sizes)
  most = Math.max(most, end - first)
  // A memory that grows is another one for JavaScript: what is held would be lost.
  if (held > 0 && own.memory.buffer.byteLength < end) throw new NoRoom('No room beside what is held.')
  growTo(own, end)
  return viewsOf(own, starts, sizes)
}

/** Kernels with places that stay what they are, for who lays many things on each other. */
export const ownRoom = <const Sizes extends readonly number[]>(
  ...sizes: Sizes
): { own: Kernels; places: Places<Sizes> } => {
  const own = ownKernels()
  const { starts, end } = startsOf(start(own), sizes)
  growTo(own, end)
  return { own, places: viewsOf(own, starts, sizes) }
}

/** Gives `run` so many bytes to work on. */
type Hold = (size: number, run: (own: Uint8Array<ArrayBuffer>) => void) => void

/**
 * Holds bytes in the kernels' memory while something runs that is done again and again: kernels work on them where they
 * are. The first time they lie elsewhere, which shows how much room is asked for: the memory cannot grow while any of it
 * is held. Later on there is half as much again, and some pictures' worth, should a later frame take another way.
 *
 * @throws NoRoom from what runs, where a frame asks for far more.
 */
export const createHold = (): Hold => {
  let isFirst = true
  return (size, run) => {
    const all = kernels()
    const before = held
    const after = held + sixteens(size + SPARE)
    mostHeld = Math.max(mostHeld, after)
    if (before === 0 && !isFirst) growTo(all, start(all) + SLACK * mostHeld + 1.5 * most)
    const { buffer } = all.memory
    const isOut = isFirst || buffer.byteLength < start(all) + after + most
    isFirst = false
    if (isOut) {
      run(new Uint8Array(size))
      return
    }
    held = after
    try {
      run(new Uint8Array(buffer, start(all) + before, size))
    } finally {
      held = before
    }
  }
}

/** Brings a plane into the room that was made for it; one that is held stays where it is. */
export const enter = (plane: Uint8Array, place: Uint8Array): Uint8Array => {
  if (held > 0 && plane.buffer === place.buffer && plane.byteOffset < start(kernels()) + held) return plane
  place.set(plane)
  return place
}

/** Takes a plane out again. */
export const leave = (plane: Uint8Array, own: Uint8Array): void => {
  if (own !== plane) plane.set(own)
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
  const [place, ...others] = room(plane.length, ...reads.map((read) => (typeof read === 'number' ? read : read.length)))
  const own = enter(plane, place)
  const places = others.map((other, index) => {
    const read = reads[index]
    return (read === undefined || typeof read === 'number' ? other : enter(read, other)).byteOffset
  })
  run(own.byteOffset, ...(places as { [Index in keyof Read]: number }))
  leave(plane, own)
}
