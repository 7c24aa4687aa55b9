import type { Take } from '../../data/take.ts'
import { useStudio } from '../../state/studio.ts'

const WAYS: Partial<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** The take of the batch that a key on the strip leads to; undefined where it leads nowhere. */
export const takeByKey = (key: string, siblings: readonly Take[], from: string): Take | undefined => {
  const at = siblings.findIndex(({ id }) => id === from)
  const way = WAYS[key]
  return at < 0 || !way ? undefined : siblings[way(at, siblings.length)]
}

/** Looks at the next take of the batch, or at the one before. */
export const goBy = (siblings: readonly Take[], from: string, by: 1 | -1): void => {
  const next = takeByKey(by > 0 ? 'ArrowRight' : 'ArrowLeft', siblings, from)
  if (next) useStudio.getState().select(next.id, 'replace')
}
