import { ChevronsLeft, ChevronsRight } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import { pressedKey } from '../../ui/pressed-key.ts'
import type { Viewer } from '../viewer.ts'
import { firstFrame } from '../frames.ts'
import { stripScale } from '../similarity/strip-path.ts'
import { percentAlike } from './similarity-strip.tsx'
import { takesLetters } from '../typing.ts'
import { useViewer } from './use-viewer.ts'
import type { Change } from './use-change.ts'
import type { SimilarityState } from './use-similarity.ts'

/** Less than this is not worth a jump. */
const NOTHING = 0.002

/** Three digits, rounded down: only what is the same is 1. */
const ssimOf = (change: number): string => (Math.floor((1 - change) * 1000 + 1e-3) / 1000).toFixed(3)

/** The number for what is on screen. */
const Now = ({ viewer, change }: { viewer: Viewer; change: Change }) => {
  const frame = useViewer(viewer, (state) => change.frameUnder(state.shown.time))
  const value = change.values[frame] ?? NaN
  const known = !Number.isNaN(value)
  return (
    <p className="flex items-baseline gap-2 whitespace-nowrap tabular-nums">
      <span className="text-ink" data-tip="Structural similarity of the brightness: 1 is the same">
        SSIM {known ? ssimOf(value) : '–'}
      </span>
      <span className="text-faint">
        {change.info.kind === 'video' && (
          <span className="@max-[30rem]:hidden">frame {frame - firstFrame(change.info)}: </span>
        )}
        {known ? `${percentAlike(value)} % alike` : 'not measured yet'}
      </span>
    </p>
  )
}

/** Goes to a frame to look at it. */
const jump = (viewer: Viewer, change: Change, frame: number | undefined) => {
  if (frame === undefined || frame < 0) return false
  viewer.pause()
  viewer.seek(change.timeOf(frame))
  return true
}

const before = (viewer: Viewer, { peaks, frameUnder }: Change) => {
  const now = frameUnder(viewer.state().target)
  return peaks.findLast((frame) => frame < now)
}

const after = (viewer: Viewer, { peaks, frameUnder }: Change) => {
  const now = frameUnder(viewer.state().target)
  return peaks.find((frame) => frame > now)
}

const Jumps = ({ viewer, change, whole }: { viewer: Viewer; change: Change; whole: boolean }) => {
  const hasBefore = useViewer(viewer, () => before(viewer, change) !== undefined)
  const hasAfter = useViewer(viewer, () => after(viewer, change) !== undefined)
  const changed = (change.values[change.biggest] ?? 0) > NOTHING
  const act = (event: KeyboardEvent): boolean => {
    const key = pressedKey(event)
    if (key === 'g' && event.shiftKey && changed) return jump(viewer, change, change.biggest)
    if (key !== 'c') return false
    return jump(viewer, change, event.shiftKey ? before(viewer, change) : after(viewer, change))
  }
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || takesLetters(event.target)) return
    if (act(event)) event.preventDefault()
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  if (!changed) return whole && <span className="text-faint">Nothing changed</span>
  return (
    <span className="flex items-center">
      <IconButton
        label="Previous change"
        data-keys="shift+c"
        disabled={!hasBefore}
        onClick={() => jump(viewer, change, before(viewer, change))}
      >
        <ChevronsLeft size={16} aria-hidden />
      </IconButton>
      <Button
        variant="quiet"
        size="small"
        data-tip="The biggest change"
        data-keys="shift+g"
        onClick={() => jump(viewer, change, change.biggest)}
      >
        Biggest change
      </Button>
      <IconButton
        label="Next change"
        data-keys="c"
        disabled={!hasAfter}
        onClick={() => jump(viewer, change, after(viewer, change))}
      >
        <ChevronsRight size={16} aria-hidden />
      </IconButton>
    </span>
  )
}

const Under = ({ similarity }: { similarity: SimilarityState }) => {
  if (similarity.name === 'failed' && similarity.measured)
    return (
      <span role="alert" className="min-w-0 truncate text-trouble" data-tip={similarity.reason}>
        Stopped measuring. {similarity.reason}
      </span>
    )
  if (similarity.name !== 'measuring') return null
  const { measured } = similarity
  const part = measured ? measured.done / measured.total : null
  return (
    <span className="flex items-center gap-2 whitespace-nowrap text-faint tabular-nums">
      <Progress value={part} label="Measuring what changed" className="w-16" />
      {part === null ? 'measuring' : `measuring ${Math.floor(part * 100)} %`}
    </span>
  )
}

/** `0 to 20 % changed` */
const scaleWords = ({ values }: Change): string => {
  const { from, to } = stripScale(values)
  return `${Math.round(from * 100)} to ${Math.round(to * 100)} % changed`
}

/** What changed, in words and with ways to get there: by buttons, and by C, Shift+C and G. Nothing without a pair. */
export const SimilarityBar = ({
  viewer,
  similarity,
  change,
  pair,
}: {
  viewer: Viewer
  similarity: SimilarityState
  change: Change | null
  /** Which two are compared, where that does not go without saying. */
  pair?: string | undefined
}) => {
  if (similarity.name === 'none') return null
  const isStrip = change?.info.kind === 'video'
  return (
    <div role="group" aria-label="What changed" className="@container text-xs">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 px-2 pointer-coarse:min-h-11">
        {pair !== undefined && <span className="min-w-0 truncate text-soft">{pair}</span>}
        {change && <Now viewer={viewer} change={change} />}
        <Under similarity={similarity} />
        <span className="flex-1" />
        {isStrip && (
          <span
            className="whitespace-nowrap text-faint @max-[30rem]:hidden"
            data-tip="What the strip’s foot and full height stand for"
          >
            strip: {scaleWords(change)}
          </span>
        )}
        {isStrip && <Jumps viewer={viewer} change={change} whole={similarity.name === 'measured'} />}
      </div>
    </div>
  )
}
