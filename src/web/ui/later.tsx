import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { loadAtLast } from './load-at-last.ts'

/** A component whose code is not part of the first load. */
export type Later<Props> = ((props: Props) => ReactNode) & {
  /** Fetches the code before it is shown: from then on it is shown at once. Rejects where the server is away. */
  load: () => Promise<void>
}

/**
 * A component whose code comes when it is first shown, or `load` is called. `meanwhile` takes its place until then, and
 * should take as much room. While the server is away, it is asked for again every two seconds.
 */
export const later = <Props extends object>(
  fetchCode: () => Promise<ComponentType<Props>>,
  meanwhile: (props: Props) => ReactNode = () => null,
): Later<Props> => {
  let here: ComponentType<Props> | null = null
  const load = async () => {
    here ??= await fetchCode()
    return here
  }
  // Not by Suspense, which shows nothing new until 300 ms after its last fallback.
  const Shown = (props: Props) => {
    // What began as one stays it: changing would forget what the component keeps.
    const [Loaded, show] = useState(() => {
      // Asked for before the place that is kept for it was painted; the effect hears of it, and tries again.
      if (!here) load().catch(() => undefined)
      return here
    })
    useEffect(() => {
      let isOver = false
      void loadAtLast(load).then((code) => {
        if (!isOver) show(() => code)
      })
      return () => {
        isOver = true
      }
    }, [])
    return Loaded ? <Loaded {...props} /> : meanwhile(props)
  }
  return Object.assign(Shown, { load: async () => void (await load()) })
}
