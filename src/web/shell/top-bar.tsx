import { Search, Server, Settings, TriangleAlert } from 'lucide-react'
import { rendererTitle } from '../data/renderer-titles.ts'
import { STATE_WORDS } from '../data/renderer-words.ts'
import { useRenderers } from '../data/renderers.ts'
import { showDialog, showRenderers } from '../state/dialogs.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { later } from '../ui/later.tsx'

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

const ColumnButtons = later<object>(async () => (await import('./column-buttons.tsx')).ColumnButtons)

/** Nothing is to be said before the server has told how its queue stands. */
const QueueButton = later<object>(async () => (await import('./queue-button.tsx')).QueueButton)

/** How many are ready, who is in trouble, and the way to all of them. */
const RenderersButton = () => {
  const renderers = useRenderers()
  const others = (renderers ?? []).filter(({ name, state }) => name !== 'local' && state !== 'off')
  const [troubled] = others.filter(({ state }) => state !== 'ready')
  const ready = others.filter(({ state }) => state === 'ready')
  const words = troubled
    ? `${troubled.title}: ${STATE_WORDS[troubled.state].toLowerCase()}`
    : ready.length > 0
      ? ready.map(({ title }) => title).join(', ')
      : rendererTitle('local')
  return (
    <Button
      variant="quiet"
      size="normal"
      className="h-7 min-w-0"
      aria-haspopup="dialog"
      aria-label={`Renderers: ${words}`}
      data-tip="Renderers: who makes the takes"
      onClick={() => showRenderers(troubled?.name)}
    >
      {troubled ? (
        <TriangleAlert size={14} className="shrink-0 text-trouble" aria-hidden />
      ) : (
        <Server size={14} strokeWidth={1.5} className="shrink-0" aria-hidden />
      )}
      <span className="max-w-64 truncate max-[480px]:max-w-40">{words}</span>
    </Button>
  )
}

export const TopBar = () => (
  <header className="flex h-11 shrink-0 items-center justify-between border-b border-line bg-panel pr-2 pl-4">
    <h1 className="flex items-center gap-2.5 text-sm font-semibold tracking-tight">
      <img src="/icon.svg" alt="" className="size-5" />
      Rushes
    </h1>
    <Button
      variant="quiet"
      className="h-7 max-[600px]:hidden"
      aria-haspopup="dialog"
      onClick={() => showDialog('palette')}
    >
      <Search size={14} aria-hidden />
      Search or do…
      <kbd className="font-sans text-xs text-faint" aria-hidden>
        {isApple ? '⌘K' : 'Ctrl K'}
      </kbd>
    </Button>
    <div className="flex items-center gap-1">
      <QueueButton />
      <RenderersButton />
      <IconButton label="Settings" aria-haspopup="dialog" onClick={() => showDialog('settings')}>
        <Settings size={16} strokeWidth={1.5} aria-hidden />
      </IconButton>
      <ColumnButtons />
    </div>
  </header>
)
