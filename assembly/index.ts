export { dabs } from './dabs'
export { cloudRow, mistRow, skyRow } from './air'
export { blur } from './blur'
export { brush } from './brush'
export { clarity } from './clarity'
export { panes, spread, triangles } from './facets'
export { bloom, layLight, layMask, layNoise } from './lay'
export { atChroma, blendIn, drum, keepChroma, lean, onLuma, overprint, quantise } from './mix'
export { fillColumn, march, surface } from './land'
export { octaveSum, octaveSums, ridgeSums } from './gradient'
export { fractal, grains, hatching } from './noise'
export { paint } from './paint'
export { double, halve } from './sizes'
export { bend, chroma, curve, darker, inked, steady, stretch } from './tone'
export { blend, toVideo } from './picture'
export { morph, warp } from './warp'
export { edges, halftone, hatch, liftBy, subtract, turnBy } from './looks'
export { flood, lights, polish, polishChroma } from './frame'
export { lay, mirror, steps } from './plates'
export { halvePlate, pad, planesOf, spansOf } from './sheets'
export { capsules, flare, over, relight } from './motion'
export { match, settle } from './match'
export { mean, ways } from './raster'

/** Where the memory begins that kernels do not keep for themselves. */
export function free(): usize {
  return __heap_base
}
