/**
 * Keeps what jsdom computes of an element's style until something in the document changes: who looks for a role has the
 * styles of all elements, and of all around them, computed each time, a quarter of the time of tests of pages.
 */
const keepStyles = (): void => {
  let kept = new WeakMap<Element, CSSStyleDeclaration>()
  const forget = (): void => {
    kept = new WeakMap()
  }
  const changes = new MutationObserver(forget)
  changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  const compute = window.getComputedStyle.bind(window)
  window.getComputedStyle = (element, pseudo) => {
    // What has changed since the last turn of the event loop is not told yet, and what is not in the document never.
    if (changes.takeRecords().length > 0) forget()
    if (pseudo || !element.isConnected) return compute(element, pseudo)
    const style = kept.get(element) ?? compute(element)
    kept.set(element, style)
    return style
  }
}

if (typeof document !== 'undefined') keepStyles()
