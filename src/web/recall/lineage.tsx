import { ChevronRight, Code, Trophy } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useId, useRef, useState } from 'react'
import type { Take } from '../data/take.ts'
import { takeName } from '../data/take-title.ts'
import { routes } from '../../shared/routes.ts'
import { showNotLoaded } from '../state/comparison.ts'
import { showCode } from '../state/dialogs.ts'
import { useStudio } from '../state/studio.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Differences } from './differences.tsx'
import { type Ancestor, useAncestors, useCameOf } from './lineage-data.ts'

const Picture = ({ take }: { take: Take }) =>
  take.state.name === 'done' && take.jobId !== null ? (
    <img
      src={routes.jobThumbnail(take.jobId)}
      alt=""
      className="h-6 w-auto max-w-14 shrink-0 rounded-xs object-cover"
      draggable={false}
    />
  ) : (
    <span className="h-6 w-10 shrink-0 rounded-xs bg-raised" aria-hidden />
  )

const LINK =
  'touch-target inline-flex h-8 min-w-0 items-center gap-1.5 rounded px-1 text-soft hover:bg-raised hover:text-ink'

/** What a take was made from: a press goes there; pointed at or focused, it says what was set otherwise. */
const Step = ({ ancestor: { jobId, take }, of }: { ancestor: Ancestor; of: Take }) => {
  const [shown, show] = useState(false)
  const id = useId()
  if (!take) return <span className="px-1 text-faint">a take that is gone</span>
  return (
    <span className="contents" onMouseLeave={() => show(false)}>
      <button
        type="button"
        aria-label={`Made from: ${takeName(take)}`}
        aria-describedby={shown ? id : undefined}
        className={LINK}
        onMouseEnter={() => show(true)}
        onFocus={() => show(true)}
        onBlur={() => show(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') show(false)
        }}
        onClick={() => useStudio.getState().select(jobId)}
      >
        <Picture take={take} />
        <span className="max-w-24 truncate max-[900px]:hidden">{takeName(take)}</span>
      </button>
      {shown && <Differences id={id} before={take} after={of} />}
    </span>
  )
}

/** Closes what is open by a press beside it, or by Escape, which gives the focus back to its button. */
const useClosing = (root: RefObject<HTMLElement | null>, open: boolean, onClose: () => void): void => {
  useEffect(() => {
    if (!open) return
    const press = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) onClose()
    }
    const key = ({ key: pressed }: KeyboardEvent) => {
      if (pressed !== 'Escape') return
      onClose()
      root.current?.querySelector('button')?.focus()
    }
    document.addEventListener('pointerdown', press)
    document.addEventListener('keydown', key)
    return () => {
      document.removeEventListener('pointerdown', press)
      document.removeEventListener('keydown', key)
    }
  }, [root, open, onClose])
}

/** The takes that were made from this one, behind their number. */
const CameOf = ({ take }: { take: Take }) => {
  const { total, takes } = useCameOf(take.jobId)
  const [open, setOpen] = useState(false)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const close = useCallback(() => setOpen(false), [])
  useClosing(root, open, close)
  const show = (jobId: string | null) => {
    close()
    useStudio.getState().select(jobId)
  }
  if (total === 0) return null
  return (
    <div ref={root} className="contents">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        className={classes(LINK, 'shrink-0')}
        onClick={() => setOpen(!open)}
      >
        {total} came of this
      </button>
      {open && (
        <ul
          id={id}
          aria-label="Came of this"
          className="scrollbar-quiet absolute right-2 bottom-full z-20 max-h-72 w-72 max-w-[calc(100%-1rem)] overflow-y-auto rounded border border-edge bg-panel p-1 shadow-lg"
        >
          {takes.map((each) => (
            <li key={each.id}>
              <button type="button" className={classes(LINK, 'w-full text-left')} onClick={() => show(each.jobId)}>
                <Picture take={each} />
                <span className="truncate">{takeName(each)}</span>
              </button>
            </li>
          ))}
          {total > takes.length && <li className="px-1 py-1 text-faint">and {total - takes.length} more</li>}
        </ul>
      )}
    </div>
  )
}

/** Where a take came from and what came of it, in one line that is there for every take; and the take as code. */
export const Lineage = ({
  take,
  among = [],
}: {
  take: Take
  /** The finished takes of its batch, among which the best can be chosen. */
  among?: readonly string[]
}) => {
  const steps = useAncestors(take)
  return (
    <div className="relative flex h-10 shrink-0 items-center gap-2 px-3 text-xs pointer-coarse:h-12">
      {/* Parted from what opens over it, which it would cut off. */}
      <nav aria-label="Lineage" className="flex min-w-0 flex-1 items-center">
        {steps.map((step, index) => (
          <span key={index} className="flex min-w-0 items-center">
            {step.map((ancestor) => (
              <Step key={ancestor.jobId} ancestor={ancestor} of={take} />
            ))}
            <ChevronRight size={12} className="shrink-0 text-faint" aria-hidden />
          </span>
        ))}
        {steps.length > 0 && <span className="px-1 text-ink">this</span>}
      </nav>
      <CameOf take={take} />
      {among.length > 1 && (
        <Button
          variant="quiet"
          size="small"
          onClick={() =>
            void import('../state/marking.ts').then(({ chooseAmong }) => chooseAmong(among), showNotLoaded)
          }
        >
          <Trophy size={14} aria-hidden />
          Choose among {among.length}
        </Button>
      )}
      <Button variant="quiet" size="small" aria-haspopup="dialog" onClick={() => showCode(take)}>
        <Code size={14} aria-hidden />
        Copy as code
      </Button>
    </div>
  )
}
