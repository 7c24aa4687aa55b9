const ITS_OWN =
  'input:not([type=range], [type=radio]:checked), textarea, select, option, summary, button, a[href], [contenteditable=true]'

/**
 * Whether Space means something to what has the focus. A slider has no use for it, nor has a radio button that is on,
 * nor a toggle that says so by `data-yields-space`.
 */
export const wantsSpace = (target: EventTarget | null): boolean =>
  target instanceof Element && (target.closest(ITS_OWN)?.matches(':not([data-yields-space])') ?? false)
