import { ALL_FORMATS, Input } from 'mediabunny'
import { mediaSource } from '../media-source.ts'
import type { Media, Note, SideInfo, Source } from '../protocol.ts'
import { CannotShow } from './cannot-show.ts'
import type { ClipDecoder, Purpose } from './clip-decoder.ts'
import { openClip } from './open-clip.ts'
import { openImage } from './open-image.ts'

/** Clockwise, as it has to be drawn. Degrees. */
export type Rotation = 0 | 90 | 180 | 270

/** An open side: what is known of it, and its pictures. */
export type OpenSide = {
  info: SideInfo
  /** By how much what is decoded has to be turned. Images come upright. */
  rotation: Rotation
  pictures:
    | { kind: 'image'; bitmap: ImageBitmap }
    /** A decoder that can be sent anywhere. The caller closes it. */
    | { kind: 'video'; decoder: (purpose: Purpose) => ClipDecoder }
  close: () => void
}

const openMedia = async (media: Media, hasStandIn: boolean): Promise<OpenSide> => {
  const input = new Input({ formats: ALL_FORMATS, source: mediaSource(media) })
  // What is shorter than any format's first bytes fails to be read instead of being refused.
  const isClip = await input.canRead().catch(() => false)
  try {
    if (!isClip) return await openImage(media, hasStandIn)
    const track = await input.getPrimaryVideoTrack()
    if (track) return await openClip(input, track, media, hasStandIn)
    // An AVIF is laid out like an MP4.
    return await openImage(media, hasStandIn).catch(() => {
      throw new CannotShow('There is no picture in it.')
    })
  } catch (error) {
    input.dispose()
    throw error
  } finally {
    if (!isClip) input.dispose()
  }
}

const reasonOf = (error: unknown): CannotShow => {
  if (error instanceof CannotShow) return error
  const words = error instanceof Error ? error.message : String(error)
  return new CannotShow(`It could not be read, and seems damaged or cut short (${words.replace(/[.\s]+$/, '')}).`)
}

const standInNote = (reason: CannotShow): Note => ({
  word: 'copy',
  sentence: `${reason.message} This is a copy of it, made by the server.`,
})

/**
 * Opens what a side is read from, or its preview where this browser cannot show it as it is.
 * @throws CannotShow where neither can be shown
 */
export const openSide = async ({ media, preview }: Pick<Source, 'media' | 'preview'>): Promise<OpenSide> => {
  try {
    return await openMedia(media, preview !== null)
  } catch (error) {
    const reason = reasonOf(error)
    if (!preview) throw reason
    const side = await openMedia(preview, false).catch((worse: unknown) => {
      throw new CannotShow(`${reason.message} Its preview could not be shown either: ${reasonOf(worse).message}`)
    })
    return { ...side, info: { ...side.info, isPreview: true, notes: [standInNote(reason), ...side.info.notes] } }
  }
}
