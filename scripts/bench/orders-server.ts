import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type FinishedJob, isFinished, type Job, jobSchema } from '../../src/shared/job.ts'
import { submittedSchema } from '../../src/shared/routes.ts'
import { launch } from './launch.ts'

export type Order = { model?: string; renderer: string; seed: number }

/** A Rushes in a process of its own, as people run it, and what a page of it does. */
export type OrdersServer = {
  url: string
  pid: number
  /** Submits a job of text to video; answers its id. Rejects with what the server says where it refuses. */
  submit: (order: Order) => Promise<string>
  /** Resolves with the job, as soon as an event says that it has ended. Rejects where it failed, with its words. */
  completed: (id: string) => Promise<Extract<Job, { status: 'completed' }>>
  /** Reads all of a result, as a player does. */
  play: (id: string) => Promise<void>
  stop: () => Promise<void>
}

/** The answer to a GET, its body to be read as it comes. */
const open = (url: string, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => void get(url, { signal }, resolve).once('error', reject))

const jobsIn = async (url: string, hear: (job: Job) => void, signal: AbortSignal): Promise<void> => {
  const events = await open(`${url}/v1/events`, signal)
  let event = ''
  for await (const line of createInterface(events)) {
    if (line.startsWith('event: ')) event = line.slice(7)
    else if (line.startsWith('data: ') && event === 'job') hear(jobSchema.parse(JSON.parse(line.slice(6))))
  }
}

/** Starts it on a data folder, with those variables; nobody is set that they do not set. */
export const startOrdersServer = async (dataDir: string, env: Record<string, string>): Promise<OrdersServer> => {
  const nobody = { DECART_API_KEY: '', COMFYUI_URL: '', FAL_KEY: '', GENERATION_URL: '', SPEND_LIMIT_USD: '' }
  const script = fileURLToPath(new URL('../start.mjs', import.meta.url))
  const { child, url } = await launch(script, { ...nobody, PORT: '0', DATA_DIR: dataDir, ...env })
  const ended = new Map<string, FinishedJob>()
  const waiting = new Map<string, () => void>()
  const closing = new AbortController()
  const hearing = jobsIn(
    url,
    (job) => {
      if (!isFinished(job)) return
      ended.set(job.job_id, job)
      waiting.get(job.job_id)?.()
    },
    closing.signal,
  ).catch((error: unknown) => {
    if (!closing.signal.aborted) throw error
  })

  return {
    url,
    pid: child.pid ?? 0,
    submit: async ({ model = 'lucy-pro-t2v', renderer, seed }) => {
      const form = new FormData()
      form.set('prompt', 'a lake at dusk')
      form.set('resolution', '480p')
      form.set('seed', String(seed))
      const headers = { 'x-renderer': renderer }
      const answer = await fetch(`${url}/v1/jobs/${model}`, { method: 'POST', body: form, headers })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${renderer} did not take ${model}: ${text}`)
      return submittedSchema.parse(JSON.parse(text)).job_id
    },
    completed: async (id) => {
      if (!ended.has(id)) await Promise.race([hearing, new Promise<void>((resolve) => waiting.set(id, resolve))])
      const job = ended.get(id)
      if (job?.status !== 'completed') throw new Error(job?.error?.message ?? `nothing was heard of ${id} any more`)
      return job
    },
    play: async (id) => {
      const { body, status } = await fetch(`${url}/v1/jobs/${id}/content`)
      if (status !== 200) throw new Error(`the result of ${id} was answered with ${status}`)
      await body?.pipeTo(new WritableStream())
    },
    stop: async () => {
      closing.abort()
      child.kill('SIGTERM')
      await (child.exitCode ?? once(child, 'exit'))
      await hearing
    },
  }
}
