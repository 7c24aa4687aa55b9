/** Where text is written or chosen from: letters and signs mean something there. */
export const TYPING =
  'input:not([type=range], [type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable=true]'

/** Whether letters and signs mean something to what has the focus, so that they are no shortcuts there. */
export const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches(`${TYPING}, [role=dialog] *`)
