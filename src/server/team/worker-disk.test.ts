import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '../../shared/job.ts'
import { readySchema, submittedSchema } from '../../shared/routes.ts'
import { CLIP } from '../testing/clip.ts'
import { type DecartServer, startDecartServer } from '../testing/decart-server.ts'
import { killAll, type Launched } from '../testing/launch.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { callsOf } from '../testing/order-calls.ts'
import { S3_ENV, type S3Server, startS3Server } from '../testing/s3/s3-server.ts'
import { mountSmallDisk, type SmallDisk } from '../testing/small-disk.ts'
import { createRig, type Rig } from './testing/team-rig.ts'

const MEGABYTE = 1024 ** 2
/** Milliseconds: several processes start and render, on a machine that may have more to do. */
const LONG = 300_000
const canMount = mountSmallDisk(1)
canMount?.remove()
if (!canMount)
  process.stderr.write('A worker whose disk is full is not tested here: only root on Linux can mount one.\n')

const isReady = async ({ url }: Launched): Promise<boolean> =>
  readySchema.parse(await (await fetch(`${url}/v1/ready`)).json()).ready
const draw = async (server: Launched): Promise<string> => {
  const answer = await server.submit(
    'lucy-pro-t2i',
    { prompt: 'a pond', resolution: '480p' },
    { 'x-renderer': 'local' },
  )
  return submittedSchema.parse(await answer.json()).job_id
}
const order = (server: Launched) =>
  callsOf(server).place('decart', 'lucy-clip', { prompt: 'winter', data: new Blob([new Uint8Array(CLIP)]) })
const isRendering = (job: Job): boolean => job.status === 'processing' && job.phase === 'rendering'

describe.runIf(canMount)('a worker whose disk is full', () => {
  onPostgres('in a team', (cluster) => {
    let rig: Rig
    let cloud: DecartServer
    let s3: S3Server
    let disk: SmallDisk
    let own: string
    let env: Record<string, string>
    let result: Buffer
    beforeEach(async () => {
      rig = await createRig(cluster())
      result = CLIP
      cloud = await startDecartServer({ apiKey: 'k', result: () => result })
      s3 = await startS3Server()
      const mounted = mountSmallDisk(48)
      if (!mounted) throw new Error('it could be mounted before')
      disk = mounted
      own = mkdtempSync(join(tmpdir(), 'rushes-'))
      env = {
        ...S3_ENV,
        FILES_URL: s3.filesUrl('studio'),
        DECART_API_KEY: 'k',
        DECART_BASE_URL: cloud.url,
        METRICS_PORT: '0',
      }
    })
    afterEach(async () => {
      await killAll()
      await cloud.close()
      await s3.close()
      disk.remove()
      rmSync(own, { recursive: true, force: true })
      rig.remove()
    })

    const small = () => rig.worker({ ...env, DATA_DIR: join(disk.path, 'data') })
    const large = () => rig.worker({ ...env, DATA_DIR: own })
    const results = () => [...s3.bucket.objects.keys()].filter((key) => /\/takes\/.*\.(mp4|png)$/.test(key))
    const heldJobs = () => cluster().query('select id from queue where owner is not null', rig.databaseUrl)

    it(
      'gives back what it has ordered and takes nothing, another goes on, and it works again when there is room',
      async () => {
        const [web, full] = await Promise.all([rig.web(env), small()])
        cloud.become(['processing'])
        const ordered = await order(web)
        await web.until(ordered, isRendering)
        disk.fill()
        await expect.poll(() => isReady(full)).toBe(false)
        const drawn = await draw(web)
        cloud.become(['completed'])
        // It cannot fetch what was made.
        await expect.poll(heldJobs).toEqual([])
        for (const id of [ordered, drawn]) expect(await web.job(id)).toMatchObject({ status: 'pending' })

        const other = await large()
        for (const id of [ordered, drawn]) expect(await web.finished(id)).toMatchObject({ status: 'completed' })
        expect([cloud.billed(), results().length]).toEqual([1, 2])

        const gone = once(other.child, 'exit')
        other.child.kill('SIGTERM')
        await gone
        const last = await draw(web)
        disk.free()
        expect(await web.finished(last)).toMatchObject({ status: 'completed' })
        expect(await isReady(full)).toBe(true)
        expect([cloud.billed(), results().length]).toEqual([1, 3])
      },
      LONG,
    )

    it(
      'gives a job back a few times where it has room but not for that, and then says so',
      async () => {
        const [web] = await Promise.all([rig.web(env), small()])
        cloud.become(['processing'])
        const id = await order(web)
        await web.until(id, isRendering)
        disk.fill()
        disk.free(8 * MEGABYTE)
        result = Buffer.alloc(20 * MEGABYTE)
        cloud.become(['completed'])
        expect(await web.finished(id)).toMatchObject({
          status: 'failed',
          error: { code: 'DISK_FULL', resumable: true, message: expect.stringMatching(/disk is full/) },
        })
        expect([cloud.billed(), results(), await heldJobs()]).toEqual([1, [], []])
        // Where there is room it is fetched, and not ordered again.
        result = CLIP
        disk.free()
        await fetch(`${web.url}/v1/jobs/${id}/resume`, { method: 'POST' })
        expect(await web.finished(id)).toMatchObject({ status: 'completed' })
        expect([cloud.billed(), results().length]).toEqual([1, 1])
      },
      LONG,
    )
  })
})
