import { type ReactNode, useId } from 'react'
import { classes } from './classes.ts'

/** One of a few: radio buttons that look like one control. */
export const Segmented = <Value extends string>({
  label,
  value,
  options,
  onChange,
  compact = false,
  pictures = compact,
  words = 'sr-only',
  ...rest
}: {
  label: string
  value: Value
  /** `refused` is why an option cannot be chosen. */
  options: readonly { value: Value; label: string; icon?: ReactNode; refused?: string | undefined }[]
  onChange: (value: Value) => void
  compact?: boolean
  /** Whether icons stand for the words; the words are then for those who cannot see them. */
  pictures?: boolean
  /** How the words beside such icons look: by default they are only heard, and told by a tooltip. */
  words?: string
  'aria-describedby'?: string | undefined
}) => {
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={classes(
        'flex rounded border border-edge/60 p-px',
        compact ? 'h-7 pointer-coarse:h-12' : 'h-8 pointer-coarse:h-12',
      )}
      {...rest}
    >
      {options.map((option) => (
        <label
          key={option.value}
          data-tip={option.refused ?? (option.icon ? option.label : undefined)}
          className={classes(
            'flex min-w-max flex-1 basis-0 pointer-coarse:px-3.5 items-center justify-center whitespace-nowrap gap-1.5 rounded-[3px] px-2 select-none',
            option.refused === undefined
              ? 'cursor-pointer text-soft hover:text-ink has-checked:bg-raised has-checked:text-ink'
              : 'cursor-not-allowed text-faint opacity-60',
            'has-focus-visible:outline-2 has-focus-visible:outline-ink',
          )}
        >
          <input
            type="radio"
            className="sr-only"
            name={name}
            checked={option.value === value}
            disabled={option.refused !== undefined}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          <span className={option.icon && pictures ? words : undefined}>{option.label}</span>
        </label>
      ))}
    </div>
  )
}
