import { useCallback } from 'react'
import { isRunning, type Take } from '../data/take.ts'
import { chosenTake, useTakes } from '../data/takes.ts'
import { useStudio } from '../state/studio.ts'
import { Button } from '../ui/button.tsx'
import { useTakeActions } from './take-actions.ts'
import { TakeRow } from './take-row.tsx'

/** The right column: every take, newest first. */
export const TakeList = () => {
  const { takes, loading, more } = useTakes()
  const selected = useStudio((state) => state.selected)
  const select = useStudio((state) => state.select)
  const showTab = useStudio((state) => state.showTab)
  const actions = useTakeActions()
  const chosen = chosenTake(takes, selected)
  const queued = takes.filter(({ state }) => state.name === 'queued').length
  const running = takes.filter(isRunning).length - queued
  const counts = [running > 0 && `${running} running`, queued > 0 && `${queued} queued`].filter(Boolean).join(', ')

  const choose = useCallback(
    (take: Take) => {
      select(take.id)
      showTab('stage')
    },
    [select, showTab],
  )

  return (
    <section aria-label="Takes" className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 shrink-0 items-center justify-between border-b border-line px-3">
        <h2 className="font-medium text-soft">Takes</h2>
        <p className="text-xs text-faint" role="status">
          {counts}
        </p>
      </div>
      {takes.length === 0 ? (
        <p className="p-4 text-faint">{loading ? '' : 'What you generate is kept here.'}</p>
      ) : (
        <ul className="scrollbar-quiet min-h-0 flex-1 overflow-y-auto">
          {takes.map((take) => (
            <TakeRow key={take.id} take={take} chosen={take.id === chosen?.id} onChoose={choose} actions={actions} />
          ))}
          {more && (
            <li className="p-2">
              <Button look="quiet" className="w-full" onClick={more}>
                Show older takes
              </Button>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}
