import type { Viewer } from '../viewer.ts'
import { GAP, placesOf } from '../geometry.ts'

/** Milliseconds. */
const LASTS = 320

/**
 * Remembers where a side stands now. What is returned lets the picture, which fills the viewport by then, grow out of that
 * place; not where people want less motion.
 */
export const growFrom = (viewer: Viewer, side: number): (() => void) => {
  const area = document.querySelector('.viewer-canvas')
  const host = area?.querySelector('canvas')?.parentElement
  const { view, sides } = viewer.state()
  const box = area?.getBoundingClientRect()
  if (!host || !box || matchMedia('(prefers-reduced-motion: reduce)').matches) return () => {}
  const sizes = sides.map((each) => (each.name === 'ready' ? each.info : undefined))
  const cell = placesOf(view, box, sizes, GAP).find((place) => place.side === side)?.cell
  if (!cell || view.mode !== 'grid') return () => {}
  const from = `translate(${cell.x}px, ${cell.y}px) scale(${cell.width / box.width}, ${cell.height / box.height})`
  return () =>
    void host.animate(
      // Shows up with the first frame that is drawn large.
      [
        { transformOrigin: '0 0', transform: from, opacity: 0 },
        { opacity: 1, offset: 0.2 },
        { transformOrigin: '0 0', transform: 'none', opacity: 1 },
      ],
      { duration: LASTS, easing: 'cubic-bezier(0.2, 0, 0, 1)' },
    )
}
