import { FileOutput } from 'lucide-react'
import { type CSSProperties, type ToggleEvent, useEffect, useId, useRef, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { type Exported, ExportPanel } from './export-panel.tsx'
import { useExport } from './use-export.ts'

/** Between the button and its panel, and from the panel to the window's edge. CSS pixels. */
const SPACE = 8

/** Above or below the button, where there is more room; its right edges in line. */
const besides = (button: HTMLElement): CSSProperties => {
  const { top, bottom, right } = button.getBoundingClientRect()
  const isAbove = top > innerHeight - bottom
  return {
    right: Math.max(SPACE, innerWidth - right),
    ...(isAbove ? { bottom: innerHeight - top + SPACE } : { top: bottom + SPACE }),
    maxHeight: (isAbove ? top : innerHeight - bottom) - 2 * SPACE,
  }
}

/**
 * Takes the comparison away: a button that opens a panel. An export that runs goes on when the panel is closed, and its
 * button tells how far it is.
 */
export const ExportMenu = (exported: Exported) => {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const [place, setPlace] = useState<CSSProperties>()
  const work = useExport()
  const { run } = work

  // Keys that act on the comparison do not while one is in the panel.
  useEffect(() => {
    const shown = panel.current
    const keep = (event: KeyboardEvent) => event.stopPropagation()
    shown?.addEventListener('keydown', keep)
    return () => shown?.removeEventListener('keydown', keep)
  }, [])

  const onToggle = ({ newState }: ToggleEvent<HTMLDivElement>) => {
    if (newState === 'closed') return setOpen(false)
    const first = panel.current?.querySelector<HTMLElement>('input:checked') ?? panel.current?.querySelector('button')
    first?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        className={classes(
          'touch-target inline-flex h-7 items-center justify-center gap-1.5 rounded px-2 text-xs whitespace-nowrap select-none',
          'border border-edge/60 text-ink hover:border-edge hover:bg-raised',
        )}
      >
        <FileOutput size={14} aria-hidden />
        Export
        {run.name === 'running' && <span className="text-amber-ink">{Math.floor(run.done * 100)} %</span>}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label="Export"
        onBeforeToggle={({ newState }) => {
          if (newState !== 'open' || !button.current) return
          setPlace(matchMedia('(min-width: 640px)').matches ? besides(button.current) : undefined)
          setOpen(true)
        }}
        onToggle={onToggle}
        className="export-panel"
        style={place}
      >
        {open && <ExportPanel {...exported} work={work} close={() => panel.current?.hidePopover()} />}
      </div>
    </>
  )
}
