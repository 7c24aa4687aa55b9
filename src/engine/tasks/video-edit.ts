import { MAX_EDIT_SECONDS } from '../../shared/media.ts'
import { fittedSize } from '../../shared/models/size.ts'
import { zeroLength } from '../process/failure.ts'
import { openClip } from '../media/clip-reader.ts'
import { openWriter } from '../media/clip-writer.ts'
import { demuxerOf } from '../media/demuxer-of.ts'
import { pacedFrames, paceOf } from '../media/pace.ts'
import { createScaling } from '../media/scaling.ts'
import { openSound } from '../media/sound.ts'
import type { RenderedFacts, RenderOrder } from '../process/messages.ts'
import { BEGUN, breathe, type OnProgress } from './breathe.ts'
import { AHEAD } from './drawer-messages.ts'
import { startEditor } from './edit-clip.ts'
import { sourceOf } from './source-of.ts'

/** Sound may lie this far behind its picture in a file, in seconds. */
const SOUND_LAG = 1

/**
 * Restyles a clip: its length up to 30 seconds, its frames each at its own time and up to 60 a second, its sound,
 * upright, at the resolution asked for. While a thread draws a frame, this one decodes those after it and encodes those
 * before.
 */
export const renderVideoEdit = async (order: RenderOrder, onProgress: OnProgress): Promise<RenderedFacts> => {
  const { path, media } = sourceOf(order, 'data')
  const length = Math.min(MAX_EDIT_SECONDS, media.duration ?? MAX_EDIT_SECONDS)
  const demuxer = await demuxerOf(path)
  const pace = paceOf(path, demuxer, MAX_EDIT_SECONDS)
  const size = fittedSize(media, order.resolution)
  const editor = startEditor({ order, ...size })

  const sound = openSound(length)
  const reader = openClip(path, demuxer, media.has_audio ? sound.take : undefined)
  const writer = openWriter({ path: order.output, ...size, rate: pace.fps, ticks: pace.ticks, comment: order.recipe })
  /** Memory of frames that were written. */
  const spent: Uint8Array<ArrayBuffer>[] = []
  const scaling = createScaling(reader.turn, size, pace.ticks, spent)
  /** When frames begin that are being drawn. */
  const given: { tick: number; stands: number }[] = []
  const write = async (): Promise<void> => {
    const styled = await editor.take()
    writer.writeVideo(styled, given.shift())
    spent.push(styled)
    onProgress(Math.min(0.99, BEGUN + (1 - BEGUN) * (writer.seconds() / length)))
  }
  try {
    if (reader.audio && media.has_audio) sound.open(reader.audio, writer)
    let begin = 0
    for (const { frame, index, start, tick, stands } of pacedFrames(reader, pace, MAX_EDIT_SECONDS)) {
      begin = start
      sound.startAt(start)
      const video = scaling.planesOf(frame, tick)
      if (video) {
        editor.give({ video, time: (tick * pace.ticks.den) / pace.ticks.num, index })
        given.push({ tick, stands })
      }
      if (given.length >= AHEAD) await write()
      await breathe()
    }
    while (given.length > 0) await write()
    if (writer.frames() === 0) throw zeroLength()
    if (media.has_audio)
      for (let rest = reader.read(); rest && rest.time < begin + length + SOUND_LAG; rest = reader.read());
    sound.finish()
    const duration = writer.seconds()
    const fps = Math.round((writer.frames() / duration) * 1e6) / 1e6
    writer.finish()
    onProgress(1)
    return { mime_type: 'video/mp4', ...size, duration, fps }
  } finally {
    scaling.close()
    sound.close()
    reader.close()
  }
}
