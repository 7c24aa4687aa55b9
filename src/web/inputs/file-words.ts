import type { RendererName } from '../../shared/job.ts'
import { MAX_EDIT_FPS, type MediaInfo } from '../../shared/media.ts'
import type { Model } from '../../shared/models/index.ts'
import { maxSourceSeconds } from '../../shared/source-seconds.ts'
import { formatFps, formatSeconds } from '../ui/format.ts'

/** Who will make it: `title` is what the renderer is called, `engine` the model that runs there, where that is known. */
export type FileMaker = { renderer: RendererName; title: string; engine: string | null }

/** What may be in a file that not every renderer takes as it is. */
type Trait = 'alpha' | 'animation' | 'cmyk' | 'hdr' | 'untagged' | 'sound' | 'sound-before' | 'gif' | 'fast' | 'parts'

type Words = (media: MediaInfo) => string

const LOCAL: Record<Trait, Words> = {
  alpha: () => 'Transparent parts become white.',
  cmyk: () => 'Its print colours (CMYK) become sRGB.',
  hdr: () => 'HDR becomes standard range.',
  untagged: ({ colour }) => `Its colours are not tagged: they are read as BT.601, ${colour?.range ?? 'limited'} range.`,
  animation: ({ frame_count }) => `It is an animation of ${frame_count} pictures: the first is used.`,
  sound: () => 'Its sound is kept.',
  'sound-before': ({ sound_before }) =>
    `The ${formatSeconds(sound_before)} of it before the first picture are left out.`,
  gif: () => 'The animation is used as a clip.',
  fast: ({ fps }) => `Of its ${formatFps(fps ?? 0)} frames a second at most ${MAX_EDIT_FPS} are used.`,
  parts: ({ edits }) => `It is put together of ${edits} parts, as its file says.`,
}

/** Graphs of ours read pictures by LoadImage and clips by LoadVideo, both as plain RGB, without an eye to tags. */
const COMFYUI: Partial<Record<Trait, Words>> = {
  alpha: () => 'Transparency is dropped: what lies under it shows, which often is black.',
  cmyk: () => 'Its print colours (CMYK) become RGB without their profile.',
  hdr: () => 'HDR is read as if it were standard range, and may look flat.',
  animation: ({ frame_count }) => `It is an animation of ${frame_count} pictures: which are used depends on ComfyUI.`,
  sound: () => 'Its sound is kept, as long as the picture.',
}

/** Of who is given the file itself: what it says of the traits that it tells of; of all others it tells nothing. */
const TOLD: Partial<Record<RendererName, Partial<Record<Trait, Words>>>> = {
  openai: { sound: () => 'Its sound is not kept.' },
}

const NAMES: Partial<Record<Trait, string>> = {
  alpha: 'transparency',
  animation: 'animation',
  cmyk: 'print colours (CMYK)',
  hdr: 'HDR',
  sound: 'sound',
  gif: 'animation',
}

/** Longer than a rounding of what files say of themselves. Seconds, frames per second. */
const CLEARLY = 0.05

const colourTrait = ({ colour, hdr, kind }: MediaInfo): Trait | null => {
  // A file that an older version looked at tells nothing of it.
  if (colour === null) return null
  if (colour.space === 'cmyk') return 'cmyk'
  if (hdr) return 'hdr'
  return kind === 'image' || colour.space !== null ? null : 'untagged'
}

const traitsOf = (media: MediaInfo): Trait[] => {
  const { kind, frame_count, has_alpha, has_audio, sound_before, codec, fps, edits } = media
  const isClip = kind === 'video'
  const traits: (Trait | null)[] = [
    has_alpha ? 'alpha' : null,
    colourTrait(media),
    !isClip && (frame_count ?? 1) > 1 ? 'animation' : null,
    isClip && has_audio ? 'sound' : null,
    isClip && sound_before > 0 ? 'sound-before' : null,
    isClip && codec === 'gif' ? 'gif' : null,
    isClip && (fps ?? 0) > MAX_EDIT_FPS + CLEARLY ? 'fast' : null,
    isClip && edits > 1 ? 'parts' : null,
  ]
  return traits.filter((trait) => trait !== null)
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

const tableOf = (renderer: RendererName, isWorkflow: boolean): Partial<Record<Trait, Words>> => {
  if (renderer === 'local') return LOCAL
  if (renderer !== 'comfyui') return TOLD[renderer] ?? {}
  // What becomes of a file in a person's own graph is the graph's to say.
  return isWorkflow ? {} : COMFYUI
}

/** `30 s` of what is a whole number of seconds. */
export const wholeSeconds = (seconds: number): string => formatSeconds(seconds).replace(/\.0 s$/, ' s')

/** `12.3 s; the first 5 s will be used.` */
export const usedWords = (duration: number, most: number): string =>
  `${formatSeconds(duration)}; the first ${wholeSeconds(most)} will be used.`

/** Whether a clip is longer than what is used of it. Seconds. */
export const isOverlong = (duration: number | null, most: number | null): most is number =>
  duration !== null && most !== null && duration > most + CLEARLY

/**
 * What becomes of a file that is not taken as it is, by whoever will make it, before anything is rendered: a sentence for
 * each thing that becomes another, and one for all of which nobody says.
 */
export const whatBecomesOf = (media: MediaInfo, model: Pick<Model, 'id' | 'task'>, maker: FileMaker): string[] => {
  const traits = traitsOf(media)
  const { duration } = media
  const most = maxSourceSeconds(model, maker)
  const isWorkflow = model.task === 'custom'
  const table = tableOf(maker.renderer, isWorkflow)
  const told = traits.flatMap((trait) => table[trait]?.(media) ?? [])
  const open = traits.flatMap((trait) => (table[trait] === undefined ? (NAMES[trait] ?? []) : []))
  const on = isWorkflow ? 'the workflow' : (maker.engine ?? maker.title)
  return [
    ...told,
    ...(open.length > 0
      ? [`It goes out as it is: what becomes of its ${listed([...new Set(open)])} depends on ${on}.`]
      : []),
    duration !== null && isOverlong(duration, most) ? usedWords(duration, most) : null,
  ].filter((sentence) => sentence !== null)
}
