/** Puts the focus into the first part of the page of that kind, or presses it, once what was just asked for stands there. */
export const pick = (selector: string, act: 'focus' | 'click'): void => {
  requestAnimationFrame(() => {
    const found = [...document.querySelectorAll<HTMLElement>(selector)].find((each) => each.checkVisibility())
    found?.[act]()
  })
}
