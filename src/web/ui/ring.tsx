import { classes } from './classes.ts'

/** How far something is, as a ring: 0, which is an empty one, to 1. For null, where nobody tells, a part of it breathes. */
export const Ring = ({ value, className }: { value: number | null; className: string }) => (
  <svg viewBox="0 0 16 16" fill="none" strokeWidth="2" className={classes('-rotate-90', className)} aria-hidden>
    <circle cx="8" cy="8" r="6" className="stroke-track/50" />
    {value !== 0 && (
      <circle
        cx="8"
        cy="8"
        r="6"
        pathLength="1"
        strokeDasharray={`${value ?? 0.25} 1`}
        className={classes('stroke-amber-ink', value === null && 'working')}
      />
    )}
  </svg>
)
