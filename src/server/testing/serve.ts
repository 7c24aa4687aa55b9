import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Job, isFinished, jobSchema } from '../../shared/job.ts'
import { healthSchema } from '../../shared/routes.ts'
import { readEnv, start, type StartOptions } from '../main.ts'

export type Served = Awaited<ReturnType<typeof serve>>

/** A real server on a free port with a data folder of its own. `close` removes the folder unless `keep` is set. */
export const serve = async (
  options: {
    dataDir?: string
    env?: Record<string, string>
    start?: Partial<StartOptions>
    log?: (line: string) => void
  } = {},
) => {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'rushes-'))
  const { log } = options
  const logger = log ? pino({ level: 'debug' }, { write: log }) : pino({ level: 'silent' })
  const server = await start(readEnv({ PORT: '0', DATA_DIR: dataDir, ...options.env }), {
    studioRoot: null,
    logger,
    ...options.start,
  })
  const url = server.url.replace('localhost', '127.0.0.1')
  return {
    url,
    dataDir,
    /** The secret of the first admin's link; empty where there is none. */
    firstSecret: server.firstLink?.split('#')[1] ?? '',
    close: async (keep = false) => {
      await server.close()
      if (!keep) rmSync(dataDir, { recursive: true, force: true })
    },
    ...talkTo(url),
  }
}

/** Short calls of the API for tests. */
export const talkTo = (url: string) => {
  const job = async (id: string): Promise<Job> => jobSchema.parse(await (await fetch(`${url}/v1/jobs/${id}`)).json())
  const until = async (id: string, is: (job: Job) => boolean): Promise<Job> => {
    for (;;) {
      const now = await job(id)
      if (is(now) || isFinished(now)) return now
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
  return {
    job,
    health: async () => healthSchema.parse(await (await fetch(`${url}/v1/health`)).json()),
    until,
    finished: (id: string) => until(id, isFinished),
    /** Submits a form to a model. */
    submit: (model: string, fields: Record<string, string | Blob>, headers: Record<string, string> = {}) =>
      fetch(`${url}/v1/jobs/${model}`, { method: 'POST', body: formOf(fields), headers }),
    upload: (file: Blob, name: string) => {
      const form = new FormData()
      form.set('file', file, name)
      return fetch(`${url}/v1/files`, { method: 'POST', body: form })
    },
  }
}

export const formOf = (fields: Record<string, string | Blob>): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}
