import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { FinishedJob } from '../../shared/job.ts'
import type { Catalogue } from '../models/catalogue.ts'
import { modelLabel } from './labels.ts'

/** What is known of one renderer's queue when somebody asks. */
export type QueueFacts = {
  waiting: number
  running: number
  /** When the job that has waited longest was asked for, in milliseconds since 1970; null where none waits. */
  oldest: number | null
}

export type Metrics = {
  /** Counts a job that has just ended here. */
  finished: (job: FinishedJob) => void
  /** Counts bytes of media that were taken in, and that were sent. */
  received: (bytes: number) => void
  sent: (bytes: number) => void
  /** Counts an answer; `seconds` is null for one that goes on for as long as somebody listens. */
  answered: (answer: { method: string; route: string; status: number; seconds: number | null }) => void
  /** Counts an event stream as open until the returned function is called. */
  listening: () => () => void
  /** All of it in Prometheus' text format. */
  text: () => Promise<string>
  contentType: string
}

/** Seconds: from a still of the local engine to a clip of a large model on a busy cloud. */
const RENDER_BUCKETS = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800]
/** Seconds. */
const ANSWER_BUCKETS = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10, 60]

/** What is counted of jobs, each where it ends: the sum over all servers is the truth. */
const jobMetrics = (registers: [Registry], models: Pick<Catalogue, 'find'>): Metrics['finished'] => {
  const jobs = new Counter({
    name: 'rushes_jobs_total',
    help: 'Jobs that have ended: completed, failed or cancelled.',
    labelNames: ['renderer', 'status'],
    registers,
  })
  const failures = new Counter({
    name: 'rushes_failures_total',
    help: 'Jobs that have failed, by the code of their error. Cancelled ones are none.',
    labelNames: ['renderer', 'code'],
    registers,
  })
  const seconds = new Histogram({
    name: 'rushes_render_seconds',
    help: 'Seconds from the start to the end of jobs that were completed.',
    labelNames: ['renderer', 'model'],
    buckets: RENDER_BUCKETS,
    registers,
  })
  const bytes = new Counter({ name: 'rushes_result_bytes_total', help: 'Bytes of results that were made.', registers })
  const spent = new Counter({
    name: 'rushes_spent_usd_total',
    help: 'US dollars that went out, or may have: certain where the price was known, else an estimate.',
    labelNames: ['renderer', 'certainty'],
    registers,
  })
  return (job) => {
    const { renderer, billed } = job
    if (billed) spent.inc({ renderer, certainty: billed.certain ? 'certain' : 'estimate' }, billed.usd)
    if (job.status === 'failed') {
      const isCancelled = job.error.code === 'CANCELLED'
      jobs.inc({ renderer, status: isCancelled ? 'cancelled' : 'failed' })
      if (!isCancelled) failures.inc({ renderer, code: job.error.code })
      return
    }
    jobs.inc({ renderer, status: 'completed' })
    bytes.inc(job.output.bytes)
    const lasted = (Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000
    if (lasted >= 0) seconds.observe({ renderer, model: modelLabel(models, job.model) }, lasted)
  }
}

/** How the queues stand when somebody asks. */
const queueMetrics = (
  registers: [Registry],
  queues: () => Readonly<Record<string, QueueFacts>>,
  now: () => Date,
): void => {
  const gauge = (name: string, help: string, valueOf: (facts: QueueFacts) => number): void => {
    // It is called by its registry.
    void new Gauge({
      name,
      help,
      labelNames: ['renderer'],
      registers,
      collect() {
        this.reset()
        for (const [renderer, facts] of Object.entries(queues())) this.set({ renderer }, valueOf(facts))
      },
    })
  }
  gauge('rushes_queue_waiting', 'Jobs that wait.', ({ waiting }) => waiting)
  gauge('rushes_queue_running', 'Jobs that run.', ({ running }) => running)
  gauge(
    'rushes_queue_oldest_seconds',
    'Seconds since the job was asked for that has waited longest; 0 where none waits.',
    ({ oldest }) => (oldest === null ? 0 : Math.max(0, (now().getTime() - oldest) / 1000)),
  )
}

const answerMetrics = (registers: [Registry]): Metrics['answered'] => {
  const requests = new Counter({
    name: 'rushes_http_requests_total',
    help: 'Requests that were answered.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const duration = new Histogram({
    name: 'rushes_http_request_seconds',
    help: 'Seconds until an answer was made; where a file is sent, until it was sent. Event streams are none.',
    labelNames: ['method', 'route'],
    buckets: ANSWER_BUCKETS,
    registers,
  })
  return ({ method, route, status, seconds }) => {
    requests.inc({ method, route, status: String(status) })
    if (seconds !== null) duration.observe({ method, route }, seconds)
  }
}

/** Counts what this process does, in a registry of its own. No label says anything of prompts, people or files. */
export const createMetrics = (deps: {
  models: Pick<Catalogue, 'find'>
  /** How the queue of each renderer stands. */
  queues: () => Readonly<Record<string, QueueFacts>>
  now: () => Date
}): Metrics => {
  const registry = new Registry()
  const registers: [Registry] = [registry]
  queueMetrics(registers, deps.queues, deps.now)
  const finished = jobMetrics(registers, deps.models)
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  const received = counter(
    'rushes_upload_bytes_total',
    'Bytes of media that were taken in: uploads, forms and imports.',
  )
  const sent = counter('rushes_download_bytes_total', 'Bytes of media that were sent.')
  const streams = new Gauge({ name: 'rushes_event_streams', help: 'Event streams that are open.', registers })
  const answered = answerMetrics(registers)
  let isAsked = false
  return {
    finished,
    received: (bytes) => received.inc(bytes),
    sent: (bytes) => sent.inc(bytes),
    answered,
    listening: () => {
      streams.inc()
      return () => streams.dec()
    },
    text: () => {
      // They watch the event loop and the garbage collector, for nobody until somebody has asked.
      if (!isAsked) collectDefaultMetrics({ register: registry })
      isAsked = true
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
