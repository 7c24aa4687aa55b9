import { takeName } from '../../data/take-title.ts'
import { isAboutRenderer } from '../../data/advice.ts'
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

const ofFailure = (take: Take, actions: TakeActions, resume: (jobId: string) => void): MenuItem[] => {
  const { state, jobId } = take
  const isResumable = state.name === 'failed' && state.error.resumable && jobId !== null
  return [
    ...(isResumable ? [{ words: 'Fetch the result', act: () => resume(jobId) }] : []),
    ...(state.name === 'failed' && take.renderer !== 'local' && isAboutRenderer(state.error)
      ? [{ words: 'Renderers…', act: () => showRenderers(take.renderer) }]
      : []),
    { words: 'Retry', act: () => actions.retry(take) },
    { words: 'Same settings', act: () => void actions.reuse(take) },
  ]
}

const itemsOf = (
  card: Card,
  acts: CardActs,
  actions: TakeActions,
  resume: (jobId: string) => void,
): readonly MenuItem[] => {
  const { takes, cover } = card
  const ids = takes.map(jobIdOf)
  if (cover.binned) return [{ words: 'Restore', act: () => void restoreJobs(ids) }]
  const done = takes.filter(({ state }) => state.name === 'done')
  const isStack = takes.length > 1
  const starred = done.length > 0 && done.every((take) => take.starred)
  const [only] = isStack ? [] : [cover]
  return [
    ...(only === undefined
      ? [{ words: `Select all ${takes.length}`, act: () => addToSelection(ids) }]
      : only.state.name === 'done'
        ? ofResult(only, actions)
        : ofFailure(only, actions, resume)),
    ...(done.length > 1 ? [{ words: `Compare ${countWords(done.length)}`, act: () => compareTakes(done) }] : []),
    ...(done.length > 0
      ? [
          { words: starred ? 'Take the star away' : 'Star', keys: 'S', act: () => void starTakes(takes) },
          { words: 'Shelf…', act: () => showShelving(done) },
          { words: 'Download', act: () => void downloadTakes(done) },
        ]
      : []),
    ...(only ? [{ words: 'Rename…', keys: 'F2', act: () => acts.rename(card) }] : []),
    { words: isStack ? `Bin ${countWords(takes.length)}` : 'Bin', keys: 'X', act: () => void binJobs(ids) },
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
  const resume = useResume()
  return (
    <Menu
      label={`Actions for ${takeName(card.cover)}`}
      at={at}
      items={itemsOf(card, acts, actions, resume.mutate)}
      onClose={onClose}
    />
  )
}
