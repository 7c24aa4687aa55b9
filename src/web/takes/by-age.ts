import type { UnreadableJob } from '../../shared/job.ts'
import type { Take } from '../data/take.ts'

/** Takes and what stands unreadable between them, newest first; what says nothing of its age comes last. */
export const byAge = (
  takes: readonly Take[],
  unreadable: readonly UnreadableJob[],
): readonly (Take | UnreadableJob)[] => {
  if (unreadable.length === 0) return takes
  const ageOf = (each: Take | UnreadableJob): number =>
    'reason' in each ? Date.parse(each.created_at) || 0 : each.createdAt
  return [...takes, ...unreadable].toSorted((a, b) => ageOf(b) - ageOf(a))
}
