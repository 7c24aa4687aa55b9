import type { Settable } from '../../shared/workflows.ts'
import { classes } from '../ui/classes.ts'
import { INPUT } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { ROLE_TITLES, rolesFor, settableTitle, type Use, valueWords } from './uses.ts'

/** What an input can be used as, as a choice: `fixed`, `own` or a role. */
const valueOf = (use: Use): string => (use.as === 'role' ? use.role : use.as)

/** One input of the graph, and what it is for. `why` says what made the server think so. */
export const InputRow = ({
  settable,
  use,
  why,
  onChange,
}: {
  settable: Settable
  use: Use
  why: string | null
  onChange: (use: Use) => void
}) => {
  const title = settableTitle(settable)
  const roles = rolesFor(settable.control)
  const items = [
    ...roles.map((role) => ({ value: role, label: ROLE_TITLES[role] })),
    { value: 'own', label: 'In the form, by its own name' },
    { value: 'fixed', label: 'Stays as it is' },
  ]
  const pick = (value: string) => {
    const role = roles.find((each) => each === value)
    if (role) onChange({ as: 'role', role })
    else onChange(value === 'own' ? { as: 'own', name: settable.key.replaceAll('_', ' ') } : { as: 'fixed' })
  }
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-t border-line py-2 first:border-t-0">
      <div className="min-w-0 flex-1 basis-60 leading-[18px]">
        <p className="verbatim truncate" data-tip={`${title} (${settable.class_type})`}>
          {title}
        </p>
        <p className="verbatim line-clamp-2 text-xs break-words text-faint" data-tip={why ?? undefined}>
          {valueWords(settable.control)}
          {why !== null && ` · ${why}`}
        </p>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-1.5 max-sm:w-full">
        <Select
          aria-label={`${title} is`}
          className="w-56 max-sm:w-full"
          value={valueOf(use)}
          groups={[{ items }]}
          onPick={pick}
        />
        {use.as === 'own' && (
          <input
            aria-label={`Name of ${title} in the form`}
            value={use.name}
            maxLength={80}
            onChange={({ target }) => onChange({ as: 'own', name: target.value })}
            className={classes(INPUT, 'h-10 w-40 pointer-coarse:h-11 max-sm:w-full')}
          />
        )}
      </div>
    </li>
  )
}
