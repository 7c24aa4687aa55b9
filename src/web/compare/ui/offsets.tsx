import { Minus, Plus, RotateCcw } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { nudge } from '../acts.ts'
import type { Bench } from '../bench.ts'
import { scaleOf } from '../time-format.ts'
import { useBench } from './use-bench.ts'

const signed = (value: number, digits: number) =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`

const Offset = ({ bench, side, name }: { bench: Bench; side: number; name: string }) => {
  const state = useBench(bench, (now) => now.sides[side])
  const offset = useBench(bench, (now) => now.offsets[side] ?? 0)
  if (state?.name !== 'ready' || state.info.kind !== 'video') return null
  const scale = scaleOf(state.info, offset)
  const frames = Math.round(offset * scale.fps)
  return (
    <li className="flex min-w-0 items-center gap-1">
      <span className="min-w-0 flex-1 truncate text-soft" data-tip={name}>
        {name}
      </span>
      <IconButton label={`${name}: a frame back`} onClick={() => nudge(bench, side, -1)}>
        <Minus size={14} aria-hidden />
      </IconButton>
      <output aria-label={`Offset of ${name}`} className="w-26 text-center whitespace-nowrap tabular-nums">
        {scale.variable ? '≈ ' : ''}
        {signed(frames, 0)} f <span className="text-faint">{signed(offset, 3)} s</span>
      </output>
      <IconButton label={`${name}: a frame on`} onClick={() => nudge(bench, side, 1)}>
        <Plus size={14} aria-hidden />
      </IconButton>
      <IconButton label={`${name}: no offset`} disabled={offset === 0} onClick={() => bench.setOffset(side, 0)}>
        <RotateCcw size={14} aria-hidden />
      </IconButton>
    </li>
  )
}

/** Moves each clip alone against the others, by its own frames, to line up what does not begin together. */
export const Offsets = ({ bench, names, id }: { bench: Bench; names: readonly string[]; id: string }) => (
  <div id={id} role="group" aria-label="Align" className="border-t border-line px-2 py-1">
    <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,21rem),1fr))] gap-x-6">
      {names.map((name, side) => (
        <Offset key={side} bench={bench} side={side} name={name} />
      ))}
    </ul>
  </div>
)
