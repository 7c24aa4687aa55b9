import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { CLIP } from '../clip.ts'

/** What a saving node makes. `path` is read when the node saves, and no earlier. */
export type Media = { extension: string; body: Buffer } | { extension: string; path: string }

export const bytesOf = (media: Media): Promise<Buffer> =>
  'body' in media ? Promise.resolve(media.body) : readFile(media.path)

let picture: Promise<Buffer> | undefined

/** A real small picture, or a real small clip. */
export const smallMedia = async (saves: 'image' | 'video' | 'audio'): Promise<Media> => {
  if (saves === 'video') return { extension: 'mp4', body: CLIP }
  if (saves === 'audio') return { extension: 'flac', body: Buffer.from('fLaC') }
  picture ??= sharp({ create: { width: 64, height: 36, channels: 3, background: '#336699' } })
    .png()
    .toBuffer()
  return { extension: 'png', body: await picture }
}
