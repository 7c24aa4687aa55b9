import { Download, Ellipsis, GitCompare, LogIn, Star, Trophy } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { routes } from '../../shared/routes.ts'
import { finishedJobs } from '../data/batch.ts'
import { setStar } from '../data/stars.ts'
import type { Take } from '../data/take.ts'
import { useComparison } from '../state/comparison.ts'
import { takeToInput } from '../state/go-on.ts'
import { chooseAmong, openComparison, toggleEntry } from '../state/marking.ts'
import { classes } from '../ui/classes.ts'

const LOOK =
  'flex h-12 flex-col items-center justify-center gap-0.5 text-xs text-soft select-none aria-pressed:text-ink aria-expanded:text-ink'

const Act = ({
  name,
  children,
  ...rest
}: ComponentProps<'button'> & {
  name: string
  children: ReactNode
}) => (
  <button type="button" className={LOOK} {...rest}>
    {children}
    {name}
  </button>
)

/** On a phone: what is done with a finished take, where the thumb is, and the way to the fine controls under the picture. */
export const ThumbRow = ({
  take,
  siblings,
  fine,
  onFine,
}: {
  take: Take
  /** The batch that it is of. */
  siblings: readonly Take[]
  fine: boolean
  onFine: (fine: boolean) => void
}) => {
  const { state, jobId, starred } = take
  const entries = useComparison((comparison) => comparison.entries)
  if (state.name !== 'done' || jobId === null) return null
  const marked = entries.some((entry) => entry.kind === 'take' && entry.id === jobId)
  const others = entries.length - Number(marked)
  const batch = finishedJobs(siblings)
  const compare = () => {
    if (marked && others > 0) return openComparison()
    toggleEntry({ kind: 'take', id: jobId })
    if (!marked && others > 0) openComparison()
  }
  return (
    <div role="group" aria-label="This take" className="thumb-row">
      <Act name={starred ? 'Starred' : 'Star'} aria-pressed={starred} onClick={() => void setStar(jobId, !starred)}>
        <Star size={18} strokeWidth={1.5} fill={starred ? 'currentColor' : 'none'} aria-hidden />
      </Act>
      <a className={classes(LOOK)} href={routes.jobContent(jobId)} download={state.output.filename}>
        <Download size={18} strokeWidth={1.5} aria-hidden />
        Save
      </a>
      <Act name="Use" aria-label="Use as input" onClick={() => void takeToInput(take)}>
        <LogIn size={18} strokeWidth={1.5} aria-hidden />
      </Act>
      {entries.length === 0 && batch.length > 1 ? (
        <Act name="Choose" aria-label={`Choose among ${batch.length}`} onClick={() => chooseAmong(batch)}>
          <Trophy size={18} strokeWidth={1.5} aria-hidden />
        </Act>
      ) : (
        <Act
          name={others > 0 ? `Compare ${others + 1}` : marked ? 'Marked' : 'Compare'}
          aria-pressed={marked}
          onClick={compare}
        >
          <GitCompare size={18} strokeWidth={1.5} aria-hidden />
        </Act>
      )}
      <Act name="More" aria-label="More controls" aria-expanded={fine} onClick={() => onFine(!fine)}>
        <Ellipsis size={18} strokeWidth={1.5} aria-hidden />
      </Act>
    </div>
  )
}
