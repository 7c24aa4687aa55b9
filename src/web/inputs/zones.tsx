import { useEffect } from 'react'
import { followLastModels } from '../state/last-models.ts'
import { later } from '../ui/later.tsx'
import { useDragged, watchDrags } from './drag-watch.ts'
import type { Dragged } from './dragged.ts'

const DropZones = later<{ dragged: Dragged }>(async () => (await import('./zones/drop-zones.tsx')).DropZones)

/** The zones, while something is dragged over the window. Their code comes with the first drag. */
export const Zones = () => {
  const dragged = useDragged((state) => state.dragged)
  useEffect(() => watchDrags(), [])
  useEffect(() => followLastModels(), [])
  return dragged && <DropZones dragged={dragged} />
}
