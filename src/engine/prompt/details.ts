import { readAbstract } from './details/abstract.ts'
import { readAvenue } from './details/avenue.ts'
import { readBridge } from './details/bridge.ts'
import { readCafe } from './details/cafe.ts'
import { readCatWindow } from './details/cat-window.ts'
import { readCave } from './details/cave.ts'
import { readCity } from './details/city.ts'
import { readCrowd } from './details/crowd.ts'
import { readDesert } from './details/desert.ts'
import { readFestival } from './details/festival.ts'
import { readFigures } from './details/figures.ts'
import { readFlower } from './details/flower.ts'
import { readForest } from './details/forest.ts'
import { readIcebergs } from './details/icebergs.ts'
import { readInterior } from './details/interior.ts'
import { readKites } from './details/kites.ts'
import { readLake } from './details/lake.ts'
import { readLand } from './details/land.ts'
import { readLibrary } from './details/library.ts'
import { readMeadow } from './details/meadow.ts'
import { readMoon } from './details/moon.ts'
import { readMountains } from './details/mountains.ts'
import { readOldTown } from './details/old-town.ts'
import { readPond } from './details/pond.ts'
import { readPortrait } from './details/portrait.ts'
import { readRailway } from './details/railway.ts'
import { readRiver } from './details/river.ts'
import { readRobot } from './details/robot.ts'
import { readRocket } from './details/rocket.ts'
import { readSea } from './details/sea.ts'
import { readSky } from './details/sky.ts'
import { readSpace } from './details/space.ts'
import { readStillLife } from './details/still-life.ts'
import { readStormCell } from './details/storm-cell.ts'
import { readVillage } from './details/village.ts'
import { readWaterfall } from './details/waterfall.ts'
import type { Words } from './words.ts'

/** What a prompt asks of one place or motif alone, by the folder in `scenes` that paints it. */
export const readDetails = (words: Words) => ({
  abstract: readAbstract(words),
  avenue: readAvenue(words),
  bridge: readBridge(words),
  cafe: readCafe(words),
  catWindow: readCatWindow(words),
  cave: readCave(words),
  city: readCity(words),
  crowd: readCrowd(words),
  desert: readDesert(words),
  festival: readFestival(words),
  figures: readFigures(words),
  flower: readFlower(words),
  forest: readForest(words),
  icebergs: readIcebergs(words),
  interior: readInterior(words),
  kites: readKites(words),
  lake: readLake(words),
  land: readLand(words),
  library: readLibrary(words),
  meadow: readMeadow(words),
  moon: readMoon(words),
  mountains: readMountains(words),
  oldTown: readOldTown(words),
  pond: readPond(words),
  portrait: readPortrait(words),
  railway: readRailway(words),
  river: readRiver(words),
  robot: readRobot(words),
  rocket: readRocket(words),
  sea: readSea(words),
  sky: readSky(words),
  space: readSpace(words),
  stillLife: readStillLife(words),
  stormCell: readStormCell(words),
  village: readVillage(words),
  waterfall: readWaterfall(words),
})

export type Details = ReturnType<typeof readDetails>
