import { useQuery } from '@tanstack/react-query'
import { type PointerEvent, useCallback, useMemo, useRef, useState } from 'react'
import type { RendererName } from '../../shared/job.ts'
import { findModel as findInRegistry } from '../../shared/models/index.ts'
import { fileOptions } from '../data/files.ts'
import { useFetched } from '../data/generate.ts'
import type { Viewer } from '../compare/viewer.ts'
import { useSiblings } from '../data/batch.ts'
import { useRetry } from '../data/retry.ts'
import { sourceIdOf, type Take } from '../data/take.ts'
import { LYING, useLayout } from '../state/layout.ts'
import { useStudio } from '../state/studio.ts'
import { useMediaQuery } from '../ui/use-media-query.ts'
import { Details } from './details.tsx'
import { Playing } from './playing.tsx'
import { fileSide, resultSide, type Side } from './sides.ts'
import { BatchStrip } from './strip/batch-strip.tsx'
import { goBy } from './strip/walk.ts'
import { ThumbRow } from './thumb-row.tsx'
import { useHold } from './use-hold.ts'
import { useIdle } from './use-idle.ts'
import { type Swipe, useSwipe } from './use-swipe.ts'
import { Waiting } from './waiting.tsx'
import './stage.css'

/** A file that the take was made from as a side: null where there is none, undefined until that is known. */
const useFileSide = (id: string | null, name: string): Side | null | undefined => {
  const known = id !== null && id.startsWith('file_')
  const { data, isPending } = useQuery({ ...fileOptions(id ?? ''), enabled: known })
  return useMemo(() => {
    if (known && isPending) return undefined
    return data ? fileSide(data, name) : null
  }, [known, isPending, data, name])
}

/** Where a transition ends; of other takes nothing. */
const endIdOf = ({ inputs }: Take): string | null => {
  const id = inputs['end']
  return typeof id === 'string' ? id : null
}

type Shown = { sides: readonly Side[]; result: number }

/** What the stage shows of a take: what it was made from, and its result. Undefined until all of it is known. */
const useSides = (take: Take): Shown | undefined => {
  const fetched = useFetched(take.jobId)
  const [shown, show] = useState<Shown>()
  const endId = endIdOf(take)
  const first = useFileSide(sourceIdOf(take), endId === null ? 'Source' : 'First frame')
  const last = useFileSide(endId, 'Last frame')
  const result = shown ? undefined : resultSide(take, fetched)
  if (!result || first === undefined || last === undefined) return shown
  // What is on the stage stays there and plays on, also when the page's memory lets go of it or the take gets a star.
  const found = { sides: [first, result, last].filter((side) => side !== null), result: first ? 1 : 0 }
  show(found)
  return found
}

/** What is seen of one take: how far it is, or what came of it. */
const Picture = ({ take, onViewer }: { take: Take; onViewer: (viewer: Viewer | undefined) => void }) => {
  const select = useStudio((state) => state.select)
  const setProblems = useStudio((state) => state.setProblems)
  const again = useRetry((error) => setProblems({ fields: {}, message: error.message }))
  const shown = useSides(take)
  const askAgain = (renderer?: RendererName) => {
    const key = again(take, renderer)
    if (key !== null) select(key)
  }
  if (shown) return <Playing take={take} sides={shown.sides} result={shown.result} onViewer={onViewer} />
  const canDraft = take.renderer !== 'local' && findInRegistry(take.modelId) !== undefined
  return (
    <div className="viewer-picture min-h-0 p-6 [grid-area:picture]">
      {take.state.name !== 'done' && (
        <Waiting take={take} onRetry={() => askAgain()} onDraft={canDraft ? () => askAgain('local') : null} />
      )}
    </div>
  )
}

/** Shows what the take was made from in its place. Gives the way back; undefined where it was made from nothing. */
const showSource = (viewer: Viewer): (() => void) | undefined => {
  const { view, sides } = viewer.state()
  if (sides.length < 2) return undefined
  viewer.setView({ mode: 'blink', blinking: true })
  return () => viewer.setView({ mode: view.mode, blinking: false })
}

type Hearing = Record<string, ((event: PointerEvent) => void) | undefined>

/** The props of two that hear of the same fingers. */
const bothHear = (one: Hearing, other: Hearing): Hearing =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [
      name,
      (event: PointerEvent) => {
        one[name]?.(event)
        other[name]?.(event)
      },
    ]),
  )

/** One take: waiting for it, or playing it, what it is, and its siblings. Its picture stands where those of others do. */
export const TakeOnStage = ({ take, takes }: { take: Take; takes: readonly Take[] }) => {
  const siblings = useSiblings(takes, take)
  const root = useRef<HTMLDivElement>(null)
  const alone = useLayout((state) => state.theatre)
  const lying = useMediaQuery(LYING)
  // Of this take; another begins with its lines.
  const [opened, setOpened] = useState<string>()
  const [fine, setFine] = useState(false)
  const viewer = useRef<Viewer>(undefined)
  const keepViewer = useCallback((opened: Viewer | undefined) => {
    viewer.current = opened
  }, [])
  const openFacts = (open: boolean) => setOpened(open ? take.id : undefined)
  const swiped: Record<Swipe, () => void> = {
    left: () => goBy(siblings, take.id, 1),
    right: () => goBy(siblings, take.id, -1),
    up: () => openFacts(true),
    down: () => openFacts(false),
  }
  const swipe = useSwipe((way) => swiped[way]())
  const hold = useHold(() => viewer.current && showSource(viewer.current))
  useIdle(root, (alone || lying) && take.state.name === 'done')
  return (
    <div ref={root} className="take-stage" data-fine={fine || undefined} {...bothHear(swipe, hold)}>
      <Picture key={take.id} take={take} onViewer={keepViewer} />
      <BatchStrip siblings={siblings} shown={take.id} />
      <ThumbRow take={take} siblings={siblings} fine={fine} onFine={setFine} />
      <Details take={take} open={opened === take.id} onOpen={openFacts} />
    </div>
  )
}
