import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { MAX_SHELF } from '../../../shared/library.ts'
import { refreshShelves, shelvesOptions } from '../../data/shelves.ts'
import type { Take } from '../../data/take.ts'
import { Button } from '../../ui/button.tsx'
import { INPUT } from '../../ui/field.tsx'
import { Modal } from '../../ui/modal.tsx'
import { jobIdOf } from '../grid/cards.ts'
import { countWords, shelveJobs } from './tidy.ts'

/** A shelf that is not there yet. */
const NewShelf = ({ onAdd }: { onAdd: (shelf: string) => void }) => {
  const [name, setName] = useState('')
  const wanted = name.trim()
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (wanted === '') return
    setName('')
    onAdd(wanted)
  }
  return (
    <form className="flex gap-2" onSubmit={add}>
      <input
        aria-label="New shelf"
        placeholder="New shelf"
        maxLength={MAX_SHELF}
        value={name}
        onChange={({ target }) => setName(target.value)}
        className={`${INPUT} h-8`}
      />
      <Button type="submit" disabled={wanted === ''}>
        Put there
      </Button>
    </form>
  )
}

/** Puts takes on shelves, new ones among them. */
export const ShelvingDialog = ({ takes, onClose }: { takes: readonly Take[]; onClose: () => void }) => {
  const queryClient = useQueryClient()
  const { data, error, isPending } = useQuery(shelvesOptions)
  // The takes were given as they stood when the dialog opened: what was changed since is kept here.
  const [changed, setChanged] = useState<Readonly<Record<string, boolean>>>({})
  const isOn = (shelf: string) => changed[shelf] ?? takes.every(({ shelves }) => shelves.includes(shelf))
  const known = data?.shelves.map((shelf) => shelf.name) ?? []
  const shelves = [...new Set([...known, ...Object.keys(changed)])].toSorted((a, b) => a.localeCompare(b))
  const put = async (shelf: string, on: boolean) => {
    setChanged((before) => ({ ...before, [shelf]: on }))
    await shelveJobs(takes.map(jobIdOf), shelf, on)
    await refreshShelves(queryClient)
  }
  return (
    <Modal title={`Shelves of ${countWords(takes.length)}`} onClose={onClose}>
      <div className="flex flex-col gap-3 p-4">
        {error && <p className="text-trouble">The shelves could not be read: {error.message}</p>}
        {!isPending && !error && shelves.length === 0 && (
          <p className="text-faint">There is no shelf yet. Name the first one.</p>
        )}
        {shelves.length > 0 && (
          <ul aria-label="Shelves" className="flex flex-col">
            {shelves.map((shelf) => (
              <li key={shelf}>
                <label className="touch-target flex h-8 items-center gap-2">
                  <input
                    type="checkbox"
                    checked={isOn(shelf)}
                    onChange={({ target }) => void put(shelf, target.checked)}
                  />
                  <span className="verbatim truncate">{shelf}</span>
                </label>
              </li>
            ))}
          </ul>
        )}
        <NewShelf onAdd={(shelf) => void put(shelf, true)} />
      </div>
    </Modal>
  )
}
