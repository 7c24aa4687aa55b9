import { takeTitle } from '../../data/take-title.ts'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { fileOptions } from '../../data/files.ts'
import { useJobs } from '../../data/job-store.ts'
import { jobOptions } from '../../data/jobs.ts'
import { type Take, takeOfJob } from '../../data/take.ts'
import { useTakes } from '../../data/takes.ts'
import { type Entry } from '../../state/comparison.ts'
import { keyOf } from '../../state/marking.ts'
import type { Subject } from './parameters.ts'

/** What an entry turned out to be. `gone` says what is missing, as a sentence. */
export type Found = { key: string } & (
  { name: 'looking' } | { name: 'there'; subject: Subject } | { name: 'gone'; sentence: string }
)

const ofTake = (key: string, take: Take): Found =>
  take.state.name === 'done'
    ? { key, name: 'there', subject: { kind: 'take', take } }
    : { key, name: 'gone', sentence: `“${takeTitle(take)}” has no result to compare.` }

/** Looks up what is compared: takes among those that are loaded or by their id, files by theirs. */
export const useSubjects = (entries: readonly Entry[]): readonly Found[] => {
  const { takes, loading } = useTakes()
  const known = useJobs(useMemo(() => entries.flatMap((entry) => (entry.kind === 'take' ? [entry.id] : [])), [entries]))
  const takeOf = (id: string) => takes.find(({ jobId }) => jobId === id)
  const jobs = useQueries({
    queries: entries.map((entry) => ({
      ...jobOptions(entry.kind === 'take' ? entry.id : ''),
      enabled: entry.kind === 'take' && !loading && !takeOf(entry.id),
    })),
  })
  const files = useQueries({
    queries: entries.map((entry) => ({
      ...fileOptions(entry.kind === 'file' ? entry.id : ''),
      enabled: entry.kind === 'file',
    })),
  })
  return entries.map((entry, index): Found => {
    const key = keyOf(entry)
    if (entry.kind === 'local') return { key, name: 'there', subject: { kind: 'local', file: entry.file, facts: null } }
    if (entry.kind === 'file') {
      const file = files[index]
      if (file?.data) return { key, name: 'there', subject: { kind: 'file', file: file.data } }
      return file?.isError
        ? { key, name: 'gone', sentence: 'A file of this comparison is no longer on the server.' }
        : { key, name: 'looking' }
    }
    const take = takeOf(entry.id)
    if (take) return ofTake(key, take)
    const job = jobs[index]
    // One that left the list, as for the bin, stays on the stage.
    const inStore = known.find(({ job_id }) => job_id === entry.id)
    if (inStore) return ofTake(key, takeOfJob(inStore))
    return job?.isError
      ? { key, name: 'gone', sentence: 'A take of this comparison is no longer on the server.' }
      : { key, name: 'looking' }
  })
}
