/** The kinds of place that the engine can draw. */
export const PLACES = [
  'mountains',
  'sea',
  'lake',
  'forest',
  'desert',
  'city',
  'space',
  'underwater',
  'meadow',
  'snowfield',
  'interior',
  'abstract',
] as const
export type Place = (typeof PLACES)[number]
