import { useQuery } from '@tanstack/react-query'
import { Columns2, Download, Square, SquareSplitHorizontal } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { routes } from '../../shared/routes.ts'
import { fileOptions } from '../data/files.ts'
import { useFetched } from '../data/generate.ts'
import { useRetry } from '../data/retry.ts'
import { sourceIdOf, type Take } from '../data/take.ts'
import { chosenTake, useTakes } from '../data/takes.ts'
import { useStudio } from '../state/studio.ts'
import { IconLink } from '../ui/button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useObjectUrl } from '../ui/use-object-url.ts'
import { Details } from './details.tsx'
import { resultSide, type Side, sourceSide } from './side.ts'
import { createTransport } from './transport.ts'
import { TransportBar } from './transport-bar.tsx'
import { leaderOf, Viewer } from './viewer.tsx'
import { Waiting } from './waiting.tsx'

const MODES = [
  { value: 'single', label: 'Result alone', icon: <Square size={15} aria-hidden /> },
  { value: 'side', label: 'Side by side', icon: <Columns2 size={15} aria-hidden /> },
  { value: 'wipe', label: 'Slider', icon: <SquareSplitHorizontal size={15} aria-hidden /> },
] as const

/** The take's source as a side, where it was made from a file that the server still has. */
const useSource = (take: Take): Side | undefined => {
  const id = sourceIdOf(take)
  const { data } = useQuery({ ...fileOptions(id ?? ''), enabled: id !== null && id.startsWith('file_') })
  return data && id !== null ? sourceSide(data) : undefined
}

const Playing = ({ take, result, source }: { take: Take; result: Side; source: Side | undefined }) => {
  const [transport] = useState(() => createTransport(!matchMedia('(prefers-reduced-motion: reduce)').matches))
  const mode = useStudio((state) => state.compare)
  const setMode = useStudio((state) => state.setCompare)
  const shown = source ? mode : 'single'
  const leading = shown !== 'single' && source && leaderOf(result, source) === 'source' ? source : result
  return (
    <>
      <div className="min-h-0 flex-1 p-3 pb-1">
        <Viewer mode={shown} source={source} result={result} transport={transport} />
      </div>
      <div className="flex min-h-11 shrink-0 flex-wrap items-center justify-end gap-x-2 gap-y-1 px-3 py-1">
        {leading.kind === 'video' && (
          <TransportBar transport={transport} fps={leading.fps ?? 25} hasAudio={leading.hasAudio} />
        )}
        {source && <Segmented compact label="Compare" value={mode} options={MODES} onChange={setMode} />}
        {take.jobId !== null && take.state.name === 'done' && (
          <IconLink label="Download" href={routes.jobContent(take.jobId)} download={take.state.output.filename}>
            <Download size={16} aria-hidden />
          </IconLink>
        )}
      </div>
    </>
  )
}

const TakeOnStage = ({ take }: { take: Take }) => {
  const select = useStudio((state) => state.select)
  const setProblems = useStudio((state) => state.setProblems)
  const again = useRetry((error) => setProblems({ fields: {}, message: error.message }))
  const fetched = useFetched(take.jobId)
  // What is on the stage stays there, also when the page's memory lets go of it.
  const [held, hold] = useState(fetched)
  if (fetched && !held) hold(fetched)
  const blobUrl = useObjectUrl(held)
  const source = useSource(take)
  const result = held && !blobUrl ? undefined : resultSide(take, blobUrl, source?.hasAudio ?? false)
  return (
    <div className="flex h-full min-h-0 flex-col">
      {result ? (
        <Playing key={take.id} take={take} result={result} source={source} />
      ) : (
        <div className="min-h-0 flex-1 p-6">
          <Waiting take={take} onRetry={() => select(again(take))} />
        </div>
      )}
      <Details take={take} />
    </div>
  )
}

/** The middle: the chosen take, or what stands there before there is one. */
export const Stage = ({ empty }: { empty: ReactNode }) => {
  const { takes, loading } = useTakes()
  const selected = useStudio((state) => state.selected)
  const take = chosenTake(takes, selected)
  return (
    <section aria-label="Stage" className="h-full min-h-0">
      {take ? <TakeOnStage key={take.id} take={take} /> : loading ? null : empty}
    </section>
  )
}
