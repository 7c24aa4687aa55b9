import { takeName } from '../../data/take-title.ts'
import { isAboutRenderer, resumableJob } from '../../data/failure.ts'
import { useMayChange } from '../../data/me.ts'
import { useResume } from '../../data/resume.ts'
import type { Take } from '../../data/take.ts'
import { showRenderers } from '../../state/dialogs.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { type Card, jobIdOf } from '../grid/cards.ts'
import type { CardActs } from '../grid/card-acts.ts'
import { addToSelection } from '../selection.ts'
import { showShelving } from '../shelving.ts'
import { type TakeActions, useTakeActions } from '../take-actions.ts'
import { compareTakes } from './compare.ts'
import { binJobs, countWords, downloadTakes, restoreJobs, starTakes } from './tidy.ts'

const ofResult = (take: Take, actions: TakeActions): MenuItem[] => [
  { words: 'Use as input', act: () => void actions.toInput(take) },
  { words: 'Same settings', act: () => void actions.reuse(take) },
  { words: 'Again', act: () => actions.retry(take) },
]

/** Fetching a result; nothing for who may not. */
type Resume = ((jobId: string) => void) | null

const ofFailure = (take: Take, actions: TakeActions, resume: Resume): MenuItem[] => {
  const resumable = resumableJob(take)
  return [
    ...(resumable !== null && resume ? [{ words: 'Fetch the result', act: () => resume(resumable) }] : []),
    ...(isAboutRenderer(take) ? [{ words: 'Renderers…', act: () => showRenderers(take.renderer) }] : []),
    { words: 'Retry', act: () => actions.retry(take) },
    { words: 'Same settings', act: () => void actions.reuse(take) },
  ]
}

const ofOne = (take: Take, actions: TakeActions, resume: Resume): MenuItem[] =>
  take.state.name === 'done' ? ofResult(take, actions) : ofFailure(take, actions, resume)

const ofResults = (takes: readonly Take[]): MenuItem[] => {
  const done = takes.filter(({ state }) => state.name === 'done')
  if (done.length === 0) return []
  const starred = done.every((take) => take.starred)
  return [
    ...(done.length > 1 ? [{ words: `Compare ${countWords(done.length)}`, act: () => compareTakes(done) }] : []),
    { words: starred ? 'Take the star away' : 'Star', keys: 'S', act: () => void starTakes(takes) },
    { words: 'Shelf…', act: () => showShelving(done) },
    { words: 'Download', act: () => void downloadTakes(done) },
  ]
}

/** All that can be done with a card, beside the place where it was asked for. */
export const CardMenu = ({
  card,
  at,
  acts,
  onClose,
}: {
  card: Card
  at: { x: number; y: number }
  acts: CardActs
  onClose: () => void
}) => {
  const actions = useTakeActions()
  const { mutate: resume } = useResume()
  const { takes, cover } = card
  const ids = takes.map(jobIdOf)
  const isStack = takes.length > 1
  const mayChange = takes.every(useMayChange())
  const items: MenuItem[] = cover.binned
    ? [{ words: 'Restore', act: () => void restoreJobs(ids) }]
    : [
        ...(isStack
          ? [{ words: `Select all ${takes.length}`, act: () => addToSelection(ids) }]
          : ofOne(cover, actions, mayChange ? resume : null)),
        ...ofResults(takes),
        ...(mayChange && !isStack ? [{ words: 'Rename…', keys: 'F2', act: () => acts.rename(card) }] : []),
        ...(mayChange
          ? [{ words: isStack ? `Bin ${countWords(takes.length)}` : 'Bin', keys: 'X', act: () => void binJobs(ids) }]
          : []),
      ]
  return <Menu label={`Actions for ${takeName(cover)}`} at={at} items={items} onClose={onClose} />
}
