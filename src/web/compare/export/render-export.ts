import { type Film, openFilm } from './film.ts'
import type { Exported, ExportOrder } from './order.ts'
import { openSoundTrack, type SoundTrack } from './sound-track.ts'
import { createGifWriter, paletteOf } from './write-gif.ts'
import { type ClipCodec, createVideoWriter, videoCodecFor } from './write-video.ts'

/** So many frames, spread over the file, decide about the colours of a GIF. */
const COLOUR_FRAMES = 8
/** Milliseconds of work after which progress is reported and messages, a cancel among them, are let in. */
const YIELD_AFTER = 80
const CODEC_NAMES: Record<ClipCodec, string> = { avc: 'H.264', vp8: 'VP8', vp9: 'VP9', av1: 'AV1' }

type Made = { blob: Blob; notes: readonly string[] }
type Told = (done: number) => void

/** Makes a function that yields to the event loop now and then, so that messages come in. It throws once aborted. */
const createYielder = (signal: AbortSignal, told: Told) => {
  let last = performance.now()
  return async (done: number) => {
    signal.throwIfAborted()
    if (performance.now() - last < YIELD_AFTER) return
    told(done)
    await new Promise((resolve) => setTimeout(resolve))
    last = performance.now()
    signal.throwIfAborted()
  }
}

const readPixels = ({ context, plan: { viewport } }: Film): Uint8ClampedArray =>
  context.getImageData(0, 0, viewport.width, viewport.height).data

const makeGif = async (film: Film, yieldNow: (done: number) => Promise<void>): Promise<Made> => {
  const { count, rate, viewport } = film.plan
  const samples: Uint8ClampedArray[] = []
  const looks = Math.min(COLOUR_FRAMES, count)
  for (let look = 0; look < looks; look++) {
    await film.draw(Math.floor(((look + 0.5) / looks) * count))
    samples.push(readPixels(film))
    await yieldNow(0)
  }
  const writer = createGifWriter(viewport, rate, paletteOf(samples))
  for (let frame = 0; frame < count; frame++) {
    await film.draw(frame)
    writer.add(readPixels(film))
    await yieldNow((frame + 1) / count)
  }
  return { blob: writer.finish(), notes: [] }
}

const openSound = async (film: Film, format: 'mp4' | 'webm', seconds: number): Promise<SoundTrack | string | null> => {
  if (!film.sound) return null
  const { media, from } = film.sound
  return openSoundTrack(media, format, { from, to: from + seconds }).catch(
    (error: unknown) => `It is without sound. ${error instanceof Error ? error.message : String(error)}`,
  )
}

const makeVideo = async (
  film: Film,
  format: 'mp4' | 'webm',
  yieldNow: (done: number) => Promise<void>,
): Promise<Made> => {
  const { count, rate, viewport } = film.plan
  const codec = await videoCodecFor(format, viewport, rate)
  if (!codec)
    throw new Error(
      `This browser cannot encode ${format === 'mp4' ? 'an MP4' : 'a WebM'} of ${viewport.width} × ${viewport.height}. Export a GIF, or use another browser.`,
    )
  const notes: string[] = []
  if (format === 'mp4' && codec !== 'avc')
    notes.push(
      `This browser does not encode H.264: the MP4 holds ${CODEC_NAMES[codec]}, which some players do not open.`,
    )
  const seconds = rate.den / rate.num
  const sound = await openSound(film, format, count * seconds)
  const track = typeof sound === 'string' ? null : sound
  if (typeof sound === 'string') notes.push(sound)
  if (format === 'mp4' && track && track.codec !== 'AAC')
    notes.push(
      `This browser does not encode AAC: the sound is ${track.codec}, which some players do not play in an MP4.`,
    )
  const writer = await createVideoWriter(film.canvas, { format, codec, rate, sound: track?.source ?? null })
  try {
    for (let frame = 0; frame < count; frame++) {
      await film.draw(frame)
      await track?.feed(frame * seconds)
      await writer.add(frame)
      await yieldNow((frame + 1) / count)
    }
    return { blob: await writer.finish(), notes }
  } catch (error) {
    await writer.cancel()
    throw error
  } finally {
    await track?.close()
  }
}

const makeStill = async (film: Film): Promise<Made> => {
  await film.draw(0)
  return { blob: await film.canvas.convertToBlob({ type: 'image/png' }), notes: [] }
}

/**
 * Makes the file of an order. Whatever comes of it, nothing stays open.
 * @throws the signal's reason when it is aborted; Error in whole sentences where the file cannot be made
 */
export const renderExport = async (order: ExportOrder, signal: AbortSignal, told: Told): Promise<Exported> => {
  const film = await openFilm(order, signal)
  try {
    const { viewport, rate, count } = film.plan
    const yieldNow = createYielder(signal, told)
    const { format } = order
    const made =
      format === 'png'
        ? await makeStill(film)
        : format === 'gif'
          ? await makeGif(film, yieldNow)
          : await makeVideo(film, format, yieldNow)
    signal.throwIfAborted()
    return {
      blob: made.blob,
      size: { width: viewport.width, height: viewport.height },
      fps: format === 'png' ? null : rate.num / rate.den,
      frames: count,
      notes: [...film.notes, ...made.notes],
      openFrames: film.close(),
    }
  } finally {
    film.close()
  }
}
