import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classes } from './classes.ts'

export type SelectGroup<Value extends string> = {
  label?: string
  items: readonly { value: Value; label: string; disabled?: boolean }[]
}

const LOOKS = {
  field:
    'h-10 rounded border border-edge/60 bg-sunken pr-8 pl-2.5 font-medium hover:border-edge pointer-coarse:h-11 pointer-coarse:text-base',
  quiet: 'h-7 rounded pr-6 pl-2 text-soft hover:bg-raised hover:text-ink pointer-coarse:h-11',
} as const

/** One of many, by the platform's own control: its keys, its type-ahead and its picker on a phone come with it. */
export const Select = <Value extends string>({
  value,
  groups,
  onPick,
  look = 'field',
  className,
  ...rest
}: Omit<ComponentProps<'select'>, 'value' | 'onChange'> & {
  value: Value
  groups: readonly SelectGroup<Value>[]
  onPick: (value: Value) => void
  look?: keyof typeof LOOKS
}) => (
  <span className={classes('relative flex items-center', className)}>
    <select
      value={value}
      onChange={(event) => {
        const picked = groups.flatMap(({ items }) => items).find((item) => item.value === event.target.value)
        if (picked) onPick(picked.value)
      }}
      className={classes('select w-full truncate', LOOKS[look])}
      {...rest}
    >
      {groups.map((group, index) => {
        const options = group.items.map((item) => (
          <option key={item.value} value={item.value} disabled={item.disabled}>
            {item.label}
          </option>
        ))
        return group.label === undefined ? (
          options
        ) : (
          <optgroup key={index} label={group.label}>
            {options}
          </optgroup>
        )
      })}
    </select>
    {/* A styled select does not shorten its text: a long one fades out where the chevron's own ground begins. */}
    <span
      className={classes(
        'pointer-events-none absolute text-soft',
        look === 'field'
          ? 'inset-y-px right-px flex w-7 items-center justify-center rounded-r bg-sunken before:absolute before:inset-y-0 before:right-full before:w-6 before:bg-[linear-gradient(to_right,transparent,var(--sunken))]'
          : 'right-1.5',
      )}
    >
      <ChevronDown size={14} aria-hidden />
    </span>
  </span>
)
