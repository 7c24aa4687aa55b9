import type { View } from './view.ts'

/** What a side is read from. */
export type Media = { kind: 'blob'; blob: Blob } | { kind: 'url'; url: string }

/** One thing to compare, as the page hands it in. */
export type Source = {
  /** Tells it apart from the others. */
  id: string
  media: Media
  /** A copy for browsers that cannot show `media` as it is; null where there is none. */
  preview: Media | null
  /**
   * Where a clip's proxy is fetched from, which has the same frames, small and quickly decoded; any status but 200 says
   * that there is none. Null where none is to be looked for.
   */
  proxy: string | null
  /** Where a small picture of it is, which is shown until the side itself is on screen; null where there is none. */
  poster: string | null
}

/** Pixels. */
export type Size = { width: number; height: number }

/** What is drawn on, in device pixels; `gap` lies between the places of a grid. */
export type Viewport = Size & { gap: number }

/** What is known of a side once it is open. */
export type SideInfo = Size & {
  kind: 'image' | 'video'
  /**
   * When each frame begins, in seconds, ascending: the first that is shown at 0, those that an edit list hides before it
   * below 0. One for an image.
   */
  starts: Float64Array
  /** The keyframes among them, by index. */
  keyframes: Uint32Array
  /** When the last frame ends. Infinity for an image. Seconds. */
  end: number
  /** When the first frame is shown by the container's own clock, which its sound goes by. Seconds. */
  origin: number
  hasAudio: boolean
  /** `rgba`, or the codec as WebCodecs names it: what is shown in the side's facts. */
  codec: string
  /** Whether the preview stands in for what cannot be shown as it is. */
  isPreview: boolean
  /** What is to be known of what is shown: what was assumed, and what it lacks. */
  notes: readonly Note[]
}

/** A word for a badge, of which the first stays where there is little room, and the whole sentence behind it. */
export type Note = { word: string; sentence: string }

export type SideState =
  | { name: 'opening' }
  | { name: 'ready'; info: SideInfo }
  /** `reason` says what happened and what to do, in whole sentences. */
  | { name: 'failed'; reason: string }

/** A part of the timeline. Seconds; `to` is not part of it. */
export type Range = { from: number; to: number }

/** What stands on screen. All of it belongs together: it was drawn in one go. */
export type Shown = {
  /** The playhead. Seconds. */
  time: number
  /** The frame of each side on screen, by index into its `starts`; -1 where nothing is drawn of it. */
  frames: readonly number[]
  /** The sides of which a small copy of that frame is drawn until the frame itself is decoded. Indices. */
  proxies: readonly number[]
  /** The most that any frame on screen is away from the side's frame for `time`. Seconds; 0 by construction. */
  drift: number
}

/** What the map of changes needs: one byte for each block (0 alike, 255 nothing alike), by frame of the reference. */
export type HeatMap = { columns: number; rows: number; frames: readonly (Uint8Array | undefined)[] }

export type Command =
  | { name: 'open'; canvas: OffscreenCanvas; sources: readonly Source[]; view: View; viewport: Viewport }
  | { name: 'view'; view: View; viewport: Viewport }
  /** `order` counts up: a tick tells the last one that it knows of, so that the page is not told what it has undone. */
  | { name: 'play'; rate: number; order: number }
  | { name: 'pause'; order: number }
  | { name: 'seek'; time: number; order: number }
  | { name: 'loop'; loop: boolean; range: Range | null }
  | { name: 'offset'; side: number; seconds: number }
  | { name: 'heat'; map: HeatMap | null }
  /** Whether the page is in the background. */
  | { name: 'hidden'; hidden: boolean }
  | { name: 'close' }

export type Report =
  | { name: 'side'; side: number; state: SideState }
  | { name: 'tick'; shown: Shown; playing: boolean; waiting: boolean; skipped: number; order: number }
  | { name: 'closed'; openFrames: number }
