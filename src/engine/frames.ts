/** A picture in memory: RGBA, 8 bits a channel, straight alpha, rows without padding. */
export type Pixels = { width: number; height: number; data: Uint8Array | Uint8ClampedArray }

/** What moves along a path: a thing that stands at its start, or the place itself where nothing stands out. */
export type Moved = 'subject' | 'place'

/**
 * Draws a clip, or a picture as a clip of one frame. `draw` answers RGBA (4 bytes a pixel, rows without padding); the
 * array is the source's own and holds that frame until the next call. A frame depends on no other; frames are asked for
 * in rising order, each once.
 */
export type FrameSource = {
  width: number
  height: number
  fps: number
  count: number
  draw: (index: number) => Uint8Array | Uint8ClampedArray
  /**
   * The same frame as the encoder takes it, where it is drawn so: 4:2:0 planes at television range, one after the other.
   * It too is the source's own, until the next call.
   */
  video?: (index: number) => Uint8Array<ArrayBuffer>
  /** What a path was found to move. */
  moved?: Moved
}
