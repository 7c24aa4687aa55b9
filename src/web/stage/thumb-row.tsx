import { Download, GitCompare, Star } from 'lucide-react'
import type { ReactNode } from 'react'
import { routes } from '../../shared/routes.ts'
import { setStar } from '../data/stars.ts'
import type { Take } from '../data/take.ts'
import { useComparison } from '../state/comparison.ts'
import { openComparison, toggleEntry } from '../state/marking.ts'
import { classes } from '../ui/classes.ts'

const LOOK = 'flex h-12 flex-col items-center justify-center gap-0.5 text-xs text-soft aria-pressed:text-ink'

const Act = ({
  name,
  pressed,
  onAct,
  children,
}: {
  name: string
  pressed: boolean
  onAct: () => void
  children: ReactNode
}) => (
  <button type="button" aria-pressed={pressed} className={LOOK} onClick={onAct}>
    {children}
    {name}
  </button>
)

/** On a phone: what is done with a finished take, where the thumb is. */
export const ThumbRow = ({ take }: { take: Take }) => {
  const { state, jobId, starred } = take
  const entries = useComparison((comparison) => comparison.entries)
  if (state.name !== 'done' || jobId === null) return null
  const marked = entries.some((entry) => entry.kind === 'take' && entry.id === jobId)
  const others = entries.length - Number(marked)
  const compare = () => {
    if (marked && others > 0) return openComparison()
    toggleEntry({ kind: 'take', id: jobId })
    if (!marked && others > 0) openComparison()
  }
  return (
    <div role="group" aria-label="This take" className="thumb-row">
      <Act name={starred ? 'Starred' : 'Star'} pressed={starred} onAct={() => void setStar(jobId, !starred)}>
        <Star size={18} strokeWidth={1.5} fill={starred ? 'currentColor' : 'none'} aria-hidden />
      </Act>
      <a className={classes(LOOK)} href={routes.jobContent(jobId)} download={state.output.filename}>
        <Download size={18} strokeWidth={1.5} aria-hidden />
        Save
      </a>
      <Act
        name={others > 0 ? `Compare with ${others}` : marked ? 'Marked' : 'Mark to compare'}
        pressed={marked}
        onAct={compare}
      >
        <GitCompare size={18} strokeWidth={1.5} aria-hidden />
      </Act>
    </div>
  )
}
