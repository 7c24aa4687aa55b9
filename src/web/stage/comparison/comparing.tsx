import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Viewer } from '../../compare/viewer.ts'
import { chosenOf, GROUP, isHidden, listOrder, namesFor, newChoice, outcomeOf } from '../../compare/choose.ts'
import { ChooseBar } from '../../compare/ui/choose-bar.tsx'
import { CompareViewer } from '../../compare/ui/compare-viewer.tsx'
import { judgingOf, useChoice, useChoosing, viewOf } from '../../compare/ui/use-choice.ts'
import { type Entry, useComparison } from '../../state/comparison.ts'
import { keyOf } from '../../state/marking.ts'
import { collectHeardNumbers } from '../number-keys.ts'
import { useStudio } from '../../state/studio.ts'
import { Heading } from './heading.tsx'
import { linkTo, outlookOf } from './link.ts'
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
 * Several things on the viewer, the choosing among them, and what they were made with. Always of the same sides. More
 * than fit on the viewer are chosen among in groups.
 */
export const Comparing = ({ found, onClose }: { found: readonly FoundSubject[]; onClose: () => void }) => {
  const isKnockout = found.length > GROUP
  const [allKeys] = useState(() => found.map(({ key }) => key))
  const [asked] = useState(() => useComparison.getState().choosing)
  const [remembered] = useState(() => rememberedFor(allKeys))
  const outlook = isKnockout ? null : remembered.outlook
  const begun = () => (asked ? null : remembered.choice) ?? newChoice(found.length, outlook?.view.order)
  const choosing = useChoice(begun)
  const { choice, act, opened } = choosing
  const sources = useOpenedSources(found, opened)
  const keys = useMemo(() => opened.map((side) => allKeys[side] ?? ''), [opened, allKeys])
  const [viewer, setViewer] = useState<Viewer>()
  const [wantsChoice, setWantsChoice] = useState(isKnockout || remembered.choice !== null || asked)
  const [parameters, showParameters] = useState(false)
  const format = useStudio((state) => state.timeFormat)
  const setFormat = useStudio((state) => state.setTimeFormat)
  const settled = useOutlook(viewer, keys, outlook)
  useChoosing(viewer, choosing, () =>
    asked ? collectHeardNumbers().map((id) => allKeys.indexOf(keyOf({ kind: 'take', id }))) : [],
  )
  useEscape(onClose)
  const all = found.map(({ subject }) => subject)
  const names = sideNames(all)
  const told = namesFor(choice, names)
  const onViewer = <Thing,>(things: readonly Thing[]): Thing[] => opened.flatMap((side) => things.slice(side, side + 1))
  const subjects = onViewer(all)
  useFrameOffer(viewer, sources, { side: 'first', names: onViewer(told), job: null })
  useForgetting(all)
  const outcome = outcomeOf(choice)
  usePrize(outcome.name === 'won' ? all[outcome.winner] : undefined)
  const isChoosing = found.length > 1 && (wantsChoice || choice.blind || choice.past.length > 0)
  const decided = chosenOf(choice).length > 0
  useEffect(() => useComparison.setState({ decided }), [decided])
  const [entries] = useState(() => all.flatMap((subject) => entryOf(subject) ?? []))
  const hashOf = useCallback(
    (of: Viewer) => linkTo(entries, isKnockout ? null : outlookOf(of.state()), isChoosing ? choice : null).hash,
    [entries, isKnockout, isChoosing, choice],
  )
  useAddressed(settled, hashOf)
  const judges = isChoosing && !decided
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
          names={onViewer(told)}
          alone="One alone"
          {...(isKnockout && { view: viewOf(choosing) })}
          // Where one comes back, it stands as one left it.
          autoplay={outlook === null && wantsMotion()}
          {...(judges && { judging: judgingOf(choosing) })}
          format={format}
          onFormat={setFormat}
          onViewer={setViewer}
          link={linkOffer(
            subjects.flatMap((subject) => entryOf(subject) ?? []),
            viewer,
          )}
        />
      </div>
      {isChoosing && (
        <ChooseBar
          choice={choice}
          act={act}
          names={names}
          prize={(chosen) => (
            <Prize
              key={chosen.join()}
              chosen={chosen.flatMap((side) => all[side] ?? [])}
              others={all.filter((_, side) => !chosen.includes(side))}
            />
          )}
        />
      )}
      {parameters &&
        (isHidden(choice) ? (
          <p className="border-t border-line px-3 py-2 text-soft">
            What was made with what is told when the blind choice is over.
          </p>
        ) : (
          viewer && <Parameters viewer={viewer} names={onViewer(names)} subjects={subjects} />
        ))}
    </div>
  )
}
