import { Star } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSearch } from '../../state/search.ts'
import { classes } from '../../ui/classes.ts'
import { ShelfPick } from './shelf-pick.tsx'
import { hasTerm, withoutTerm, withTerm } from './terms.ts'

const Chip = ({
  label,
  pressed,
  onPress,
  children,
}: {
  label: string
  pressed: boolean
  onPress: () => void
  children: ReactNode
}) => (
  <button
    type="button"
    aria-label={label}
    data-tip={label === children ? undefined : label}
    aria-pressed={pressed}
    onClick={onPress}
    className={classes(
      'touch-target flex h-6 min-w-6 items-center justify-center rounded px-1.5 text-xs select-none',
      pressed ? 'bg-raised text-ink' : 'text-soft hover:bg-raised hover:text-ink',
    )}
  >
    {children}
  </button>
)

/** What the library can be narrowed to by a press: the same terms that can be typed. */
export const Chips = () => {
  const { query: text, search: look } = useSearch()
  const bin = hasTerm(text, 'in', 'bin') || hasTerm(text, 'is', 'binned')
  const starred = hasTerm(text, 'is', 'starred')
  const kind = (wanted: string) => hasTerm(text, 'kind', wanted)
  const unbinned = () => withoutTerm(withoutTerm(text, 'in', 'bin'), 'is', 'binned')
  const toggleKind = (wanted: string) =>
    look(kind(wanted) ? withoutTerm(text, 'kind', wanted) : withTerm(text, 'kind', wanted))
  return (
    <div role="group" aria-label="Show" className="flex shrink-0 items-center">
      <Chip
        label="All takes"
        pressed={!bin && !starred && !kind('image') && !kind('video')}
        onPress={() => look(withoutTerm(withoutTerm(unbinned(), 'is', 'starred'), 'kind'))}
      >
        All
      </Chip>
      <Chip
        label="Starred takes only"
        pressed={starred}
        onPress={() => look(starred ? withoutTerm(text, 'is', 'starred') : withTerm(text, 'is', 'starred', false))}
      >
        <Star size={14} fill={starred ? 'currentColor' : 'none'} aria-hidden />
      </Chip>
      <Chip label="Pictures" pressed={kind('image')} onPress={() => toggleKind('image')}>
        Pictures
      </Chip>
      <Chip label="Clips" pressed={kind('video')} onPress={() => toggleKind('video')}>
        Clips
      </Chip>
      <ShelfPick />
      <Chip
        label="Bin"
        pressed={bin}
        onPress={() => look(bin ? unbinned() : withTerm(withoutTerm(text, 'is', 'starred'), 'in', 'bin'))}
      >
        Bin
      </Chip>
    </div>
  )
}
