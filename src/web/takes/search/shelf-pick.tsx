import { useQuery } from '@tanstack/react-query'
import { shelvesOptions } from '../../data/shelves.ts'
import { useSearch } from '../../state/search.ts'
import { Select } from '../../ui/select.tsx'
import { termsOf, withoutTerm, withTerm } from './terms.ts'

/** One of the shelves, or all. Nothing before there is one. */
export const ShelfPick = () => {
  const { query: text, search: look } = useSearch()
  const { data } = useQuery(shelvesOptions)
  const chosen = termsOf(text).find(({ key }) => key === 'shelf')?.value ?? ''
  const shelves = data?.shelves ?? []
  if (shelves.length === 0 && chosen === '') return null
  const items = shelves.map(({ name, count }) => ({ value: name, label: `${name} (${count})` }))
  const others = chosen !== '' && !shelves.some(({ name }) => name === chosen) ? [{ value: chosen, label: chosen }] : []
  return (
    <Select
      look="quiet"
      aria-label="Shelf"
      className="max-w-28 text-xs"
      value={chosen}
      groups={[{ items: [{ value: '', label: 'Shelf' }, ...items, ...others] }]}
      onPick={(shelf) => look(shelf === '' ? withoutTerm(text, 'shelf') : withTerm(text, 'shelf', shelf))}
    />
  )
}
