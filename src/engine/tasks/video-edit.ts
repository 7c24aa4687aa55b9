import { MAX_EDIT_SECONDS } from '../../shared/media.ts'
import { fittedSize } from '../../shared/models/size.ts'
import { zeroLength } from '../failure.ts'
import { openClip } from '../media/clip-reader.ts'
import { openWriter } from '../media/clip-writer.ts'
import { demuxerOf } from '../media/demuxer-of.ts'
import { type FilterChain, videoChain } from '../media/filter-chain.ts'
import { constantRate, perSecond } from '../media/frame-rate.ts'
import type { Planes } from '../media/planes.ts'
import { isPlain, plainPlanesOf, planesOf, toPlanes } from '../media/planes-frame.ts'
import { eachFrame } from '../media/resample.ts'
import { openSound } from '../media/sound.ts'
import { uprightFilters } from '../media/upright.ts'
import type { RenderedFacts, RenderOrder } from '../messages.ts'
import { createStyle } from '../styles/create-style.ts'
import { breathe, type OnProgress } from './breathe.ts'
import { sourceOf } from './source-of.ts'

/** What loading the code and opening the clip are of the whole, until the first frame is told. */
const BEGUN = 0.01
/** Sound may lie this far behind its picture in a file, in seconds. */
const SOUND_LAG = 1

/** Restyles a clip: its length up to 30 seconds, its rate up to 60, its sound, upright, at the resolution asked for. */
export const renderVideoEdit = async (order: RenderOrder, onProgress: OnProgress): Promise<RenderedFacts> => {
  onProgress(BEGUN)
  const { path, media } = sourceOf(order, 'data')
  const seconds = Math.min(MAX_EDIT_SECONDS, media.duration ?? MAX_EDIT_SECONDS)
  const rate = constantRate(media.fps ?? 25)
  const size = fittedSize(media, order.resolution)
  const reference = order.sources['reference_image']
  // Reading pictures takes a library of its own, and a tenth of a second to load it.
  const palette = reference && (await (await import('../media/palette.ts')).readPalette(reference.path))
  const style = createStyle({ ...order, ...size, palette })

  const sound = openSound(seconds)
  const reader = openClip(path, await demuxerOf(path), media.has_audio ? sound.take : undefined)
  const writer = openWriter({ path: order.output, ...size, rate, comment: order.recipe })
  let chain: FilterChain | undefined
  try {
    if (reader.audio && media.has_audio) sound.open(reader.audio, writer)
    let planes: Planes | undefined
    let begin = 0
    for (const { frame, index, start, fresh } of eachFrame(reader, rate, seconds)) {
      begin = start
      sound.startAt(start)
      if (fresh || !planes) {
        const upright = uprightFilters(frame, reader.turn)
        if (upright.length === 0 && isPlain(frame, size.width, size.height)) planes = plainPlanesOf(frame)
        else {
          chain ??= videoChain([...upright, toPlanes(size.width, size.height, 1)].join(','), {
            num: rate.den,
            den: rate.num,
          })
          frame.pts = BigInt(index)
          for (const scaled of chain.push(frame)) {
            planes = planesOf(scaled, 1)
            scaled.free()
          }
        }
      }
      if (planes) writer.writePlanes(style.apply(planes, index / perSecond(rate), index))
      onProgress(Math.min(0.99, BEGUN + (1 - BEGUN) * ((index + 1) / (seconds * perSecond(rate)))))
      await breathe()
    }
    if (writer.frames() === 0) throw zeroLength()
    if (media.has_audio)
      for (let rest = reader.read(); rest && rest.time < begin + seconds + SOUND_LAG; rest = reader.read());
    sound.finish()
    const duration = writer.frames() / perSecond(rate)
    writer.finish()
    onProgress(1)
    return { mime_type: 'video/mp4', ...size, duration, fps: perSecond(rate) }
  } finally {
    chain?.close()
    sound.close()
    reader.close()
  }
}
