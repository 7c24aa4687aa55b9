import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect } from 'react'
import { useJob } from '../data/job-store.ts'
import { jobOptions } from '../data/jobs.ts'
import { isRunning, type Take, takeOfJob } from '../data/take.ts'
import { chosenTake, useTakes } from '../data/takes.ts'
import { useStudio } from '../state/studio.ts'

/** What the stage has to show where nothing is compared. */
export type Shown = { name: 'loading' | 'nothing' | 'gone' } | { name: 'take'; take: Take }

/** An idempotency key that this page made, and no job's id. */
const isKey = (id: string): boolean => /^[0-9a-f]{32}$/.test(id)

/** The newest that is finished, or else the newest. */
export const firstToShow = (takes: readonly Take[]): Take | undefined =>
  takes.find(({ state }) => state.name === 'done') ?? takes[0]

/** The chosen take, also one that is older than all that was loaded. Before one was chosen, one is. */
export const useShownTake = (): { shown: Shown; takes: readonly Take[] } => {
  const { takes, loading } = useTakes()
  // Whoever leafs through takes sees the ring go on at once; the stage follows, and leaves out what is passed over. The
  // first that is selected counts at once: where nothing is, the stage selects for itself.
  const now = useStudio((state) => state.selected)
  const selected = useDeferredValue(now) ?? now
  const chosen = selected === null ? firstToShow(takes) : chosenTake(takes, selected)
  const unknown = selected !== null && !loading && !chosen && !isKey(selected)
  const { data: found, isError } = useQuery({ ...jobOptions(selected ?? ''), enabled: unknown })
  const older = useJob(found ?? null)
  const first = selected === null ? chosen?.id : undefined
  useEffect(() => {
    if (first !== undefined) useStudio.getState().select(first, 'replace')
  }, [first])
  if (chosen) return { takes, shown: { name: 'take', take: chosen } }
  if (loading) return { takes, shown: { name: 'loading' } }
  if (selected === null) return { takes, shown: { name: 'nothing' } }
  if (older) return { takes, shown: { name: 'take', take: takeOfJob(older) } }
  return { takes, shown: { name: isError || isKey(selected) ? 'gone' : 'loading' } }
}

/**
 * The takes that were asked for here last, as far as the stage has not shown one of them: the first that is finished, or
 * else one that still goes on. While the stage follows them, that first one takes the place of one that is not finished.
 */
export const useNews = (takes: readonly Take[], shown: Take | undefined): Take | undefined => {
  const awaited = useStudio((state) => state.awaited)
  const among = takes.filter(({ id }) => awaited?.takes.includes(id))
  const done = among.findLast(({ state }) => state.name === 'done')
  const running = among.findLast(isRunning)
  const looked = shown !== undefined && awaited?.takes.includes(shown.id) === true
  const isOver = awaited !== null && looked && (done !== undefined || running === undefined)
  useEffect(() => {
    if (!isOver || !awaited) return
    const { select, stopAwaiting } = useStudio.getState()
    if (awaited.following && done && shown?.state.name !== 'done') select(done.id, 'replace')
    stopAwaiting()
  }, [isOver, awaited, done, shown])
  if (awaited === null || looked) return undefined
  return done ?? running ?? among.at(-1)
}
