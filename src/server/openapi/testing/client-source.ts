/** A program that somebody might write with types generated from the document, by openapi-typescript's own manual. */
export const CLIENT_SOURCE = `
import createClient from 'openapi-fetch'
import type { paths } from './paths.js'

const [, , baseUrl = ''] = process.argv
const client = createClient<paths>({ baseUrl })

const form = (body: object): FormData => {
  const parts = new FormData()
  for (const [name, value] of Object.entries(body)) parts.append(name, value instanceof Blob ? value : String(value))
  return parts
}
const must = <T>(answer: { data?: T; error?: unknown }): T => {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error))
  return answer.data
}

const finished = async (id: string) => {
  for (;;) {
    const job = must(await client.GET('/v1/jobs/{id}', { params: { path: { id } } }))
    if (job.status === 'completed' || job.status === 'failed') return job
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const health = must(await client.GET('/v1/health'))
const { models } = must(await client.GET('/v1/models'))
const resolved = must(await client.POST('/v1/models/resolve', { body: { model: 'lucy-2' } }))
const drawn = must(
  await client.POST('/v1/jobs/lucy-pro-t2i', {
    params: { header: { 'Idempotency-Key': 'generated', 'x-renderer': 'local' } },
    body: { prompt: 'A lake at dusk', resolution: '480p', seed: 7 },
    bodySerializer: form,
  }),
)
const job = await finished(drawn.job_id)
const picture = must(
  await client.GET('/v1/jobs/{id}/content', { params: { path: { id: job.job_id } }, parseAs: 'blob' }),
)
const file = must(await client.POST('/v1/files', { body: { file: picture, ttl_seconds: 60 }, bodySerializer: form }))
const edits = await Promise.all(
  [picture, file.id].map(async (data) =>
    must(
      await client.POST('/v1/jobs/lucy-image-2', {
        body: { prompt: 'Oil painting', data, resolution: '480p' },
        bodySerializer: form,
      }),
    ),
  ),
)
const cancelled = must(
  await client.DELETE('/v1/jobs', { params: { query: { idempotency_key: 'generated' } } }),
)
const page = must(await client.GET('/v1/jobs', { params: { query: { limit: 2, status: 'completed' } } }))
const refused = await client.POST('/v1/jobs/lucy-pro-t2i', { body: { prompt: '' }, bodySerializer: form })
// @ts-expect-error the prompt is required
void (() => client.POST('/v1/jobs/lucy-pro-t2i', { body: { seed: 1 } }))
// @ts-expect-error there is no such path
void (() => client.GET('/v1/nothing'))

console.log(
  JSON.stringify({
    version: health.version,
    models: models.length,
    resolved: resolved.model_id,
    seed: job.seed,
    output: job.status === 'completed' ? job.output.width : null,
    picture: picture.size > 0,
    kind: file.media.kind,
    edits: (await Promise.all(edits.map(({ job_id }) => finished(job_id)))).map(({ status }) => status),
    cancelled: 'abandoned' in cancelled ? 'abandoned' : cancelled.status,
    listed: page.jobs.length,
    refused: refused.error && 'fields' in refused.error ? refused.error.fields : null,
  }),
)
`
