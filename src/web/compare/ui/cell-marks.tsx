import { Check, X } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import type { Viewer } from '../viewer.ts'
import type { Verdict } from '../choose.ts'
import { intersection, type Place } from '../geometry.ts'
import { isBlinkedAway, isPair, type View } from '../view.ts'
import { boxStyle } from './box-style.ts'
import { usePlaces } from './room.ts'
import { useViewer } from './use-viewer.ts'
import type { Judging } from './use-choice.ts'
import type { ScreenViewport } from './use-viewport.ts'

const VERDICT_WORDS = { undecided: 'not judged', kept: 'kept', rejected: 'rejected' } as const

const ON_PICTURE = 'text-white hover:bg-white/25 hover:text-white'

/** Keep and reject, for those who do not click the picture itself. */
const Verdicts = ({ judging, side, nth, name }: { judging: Judging; side: number; nth: number; name: string }) => {
  const verdict = judging.verdicts[side] ?? 'undecided'
  const press = (wanted: Verdict) => judging.judge(side, verdict === wanted ? 'undecided' : wanted)
  return (
    <>
      <IconButton
        label={`Keep ${name}`}
        data-tip="Keep"
        data-keys={String(nth)}
        aria-pressed={verdict === 'kept'}
        className={verdict === 'kept' ? 'bg-white text-black! hover:bg-white' : ON_PICTURE}
        onClick={() => press('kept')}
      >
        <Check size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={`Reject ${name}`}
        data-tip="Reject"
        data-keys="x"
        aria-pressed={verdict === 'rejected'}
        className={verdict === 'rejected' ? 'bg-white text-black! hover:bg-white' : ON_PICTURE}
        onClick={() => press('rejected')}
      >
        <X size={16} aria-hidden />
      </IconButton>
    </>
  )
}

/** The number of one side, and what is said of it. */
const Mark = ({
  place,
  view,
  nth,
  name,
  judging,
}: {
  place: Place
  view: View
  nth: number
  name: string
  judging: Judging | undefined
}) => {
  const { side } = place
  const verdict = judging?.verdicts[side] ?? 'undecided'
  const seen = intersection(place.picture, place.cell)
  const shared = isPair(view)
  return (
    <li
      data-candidate={judging && side}
      data-verdict={judging && verdict}
      data-pointed={judging?.pointed === side || undefined}
      aria-label={judging ? `${name}, ${VERDICT_WORDS[verdict]}` : name}
      hidden={isBlinkedAway(view, side)}
      // Where sides lie over each other, what is under the pointer is not one of them.
      className={classes('cell-mark absolute', (shared || !judging) && 'pointer-events-none')}
      data-own={!shared}
      style={boxStyle(seen)}
    >
      <span
        className={classes(
          'side-tag absolute bottom-2 flex items-center gap-0.5 p-0.5',
          shared && side === view.other ? 'right-2' : 'left-2',
          !judging && 'side-name',
        )}
      >
        <span className="min-w-6 px-1 text-center text-sm leading-6 font-semibold" aria-hidden>
          {nth}
        </span>
        {judging && (
          <span className="pointer-events-auto flex">
            <Verdicts judging={judging} side={side} nth={nth} name={name} />
          </span>
        )}
      </span>
    </li>
  )
}

/**
 * What is said of the sides, on their pictures: the number that keeps one, a ring around what is kept and a veil over
 * what is rejected. Without `judging` only the number, when one points at the pictures.
 */
export const CellMarks = ({
  viewer,
  viewport,
  names,
  judging,
}: {
  viewer: Viewer
  viewport: ScreenViewport
  names: readonly string[]
  judging: Judging | undefined
}) => {
  const view = useViewer(viewer, (state) => state.view)
  const places = usePlaces(viewer, viewport)
  if (names.length < 2 || (view.mode === 'single' && !judging)) return null
  return (
    <ul aria-label="Numbers" className="contents">
      {places.map((place) => (
        <Mark
          key={place.side}
          {...{ place, view, judging }}
          nth={view.order.indexOf(place.side) + 1}
          name={names[place.side] ?? ''}
        />
      ))}
    </ul>
  )
}
