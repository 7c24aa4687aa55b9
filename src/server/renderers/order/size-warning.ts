import type { MediaInfo } from '../../../shared/media.ts'
import { ORIENTATIONS, RESOLUTIONS } from '../../../shared/models/fields.ts'
import { fittedSize, generatedSize, type Size } from '../../../shared/models/size.ts'
import type { RenderTask } from '../../../shared/renderer.ts'

/** Engines round sides to what they can, and make 704 lines of 720: so much of a difference is nobody's concern. */
const TOLERANCE = 1.3

type Asked = Pick<RenderTask, 'model' | 'job' | 'files'>

/** The size that was asked for; null where nothing says, as where a model of which only the name is known made it. */
const askedSize = ({ model, job, files }: Asked): Size | null => {
  const { inputs } = job
  const resolution = RESOLUTIONS.find((each) => each === inputs['resolution'])
  if (resolution === undefined) return null
  if (model.task === 'text-to-image' || model.task === 'text-to-video') {
    const orientation = ORIENTATIONS.find((each) => each === inputs['orientation'])
    return generatedSize(resolution, orientation)
  }
  const source: MediaInfo | undefined = (files['data'] ?? files['start'])?.media
  return source ? fittedSize(source, resolution) : null
}

const isNear = (one: number, other: number): boolean => one / other < TOLERANCE && other / one < TOLERANCE

/**
 * What a person is told of a result of quite another size or shape than was asked for, in pixels; null where it is about
 * that size, or `said` tells of it already.
 */
export const sizeWarning = (task: Asked, made: Size, said: readonly string[]): string | null => {
  const asked = askedSize(task)
  const resolution = String(task.job.inputs['resolution'])
  if (!asked || said.some((words) => words.includes(resolution))) return null
  const isShape = isNear(asked.width / asked.height, made.width / made.height)
  if (isShape && isNear(asked.width * asked.height, made.width * made.height)) return null
  return `${resolution} was asked for (${asked.width}x${asked.height}); what came is ${made.width}x${made.height}.`
}
