import type { FrameSource } from '../frames.ts'
import { createPlanes } from '../kernels/planes.ts'
import { toRgba } from '../kernels/planes-rgba.ts'
import { createRandom } from '../random.ts'
import type { Place } from '../prompt/place.ts'
import { readSceneBrief } from '../prompt/scene-brief.ts'
import { createFrameCanvas, type FrameCanvas } from '../canvas/frame-canvas.ts'
import { createFinish } from './finish.ts'
import { heroLayers } from './figures/hero.ts'
import { readLight } from './light.ts'
import { motifPainters } from './motifs/painters.ts'
import { paintAbstract } from './places/abstract/abstract.ts'
import { paintCity } from './places/city/city.ts'
import { paintDesert } from './places/desert/desert.ts'
import { paintForest } from './places/forest/forest.ts'
import { paintInterior } from './places/interior/interior.ts'
import { paintLake } from './places/lake/lake.ts'
import { paintMountains } from './places/mountains/mountains.ts'
import { paintMeadow } from './places/meadow/meadow.ts'
import { createSceneContext, type ScenePainter } from './layers.ts'
import { paintSea } from './places/sea/sea.ts'
import { paintSnowfield } from './places/snowfield/snowfield.ts'
import { paintSpace } from './places/space/space.ts'
import { paintUnderwater } from './places/underwater/underwater.ts'
import { cameraPath, reachOf } from './camera-path.ts'

const painters: Readonly<Record<Place, ScenePainter>> = {
  mountains: paintMountains,
  lake: paintLake,
  sea: paintSea,
  meadow: paintMeadow,
  desert: paintDesert,
  snowfield: paintSnowfield,
  city: paintCity,
  forest: paintForest,
  space: paintSpace,
  underwater: paintUnderwater,
  interior: paintInterior,
  abstract: paintAbstract,
}

/** A frame's planes as RGBA. Colours of half size are repeated. */
const pixelsOf = (planes: Uint8Array, { width, height, shift, frame }: FrameCanvas): Uint8Array | Uint8ClampedArray => {
  const size = width * height
  const { width: across, height: down } = frame.chroma
  const whole = createPlanes(width, height, 0)
  whole.y.set(planes.subarray(0, size))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = size + (y >> shift) * across + (x >> shift)
      whole.u[y * width + x] = planes[from]!
      whole.v[y * width + x] = planes[from + across * down]!
    }
  return toRgba(whole).data
}

/**
 * Draws a scene that follows the prompt's words and the seed. `seconds: 0` is a single picture. The same options give
 * the same bytes. What does not move is painted when the source is made, which takes about as long as ten frames.
 * Let the event loop turn between frames: the pixels that were read back are only then given free.
 */
export const drawScene = (options: {
  prompt: string
  seed: number
  width: number
  height: number
  fps: number
  seconds: number
}): FrameSource => {
  const { width, height, fps, seconds } = options
  const brief = readSceneBrief(options.prompt)
  const seed = (options.seed ^ brief.hash) >>> 0
  const light = readLight(brief, createRandom(seed, 'light'))
  const path = cameraPath(brief.camera, brief.pace, createRandom(seed, 'camera'))
  const scene = createSceneContext(options, brief, light, reachOf(path))
  const paint = brief.motif ? motifPainters[brief.motif] : painters[brief.place]
  const { layers: place, horizon } = paint(scene)
  const layers = brief.hero ? [...place, ...heroLayers(scene, brief.hero)] : place
  // A picture keeps the colours of each pixel; a clip's encoder takes every second.
  const frameCanvas = createFrameCanvas(width, height, seconds > 0 ? 1 : 0)
  const finish = createFinish(scene, frameCanvas)
  const count = Math.max(1, Math.round(seconds * fps))
  const planes = (index: number, range: 'video' | 'full'): Uint8Array<ArrayBuffer> => {
    const progress = count > 1 ? index / (count - 1) : 0.5
    const view = {
      ...path(progress),
      seconds: index / fps,
      progress,
      width,
      height,
      centre: horizon / height,
      frameCanvas,
    }
    const { ctx } = frameCanvas
    frameCanvas.begin(light.skyLow)
    for (const layer of layers) layer(ctx, view)
    return finish(view, range)
  }
  return {
    width,
    height,
    fps,
    count,
    draw: (index) => pixelsOf(planes(index, 'full'), frameCanvas),
    ...(frameCanvas.shift === 1 ? { video: (index) => planes(index, 'video') } : {}),
  }
}
