import { useCallback } from 'react'
import type { DecartSDKError } from '../../client/index.ts'
import type { JobInputs } from '../../shared/job.ts'
import {
  type Submission,
  type SubmissionContent,
  type BatchPlace,
  isBeingSent,
  keyFor,
  lostBatchOf,
  mintKey,
} from './submissions.ts'
import { useGenerate } from './generate.ts'

/** One of several takes, and what sets it apart among them. */
export type Part = { inputs: JobInputs; label: string | null }

/** The takes in their places. One alone is no batch. */
const placed = (
  parts: readonly Part[],
  common: Pick<SubmissionContent, 'modelId' | 'renderer' | 'engine'>,
): SubmissionContent[] => {
  const size = parts.length
  const at = (index: number, label: string | null): BatchPlace | null =>
    size === 1 ? null : { id: '', position: index + 1, size, label }
  const asked = parts.map(({ inputs, label }, index): SubmissionContent => ({
    ...common,
    inputs,
    batch: at(index, label),
  }))
  const id = lostBatchOf(asked) ?? mintKey()
  return asked.map((each) => ({ ...each, batch: each.batch && { ...each.batch, id } }))
}

/**
 * Asks for takes together and gives their keys, or null where just these are still on their way to the server. All are
 * open at once; they are sent one after the other, and what was sent stands, also where the page is closed.
 */
export const useGenerateBatch = (
  onRefused: (error: DecartSDKError, submission: Submission) => void,
): ((
  parts: readonly Part[],
  common: Pick<SubmissionContent, 'modelId' | 'renderer' | 'engine'>,
) => readonly string[] | null) => {
  const generate = useGenerate(onRefused)
  return useCallback(
    (parts, common) => {
      const asked = placed(parts, common)
      if (asked.some(isBeingSent)) return null
      // All keys before any is used: a lost submission is open again from then on.
      const submissions = asked.map((each) => ({ ...each, key: keyFor(each) }))
      for (const submission of submissions)
        generate({ ...submission, startedAt: Date.now(), controller: new AbortController() })
      return submissions.map(({ key }) => key)
    },
    [generate],
  )
}
