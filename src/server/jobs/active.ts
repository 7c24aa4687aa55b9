import type { Job } from '../../shared/job.ts'
import type { OrderRecord, Renderer } from '../../shared/renderer.ts'
import type { Ends } from './ends.ts'
import type { Line, Waiting } from './line.ts'

/** What waits and runs of one renderer. */
export type Lane = {
  renderer: Renderer
  line: Line
  running: Map<string, { controller: AbortController; waited: Waiting }>
}

/** A job that is not finished, or whose end is not on disk yet. Only this process changes it. */
export type Active = {
  job: Job
  cloud: OrderRecord | null
  result: string | null
  /** What came of writing its end down, once it has ended. */
  ending: ReturnType<Ends['write']> | null
  /** Its cancel, while the other side is told of it. */
  cancelling: Promise<Job> | null
}

/** Whether the other side may have its order: then it would be paid for twice if it began anew. */
export const isOrdered = ({ cloud }: Pick<Active, 'cloud'>): boolean => cloud !== null && cloud.state !== 'held'
