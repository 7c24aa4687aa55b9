import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Job, jobPageSchema } from '../../../shared/job.ts'
import { shelvesSchema } from '../../../shared/library.ts'
import { fileResourceSchema } from '../../../shared/media.ts'
import { CLIP } from '../../testing/clip.ts'
import { startDecartServer } from '../../testing/decart-server.ts'
import { callsOf } from '../../testing/order-calls.ts'
import { serve } from '../../testing/serve.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** All that lies in a folder, by its name: bytes, rights and when it was changed. */
export const treeOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
      const facts = statSync(join(folder, name))
      const bytes = facts.isFile() ? sha256(readFileSync(join(folder, name))) : 'folder'
      return [name, `${bytes} ${facts.mode} ${facts.mtimeMs}`]
    }),
  )

const KEY = 'k'
const CLIP_BLOB = new Blob([new Uint8Array(CLIP)])

export type Studio = Awaited<ReturnType<typeof makeStudio>>

/**
 * A data folder as a studio leaves it that was worked with: takes that are named, starred, shelved and binned, one made
 * of an upload, one cancelled that may have been billed, uploads that share their bytes, and one job that waits.
 */
export const makeStudio = async () => {
  const cloud = await startDecartServer({ apiKey: KEY, result: () => CLIP })
  const server = await serve({ env: { DECART_API_KEY: KEY, DECART_BASE_URL: cloud.url } })
  const { place, cancel, call } = callsOf(server)
  const upload = async (name: string): Promise<string> =>
    fileResourceSchema.parse(await (await server.upload(CLIP_BLOB, name)).json()).id
  const uploads = [await upload('a.mp4'), await upload('the same.mp4')]
  const draw = async (prompt: string): Promise<string> => {
    const id = await place('local', 'lucy-pro-t2i', { prompt, resolution: '480p', seed: '7' })
    await server.finished(id)
    return id
  }
  const pond = await draw('a pond')
  const barn = await draw('a barn')
  await call('PATCH', `/jobs/${pond}`, { name: 'The pond' })
  await call('POST', '/jobs/changes', { job_ids: [pond], starred: true, add_shelf: 'Spot' })
  await call('POST', '/jobs/changes', { job_ids: [barn], binned: true })
  const winter = await place('decart', 'lucy-clip', { prompt: 'winter', data: uploads[0] ?? '' })
  await server.finished(winter)
  cloud.become(['processing'])
  const cancelled = await place('decart', 'lucy-clip', { prompt: 'summer', data: uploads[0] ?? '' })
  await server.until(cancelled, (job) => job.status === 'processing' && job.phase === 'rendering')
  await cancel(cancelled)
  await call('PUT', '/queue/pause')
  const waiting = await place('local')
  await server.close(true)
  await cloud.close()
  return { dataDir: server.dataDir, uploads, pond, barn, winter, cancelled, waiting }
}

/** What somebody sees of a studio: its lists, what searches find, and the bytes of all by their hashes. */
export const seenAt = async (url: string) => {
  const ask = (path: string): Promise<Response> => fetch(`${url}/v1${path}`)
  const list = async (query: string): Promise<Job[]> =>
    jobPageSchema.parse(await (await ask(`/jobs?limit=200&${query}`)).json()).jobs
  const jobs = (await list('')).filter(({ status }) => status !== 'pending')
  const binned = await list('deleted=true')
  const hashOf = async (path: string): Promise<string> => {
    const answer = await ask(path)
    return `${answer.status} ${sha256(new Uint8Array(await answer.arrayBuffer()))}`
  }
  const results: Record<string, string> = {}
  for (const { job_id: id, status } of [...jobs, ...binned])
    if (status === 'completed') results[id] = await hashOf(`/jobs/${id}/content`)
  const files: Record<string, string> = {}
  for (const id of new Set(jobs.flatMap(({ inputs }) => inputs['data'] ?? [])))
    files[String(id)] = await hashOf(`/files/${id}/content`)
  const found: Record<string, string[]> = {}
  for (const query of ['text=pond', 'text=winter', 'shelf=Spot', 'starred=true', 'seed=7', 'status=failed'])
    found[query] = (await list(query)).map(({ job_id: id }) => id)
  return { jobs, binned, results, files, found, shelves: shelvesSchema.parse(await (await ask('/shelves')).json()) }
}
