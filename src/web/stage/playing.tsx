import { Columns2, Download, Square, SquareSplitHorizontal } from 'lucide-react'
import { useState } from 'react'
import { routes } from '../../shared/routes.ts'
import type { Take } from '../data/take.ts'
import { useStudio } from '../state/studio.ts'
import { IconLink } from '../ui/button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { Side } from './side.ts'
import { createTransport } from './transport.ts'
import { TransportBar } from './transport-bar.tsx'
import { leaderOf, Viewer } from './viewer.tsx'

const MODES = [
  { value: 'single', label: 'Result alone', icon: <Square size={15} aria-hidden /> },
  { value: 'side', label: 'Side by side', icon: <Columns2 size={15} aria-hidden /> },
  { value: 'wipe', label: 'Slider', icon: <SquareSplitHorizontal size={15} aria-hidden /> },
] as const

/** The result, alone or beside its source, and the controls under it. */
export const Playing = ({ take, result, source }: { take: Take; result: Side; source: Side | undefined }) => {
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
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1">
        {leading.kind === 'video' && (
          <TransportBar transport={transport} fps={leading.fps ?? 25} hasAudio={leading.hasAudio} />
        )}
        <div className="ml-auto flex items-center gap-2">
          {source && <Segmented compact label="Compare" value={mode} options={MODES} onChange={setMode} />}
          {take.jobId !== null && take.state.name === 'done' && (
            <IconLink label="Download" href={routes.jobContent(take.jobId)} download={take.state.output.filename}>
              <Download size={16} aria-hidden />
            </IconLink>
          )}
        </div>
      </div>
    </>
  )
}
