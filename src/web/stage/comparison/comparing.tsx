import { useState } from 'react'
import type { Bench } from '../../compare/bench.ts'
import { isHidden, listOrder, namesFor, outcomeOf } from '../../compare/choose.ts'
import { ChooseBar } from '../../compare/ui/choose-bar.tsx'
import { CompareBench } from '../../compare/ui/compare-bench.tsx'
import { useChoice } from '../../compare/ui/use-choice.ts'
import { useAllFetched } from '../../data/generate.ts'
import type { Entry } from '../../state/comparison.ts'
import { useStudio } from '../../state/studio.ts'
import { Heading } from './heading.tsx'
import { linkOffer } from './link-offer.ts'
import { rememberedFor, useOutlook } from './outlook.ts'
import { Parameters } from './parameter-panel.tsx'
import type { Subject } from './parameters.ts'
import { Prize, usePrize } from './prize.tsx'
import { sideNames } from './side-names.ts'
import { type FoundSubject, sideOf } from './sides-of.ts'
import { Undecoded } from './undecoded.tsx'

const entryOf = (subject: Subject): Entry | null => {
  if (subject.kind === 'file') return { kind: 'file', id: subject.file.id }
  if (subject.kind === 'local') return { kind: 'local', key: '', file: subject.file }
  return subject.take.jobId === null ? null : { kind: 'take', id: subject.take.jobId }
}

/** Several things on the bench, the choosing among them, and what they were made with. Always of the same sides. */
export const Comparing = ({ found, onClose }: { found: readonly FoundSubject[]; onClose: () => void }) => {
  const fetched = useAllFetched()
  // What is on the stage stays there, also when the page's memory lets go of it.
  const [sources] = useState(() => found.flatMap((each) => sideOf(each, fetched)?.source ?? []))
  const [keys] = useState(() => found.map(({ key }) => key))
  const [outlook] = useState(() => rememberedFor(keys))
  const [bench, setBench] = useState<Bench>()
  const [choosing, setChoosing] = useState(false)
  const [parameters, showParameters] = useState(false)
  const format = useStudio((state) => state.timeFormat)
  const setFormat = useStudio((state) => state.setTimeFormat)
  useOutlook(bench, keys, outlook)
  const [choice, act] = useChoice(bench, found.length, outlook?.view.order)
  const subjects = found.map(({ subject }) => subject)
  const names = sideNames(subjects)
  const outcome = outcomeOf(choice)
  usePrize(outcome.name === 'won' ? subjects[outcome.winner] : undefined)
  const told = namesFor(choice, names)
  const isChoosing = found.length > 1 && (choosing || choice.blind || choice.past.length > 0)
  return (
    // On a small screen the bench keeps its size, and what is opened under it is scrolled to.
    <div className="scrollbar-quiet flex min-h-0 flex-1 flex-col max-[900px]:overflow-y-auto">
      <Heading
        sides={listOrder(choice).map((side) => ({ key: keys[side] ?? '', name: told[side] ?? '' }))}
        choosing={isChoosing}
        onChoose={found.length > 1 ? () => setChoosing(!isChoosing) : null}
        parameters={parameters}
        onParameters={() => showParameters(!parameters)}
        onClose={onClose}
      />
      {bench && <Undecoded bench={bench} keys={keys} />}
      <div className="min-h-0 flex-1 max-[900px]:min-h-[36rem] max-[900px]:shrink-0">
        <CompareBench
          label={`Comparison of ${told.join(', ')}`}
          sources={sources}
          names={told}
          alone="One alone"
          autoplay={false}
          format={format}
          onFormat={setFormat}
          onBench={setBench}
          link={linkOffer(
            found.flatMap(({ subject }) => entryOf(subject) ?? []),
            bench,
          )}
        />
      </div>
      {isChoosing && (
        <ChooseBar choice={choice} act={act} names={names} prize={(winner) => <Prize subject={subjects[winner]} />} />
      )}
      {parameters &&
        (isHidden(choice) ? (
          <p className="border-t border-line px-3 py-2 text-soft">
            What was made with what is told when the blind choice is over.
          </p>
        ) : (
          bench && <Parameters bench={bench} names={names} subjects={subjects} />
        ))}
    </div>
  )
}
