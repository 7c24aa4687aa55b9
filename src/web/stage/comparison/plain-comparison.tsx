import { Download, Play } from 'lucide-react'
import { useRef, useState } from 'react'
import { routes } from '../../../shared/routes.ts'
import { useAllFetched } from '../../data/generate.ts'
import { Button } from '../../ui/button.tsx'
import { IconLink } from '../../ui/button-link.tsx'
import { PlainMedia, whyPlain } from '../plain-media.tsx'
import { MAX_SIDES } from '../../state/marking.ts'
import { Heading } from './heading.tsx'
import type { Subject } from './parameters.ts'
import { sideNames } from './side-names.ts'
import { type FoundSubject, sideOf } from './sides-of.ts'

const DownloadOf = ({ subject, name }: { subject: Subject; name: string }) => {
  if (subject.kind !== 'take' || subject.take.state.name !== 'done' || subject.take.jobId === null) return null
  const { jobId, state } = subject.take
  return (
    <IconLink label={`Download ${name}`} href={routes.jobContent(jobId)} download={state.output.filename}>
      <Download size={16} aria-hidden />
    </IconLink>
  )
}

/** Several things beside each other in the browser's own players, for pages that may not decode by themselves. */
export const PlainComparison = ({ found: all, onClose }: { found: readonly FoundSubject[]; onClose: () => void }) => {
  const found = all.slice(0, MAX_SIDES)
  const fetched = useAllFetched()
  const [sides] = useState(() => found.flatMap((each) => sideOf(each, fetched) ?? []))
  const names = sideNames(found.map(({ subject }) => subject))
  const players = useRef<HTMLUListElement>(null)
  const playAll = () => {
    for (const video of players.current?.querySelectorAll('video') ?? []) {
      video.currentTime = 0
      // One that cannot be played says so in its own place.
      video.play().catch(() => undefined)
    }
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Heading
        sides={found.map(({ key }, index) => ({ key, name: names[index] ?? '' }))}
        choosing={false}
        onChoose={null}
        parameters={false}
        onParameters={null}
        onClose={onClose}
      />
      <ul
        ref={players}
        className="scrollbar-quiet grid min-h-0 flex-1 grid-cols-[repeat(auto-fit,minmax(min(100%,20rem),1fr))] gap-3 overflow-y-auto p-3"
      >
        {sides.map((side, index) => (
          <li key={side.source.id} className="flex min-h-48 min-w-0 flex-col">
            <div className="min-h-0 flex-1">
              <PlainMedia side={{ ...side, name: names[index] ?? '' }} />
            </div>
            <div className="flex min-h-8 items-center gap-2">
              <span className="verbatim min-w-0 flex-1 truncate text-xs text-soft">{names[index]}</span>
              {found[index] && <DownloadOf subject={found[index].subject} name={names[index] ?? ''} />}
            </div>
          </li>
        ))}
      </ul>
      <div className="flex items-center gap-3 px-4 py-2">
        <p className="min-w-0 flex-1 text-xs text-soft">
          Played by the browser, not in step. {whyPlain()}
          {all.length > MAX_SIDES && ` The first ${MAX_SIDES} of ${all.length} are shown.`}
        </p>
        <Button size="small" onClick={playAll}>
          <Play size={14} aria-hidden />
          Play all
        </Button>
      </div>
    </div>
  )
}
