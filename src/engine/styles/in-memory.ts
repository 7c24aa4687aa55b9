import { createHold } from '../compiled/kernels.ts'
import { type Planes, planesIn } from '../media/planes.ts'
import type { Pass } from './studio.ts'

/** Kernels take so many bytes at a step, and may go past a plane's end by less than one: into the next plane. */
const STEP = 64

const isWhole = ({ y, u }: Planes): boolean => y.length % STEP === 0 && u.length % STEP === 0

/**
 * Passes in one, for whose time the picture lies in the kernels' memory: a look runs twenty kernels on it, and each would
 * copy it in and out.
 */
export const inMemory = (passes: readonly Pass[]): Pass => {
  const hold = createHold()
  return (planes, time, index) => {
    if (!isWhole(planes)) {
      for (const pass of passes) pass(planes, time, index)
      return
    }
    const { width, height, shift, bytes } = planes
    hold(bytes.length, (own) => {
      own.set(bytes)
      const inside = planesIn(width, height, shift, own)
      for (const pass of passes) pass(inside, time, index)
      bytes.set(own)
    })
  }
}
