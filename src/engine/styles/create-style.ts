import type { Palette } from '../media/palette.ts'
import { createPlanes, type Planes } from '../media/planes.ts'
import { looks } from './looks.ts'
import { readStyle } from './read-style.ts'
import { openStudio, type Pass } from './studio.ts'

export type StyleOptions = {
  prompt: string
  seed: number
  width: number
  height: number
  /** 1 to 50 inference steps. */
  steps?: number | undefined
  /** The colours of a reference picture. */
  palette?: Palette | undefined
}

export type Style = {
  name: string
  /** Restyles a frame. The source is left as it is; the result holds until the next call. */
  apply: (source: Planes, time: number, index: number) => Planes
}

/** The style that a prompt asks for, for frames of one size. */
export const createStyle = (options: StyleOptions): Style => {
  const wanted = readStyle(options.prompt, options.seed)
  let passes: Pass[] | undefined
  let work: Planes | undefined
  return {
    name: wanted.look,
    apply: (source, time, index) => {
      work ??= createPlanes(source.width, source.height, source.shift)
      passes ??= looks[wanted.look](openStudio({ ...options, shift: source.shift, strength: 0.6 }))
      work.bytes.set(source.bytes)
      for (const pass of passes) pass(work, time, index)
      return work
    },
  }
}
