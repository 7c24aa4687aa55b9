import { Star } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useStarProblems } from '../../data/star-problems.ts'
import { setStar } from '../../data/stars.ts'
import { Button } from '../../ui/button.tsx'
import type { Subject } from './parameters.ts'

/** The winner's star: given when there is a winner, and taken back, where it was given here, when there is none again. */
export const usePrize = (winner: Subject | undefined): void => {
  const given = useRef<string>(null)
  const jobId = winner?.kind === 'take' ? winner.take.jobId : null
  const starred = winner?.kind === 'take' && winner.take.starred
  useEffect(() => {
    if (given.current !== null && given.current !== jobId) {
      void setStar(given.current, false)
      given.current = null
    }
    if (jobId === null || starred || given.current === jobId) return
    given.current = jobId
    void setStar(jobId, true)
  }, [jobId, starred])
}

/** Whether the winner has its star, which can be taken away and given again. */
export const Prize = ({ subject }: { subject: Subject | undefined }) => {
  const jobId = subject?.kind === 'take' ? subject.take.jobId : null
  const problem = useStarProblems((problems) => problems[jobId ?? ''])
  if (subject?.kind !== 'take' || jobId === null) return <span className="text-faint">A file has no star.</span>
  const { starred } = subject.take
  return (
    <>
      <Button size="small" aria-pressed={starred} onClick={() => void setStar(jobId, !starred)}>
        <Star size={14} fill={starred ? 'currentColor' : 'none'} aria-hidden />
        {starred ? 'Starred' : 'Star'}
      </Button>
      {problem !== undefined && (
        <span role="alert" className="text-trouble">
          {problem}
        </span>
      )}
    </>
  )
}
