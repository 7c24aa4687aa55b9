import { classes } from '../../ui/classes.ts'

const RADIUS = 9
const ROUND = 2 * Math.PI * RADIUS

/** How far a take is, as a ring; one that only waits is an empty ring, and where nobody tells it breathes. */
export const Ring = ({ value, waits }: { value: number | null; waits: boolean }) => (
  <svg viewBox="0 0 24 24" className="size-6" aria-hidden>
    <circle cx="12" cy="12" r={RADIUS} fill="none" strokeWidth="2" className="stroke-line" />
    {!waits && (
      <circle
        cx="12"
        cy="12"
        r={RADIUS}
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        strokeDasharray={`${(value ?? 0.25) * ROUND} ${ROUND}`}
        transform="rotate(-90 12 12)"
        className={classes('stroke-amber', value === null && 'working')}
      />
    )}
  </svg>
)
