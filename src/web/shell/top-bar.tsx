import { Server, TriangleAlert } from 'lucide-react'
import { rendererTitle } from '../data/renderer-titles.ts'
import { STATE_WORDS } from '../data/renderer-words.ts'
import { useRenderers } from '../data/renderers.ts'
import { showRenderers } from '../state/dialogs.ts'
import { type Theme, useTheme } from '../state/theme.ts'
import { Button } from '../ui/button.tsx'
import { Select, type SelectGroup } from '../ui/select.tsx'
import { ColumnButtons } from './column-buttons.tsx'

const THEMES: readonly SelectGroup<Theme>[] = [
  {
    items: [
      { value: 'system', label: 'System' },
      { value: 'dark', label: 'Dark' },
      { value: 'light', label: 'Light' },
    ],
  },
]

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
      look="quiet"
      size="normal"
      className="h-7 min-w-0"
      aria-haspopup="dialog"
      aria-label={`Renderers: ${words}`}
      title="Renderers: who makes the takes"
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

const ThemePick = () => {
  const { theme, choose } = useTheme()
  return <Select look="quiet" aria-label="Theme" value={theme} groups={THEMES} onPick={choose} />
}

export const TopBar = () => (
  <header className="flex h-11 shrink-0 items-center justify-between border-b border-line bg-panel pr-2 pl-4">
    <h1 className="flex items-center gap-2.5 text-sm font-semibold tracking-tight">
      <img src="/icon.svg" alt="" className="size-5" />
      Rushes
    </h1>
    <div className="flex items-center gap-1">
      <RenderersButton />
      <ThemePick />
      <ColumnButtons />
    </div>
  </header>
)
