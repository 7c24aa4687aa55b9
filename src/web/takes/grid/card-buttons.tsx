import { Check, Download, Ellipsis, Star } from 'lucide-react'
import { routes } from '../../../shared/routes.ts'
import { takeName } from '../../data/take-title.ts'
import { classes } from '../../ui/classes.ts'
import type { CardActs } from './card-acts.ts'
import { type Card, jobIdOf } from './cards.ts'

const CORNER = 'flex size-6 items-center justify-center rounded-[3px] bg-black/70 text-white pointer-coarse:hidden'
const AT_CORNER = `${CORNER} absolute z-10`

/** What can be done at a card that is pointed at or has the focus. */
export const CardButtons = ({
  card,
  selected,
  captions,
  acts,
}: {
  card: Card
  selected: boolean
  captions: boolean
  acts: Pick<CardActs, 'toggle' | 'star' | 'menu'>
}) => {
  const { takes, cover } = card
  const name = takeName(cover)
  const starred = takes.some((take) => take.starred)
  const done = cover.state.name === 'done' && !cover.binned
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Select ${name}`}
        aria-pressed={selected}
        data-tip="Select"
        className={classes(AT_CORNER, 'top-1 left-1')}
        onClick={() => acts.toggle(card)}
      >
        <Check size={14} aria-hidden />
      </button>
      {done && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Star ${name}`}
          aria-pressed={starred}
          data-tip="Star"
          data-keys="s"
          className={classes(AT_CORNER, 'top-1 right-1')}
          onClick={() => acts.star(card)}
        >
          <Star size={14} fill={starred ? 'currentColor' : 'none'} aria-hidden />
        </button>
      )}
      <span className={classes('absolute right-1 z-10 flex gap-1', captions ? 'bottom-10' : 'bottom-1')}>
        {done && takes.length === 1 && cover.state.name === 'done' && (
          <a
            tabIndex={-1}
            aria-label={`Download ${name}`}
            data-tip="Download"
            href={routes.jobContent(jobIdOf(cover))}
            download={cover.state.output.filename}
            draggable={false}
            className={CORNER}
          >
            <Download size={14} aria-hidden />
          </a>
        )}
        <button
          type="button"
          tabIndex={-1}
          aria-label={`More for ${name}`}
          aria-haspopup="menu"
          data-tip="More"
          className={CORNER}
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect()
            acts.menu(card, { x: left, y: bottom })
          }}
        >
          <Ellipsis size={14} aria-hidden />
        </button>
      </span>
    </>
  )
}
