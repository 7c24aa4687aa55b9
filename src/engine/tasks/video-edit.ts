import { MAX_EDIT_SECONDS } from '../../shared/media.ts'
import { fittedSize } from '../../shared/models/size.ts'
import { zeroLength } from '../failure.ts'
import { openClip } from '../media/clip-reader.ts'
import { openWriter } from '../media/clip-writer.ts'
import { demuxerOf } from '../media/demuxer-of.ts'
import { type FilterChain, videoChain } from '../media/filter-chain.ts'
import { constantRate, perSecond } from '../media/frame-rate.ts'
import { isPlain, toVideoPlanes, videoPlanesOf } from '../media/planes-frame.ts'
import { eachFrame } from '../media/resample.ts'
import { openSound } from '../media/sound.ts'
import { uprightFilters } from '../media/upright.ts'
import type { RenderedFacts, RenderOrder } from '../messages.ts'
import { BEGUN, breathe, type OnProgress } from './breathe.ts'
import { AHEAD } from './drawer-messages.ts'
import { startEditor } from './edit-clip.ts'
import { sourceOf } from './source-of.ts'

/** Sound may lie this far behind its picture in a file, in seconds. */
const SOUND_LAG = 1

/**
 * Restyles a clip: its length up to 30 seconds, its rate up to 60, its sound, upright, at the resolution asked for. While
 * a thread draws a frame, this one decodes those after it and encodes those before.
 */
export const renderVideoEdit = async (order: RenderOrder, onProgress: OnProgress): Promise<RenderedFacts> => {
  const { path, media } = sourceOf(order, 'data')
  const seconds = Math.min(MAX_EDIT_SECONDS, media.duration ?? MAX_EDIT_SECONDS)
  const rate = constantRate(media.fps ?? 25)
  const size = fittedSize(media, order.resolution)
  const editor = startEditor({ order, ...size })

  const sound = openSound(seconds)
  const reader = openClip(path, await demuxerOf(path), media.has_audio ? sound.take : undefined)
  const writer = openWriter({ path: order.output, ...size, rate, comment: order.recipe })
  let chain: FilterChain | undefined
  /** Memory of frames that were written. */
  const spent: Uint8Array<ArrayBuffer>[] = []
  const write = async (): Promise<void> => {
    const styled = await editor.take()
    writer.writeVideo(styled)
    // Where a picture is shown for several frames, more comes back than goes out.
    if (spent.length < AHEAD) spent.push(styled)
    onProgress(Math.min(0.99, BEGUN + (1 - BEGUN) * (writer.frames() / (seconds * perSecond(rate)))))
  }
  try {
    if (reader.audio && media.has_audio) sound.open(reader.audio, writer)
    let given = 0
    let begin = 0
    for (const { frame, index, start, fresh } of eachFrame(reader, rate, seconds)) {
      begin = start
      sound.startAt(start)
      let video: Uint8Array<ArrayBuffer> | undefined
      if (fresh || given === 0) {
        const upright = uprightFilters(frame, reader.turn)
        if (upright.length === 0 && isPlain(frame, size.width, size.height)) video = videoPlanesOf(frame, spent.pop())
        else {
          chain ??= videoChain([...upright, toVideoPlanes(size.width, size.height)].join(','), {
            num: rate.den,
            den: rate.num,
          })
          frame.pts = BigInt(index)
          for (const scaled of chain.push(frame)) {
            video = videoPlanesOf(scaled, spent.pop())
            scaled.free()
          }
        }
      }
      if (video || given > 0) {
        editor.give({ video, time: index / perSecond(rate), index })
        given++
      }
      if (given - writer.frames() >= AHEAD) await write()
      await breathe()
    }
    while (writer.frames() < given) await write()
    if (given === 0) throw zeroLength()
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
