import { later } from '../ui/later.tsx'

/** The library is fetched beside the list of what is in it, not before. */
export const Column = later(async () => (await import('./column.tsx')).Column)

const WallOfTakes = later(async () => (await import('./wall.tsx')).WallOfTakes)

/** The right column: every take, newest first. */
export const TakeList = () => <Column />

/** The library as the whole middle, in the place of the stage. */
export const Wall = () => <WallOfTakes />
