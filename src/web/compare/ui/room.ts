import type { Bench } from '../bench.ts'
import type { BenchState } from '../bench-state.ts'
import { type Place, placesOf, type Rect, type Room } from '../geometry.ts'
import type { View } from '../view.ts'
import { lookKept, type Point } from '../viewport.ts'
import { useBench } from './use-bench.ts'
import type { ScreenStage } from './use-stage.ts'

/** What a bench's sides are laid out in. Device pixels. */
export const roomOf = ({ sides }: Pick<BenchState, 'sides'>, { width, height, gap }: ScreenStage): Room => ({
  stage: { width, height },
  gap,
  sizes: sides.map((side) => (side.name === 'ready' ? side.info : undefined)),
})

/** Changes the way of looking, and keeps pixels as large as they are where one has zoomed in. */
export const lookThrough = (bench: Bench, stage: ScreenStage | undefined, change: Partial<View>): void => {
  const { view } = bench.state()
  if (!stage) return bench.setView(change)
  const room = roomOf(bench.state(), stage)
  bench.setView({ ...change, ...lookKept(view, room, { ...view, ...change }, room) })
}

const toCss = ({ x, y, width, height }: Rect, ratio: number): Rect => ({
  x: x / ratio,
  y: y / ratio,
  width: width / ratio,
  height: height / ratio,
})

/** The side of a grid whose cell is at a point, in CSS pixels from the canvas' corner; null where there is none. */
export const cellSideAt = (bench: Bench, stage: ScreenStage, { x, y }: Point): number | null => {
  const { view } = bench.state()
  if (view.mode !== 'grid') return null
  const room = roomOf(bench.state(), stage)
  const found = placesOf(view, room.stage, room.sizes, room.gap).find(({ cell }) => {
    const [left, top] = [x * stage.ratio - cell.x, y * stage.ratio - cell.y]
    return left >= 0 && top >= 0 && left < cell.width && top < cell.height
  })
  return found?.side ?? null
}

/**
 * Where the sides stand, in CSS pixels from the canvas' corner. Worked out in device pixels, so that what lies over
 * the canvas agrees with what the worker has drawn there.
 */
export const usePlaces = (bench: Bench, stage: ScreenStage): Place[] => {
  const view = useBench(bench, (state) => state.view)
  const sides = useBench(bench, (state) => state.sides)
  const room = roomOf({ sides }, stage)
  return placesOf(view, room.stage, room.sizes, room.gap).map(({ side, cell, picture, clip }) => ({
    side,
    cell: toCss(cell, stage.ratio),
    picture: toCss(picture, stage.ratio),
    clip: toCss(clip, stage.ratio),
  }))
}
