import type { Job } from '../../shared/job.ts'
import type { OrderRecord, Renderer } from '../../shared/renderer.ts'
import type { Ends } from './ends.ts'

/** What waits and runs of one renderer. */
export type Lane = { renderer: Renderer; queue: string[]; running: Map<string, AbortController> }

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
