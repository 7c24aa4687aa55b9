import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, expect, it } from 'vitest'
import { fileResourceSchema } from '../../shared/media.ts'
import { submittedSchema } from '../../shared/routes.ts'
import { killAll, type Launched } from '../testing/launch.ts'
import { onPostgres } from '../testing/on-each-index.ts'
import { S3_ENV, startS3Server } from '../testing/s3/s3-server.ts'
import { createRig } from './testing/team-rig.ts'

onPostgres('servers and a worker on machines of their own, with a storage', (cluster) => {
  afterEach(killAll)

  it('render what was uploaded at one and asked for at another, and send it from both', async () => {
    const s3 = await startS3Server()
    const rig = await createRig(cluster())
    const folder = mkdtempSync(join(tmpdir(), 'rushes-apart-'))
    const machine = (name: string) => ({
      ...S3_ENV,
      FILES_URL: s3.filesUrl('studio'),
      DATA_DIR: join(folder, name),
    })
    const [one, other] = await Promise.all([
      rig.web(machine('one')),
      rig.web(machine('other')),
      rig.worker(machine('worker')),
    ])
    const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#369' } })
      .png()
      .toBuffer()
    const uploaded = await one.upload(new Blob([new Uint8Array(picture)]), 'sky.png')
    const { id: file } = fileResourceSchema.parse(await uploaded.json())
    const submitted = await other.submit('lucy-pro-i2i', { prompt: 'ink on paper', data: file })
    const { job_id: id } = submittedSchema.parse(await submitted.json())
    expect(await one.finished(id)).toMatchObject({ status: 'completed', inputs: { data: file } })

    const content = async ({ url }: Launched, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${url}/v1/jobs/${id}/content`, { headers })
      return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
    }
    const [here, there] = [await content(one), await content(other)]
    expect(await sharp(here.bytes).metadata()).toMatchObject({ format: 'png' })
    expect(there.bytes.equals(here.bytes)).toBe(true)
    const part = await content(other, { range: 'bytes=10-19' })
    expect([part.status, part.bytes.equals(here.bytes.subarray(10, 20))]).toEqual([206, true])
    expect((await fetch(`${other.url}/v1/files/${file}/thumbnail`)).status).toBe(200)
    // The take is on the storage alone.
    for (const name of ['one', 'other', 'worker']) expect(readdirSync(join(folder, name, 'takes'))).toEqual([])
    expect([...s3.bucket.objects.keys()].filter((key) => /^studio\/takes\/.*\.png$/.test(key))).toHaveLength(1)

    await killAll()
    await s3.close()
    rig.remove()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  })
})
