import { Maximize, PanelLeft, PanelRight } from 'lucide-react'
import { type Column, foldOf, useLayout } from '../state/layout.ts'
import { IconButton } from '../ui/button.tsx'
import { toggleFullScreen } from '../state/theatre.ts'

const NAMES: Record<Column, string> = { left: 'form', right: 'library' }

/** Opens a column at the side, or folds it. */
const ColumnButton = ({ column }: { column: Column }) => {
  const open = useLayout((state) => foldOf(state, column) === 'open')
  const Icon = column === 'left' ? PanelLeft : PanelRight
  return (
    <IconButton
      label={`${open ? 'Hide' : 'Show'} the ${NAMES[column]}`}
      data-command={column}
      aria-expanded={open}
      onClick={() => useLayout.getState().toggle(column)}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden />
    </IconButton>
  )
}

/** What of the studio is seen: both columns, and the stage alone. Where there are no columns, nothing. */
export const ColumnButtons = () => (
  <div role="group" aria-label="Layout" className="hidden items-center min-[900px]:flex">
    <ColumnButton column="left" />
    <ColumnButton column="right" />
    <IconButton label="Full screen" data-command="full screen" onClick={toggleFullScreen}>
      <Maximize size={16} strokeWidth={1.5} aria-hidden />
    </IconButton>
  </div>
)
