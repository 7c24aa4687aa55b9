import type { Motif } from '../../prompt/motif.ts'
import type { ScenePainter } from '../layers.ts'
import { paintAvenue } from './avenue/avenue.ts'
import { paintBridge } from './bridge/bridge.ts'
import { paintCafe } from './cafe/cafe.ts'
import { paintCatWindow } from './cat-window/cat-window.ts'
import { paintCave } from './cave/cave.ts'
import { paintCrowd } from './crowd/crowd.ts'
import { paintFestival } from './festival/festival.ts'
import { paintFlower } from './flower/flower.ts'
import { paintHarbour } from './harbour/harbour.ts'
import { paintIcebergs } from './icebergs/icebergs.ts'
import { paintKites } from './kites/kites.ts'
import { paintLibrary } from './library/library.ts'
import { paintMoon } from './moon/moon.ts'
import { paintOldTown } from './old-town/old-town.ts'
import { paintPond } from './pond/pond.ts'
import { paintPortrait } from './portrait/portrait.ts'
import { paintRailway } from './railway/railway.ts'
import { paintRiver } from './river/river.ts'
import { paintRobot } from './robot/robot.ts'
import { paintRocket } from './rocket/rocket.ts'
import { paintSavanna } from './savanna/savanna.ts'
import { paintShapes } from './shapes/shapes.ts'
import { paintStillLife } from './still-life/still-life.ts'
import { paintStormCell } from './storm-cell/storm-cell.ts'
import { paintSummit } from './summit/summit.ts'
import { paintVillage } from './village/village.ts'
import { paintWaterfall } from './waterfall/waterfall.ts'

/** Who paints each motif. */
export const motifPainters: Readonly<Record<Motif, ScenePainter>> = {
  railway: paintRailway,
  crowd: paintCrowd,
  robot: paintRobot,
  river: paintRiver,
  cave: paintCave,
  'storm cell': paintStormCell,
  kites: paintKites,
  moon: paintMoon,
  pond: paintPond,
  icebergs: paintIcebergs,
  fireworks: paintFestival,
  lanterns: paintFestival,
  cafe: paintCafe,
  flower: paintFlower,
  waterfall: paintWaterfall,
  cat: paintCatWindow,
  portrait: paintPortrait,
  launch: paintRocket,
  savanna: paintSavanna,
  summit: paintSummit,
  harbour: paintHarbour,
  bridge: paintBridge,
  'old town': paintOldTown,
  street: paintAvenue,
  village: paintVillage,
  library: paintLibrary,
  shapes: paintShapes,
  'still life': paintStillLife,
}
