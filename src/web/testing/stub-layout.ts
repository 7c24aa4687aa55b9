import { vi } from 'vitest'

/** Gives every element a size, since jsdom lays nothing out, and lets elements be scrolled. Undone by `vi.restoreAllMocks`. */
export const stubLayout = (width = 304, height = 800): void => {
  for (const name of ['ResizeObserver', 'IntersectionObserver'])
    vi.stubGlobal(
      name,
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
