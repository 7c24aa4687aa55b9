import type { DrawingContext } from '../canvas/drawing-context.ts'
import { createRandom, hashText, type Random } from '../random.ts'
import type { SceneBrief } from '../prompt/scene-brief.ts'
import { type CameraView, lookAt } from '../canvas/camera-view.ts'
import { createNoise, type Noise } from '../canvas/noise.ts'
import { type Box, drawSprite, type Sprite } from '../canvas/sprite.ts'
import type { Light } from './light.ts'

/** What the parts of one scene are built from. Lengths are pixels of the frame. */
export type SceneContext = {
  brief: SceneBrief
  light: Light
  width: number
  height: number
  seconds: number
  /** 1 where the shorter side is 720: strokes and figures are sized by it. */
  unit: number
  /** How far the camera strays, in pixels at depth 1. */
  reach: { x: number; y: number }
  random: (name: string) => Random
  /** 32 bits, signed, for what draws numbers of its own. */
  seed: (name: string) => number
  noise: (name: string) => Noise
}

export const createSceneContext = (
  size: { width: number; height: number; seconds: number; seed: number },
  brief: SceneBrief,
  light: Light,
  reach: { x: number; y: number },
): SceneContext => {
  const seed = (size.seed ^ brief.hash) >>> 0
  return {
    brief,
    light,
    width: size.width,
    height: size.height,
    seconds: size.seconds,
    unit: Math.min(size.width, size.height) / 720,
    reach: { x: reach.x * size.width, y: reach.y * size.height },
    random: (name) => createRandom(seed, name),
    seed: (name) => seed ^ hashText(name),
    noise: (name) => createNoise(seed, name),
  }
}

/** A part of a scene: draws itself as it looks at one moment. Draws nothing that depends on another moment. */
export type Layer = (ctx: DrawingContext, view: CameraView) => void

/** A scene's layers, back to front, and the line (frame pixels) that a zoom leaves in place. */
export type Painted = { layers: Layer[]; horizon: number }

/** Builds the layers of a scene: of one kind of place, or of a motif. */
export type ScenePainter = (scene: SceneContext) => Painted

/** The box that a layer at a depth must fill so that the camera never sees past its sides. */
export const coverBox = (scene: SceneContext, depth: number, top = 0, bottom = scene.height): Box => {
  const padX = Math.ceil(scene.reach.x * depth) + 2
  const padY = Math.ceil(scene.reach.y * depth) + 2
  const y = Math.floor(top - (top <= 0 ? padY : 0))
  return {
    x: -padX,
    y,
    width: scene.width + padX * 2,
    height: Math.ceil(bottom + (bottom >= scene.height ? padY : 0)) - y,
  }
}

/** A box as {@link coverBox} gives it, with room at its sides for what drifts: `speed` in widths of the frame a second. */
export const driftBox = (scene: SceneContext, depth: number, speed: number, top?: number, bottom?: number): Box => {
  const travel = Math.abs(speed) * Math.max(1, scene.seconds) * scene.width
  const box = coverBox(scene, depth, top, bottom)
  return { ...box, x: box.x - travel, width: box.width + travel * 2 }
}

/** A layer whose own context shows frame positions as a view at some depth does. */
export const layerAt =
  (depth: number, draw: Layer): Layer =>
  (ctx, view) => {
    lookAt(ctx, view, depth)
    draw(ctx, view)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
  }

/** A layer that is one still sprite. */
export const still =
  (sprite: Sprite): Layer =>
  (ctx, view) =>
    drawSprite(ctx, view, sprite)

/** A layer that is the light of one still sprite. */
export const shining =
  (sprite: Sprite): Layer =>
  (ctx, view) => {
    ctx.globalCompositeOperation = 'screen'
    drawSprite(ctx, view, sprite)
    ctx.globalCompositeOperation = 'source-over'
  }
