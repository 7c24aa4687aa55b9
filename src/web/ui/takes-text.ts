const TEXT =
  'input:not([type=range], [type=radio], [type=checkbox], [type=button], [type=submit], [type=file]), textarea, [contenteditable=true]'

/** The field around it that text is written in, if there is one. */
export const textFieldAt = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest(TEXT) : null
