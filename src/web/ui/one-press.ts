import type { KeyboardEvent, MouseEvent } from 'react'

/** Within so many milliseconds a second tap belongs to a double tap, which phones do not tell as such. */
const DOUBLE_TAP = 350

let lastTap = -Infinity

/** Whether a click is the later part of a double click or double tap. */
const isLaterPart = ({ detail, nativeEvent: { timeStamp }, nativeEvent }: MouseEvent): boolean => {
  if (detail > 1) return true
  if (!('pointerType' in nativeEvent) || nativeEvent.pointerType !== 'touch') return false
  const sinceLast = timeStamp - lastTap
  lastTap = timeStamp
  return sinceLast < DOUBLE_TAP
}

/** Whether a key goes on being held. */
export const isHeldEnter = ({ key, repeat }: Pick<KeyboardEvent, 'key' | 'repeat'>): boolean =>
  key === 'Enter' && repeat

/**
 * Props of a button that asks for something that costs: a double click, a double tap and Enter held down are one press.
 * `act` may be left out where a form does what a click submits.
 */
export const onePress = (act?: (event: MouseEvent<HTMLButtonElement>) => void) => ({
  onClick: (event: MouseEvent<HTMLButtonElement>) => {
    if (isLaterPart(event)) event.preventDefault()
    else act?.(event)
  },
  onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => {
    if (isHeldEnter(event)) event.preventDefault()
  },
})
