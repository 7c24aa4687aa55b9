import { createHold, NoRoom } from '../kernels/wasm/kernels.ts'
import { type Planes, planesIn } from '../kernels/planes.ts'
import type { Pass } from './look-context.ts'

/** Kernels take so many bytes at a step, and may go past a plane's end by less than one: into the next plane. */
const STEP = 64

const isWhole = ({ y, u }: Planes): boolean => y.length % STEP === 0 && u.length % STEP === 0

/**
 * Passes in one, for whose time the picture lies in the kernels' memory: a look runs twenty kernels on it, and each would
 * copy it in and out.
 */
export const inMemory = (passes: readonly Pass[]): Pass => {
  const hold = createHold()
  const apply: Pass = (planes, time, index) => {
    for (const pass of passes) pass(planes, time, index)
  }
  return (planes, time, index) => {
    if (!isWhole(planes)) return apply(planes, time, index)
    const { width, height, shift, bytes } = planes
    try {
      hold(bytes.length, (own) => {
        own.set(bytes)
        apply(planesIn(width, height, shift, own), time, index)
        bytes.set(own)
      })
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error
      // A picture with far more in it than those before: it is made outside, where the memory can grow for it.
      apply(planes, time, index)
    }
  }
}
