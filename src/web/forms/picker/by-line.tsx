import { ChevronDown } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import type { Model } from '../../../shared/models/index.ts'
import { rendererTitle } from '../../data/renderer-titles.ts'
import { useModels } from '../../data/models.ts'
import { useMakers } from '../../state/wanted.ts'
import { Select, type SelectGroup } from '../../ui/select.tsx'
import { later } from '../../ui/later.tsx'
import { pickModel } from './pick-model.ts'

const ModelList = later<{ model: Model; onDone: () => void }>(
  async () => (await import('./model-list.tsx')).ModelList,
  () => <p className="p-4 text-faint">Loading…</p>,
)

const GAP = 4

/** Below the button, as wide as it is and never outside of the window. */
const place = (popover: HTMLElement, button: HTMLElement) => {
  const { left, bottom, top, width } = button.getBoundingClientRect()
  const below = innerHeight - bottom
  popover.style.left = `${left}px`
  popover.style.width = `${width}px`
  popover.style.top = below > top ? `${bottom + GAP}px` : 'auto'
  popover.style.bottom = below > top ? 'auto' : `${innerHeight - top + GAP}px`
  popover.style.maxHeight = `${Math.max(below, top) - 2 * GAP}px`
}

/**
 * Who does the task. The list that opens is for the eye; the platform's own select stands in the same place for the
 * keyboard and for those who listen, with the models of all tasks, and is seen while it has the focus.
 */
export const ByLine = ({ model, groups }: { model: Model; groups: readonly SelectGroup<string>[] }) => {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const popover = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const { wanted } = useMakers(model)
  const first = useModels(({ list }) => list.find(({ task }) => task === model.task)?.id)
  const isPlain = wanted?.name === 'local' && model.id === first
  return (
    <div className="relative flex">
      <label htmlFor={id} className="sr-only">
        Model
      </label>
      <div className="pointer-events-none absolute inset-0 z-10 opacity-0 has-focus-visible:pointer-events-auto has-focus-visible:opacity-100">
        <Select id={id} value={model.id} groups={groups} onPick={pickModel} />
      </div>
      <button
        ref={button}
        type="button"
        popoverTarget={`${id}-list`}
        aria-expanded={open}
        className="flex h-8 w-full min-w-0 items-center gap-1.5 rounded border border-edge/60 bg-sunken px-2.5 text-left hover:border-edge pointer-coarse:h-11"
      >
        <span className="text-faint">by</span>
        <span className="min-w-0 flex-1 truncate font-medium">
          {wanted?.name === 'local' ? 'Local engine' : model.title}
          {!isPlain && (
            <span className="font-normal text-soft">
              {' · '}
              {wanted?.name === 'local' ? model.title : wanted ? rendererTitle(wanted.name) : 'not connected'}
            </span>
          )}
        </span>
        <ChevronDown size={14} className="text-soft" aria-hidden />
      </button>
      <div
        ref={popover}
        id={`${id}-list`}
        popover="auto"
        onBeforeToggle={(event) => {
          if (event.newState === 'open' && button.current) place(event.currentTarget, button.current)
        }}
        onToggle={(event) => setOpen(event.newState === 'open')}
        className="scrollbar-quiet m-0 overflow-y-auto rounded border border-edge/60 bg-panel p-0 text-ink shadow-lg"
      >
        {open && <ModelList model={model} onDone={() => popover.current?.hidePopover()} />}
      </div>
    </div>
  )
}
