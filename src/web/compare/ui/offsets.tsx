import { Minus, Plus, RotateCcw } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { nudge } from '../acts.ts'
import type { Viewer } from '../viewer.ts'
import { scaleOf } from '../time-format.ts'
import { useViewer } from './use-viewer.ts'

const signed = (value: number, digits: number) =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`

const Offset = ({ viewer, side, name }: { viewer: Viewer; side: number; name: string }) => {
  const state = useViewer(viewer, (now) => now.sides[side])
  const offset = useViewer(viewer, (now) => now.offsets[side] ?? 0)
  if (state?.name !== 'ready' || state.info.kind !== 'video') return null
  const scale = scaleOf(state.info, offset)
  const frames = Math.round(offset * scale.fps)
  return (
    <li className="flex min-w-0 items-center gap-1">
      <span className="min-w-0 flex-1 truncate text-soft" data-tip={name}>
        {name}
      </span>
      <IconButton label={`${name}: a frame back`} onClick={() => nudge(viewer, side, -1)}>
        <Minus size={14} aria-hidden />
      </IconButton>
      <output aria-label={`Offset of ${name}`} className="w-26 text-center whitespace-nowrap tabular-nums">
        {scale.variable ? '≈ ' : ''}
        {signed(frames, 0)} f <span className="text-faint">{signed(offset, 3)} s</span>
      </output>
      <IconButton label={`${name}: a frame on`} onClick={() => nudge(viewer, side, 1)}>
        <Plus size={14} aria-hidden />
      </IconButton>
      <IconButton label={`${name}: no offset`} disabled={offset === 0} onClick={() => viewer.setOffset(side, 0)}>
        <RotateCcw size={14} aria-hidden />
      </IconButton>
    </li>
  )
}

/** Moves each clip alone against the others, by its own frames, to line up what does not begin together. */
export const Offsets = ({ viewer, names, id }: { viewer: Viewer; names: readonly string[]; id: string }) => (
  <div id={id} role="group" aria-label="Align" className="border-t border-line px-2 py-1">
    <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,21rem),1fr))] gap-x-6">
      {names.map((name, side) => (
        <Offset key={side} viewer={viewer} side={side} name={name} />
      ))}
    </ul>
  </div>
)
