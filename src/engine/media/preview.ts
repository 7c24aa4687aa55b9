import { fittedEven } from './fit.ts'
import { openClip } from './clip-reader.ts'
import { openWriter } from './clip-writer.ts'
import { openSound } from './sound.ts'
import { demuxerOf } from './demuxer-of.ts'
import { videoChain } from './filter-chain.ts'
import { constantRate } from './frame-rate.ts'
import { eachFrame } from './resample.ts'
import { uprightFilters } from './upright.ts'
import { probeFile } from './probe-file.ts'

const LONG_SIDE = 1280

/** Writes an MP4 that every browser plays, its long side at most 1280 pixels, of any clip that can be decoded. */
export const writePreview = async (
  path: string,
  output: string,
  onProgress: (progress: number) => void,
): Promise<void> => {
  const media = await probeFile(path)
  const demuxer = await demuxerOf(path)
  const rate = constantRate(media.fps ?? 25)
  const size = fittedEven(media, LONG_SIDE)
  const writer = openWriter({ path: output, ...size, rate, comment: null, preset: 'ultrafast' })
  const sound = openSound(media.duration ?? 0)
  const reader = openClip(path, demuxer, media.has_audio ? sound.take : undefined)
  try {
    if (reader.audio && media.has_audio) sound.open(reader.audio, writer)
    const seconds = media.duration ?? 0
    let chain: ReturnType<typeof videoChain> | undefined
    for (const { frame, index, start } of eachFrame(reader, rate, Infinity)) {
      sound.startAt(start)
      chain ??= videoChain(
        [...uprightFilters(frame, reader.turn), `scale=${size.width}:${size.height}:flags=bilinear`, 'setsar=1'].join(
          ',',
        ),
        { num: rate.den, den: rate.num },
      )
      frame.pts = BigInt(index)
      for (const upright of chain.push(frame)) {
        writer.writeFrame(upright)
        upright.free()
      }
      onProgress((index * rate.den) / rate.num / seconds)
      await new Promise((resolve) => setImmediate(resolve))
    }
    chain?.close()
    sound.finish()
    writer.finish()
  } finally {
    reader.close()
    sound.close()
  }
}
