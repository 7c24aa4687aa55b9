import { useEffect, useState } from 'react'

/** Milliseconds: what is over sooner is not shown at all, and what was shown stays long enough to be read. */
const BEFORE = 200
const AFTER = 200

/** The same, a little later, so that words which depend on it do not flicker. */
export const useSteady = (on: boolean): boolean => {
  const [shown, show] = useState(false)
  useEffect(() => {
    if (on === shown) return
    const timer = setTimeout(() => show(on), on ? BEFORE : AFTER)
    return () => clearTimeout(timer)
  }, [on, shown])
  return shown
}
