import { classes } from './classes.ts'

/** A bar of progress on a hairline, 0 to 1; null where it is not known, which wanders instead of pretending. */
export const Progress = ({ value, label, className }: { value: number | null; label: string; className?: string }) => (
  <div
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={value === null ? undefined : Math.floor(value * 100)}
    className={classes(
      'progress relative h-1 overflow-hidden rounded-full before:absolute before:inset-x-0 before:top-[1.5px] before:h-px before:bg-track',
      className,
    )}
  >
    <div
      className={classes(
        'relative h-full rounded-full bg-amber-ink transition-[width] duration-150',
        value === null && 'unknown-progress w-1/4',
      )}
      style={value === null ? undefined : { width: `${Math.max(1.5, value * 100)}%` }}
    />
  </div>
)
