import type { z } from 'zod'
import { jobEventSchema } from '../../shared/job.ts'
import { removedEventSchema } from '../../shared/library.ts'
import { noticeEventSchema, queueEventSchema } from '../../shared/routes.ts'
import type { StreamNames } from './event-stream.ts'
import type { JobStore } from './job-store.ts'
import { useNotices } from './notices.ts'
import { useQueue } from './queue.ts'
import { publishRemoved } from './removals.ts'

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // A line that is not JSON is no event; the schema refuses it.
    return undefined
  }
}

/** Data that fits the schema is handled, and anything else let pass: the server may be newer than the page. */
const handler =
  <T>(schema: z.ZodType<T>, handle: (data: T) => void) =>
  (text: string): void => {
    const data = schema.safeParse(parseJson(text))
    if (data.success) handle(data.data)
  }

/**
 * Every kind of event that the server sends, by its name, and its handler: a new kind is a line here. `snapshots` names
 * those that carry a whole state, so that the last of them is all one needs to know.
 */
export const serverEvents = (store: JobStore): { names: StreamNames; hear: (name: string, data: string) => void } => {
  const handlers: Record<string, (data: string) => void> = {
    job: handler(jobEventSchema, (job) => store.publish(job)),
    removed: handler(removedEventSchema, ({ job_ids }) => publishRemoved(job_ids)),
    queue: handler(queueEventSchema, (totals) => useQueue.setState({ totals })),
    notice: handler(noticeEventSchema, ({ notices }) => useNotices.setState({ notices })),
  }
  return {
    names: { all: Object.keys(handlers), snapshots: ['queue', 'notice'] },
    hear: (name, data) => handlers[name]?.(data),
  }
}
