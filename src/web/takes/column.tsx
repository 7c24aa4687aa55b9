import { useDeferredValue } from 'react'
import { useLayout } from '../state/layout.ts'
import { Library } from './library.tsx'

/** The library as a column: batches as stacks. While the wall stands, that is where takes are looked at. */
export const Column = () => {
  // In step with the wall itself, which comes after the next paint.
  const wall = useDeferredValue(useLayout((state) => state.wall))
  return wall ? null : <Library look={{ kind: 'column' }} isStill={false} />
}
