/** Ways to look. All but `grid` and `single` put two sides into one place. */
export const MODES = ['single', 'grid', 'wipe', 'blink', 'overlay', 'difference'] as const
export type Mode = (typeof MODES)[number]

/** How sides of different size share one place: whole, filling it, or pixel for pixel. */
export const FITS = ['fit', 'fill', 'one'] as const
export type Fit = (typeof FITS)[number]

/** How two sides of a grid stand: so that pictures are largest, or as the person chose. */
export const ARRANGEMENTS = ['largest', 'beside', 'stacked'] as const
export type Arrangement = (typeof ARRANGEMENTS)[number]

/** Factors by which the difference is made brighter: powers of two, so that doubling is exact. */
export const GAINS = [1, 2, 4, 8, 16, 32] as const
export type Gain = (typeof GAINS)[number]

/** Everything about how the sides are looked at, and nothing about time. Plain data: it goes into a link as it is. */
export type View = {
  mode: Mode
  /** The side that tells frames and that others are compared with: left of the wipe, under the overlay. An index. */
  reference: number
  /** The other side of a pair, and the one that `single` shows. An index. */
  other: number
  /** The wipe's edge: 0 to 1 of what is seen of the picture, from the left or from the top. */
  edge: number
  /** An upright edge moves left and right, a level one up and down. */
  edgeStands: 'upright' | 'level'
  /** While true, `blink` shows the reference in place of the other side. */
  blinking: boolean
  /** How much of the other side lies over the reference: 0 to 1. */
  opacity: number
  gain: Gain
  fit: Fit
  /** 1 shows the picture as large as its place allows. */
  zoom: number
  /** What stands in the middle of each place, as parts of the picture's width and height: 0.5, 0.5 is its middle. */
  centre: { x: number; y: number }
  /** Whether the map of what changed lies over the picture. */
  heat: boolean
  /** The sides that the grid shows, in this order. Indices; each at most once. */
  order: readonly number[]
  arrangement: Arrangement
}

/** The view that a comparison of `count` sides opens with. */
export const initialView = (count: number): View => ({
  mode: count > 1 ? 'grid' : 'single',
  reference: 0,
  other: Math.min(1, Math.max(0, count - 1)),
  edge: 0.5,
  edgeStands: 'upright',
  blinking: false,
  opacity: 0.5,
  gain: 1,
  fit: 'fit',
  zoom: 1,
  centre: { x: 0.5, y: 0.5 },
  heat: false,
  order: Array.from({ length: count }, (_, side) => side),
  arrangement: 'largest',
})

/** The sides that a view shows, each once: the reference first in a pair. */
export const sidesIn = (view: Pick<View, 'mode' | 'reference' | 'other' | 'order'>): readonly number[] => {
  if (view.mode === 'grid') return view.order
  return isPair(view) ? [view.reference, view.other] : [view.other]
}

/** The side that frames are counted and stepped by: the reference, or the one that is alone on screen. */
export const countedSide = ({ mode, reference, other }: Pick<View, 'mode' | 'reference' | 'other'>): number =>
  mode === 'single' ? other : reference

/** The side by whose frames the map of changes is counted: the reference, or beside a picture the clip. */
export const heatSide = (
  { reference, other }: Pick<View, 'reference' | 'other'>,
  sides: readonly ({ kind: 'image' | 'video' } | undefined)[],
): number => (sides[reference]?.kind === 'image' ? other : reference)

/** Whether two sides share one place. */
export const isPair = ({ mode, reference, other }: Pick<View, 'mode' | 'reference' | 'other'>): boolean =>
  mode !== 'grid' && mode !== 'single' && reference !== other

/** Whether a side of a pair is the one that blinking does not show now. */
export const isBlinkedAway = (view: Pick<View, 'mode' | 'reference' | 'other' | 'blinking'>, side: number): boolean =>
  view.mode === 'blink' && isPair(view) && (side === view.reference) !== view.blinking

/** Where in its picture a side's name stands, on screen and in what is exported. */
export type Corner = 'start' | 'end' | 'below'

export const cornerOf = (view: Pick<View, 'mode' | 'reference' | 'other' | 'edgeStands'>, side: number): Corner => {
  if (!isPair(view) || view.mode === 'blink' || side === view.reference) return 'start'
  return view.mode === 'wipe' && view.edgeStands === 'level' ? 'below' : 'end'
}
