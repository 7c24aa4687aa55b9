import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'

export type MenuItem = { words: string; keys?: string; act: () => void }

const STEPS: Partial<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Pixels that stay free at the edges of the window. */
const MARGIN = 8

/** Shows a menu beside a place of the window, with the focus on its first item; gives the focus back. */
const showAt = (menu: HTMLElement, { x, y }: { x: number; y: number }): (() => void) => {
  const before = document.activeElement
  const { offsetWidth, offsetHeight } = menu
  menu.showPopover?.()
  const { width, height } = menu.getBoundingClientRect()
  menu.style.left = `${Math.max(MARGIN, Math.min(x, innerWidth - (width || offsetWidth) - MARGIN))}px`
  menu.style.top = `${Math.max(MARGIN, Math.min(y, innerHeight - (height || offsetHeight) - MARGIN))}px`
  menu.querySelector<HTMLElement>('[role=menuitem]')?.focus()
  return () => {
    if (before instanceof HTMLElement && menu.contains(document.activeElement)) before.focus()
  }
}

/** Goes from item to item of a menu by a key. */
const walk = (event: KeyboardEvent<HTMLElement>): void => {
  const step = STEPS[event.key]
  if (!step) return
  event.preventDefault()
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
  const at = items.findIndex((item) => item === document.activeElement)
  items[step(at, items.length)]?.focus()
}

/** Acts to choose one of, beside the place where they were asked for. */
export const Menu = ({
  label,
  at,
  items,
  onClose,
}: {
  label: string
  at: { x: number; y: number }
  items: readonly MenuItem[]
  onClose: () => void
}) => {
  const menu = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => (menu.current ? showAt(menu.current, at) : undefined), [at])
  const press = (event: KeyboardEvent<HTMLElement>) => {
    // The keys of what it stands over mean other things.
    event.stopPropagation()
    if (event.key !== 'Tab' && event.key !== 'Escape') return walk(event)
    event.preventDefault()
    onClose()
  }
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className="fixed inset-auto m-0 min-w-44 rounded-md border border-edge bg-panel p-1 text-ink shadow-lg"
      onToggle={({ newState }) => newState === 'closed' && onClose()}
      onKeyDown={press}
    >
      {items.map(({ words, keys, act }) => (
        <button
          key={words}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="touch-target flex h-7 w-full items-center justify-between gap-6 rounded px-2 text-left hover:bg-raised focus:bg-raised"
          onClick={() => {
            onClose()
            act()
          }}
        >
          {words}
          {keys !== undefined && (
            <span aria-hidden className="text-xs text-faint">
              {keys}
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
