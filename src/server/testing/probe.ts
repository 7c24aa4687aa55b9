import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny'
import sharp from 'sharp'
import { type MediaInfo, PLAIN } from '../../shared/media.ts'

const clip = async (path: string): Promise<MediaInfo> => {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS })
  try {
    const track = await input.getPrimaryVideoTrack()
    if (!track) throw new Error('no video in it')
    const { averagePacketRate: fps } = await track.computePacketStats()
    return {
      kind: 'video',
      mime_type: 'video/mp4',
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      duration: await track.computeDuration(),
      fps,
      codec: 'h264',
      has_audio: false,
      ...PLAIN,
    }
  } finally {
    input.dispose()
  }
}

/** Measures media without the engine's child, for tests that are not about the engine. */
export const probe = async (path: string): Promise<MediaInfo> => {
  const picture = await sharp(path)
    .metadata()
    .catch(() => null)
  if (!picture) return clip(path)
  const { width, height, format } = picture
  const still = { duration: null, fps: null, has_audio: false, ...PLAIN } as const
  return { kind: 'image', mime_type: `image/${format}`, width, height, codec: format, ...still }
}
