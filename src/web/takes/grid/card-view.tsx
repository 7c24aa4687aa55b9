import { takeName } from '../../data/take-title.ts'
import { Check, Star } from 'lucide-react'
import { type FocusEvent, memo, type PointerEvent, type ReactNode, useState } from 'react'
import type { Take } from '../../data/take.ts'
import { classes } from '../../ui/classes.ts'
import { stackLabel, takeLabel } from '../take-words.ts'
import type { CardActs } from './card-acts.ts'
import { CardButtons } from './card-buttons.tsx'
import type { Card } from './cards.ts'
import { Picture } from './picture.tsx'
import { NameField } from './name-field.tsx'
import { useLongPress } from './long-press.ts'

const Sign = ({ className, children }: { className: string; children: ReactNode }) => (
  <span
    aria-hidden
    className={classes(
      'pointer-events-none absolute flex h-5 min-w-5 items-center justify-center rounded-[3px] bg-black/70 px-1 text-xs font-semibold text-white',
      className,
    )}
  >
    {children}
  </span>
)

const Ring = ({ className }: { className: string }) => (
  <span aria-hidden className={classes('chosen-ring pointer-events-none absolute inset-0 rounded-sm', className)} />
)

/** `×8` on a stack, its number on one of a batch. */
const numberOf = ({ takes, cover }: Card): string | null => {
  if (takes.length > 1) return `×${takes.length}`
  return cover.batch !== null && cover.batch.size > 1 ? String(cover.batch.position) : null
}

const Caption = ({ take, onRename }: { take: Take; onRename: () => void }) => (
  <span className="block h-9 overflow-hidden pt-1 text-xs leading-4">
    <span className="block truncate text-soft" onDoubleClick={onRename}>
      {takeName(take)}
    </span>
    <span className="block truncate text-faint">{take.seed === null ? '' : `seed ${take.seed}`}</span>
  </span>
)

/** The picture of a card, with the signs of how it stands. */
const Face = ({ card, isChosen, selected }: { card: Card; isChosen: boolean; selected: boolean }) => {
  const { takes, cover } = card
  const number = numberOf(card)
  return (
    <>
      <span
        className={classes('absolute inset-0 block overflow-hidden rounded-sm bg-room', takes.length > 1 && 'stack')}
      >
        <Picture take={cover} />
      </span>
      {number !== null && <Sign className="bottom-1 left-1 group-hover/card:opacity-0">{number}</Sign>}
      {takes.some((take) => take.starred) && (
        <Sign className="top-1 right-1">
          <Star size={12} fill="currentColor" />
        </Sign>
      )}
      {selected && (
        <Sign className="top-1 left-1">
          <Check size={14} />
        </Sign>
      )}
      {selected && <Ring className="border-2 border-ink" />}
      {isChosen && <Ring className="border-2 border-amber" />}
    </>
  )
}

/** Whether a mouse or the focus is at an element, and the props that hear it. */
const useNearness = () => {
  const [isPointedAt, point] = useState(false)
  const [isFocused, focus] = useState(false)
  const props = {
    onPointerEnter: ({ pointerType }: PointerEvent) => point(pointerType !== 'touch'),
    onPointerLeave: () => point(false),
    onFocus: () => focus(true),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => focus(currentTarget.contains(relatedTarget)),
  }
  return { isNear: isPointedAt || isFocused, props }
}

type CardViewProps = {
  card: Card
  isTabStop: boolean
  /** Whether it stands on the stage. */
  isChosen: boolean
  selected: boolean
  /** Whether its name is being written. */
  isNamed: boolean
  captions: boolean
  acts: CardActs
}

/** One card of the library: a moving picture in its own shape, and what can be done with it. */
export const CardView = memo(({ card, isTabStop, isChosen, selected, isNamed, captions, acts }: CardViewProps) => {
  const { takes, cover } = card
  const label = takes.length > 1 ? stackLabel(takes) : takeLabel(cover, 0)
  const done = cover.state.name === 'done' && !cover.binned
  const press = useLongPress(() => acts.toggle(card))
  // Its buttons cost as much as the rest of it, and a wall has hundreds.
  const { isNear, props: nearness } = useNearness()
  return (
    <div
      role="gridcell"
      tabIndex={-1}
      aria-selected={selected}
      className="group/card relative flex size-full flex-col"
      {...nearness}
      draggable={done && !isNamed}
      onDragStart={(event) => acts.drag(card, event.dataTransfer)}
      onContextMenu={(event) => {
        event.preventDefault()
        if (!press.isTouched()) acts.menu(card, { x: event.clientX, y: event.clientY })
      }}
    >
      <button
        type="button"
        data-take={card.id}
        aria-label={label}
        aria-current={isChosen || undefined}
        aria-haspopup="menu"
        tabIndex={isTabStop ? 0 : -1}
        data-yields-space={isChosen || undefined}
        aria-keyshortcuts="s x f2"
        className="relative min-h-0 flex-1 touch-manipulation rounded-sm select-none"
        {...press.props}
        onClick={(event) => {
          // Safari gives no focus to what is clicked.
          event.currentTarget.focus({ preventScroll: true })
          if (!press.wasLong()) acts.open(card, event)
        }}
      >
        <span className="sr-only">{label}</span>
        <Face card={card} isChosen={isChosen} selected={selected} />
      </button>
      {captions && <Caption take={cover} onRename={() => acts.rename(card)} />}
      {isNear && <CardButtons card={card} selected={selected} captions={captions} acts={acts} />}
      {isNamed && <NameField take={cover} onClose={() => acts.rename(null)} />}
    </div>
  )
})
