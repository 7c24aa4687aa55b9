declare module 'gifenc' {
  export type Palette = [red: number, green: number, blue: number][]

  /** The colours that tell the pixels (RGBA) best. */
  export const quantize: (
    rgba: Uint8Array | Uint8ClampedArray,
    maxColors: number,
    options?: { format?: 'rgb565' | 'rgb444' | 'rgba4444' },
  ) => Palette

  export const GIFEncoder: (options?: { initialCapacity?: number; auto?: boolean }) => {
    /** The first frame's palette is the file's. `delay` is in milliseconds; `repeat` 0 is for ever. */
    writeFrame: (
      index: Uint8Array,
      width: number,
      height: number,
      options?: {
        palette?: Palette
        delay?: number
        repeat?: number
        transparent?: boolean
        transparentIndex?: number
        /** 1 leaves the frame standing under the next. */
        dispose?: number
      },
    ) => void
    finish: () => void
    bytes: () => Uint8Array<ArrayBuffer>
  }
}
