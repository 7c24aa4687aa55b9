import { vi } from 'vitest'

/** Gives every element a size, since jsdom lays nothing out, and lets elements be scrolled. Undone by `vi.restoreAllMocks`. */
export const stubLayout = (width = 304, height = 800): void => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(width)
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(height)
  Element.prototype.scrollTo = () => {}
  Element.prototype.scrollIntoView = () => {}
}
