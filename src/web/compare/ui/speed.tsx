import { Select } from '../../ui/select.tsx'
import { RATES } from '../acts.ts'
import type { Viewer } from '../viewer.ts'
import { useViewer } from './use-viewer.ts'

const words = (speed: number) => `${Math.round(speed * 100) / 100}×`

/** How fast it plays; the direction is the keys' (J and L) and stays. */
export const Speed = ({ viewer }: { viewer: Viewer }) => {
  const rate = useViewer(viewer, (state) => state.rate)
  const speed = Math.abs(rate)
  const speeds = [...new Set([...RATES, speed])].toSorted((a, b) => a - b)
  return (
    <Select
      look="quiet"
      aria-label="Speed"
      data-tip="Speed"
      data-keys="shift+[ shift+]"
      className="w-16 shrink-0 tabular-nums"
      value={String(speed)}
      groups={[{ items: speeds.map((each) => ({ value: String(each), label: words(each) })) }]}
      onPick={(picked) => viewer.setRate(Number(picked) * (rate < 0 ? -1 : 1))}
    />
  )
}
