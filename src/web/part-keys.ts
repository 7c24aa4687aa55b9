import type { KeyUse } from './commands/table.ts'

/** The keys of the parts of the studio that hear them themselves, for the key sheet. */
export const PART_KEYS: readonly KeyUse[] = [
  { place: 'Library', keys: ['left', 'right', 'up', 'down'], what: 'Walk' },
  { place: 'Library', keys: ['enter'], what: 'Open on the stage' },
  { place: 'Library', keys: ['space'], what: 'Peek' },
  { place: 'Library', keys: ['c'], what: 'Mark to compare' },
  { place: 'Time', keys: ['space', 'k'], what: 'Play, pause' },
  { place: 'Time', keys: ['j', 'l'], what: 'Backwards, forwards, faster each time' },
  { place: 'Time', keys: [',', '.'], what: 'One frame back, on' },
  { place: 'Time', keys: ['Home', 'End'], what: 'To the start, to the end' },
  { place: 'Time', keys: ['i', 'o'], what: 'Range from here, up to here' },
  { place: 'Time', keys: ['escape'], what: 'No range' },
  { place: 'Time', keys: ['r'], what: 'Loop' },
  { place: 'Time', keys: ['m'], what: 'Sound' },
]
