import { MAX_EDIT_FPS, MAX_EDIT_SECONDS, type MediaInfo } from '../../shared/media.ts'
import { formatFps, formatSeconds } from '../ui/format.ts'

/** Longer than a rounding of what files say of themselves. Seconds, frames per second. */
const CLEARLY = 0.05

const ofColours = ({ colour, hdr, kind }: MediaInfo): string | null => {
  // A file that an older version looked at tells nothing of it.
  if (colour === null) return null
  if (colour.space === 'cmyk') return 'Its print colours (CMYK) become sRGB.'
  if (hdr) return 'HDR becomes standard range.'
  if (kind === 'image' || colour.space !== null) return null
  return `Its colours are not tagged: they are read as BT.601, ${colour.range ?? 'limited'} range.`
}

const ofTime = (media: MediaInfo): (string | null)[] => {
  const { duration, fps, frame_count, edits, kind, codec, has_audio, sound_before } = media
  if (kind === 'image')
    return [
      frame_count !== null && frame_count > 1
        ? `It is an animation of ${frame_count} pictures: the first is used.`
        : null,
    ]
  return [
    has_audio ? 'Its sound is kept.' : null,
    sound_before > 0 ? `The ${formatSeconds(sound_before)} of it before the first picture are left out.` : null,
    codec === 'gif' ? 'The animation is used as a clip.' : null,
    duration !== null && duration > MAX_EDIT_SECONDS + CLEARLY
      ? `Of its ${formatSeconds(duration)} the first ${MAX_EDIT_SECONDS} s are used.`
      : null,
    fps !== null && fps > MAX_EDIT_FPS + CLEARLY
      ? `Of its ${formatFps(fps)} frames a second at most ${MAX_EDIT_FPS} are used.`
      : null,
    edits > 1 ? `It is put together of ${edits} parts, as its file says.` : null,
  ]
}

/**
 * What the local engine makes of a file that is not taken as it is, before anything is rendered: a sentence for each
 * thing that becomes another. A cloud gets the file itself.
 */
export const whatBecomesOf = (media: MediaInfo): string[] =>
  [media.has_alpha ? 'Transparent parts become white.' : null, ofColours(media), ...ofTime(media)].filter(
    (sentence) => sentence !== null,
  )
