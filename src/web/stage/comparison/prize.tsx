import { useQueryClient } from '@tanstack/react-query'
import { Download, Shuffle, Star } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { routes } from '../../../shared/routes.ts'
import { useStarProblems } from '../../data/star-problems.ts'
import { setStar } from '../../data/stars.ts'
import type { Take } from '../../data/take.ts'
import { takeToInput, vary } from '../../state/go-on.ts'
import { Button } from '../../ui/button.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { BinOthers } from './bin-others.tsx'
import type { Subject } from './parameters.ts'

/**
 * The winner's star: given when there is a winner, and taken back, where it was given here, when there is none again. A
 * winner that is there from the beginning, as after a reload, has it or had it taken away.
 */
export const usePrize = (winner: Subject | undefined): void => {
  const given = useRef<string>(null)
  const jobId = winner?.kind === 'take' ? winner.take.jobId : null
  const starred = winner?.kind === 'take' && winner.take.starred
  const known = useRef(jobId)
  useEffect(() => {
    if (given.current !== null && given.current !== jobId) {
      void setStar(given.current, false)
      given.current = null
    }
    const wasKnown = known.current === jobId
    if (!wasKnown) known.current = null
    if (jobId === null || wasKnown || starred || given.current === jobId) return
    given.current = jobId
    void setStar(jobId, true)
  }, [jobId, starred])
}

/** Whether all of them have their star, which can be taken away and given again. */
const Stars = ({ takes }: { takes: readonly Take[] }) => {
  const problems = useStarProblems()
  const starred = takes.every((take) => take.starred)
  const problem = takes.flatMap(({ jobId }) => problems[jobId ?? ''] ?? [])[0]
  const star = () => {
    for (const { jobId } of takes) if (jobId !== null) void setStar(jobId, !starred)
  }
  return (
    <>
      <Button size="small" aria-pressed={starred} onClick={star}>
        <Star size={14} fill={starred ? 'currentColor' : 'none'} aria-hidden />
        {starred ? 'Starred' : takes.length > 1 ? `Star ${takes.length}` : 'Star'}
      </Button>
      {problem !== undefined && (
        <span role="alert" className="text-trouble">
          {problem}
        </span>
      )}
    </>
  )
}

/** What a single winner can become. */
const GoOn = ({ take }: { take: Take }) => {
  const queryClient = useQueryClient()
  if (take.state.name !== 'done' || take.jobId === null) return null
  return (
    <>
      <Button size="small" variant="accent" onClick={() => void takeToInput(take)}>
        Use as input
      </Button>
      <Button
        size="small"
        data-tip="Fills the form with its settings; the seed is left open"
        onClick={() => void vary(take, queryClient)}
      >
        <Shuffle size={14} aria-hidden />
        Vary
      </Button>
      <ButtonLink size="small" href={routes.jobContent(take.jobId)} download={take.state.output.filename}>
        <Download size={14} aria-hidden />
        Download
      </ButtonLink>
    </>
  )
}

const takesOf = (subjects: readonly Subject[]): Take[] =>
  subjects.flatMap((subject) => (subject.kind === 'take' ? [subject.take] : []))

/** How it goes on from what was chosen, and what becomes of the others. */
export const Prize = ({ chosen, others }: { chosen: readonly Subject[]; others: readonly Subject[] }) => {
  const takes = takesOf(chosen)
  const [only, ...more] = takes
  if (!only) return <span className="text-faint">A file has no star.</span>
  return (
    <div role="group" aria-label="Go on" className="flex flex-wrap items-center gap-1">
      {more.length === 0 && <GoOn take={only} />}
      <Stars takes={takes} />
      <BinOthers jobIds={takesOf(others).flatMap(({ jobId }) => jobId ?? [])} />
    </div>
  )
}
