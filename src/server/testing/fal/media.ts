import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { makeClip } from '../../../engine/testing/clips.ts'

const clip = async (): Promise<Buffer> => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-fal-'))
  try {
    return await readFile(await makeClip(join(folder, 'made.mp4'), { width: 128, height: 72, fps: 16, seconds: 1 }))
  } finally {
    await rm(folder, { recursive: true })
  }
}
const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 128, height: 72, channels: 3, background: '#3a6ea5' } })
    .png()
    .toBuffer()

/** A small real clip or picture, made when it is first wanted. */
export const createResults = (): ((kind: 'video' | 'image') => Promise<Buffer>) => {
  const made: Partial<Record<'video' | 'image', Promise<Buffer>>> = {}
  return (kind) => (made[kind] ??= kind === 'video' ? clip() : picture())
}
