import { z } from 'zod'
import { type Job, jobSchema } from '../../shared/job.ts'
import { rendererListSchema, type RendererStatus, type Spending, spendingSchema } from '../../shared/renderers.ts'
import { submittedSchema } from '../../shared/routes.ts'
import type { talkTo } from './serve.ts'

type Fields = Record<string, string | Blob>

const refusalSchema = z.object({ code: z.string(), detail: z.string() })
export type Refusal = z.infer<typeof refusalSchema> & { status: number }

/** A lake, and nothing else to be sent: what orders are tried with that are not about their inputs. */
export const LAKE = { prompt: 'a lake', resolution: '480p' } as const

/** What tests of orders ask a server for. */
export const callsOf = (server: { url: string } & ReturnType<typeof talkTo>) => {
  const renderers = async (): Promise<RendererStatus[]> =>
    rendererListSchema.parse(await (await fetch(`${server.url}/v1/renderers`)).json()).renderers

  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/v1${path}`, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  const send = (renderer: string | null, model: string, fields: Fields) =>
    server.submit(model, fields, renderer === null ? {} : { 'x-renderer': renderer })

  return {
    call,
    /** Submits, and answers the job's id. Null is for no renderer in particular. */
    place: async (renderer: string | null, model = 'lucy-pro-t2i', fields: Fields = LAKE): Promise<string> => {
      const answer = await send(renderer, model, fields)
      const body: unknown = await answer.json()
      if (answer.status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`)
      return submittedSchema.parse(body).job_id
    },
    /** Submits what is refused, and answers how. */
    refusal: async (renderer: string | null, model = 'lucy-pro-t2i', fields: Fields = LAKE): Promise<Refusal> => {
      const answer = await send(renderer, model, fields)
      return { status: answer.status, ...refusalSchema.parse(await answer.json()) }
    },
    /** Cancels, and answers the job as it then is. */
    cancel: async (id: string): Promise<Job> => jobSchema.parse(await (await call('DELETE', `/jobs/${id}`)).json()),
    resume: (id: string) => call('POST', `/jobs/${id}/resume`),
    check: (name: string) => call('POST', `/renderers/${name}/check`),
    renderer: async (name: string): Promise<RendererStatus> => {
      const found = (await renderers()).find((each) => each.name === name)
      if (!found) throw new Error(`no ${name}`)
      return found
    },
    spending: async (): Promise<Spending> => spendingSchema.parse(await (await call('GET', '/spending')).json()),
    /** Every event of a job until it has ended, as a page is told them. */
    events: async (id: () => Promise<string>): Promise<Job[]> => {
      const stop = new AbortController()
      const stream = await fetch(`${server.url}/v1/events`, { signal: stop.signal })
      const wanted = await id()
      const seen: Job[] = []
      let text = ''
      for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk
        for (let cut = text.indexOf('\n\n'); cut >= 0; cut = text.indexOf('\n\n')) {
          const data = /^data: ?(.*)$/m.exec(text.slice(0, cut))?.[1]
          text = text.slice(cut + 2)
          const job = data?.includes(wanted) ? jobSchema.safeParse(JSON.parse(data)).data : undefined
          if (job) seen.push(job)
          if (job?.status !== 'completed' && job?.status !== 'failed') continue
          stop.abort()
          return seen
        }
      }
      return seen
    },
  }
}
