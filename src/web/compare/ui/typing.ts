const TAKES_TEXT =
  'input:not([type=range], [type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable=true], [role=dialog] *'

/** Whether letters and signs mean something to what has the focus, so that they are no shortcuts there. */
export const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches(TAKES_TEXT)
