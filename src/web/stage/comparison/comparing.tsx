import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Viewer } from '../../compare/viewer.ts'
import {
  type Choice,
  chosenOf,
  GROUP,
  isHidden,
  listOrder,
  namesFor,
  newChoice,
  outcomeOf,
} from '../../compare/choose.ts'
import { ChooseBar } from '../../compare/ui/choose-bar.tsx'
import { CompareViewer } from '../../compare/ui/compare-viewer.tsx'
import { type Choosing, judgingOf, useChoice, useChoosing, viewOf } from '../../compare/ui/use-choice.ts'
import { type Entry, useComparison } from '../../state/comparison.ts'
import { keyOf } from '../../state/marking.ts'
import { collectHeardNumbers } from '../number-keys.ts'
import { useStudio } from '../../state/studio.ts'
import { Heading } from './heading.tsx'
import { linkTo, type Outlook, outlookOf } from './link.ts'
import { linkOffer } from './link-offer.ts'
import { useOpenedSources } from './opened-sources.ts'
import { rememberedFor, useOutlook } from './outlook.ts'
import { Parameters } from './parameter-panel.tsx'
import type { Subject } from './parameters.ts'
import { Prize, usePrize } from './prize.tsx'
import { sideNames } from './side-names.ts'
import type { FoundSubject } from './sides-of.ts'
import { Undecoded } from './undecoded.tsx'
import { useAddressed } from './use-addressed.ts'
import { useFrameOffer } from '../use-frame-offer.ts'
import { useForgetting } from './use-forgetting.ts'
import { useEscape } from './use-escape.ts'

const entryOf = (subject: Subject): Entry | null => {
  if (subject.kind === 'file') return { kind: 'file', id: subject.file.id }
  if (subject.kind === 'local') return { kind: 'local', key: '', file: subject.file }
  return subject.take.jobId === null ? null : { kind: 'take', id: subject.take.jobId }
}

const wantsMotion = () => !matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * How a comparison begins. More than fit on the viewer are a knockout. `choice` and `outlook` are null where it begins anew;
 * `asked` is whether one came to choose.
 */
type Beginning = {
  keys: readonly string[]
  isKnockout: boolean
  asked: boolean
  outlook: Outlook | null
  choice: Choice | null
}

const beginningOf = (found: readonly FoundSubject[]): Beginning => {
  const keys = found.map(({ key }) => key)
  const isKnockout = found.length > GROUP
  const { choosing: asked } = useComparison.getState()
  const { outlook, choice } = rememberedFor(keys)
  return { keys, isKnockout, asked, outlook: isKnockout ? null : outlook, choice: asked ? null : choice }
}

/** Keeps the address at what is compared and how; `choice` is null while nobody chooses. */
const useComparisonAddress = (
  viewer: Viewer | undefined,
  subjects: readonly Subject[],
  { isKnockout, choice }: { isKnockout: boolean; choice: Choice | null },
): void => {
  const [entries] = useState(() => subjects.flatMap((subject) => entryOf(subject) ?? []))
  const hashOf = useCallback(
    (of: Viewer) => linkTo(entries, isKnockout ? null : outlookOf(of.state()), choice).hash,
    [entries, isKnockout, choice],
  )
  useAddressed(viewer, hashOf)
}

/** The sides whose numbers were pressed before they were here to hear them. */
const heardAmong = (keys: readonly string[]): number[] =>
  collectHeardNumbers().map((id) => keys.indexOf(keyOf({ kind: 'take', id })))

const winnerAmong = (all: readonly Subject[], choice: Choice): Subject | undefined => {
  const outcome = outcomeOf(choice)
  return outcome.name === 'won' ? all[outcome.winner] : undefined
}

/** Whether something has been chosen, which the rest of the studio is told. */
const useDecided = (choice: Choice): boolean => {
  const decided = chosenOf(choice).length > 0
  useEffect(() => useComparison.setState({ decided }), [decided])
  return decided
}

/** How times are written, as everywhere in the studio. */
const useTimeFormat = () => {
  const format = useStudio((state) => state.timeFormat)
  const onFormat = useStudio((state) => state.setTimeFormat)
  return { format, onFormat }
}

/** The choosing among all, and what becomes of what was chosen. */
const ChooseRow = ({ choosing: { choice, act }, all }: { choosing: Choosing; all: readonly Subject[] }) => (
  <ChooseBar
    choice={choice}
    act={act}
    names={sideNames(all)}
    prize={(chosen) => (
      <Prize
        key={chosen.join()}
        chosen={chosen.flatMap((side) => all[side] ?? [])}
        others={all.filter((_, side) => !chosen.includes(side))}
      />
    )}
  />
)

/** What was made with what; not while one chooses blind. */
const MadeWith = ({
  viewer,
  choice,
  names,
  subjects,
}: {
  viewer: Viewer | undefined
  choice: Choice
  names: readonly string[]
  subjects: readonly Subject[]
}) =>
  isHidden(choice) ? (
    <p className="border-t border-line px-3 py-2 text-soft">
      What was made with what is told when the blind choice is over.
    </p>
  ) : (
    viewer && <Parameters viewer={viewer} names={names} subjects={subjects} />
  )

/**
 * Several things on the viewer, the choosing among them, and what they were made with. Always of the same sides. More
 * than fit on the viewer are chosen among in groups.
 */
export const Comparing = ({ found, onClose }: { found: readonly FoundSubject[]; onClose: () => void }) => {
  const [beginning] = useState(() => beginningOf(found))
  const { keys: allKeys, isKnockout, asked, outlook } = beginning
  const choosing = useChoice(() => beginning.choice ?? newChoice(found.length, outlook?.view.order))
  const { choice, opened } = choosing
  const { sources, kinds } = useOpenedSources(found, opened)
  const keys = useMemo(() => opened.map((side) => allKeys[side] ?? ''), [opened, allKeys])
  const [viewer, setViewer] = useState<Viewer>()
  const [wantsChoice, setWantsChoice] = useState(isKnockout || beginning.choice !== null || asked)
  const timeFormat = useTimeFormat()
  const [parameters, showParameters] = useState(false)
  const all = found.map(({ subject }) => subject)
  const told = namesFor(choice, sideNames(all))
  const onViewer = <Thing,>(things: readonly Thing[]): Thing[] => opened.flatMap((side) => things.slice(side, side + 1))
  const isChoosing = found.length > 1 && (wantsChoice || choice.blind || choice.past.length > 0)
  const settled = useOutlook(viewer, keys, outlook)
  useChoosing(viewer, choosing, () => (asked ? heardAmong(allKeys) : []))
  useEscape(onClose)
  useFrameOffer(viewer, sources, { side: 'first', names: onViewer(told), job: null })
  useForgetting(all)
  usePrize(winnerAmong(all, choice))
  const decided = useDecided(choice)
  useComparisonAddress(settled, all, { isKnockout, choice: isChoosing ? choice : null })
  return (
    // On a small screen the viewer keeps its size, and what is opened under it is scrolled to.
    <div className="scrollbar-quiet flex min-h-0 flex-1 flex-col max-[900px]:overflow-y-auto">
      <Heading
        sides={listOrder(choice, opened).map((side) => ({ key: allKeys[side] ?? '', name: told[side] ?? '' }))}
        choosing={isChoosing}
        onChoose={found.length > 1 && !isKnockout ? () => setWantsChoice(!isChoosing) : null}
        parameters={parameters}
        onParameters={() => showParameters(!parameters)}
        onClose={onClose}
      />
      {viewer && <Undecoded viewer={viewer} keys={keys} />}
      <div className="min-h-0 flex-1 max-[900px]:min-h-[36rem] max-[900px]:shrink-0">
        <CompareViewer
          label={`Comparison of ${onViewer(told).join(', ')}`}
          sources={sources}
          kinds={kinds}
          names={onViewer(told)}
          alone="One alone"
          {...(isKnockout && { view: viewOf(choosing) })}
          // Where one comes back, it stands as one left it.
          autoplay={outlook === null && wantsMotion()}
          {...(isChoosing && !decided && { judging: judgingOf(choosing) })}
          {...timeFormat}
          onViewer={setViewer}
          link={linkOffer(
            onViewer(all).flatMap((subject) => entryOf(subject) ?? []),
            viewer,
          )}
        />
      </div>
      {isChoosing && <ChooseRow choosing={choosing} all={all} />}
      {parameters && (
        <MadeWith viewer={viewer} choice={choice} names={onViewer(sideNames(all))} subjects={onViewer(all)} />
      )}
    </div>
  )
}
