/** Per cent of the width that one press of an arrow key moves the edge. */
export const WIPE_STEP = 0.5

/** The `clip-path` that leaves what lies to the right of the edge. `edge` in per cent from the left. */
export const clipOf = (edge: number): string => `inset(0 0 0 ${Math.min(100, Math.max(0, edge))}%)`
