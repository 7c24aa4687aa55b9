import { ListChecks, Plus, Table2, X } from 'lucide-react'
import { COMPARABLE, compareFiles, removeEntry } from '../../state/marking.ts'
import { IconButton } from '../../ui/button.tsx'
import { pickFiles } from '../../ui/pick-files.ts'

/**
 * What is compared, and what else can be done with it. `onChoose` is null where there is nothing to choose from, and
 * `onParameters` where they cannot be shown.
 */
export const Heading = ({
  sides,
  choosing,
  onChoose,
  parameters,
  onParameters,
  onClose,
}: {
  sides: readonly { key: string; name: string }[]
  choosing: boolean
  onChoose: (() => void) | null
  parameters: boolean
  onParameters: (() => void) | null
  onClose: () => void
}) => (
  <header className="flex shrink-0 flex-wrap items-center gap-x-2 border-b border-line pr-2 pl-3">
    <h2 className="flex h-10 items-center font-medium text-soft">Compare</h2>
    <ul
      aria-label="Compared"
      className="scrollbar-quiet order-last flex w-full min-w-0 gap-1 overflow-x-auto pb-1 xl:order-none xl:w-auto xl:flex-1 xl:pb-0"
    >
      {sides.map(({ key, name }) => (
        <li key={key} className="flex shrink-0 items-center rounded bg-raised pl-2 text-xs">
          <span className="verbatim max-w-48 truncate" data-tip={name}>
            {name}
          </span>
          <IconButton label={`Remove ${name} from the comparison`} onClick={() => removeEntry(key)}>
            <X size={14} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
    <div className="ml-auto flex items-center">
      {onChoose && (
        <IconButton label="Choose the best" pressed={choosing} onClick={onChoose}>
          <ListChecks size={16} aria-hidden />
        </IconButton>
      )}
      {onParameters && (
        <IconButton label="Parameters" pressed={parameters} onClick={onParameters}>
          <Table2 size={16} aria-hidden />
        </IconButton>
      )}
      <IconButton label="Add files to the comparison…" onClick={() => pickFiles(COMPARABLE, compareFiles)}>
        <Plus size={16} aria-hidden />
      </IconButton>
      <IconButton label="Close the comparison" data-keys="escape" onClick={onClose}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  </header>
)
