import { fittedSize, generatedSize, type Size } from '../../../../shared/models/size.ts'
import { ORIENTATIONS, type Resolution, RESOLUTIONS } from '../../../../shared/models/fields.ts'
import type { JobInputs } from '../../../../shared/job.ts'

/** The largest multiple not above, or the next where that is clearly nearer: half a step goes down, to less memory. */
const toMultiple = (side: number, multiple: number): number =>
  Math.max(multiple, Math.ceil(side / multiple - 0.5) * multiple)

/** The size that an engine works at for a wanted one: each side the nearest multiple of what it needs. */
export const workingSize = ({ width, height }: Size, multiple: number): Size => ({
  width: toMultiple(width, multiple),
  height: toMultiple(height, multiple),
})

/** The next size of such sides that is as large as a wanted one, which can be cut out of it. */
export const coveringSize = ({ width, height }: Size, multiple: number): Size => ({
  width: Math.ceil(width / multiple) * multiple,
  height: Math.ceil(height / multiple) * multiple,
})

/** The resolution that is asked for; 720p where nothing is said. */
export const askedResolution = (inputs: JobInputs): Resolution =>
  RESOLUTIONS.find((resolution) => resolution === inputs['resolution']) ?? '720p'

/** What is asked for where the engine makes it, else the largest that it makes. `made` runs from small to large. */
export const madeResolution = (asked: Resolution, made: readonly Resolution[]): Resolution =>
  made.includes(asked) ? asked : (made.at(-1) ?? asked)

/** The size of a result: of its source's shape where there is one, else of the orientation that is asked for. */
export const resultSize = (inputs: JobInputs, resolution: Resolution, source: Size | null): Size =>
  source
    ? fittedSize(source, resolution)
    : generatedSize(
        resolution,
        ORIENTATIONS.find((orientation) => orientation === inputs['orientation']),
      )
