import type { Input, InputVideoTrack } from 'mediabunny'
import { IsobmffInputFormat } from 'mediabunny'
import { type EditList, readEditList } from '../../../shared/edit-list.ts'
import { colourNote, isHdr } from '../colours.ts'
import { sizeOf, readerOf } from '../media-source.ts'
import type { Media, Note } from '../protocol.ts'
import { CannotShow } from './cannot-show.ts'
import { createClipDecoder } from './clip-decoder.ts'
import type { OpenSide } from './open-side.ts'
import { matrixInPictures } from './picture-tags.ts'
import { type Shown, timetableOf } from './timetable.ts'

const CODEC_NAMES: Partial<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
}

/** What an MP4 or MOV shows of its track, as far as one timeline can tell it. */
const shownOf = (edits: EditList | null): Shown => {
  switch (edits?.kind) {
    case undefined:
      return { from: 0, to: Infinity }
    case 'plain':
      return edits
    case 'parts':
      throw new CannotShow(`It is put together of ${edits.count} parts by an edit list, which browsers do not follow.`)
    case 'gap':
      throw new CannotShow('Its timeline has a hole in it, where no picture is shown. Export it again as one clip.')
    case 'speed':
      throw new CannotShow('Its timeline plays a part of it at another speed. Export it again as one clip.')
  }
}

const editsOf = async (media: Media): Promise<EditList | null> => {
  const size = await sizeOf(media)
  // What is not understood is left to the decoder.
  return size === null ? null : readEditList(readerOf(media), size).catch(() => null)
}

/** What is not shown as it is. `hasStandIn` says whether there is a copy that shows it better. */
const shortcomings = async (
  track: InputVideoTrack,
  told: VideoColorSpaceInit,
  hasStandIn: boolean,
): Promise<Note[]> => {
  const notes: Note[] = []
  if (isHdr(told))
    notes.push({ word: 'HDR', sentence: 'It is HDR, which every browser brings to standard range in its own way.' })
  if (await track.canBeTransparent())
    notes.push({ word: 'alpha', sentence: 'It is transparent in parts, which is not shown.' })
  const [first] = notes
  if (first && hasStandIn) throw new CannotShow(first.sentence)
  return notes
}

/**
 * Opens a clip.
 * @throws CannotShow where it cannot be shown, or, with a stand-in, not as it is
 */
export const openClip = async (
  input: Input,
  track: InputVideoTrack,
  media: Media,
  hasStandIn: boolean,
): Promise<OpenSide> => {
  const codec = (await track.getCodec()) ?? 'unknown'
  if (typeof VideoDecoder === 'undefined')
    throw new CannotShow(
      'This page cannot decode clips: browsers allow it on https and on localhost only. Open the studio there.',
    )
  if (!(await track.canDecode())) throw new CannotShow(`This browser cannot decode ${CODEC_NAMES[codec] ?? codec}.`)
  const isIso = (await input.getFormat()) instanceof IsobmffInputFormat
  // Other containers have no time before which nothing is shown.
  const shown = isIso ? shownOf(await editsOf(media)) : { from: -Infinity, to: Infinity }
  const told = await track.getColorSpace()
  const notes = await shortcomings(track, told, hasStandIn)
  // Only H.264 says so in its pictures where the file may say something else.
  const colours = colourNote(told, told.matrix && codec === 'avc' ? await matrixInPictures(track) : null)
  const timetable = await timetableOf(track, shown)
  const { starts, keyframes, end, origin } = timetable
  if (starts.length === 0) throw new CannotShow('There are no frames in it.')
  return {
    info: {
      kind: 'video',
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      starts,
      keyframes,
      end,
      origin,
      hasAudio: (await input.getPrimaryAudioTrack()) !== null,
      codec: CODEC_NAMES[codec] ?? codec,
      isPreview: false,
      notes: colours ? [...notes, colours] : notes,
    },
    rotation: await track.getRotation(),
    pictures: { kind: 'video', decoder: (purpose) => createClipDecoder(track, timetable, purpose) },
    close: () => input.dispose(),
  }
}
