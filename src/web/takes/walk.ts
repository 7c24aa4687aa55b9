import type { KeyboardEvent } from 'react'
import { useStudio } from '../state/studio.ts'

const buttonOf = (row: Element) => row.querySelector<HTMLElement>('[data-take]')

const STEPS: Partial<Record<string, (row: Element) => Element | null | undefined>> = {
  ArrowDown: (row) => row.nextElementSibling,
  ArrowUp: (row) => row.previousElementSibling,
  Home: (row) => row.parentElement?.firstElementChild,
  End: (row) => row.parentElement?.lastElementChild,
}

/** Arrow keys, Home and End on a row choose another one and put the focus there. */
export const walk = (event: KeyboardEvent<HTMLElement>) => {
  const row = event.currentTarget.closest('li')
  const next = row && STEPS[event.key]?.(row)
  const button = next && buttonOf(next)
  if (!button) return
  event.preventDefault()
  useStudio.getState().select(button.dataset['take'] ?? null)
  button.focus()
  button.scrollIntoView({ block: 'nearest' })
}
