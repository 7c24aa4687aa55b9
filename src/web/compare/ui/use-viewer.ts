import { useSyncExternalStore } from 'react'
import type { Viewer } from '../viewer.ts'
import type { ViewerState } from '../viewer-state.ts'

/**
 * One thing of the viewer's state. The state is new sixty times a second while it plays; a component renders again only
 * when what `select` answers is another value (by `Object.is`), so select numbers, words and parts, never new objects.
 */
export const useViewer = <Selected>(viewer: Viewer, select: (state: ViewerState) => Selected): Selected =>
  useSyncExternalStore(viewer.subscribe, () => select(viewer.state()))
