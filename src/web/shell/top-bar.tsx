import { useHealth, wantedRenderer } from '../data/health.ts'
import { RENDERER_WORDS } from '../data/take.ts'
import { useStudio } from '../state/studio.ts'
import { type Theme, useTheme } from '../state/theme.ts'
import { Select, type SelectGroup } from '../ui/select.tsx'

const THEMES: readonly SelectGroup<Theme>[] = [
  {
    items: [
      { value: 'system', label: 'System' },
      { value: 'dark', label: 'Dark' },
      { value: 'light', label: 'Light' },
    ],
  },
]

const RendererPick = () => {
  const health = useHealth()
  const chosen = useStudio((state) => state.renderer)
  const choose = useStudio((state) => state.chooseRenderer)
  if (!health) return null
  const { local, decart } = health.renderers
  const renderer = wantedRenderer(health, chosen)
  if (!(local.ready && decart.ready))
    return (
      <span className="flex h-7 items-center gap-2 px-2 text-soft" title={health.renderers[renderer].note}>
        <span className="size-1.5 rounded-full bg-soft" aria-hidden />
        {RENDERER_WORDS[renderer]}
      </span>
    )
  return (
    <Select
      look="quiet"
      aria-label="Renderer of new takes"
      value={renderer}
      groups={[
        {
          items: [
            { value: 'local', label: `${RENDERER_WORDS.local} · free` },
            { value: 'decart', label: `${RENDERER_WORDS.decart} · cloud, billed` },
          ],
        },
      ]}
      onPick={choose}
    />
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
      <RendererPick />
      <ThemePick />
    </div>
  </header>
)
