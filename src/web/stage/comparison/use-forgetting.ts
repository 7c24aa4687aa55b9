import { useEffect, useRef, useState } from 'react'
import { forgetTakes } from '../../state/marking.ts'
import type { Subject } from './parameters.ts'

const binnedOf = (subjects: readonly Subject[]): readonly string[] =>
  subjects.flatMap((subject) => (subject.kind === 'take' && subject.take.binned ? (subject.take.jobId ?? []) : []))

/**
 * What was binned while it was compared is no longer marked once the comparison goes. Until then it stays: what was done
 * can be undone.
 */
export const useForgetting = (subjects: readonly Subject[]): void => {
  const [before] = useState(() => binnedOf(subjects))
  const latest = useRef(subjects)
  useEffect(() => {
    latest.current = subjects
  })
  useEffect(() => () => forgetTakes(binnedOf(latest.current).filter((id) => !before.includes(id))), [before])
}
