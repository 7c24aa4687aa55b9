import { Check, Download, Ellipsis, Star } from 'lucide-react'
import type { JobOutput } from '../../../shared/job.ts'
import { routes } from '../../../shared/routes.ts'
import type { Take } from '../../data/take.ts'
import { takeName } from '../../data/take-title.ts'
import { classes } from '../../ui/classes.ts'
import type { CardActs } from './card-acts.ts'
import { type Card, jobIdOf } from './cards.ts'

const CORNER = 'flex size-6 items-center justify-center rounded-[3px] bg-black/70 text-white pointer-coarse:hidden'
const AT_CORNER = `${CORNER} absolute z-10`

const SelectButton = ({ name, selected, onToggle }: { name: string; selected: boolean; onToggle: () => void }) => (
  <button
    type="button"
    tabIndex={-1}
    aria-label={`Select ${name}`}
    aria-pressed={selected}
    data-tip="Select"
    className={classes(AT_CORNER, 'top-1 left-1')}
    onClick={onToggle}
  >
    <Check size={14} aria-hidden />
  </button>
)

const StarButton = ({ name, starred, onStar }: { name: string; starred: boolean; onStar: () => void }) => (
  <button
    type="button"
    tabIndex={-1}
    aria-label={`Star ${name}`}
    aria-pressed={starred}
    data-tip="Star"
    data-keys="s"
    className={classes(AT_CORNER, 'top-1 right-1')}
    onClick={onStar}
  >
    <Star size={14} fill={starred ? 'currentColor' : 'none'} aria-hidden />
  </button>
)

const DownloadLink = ({ take, output }: { take: Take; output: JobOutput }) => (
  <a
    tabIndex={-1}
    aria-label={`Download ${takeName(take)}`}
    data-tip="Download"
    href={routes.jobContent(jobIdOf(take))}
    download={output.filename}
    draggable={false}
    className={CORNER}
  >
    <Download size={14} aria-hidden />
  </a>
)

const MoreButton = ({ name, onMenu }: { name: string; onMenu: (at: { x: number; y: number }) => void }) => (
  <button
    type="button"
    tabIndex={-1}
    aria-label={`More for ${name}`}
    aria-haspopup="menu"
    data-tip="More"
    className={CORNER}
    onClick={({ currentTarget }) => {
      const { left, bottom } = currentTarget.getBoundingClientRect()
      onMenu({ x: left, y: bottom })
    }}
  >
    <Ellipsis size={14} aria-hidden />
  </button>
)

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
  const output = cover.state.name === 'done' && !cover.binned ? cover.state.output : null
  return (
    <>
      <SelectButton name={name} selected={selected} onToggle={() => acts.toggle(card)} />
      {output && <StarButton name={name} starred={takes.some((take) => take.starred)} onStar={() => acts.star(card)} />}
      <span className={classes('absolute right-1 z-10 flex gap-1', captions ? 'bottom-10' : 'bottom-1')}>
        {output && takes.length === 1 && <DownloadLink take={cover} output={output} />}
        <MoreButton name={name} onMenu={(at) => acts.menu(card, at)} />
      </span>
    </>
  )
}
