import { useRef } from 'react'
import { pressedKey } from '../ui/pressed-key.ts'
import { wantsSpace } from '../ui/wants-space.ts'
import { changeSpeed, goToEnd, goToStart, setIn, setOut, shuttle, stepBy, togglePlay, toggleSound } from './acts.ts'
import type { Viewer } from './viewer.ts'
import { TYPING } from './typing.ts'
import { useHeldKeys } from './use-held-keys.ts'

/** What a key does. */
export type TimeAction =
  | { name: 'toggle' | 'pause' | 'start' | 'end' | 'in' | 'out' | 'clear' | 'sound' | 'loop' }
  | { name: 'shuttle' | 'speed'; by: 1 | -1 }
  | { name: 'step'; by: number }

/** What of a keyboard event matters. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>

const USES_ARROWS =
  'input[type=range], input[type=radio], [role=slider], [role=menu], [role=listbox], [role=tablist], [role=radiogroup]'
/** Where Escape closes something. */
const CLOSES = 'dialog, [role=dialog], [role=menu], [role=listbox], [popover]'

/** Marks what belongs to time, where arrow keys step: `<div data-time-keys>`. */
export const TIME_KEYS = { 'data-time-keys': '' }

/** Whether arrow keys, Home and End are free for stepping: `own` where the page or the time controls have the focus. */
const arrowsOn = (target: EventTarget | null): 'own' | 'free' | 'taken' => {
  if (!(target instanceof Element) || target.matches('body, html')) return 'own'
  if (target.matches('[data-time-keys]')) return 'own'
  if (target.closest(USES_ARROWS)) return 'taken'
  return target.closest('[data-time-keys]') ? 'own' : 'free'
}

const ONCE: Partial<Record<string, TimeAction>> = {
  ' ': { name: 'toggle' },
  k: { name: 'pause' },
  l: { name: 'shuttle', by: 1 },
  j: { name: 'shuttle', by: -1 },
  i: { name: 'in' },
  o: { name: 'out' },
  m: { name: 'sound' },
  r: { name: 'loop' },
}
const WITH_SHIFT: Partial<Record<string, TimeAction>> = { i: { name: 'clear' }, o: { name: 'clear' } }

const stepping = (press: Press): TimeAction | null => {
  const sign = press.shiftKey ? press.key : pressedKey(press)
  if (sign === ',') return { name: 'step', by: -1 }
  if (sign === '.') return { name: 'step', by: 1 }
  // What Shift makes of these two keys differs from keyboard to keyboard.
  if (press.shiftKey && press.code === 'Comma') return { name: 'step', by: -10 }
  if (press.shiftKey && press.code === 'Period') return { name: 'step', by: 10 }
  return null
}

/** With Shift: alone they are the page's, which folds its columns by them. */
const speeding = ({ key, code, shiftKey }: Press): TimeAction | null => {
  if (!shiftKey) return null
  if (key === '{' || code === 'BracketLeft') return { name: 'speed', by: -1 }
  return key === '}' || code === 'BracketRight' ? { name: 'speed', by: 1 } : null
}

const moving = ({ key, shiftKey }: Press, target: EventTarget | null): TimeAction | null => {
  const arrows = arrowsOn(target)
  if (arrows === 'taken') return null
  if (key === 'Home') return { name: 'start' }
  if (key === 'End') return { name: 'end' }
  if (arrows !== 'own') return null
  if (key === 'ArrowLeft') return { name: 'step', by: shiftKey ? -10 : -1 }
  return key === 'ArrowRight' ? { name: 'step', by: shiftKey ? 10 : 1 } : null
}

/**
 * What a key press means for time: null for nothing. `target` is what has the focus; `kHeld` is whether K is held down,
 * which makes J and L go by single frames.
 */
export const actionOf = (press: Press, target: EventTarget | null, kHeld: boolean): TimeAction | null => {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const element = target instanceof Element ? target : null
  if (element?.closest(TYPING)) return null
  if (press.key === ' ' && wantsSpace(target)) return null
  if (press.key === 'Escape') return press.repeat || element?.closest(CLOSES) ? null : { name: 'clear' }
  const letter = pressedKey(press)
  if (kHeld && (letter === 'j' || letter === 'l')) return { name: 'step', by: letter === 'l' ? 1 : -1 }
  const once = (press.shiftKey ? WITH_SHIFT : ONCE)[letter]
  if (once) return press.repeat ? null : once
  return stepping(press) ?? speeding(press) ?? moving(press, target)
}

/** Does it. False where there was nothing to do, so that the key may mean something to others. */
const act = (viewer: Viewer, action: TimeAction): boolean => {
  const { duration, range, loop } = viewer.state()
  if (duration === 0) return false
  switch (action.name) {
    case 'toggle':
      togglePlay(viewer)
      return true
    case 'pause':
      viewer.pause()
      return true
    case 'shuttle':
      shuttle(viewer, action.by)
      return true
    case 'speed':
      changeSpeed(viewer, action.by)
      return true
    case 'step':
      stepBy(viewer, action.by)
      return true
    case 'start':
      goToStart(viewer)
      return true
    case 'end':
      goToEnd(viewer)
      return true
    case 'in':
      setIn(viewer)
      return true
    case 'out':
      setOut(viewer)
      return true
    case 'clear':
      if (range) viewer.setRange(null)
      return range !== null
    case 'sound':
      toggleSound(viewer)
      return true
    case 'loop':
      viewer.setLoop(!loop)
      return true
    default:
      return action satisfies never
  }
}

/** The page's keys drive the viewer for as long as the component that calls it stands. Null: none. */
export const useTimeKeys = (viewer: Viewer | null): void => {
  const kHeld = useRef(false)
  useHeldKeys({
    down: (event) => {
      if (!viewer || event.defaultPrevented) return
      const action = actionOf(event, event.target, kHeld.current)
      if (action?.name === 'pause') kHeld.current = true
      if (action && act(viewer, action)) event.preventDefault()
    },
    up: (event) => {
      if (pressedKey(event) === 'k') kHeld.current = false
    },
    leave: () => {
      kHeld.current = false
    },
  })
}
