import { keyWords } from './key-words.ts'
import './tooltip.css'

/** Milliseconds that a pointer rests on something before it is told what that is. */
const SHOW_AFTER = 500

/** Milliseconds in which a pointer gets from it to its words, or to its neighbour, whose words then come at once. */
const LINGER = 200

/** Pixels between it and its words, and between these and the edge of the window. */
const GAP = 6

const ID = 'tooltip'
const WALKING = /^(Tab|Arrow|Home|End)/

const describedAt = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null

/** Over it, or under it where there is no room over it; within the window. */
const place = (tip: HTMLElement, about: Element): void => {
  const { left, top, bottom, width } = about.getBoundingClientRect()
  const { offsetWidth, offsetHeight } = tip
  const over = top - GAP - offsetHeight
  const most = innerWidth - offsetWidth - GAP
  tip.style.left = `${Math.max(GAP, Math.min(left + width / 2 - offsetWidth / 2, most))}px`
  tip.style.top = `${over < GAP ? bottom + GAP : over}px`
}

/** What `control` is called already needs no telling twice. */
const describe = (control: Element, words: string): (() => void) => {
  const name = control.getAttribute('aria-label') ?? control.textContent
  if (name === words || control.hasAttribute('aria-describedby')) return () => undefined
  control.setAttribute('aria-describedby', ID)
  return () => control.removeAttribute('aria-describedby')
}

type KeysOf = (command: string) => readonly string[]

/** The words of an element and its keys, as they stand in a tip. */
const partsOf = ({ tip: words = '', keys, command }: DOMStringMap, keysOf: KeysOf): (string | Node)[] => {
  const all = command === undefined ? (keys?.split(' ') ?? []) : keysOf(command)
  return [
    words,
    ...all.map((key) => Object.assign(document.createElement('kbd'), { textContent: keyWords(key).join(' ') })),
  ]
}

type Tip = {
  /** What it tells of; null while it is not shown. */
  about: () => HTMLElement | null
  /** Whether something is in the tip itself. */
  has: (target: EventTarget | null) => boolean
  /** Tells what `described` says, of `control`. */
  show: (described: HTMLElement, control: Element) => void
  hide: () => void
}

const createTip = (keysOf: KeysOf): Tip => {
  const tip = document.createElement('div')
  tip.id = ID
  tip.className = 'tooltip'
  tip.role = 'tooltip'
  tip.popover = 'manual'
  let about: HTMLElement | null = null
  let undescribe = () => {}
  const hide = () => {
    if (!about) return
    about = null
    gone.disconnect()
    undescribe()
    tip.remove()
  }
  // What is taken out of the page, or scrolled out of sight, takes its words along.
  const gone = new IntersectionObserver(([seen]) => {
    if (seen && !seen.isIntersecting) hide()
  })
  const show = (described: HTMLElement, control: Element) => {
    hide()
    const { tip: words = '' } = described.dataset
    if (!described.isConnected || words === '') return
    tip.replaceChildren(...partsOf(described.dataset, keysOf))
    // All beside an open dialog is out of reach.
    ;(described.closest('dialog') ?? document.body).append(tip)
    tip.showPopover()
    place(tip, described)
    undescribe = describe(control, words)
    about = described
    gone.observe(described)
  }
  return { about: () => about, has: (target) => target instanceof Node && tip.contains(target), show, hide }
}

/** Follows the pointer from one thing to the next: shows a tip once it rests, and hides it once it has left. */
const followPointer = (tip: Tip) => {
  let pointed: HTMLElement | null = null
  let timer = 0
  const stop = () => clearTimeout(timer)
  return {
    over: (event: PointerEvent) => {
      if (event.pointerType === 'touch' || event.buttons > 0) return
      const about = tip.about()
      // One may go over to the words, to read or to take them.
      const described = tip.has(event.target) ? about : describedAt(event)
      if (described === pointed) return
      pointed = described
      stop()
      if (!described) timer = window.setTimeout(tip.hide, LINGER)
      else if (!about) timer = window.setTimeout(tip.show, SHOW_AFTER, described, described)
      else if (about !== described) tip.show(described, described)
    },
    leave: () => {
      pointed = null
    },
    stop,
  }
}

/**
 * Tells what stands in an element's `data-tip`, and its keys: those of `data-keys`, written as in the table of commands
 * and parted by spaces, or those that `keysOf` gives for its `data-command`. A mouse that rests on it brings the words,
 * the keyboard that comes to it does at once; a key, a press or scrolling takes them away. A finger brings none. Gives
 * the undoing.
 */
export const hearTooltips = (keysOf: KeysOf): (() => void) => {
  const tip = createTip(keysOf)
  const pointer = followPointer(tip)
  let isWalking = false
  const hide = () => {
    pointer.stop()
    tip.hide()
  }
  const press = ({ key }: KeyboardEvent) => {
    if (key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta') return
    isWalking = WALKING.test(key)
    hide()
  }
  const point = () => {
    isWalking = false
    hide()
  }
  const focus = (event: FocusEvent) => {
    const described = describedAt(event)
    if (!described || !isWalking || !(event.target instanceof Element) || !event.target.matches(':focus-visible'))
      return
    pointer.stop()
    tip.show(described, event.target)
  }
  const leave = () => {
    pointer.leave()
    hide()
  }

  const listening = new AbortController()
  const options = { signal: listening.signal, capture: true, passive: true }
  document.addEventListener('pointerover', pointer.over, options)
  document.addEventListener('pointerdown', point, options)
  document.addEventListener('keydown', press, options)
  document.addEventListener('focusin', focus, options)
  document.addEventListener('focusout', hide, options)
  document.addEventListener('scroll', hide, options)
  document.documentElement.addEventListener('pointerleave', leave, { signal: listening.signal })
  return () => {
    hide()
    listening.abort()
  }
}
