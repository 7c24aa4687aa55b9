import type { Motif } from '../../prompt/motif.ts'
import type { PlacePainter } from '../places/painter.ts'
import { paintAvenue } from './avenue.ts'
import { paintBridge } from './bridge.ts'
import { paintCafe } from './cafe.ts'
import { paintCatWindow } from './cat-window.ts'
import { paintCave } from './cave.ts'
import { paintCrowd } from './crowd.ts'
import { paintFestival } from './festival.ts'
import { paintFlower } from './flower.ts'
import { paintHarbour } from './harbour.ts'
import { paintIcebergs } from './icebergs.ts'
import { paintKites } from './kites.ts'
import { paintLibrary } from './library.ts'
import { paintMoon } from './moon.ts'
import { paintOldTown } from './old-town.ts'
import { paintPond } from './pond.ts'
import { paintPortrait } from './portrait.ts'
import { paintRailway } from './railway.ts'
import { paintRiver } from './river.ts'
import { paintRobot } from './robot.ts'
import { paintRocket } from './rocket.ts'
import { paintSavanna } from './savanna.ts'
import { paintShapes } from './shapes.ts'
import { paintStillLife } from './still-life.ts'
import { paintStormCell } from './storm-cell.ts'
import { paintSummit } from './summit.ts'
import { paintVillage } from './village.ts'
import { paintWaterfall } from './waterfall.ts'

/** Who paints each motif. */
export const motifPainters: Readonly<Record<Motif, PlacePainter>> = {
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
