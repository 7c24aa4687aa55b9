import { X } from 'lucide-react'
import { useEffect } from 'react'
import { dismissUndo, redoForm, undoForm, useUndo } from '../state/undo.ts'
import { isBehindModal } from '../ui/behind-modal.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { pressedKey } from '../ui/pressed-key.ts'
import { textFieldAt } from '../ui/takes-text.ts'

/** Text fields undo what was typed in them by themselves. */
const press = (event: KeyboardEvent) => {
  if (!(event.metaKey || event.ctrlKey) || event.altKey || pressedKey(event) !== 'z') return
  if (textFieldAt(event.target) || isBehindModal()) return
  event.preventDefault()
  if (event.shiftKey) redoForm()
  else undoForm()
}

/** What replaced the form, and the way back. */
export const UndoNotice = () => {
  const said = useUndo((state) => state.said)
  const canUndo = useUndo((state) => state.done.length > 0)
  useEffect(() => {
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <div role="status" aria-label="What was done" className="shrink-0">
      {said !== null && (
        <p className="flex items-center gap-2 border-b border-line bg-raised py-1 pr-2 pl-4 text-xs">
          <span className="verbatim line-clamp-3 min-w-0 flex-1 py-1 break-words">{said}</span>
          {canUndo && (
            <Button size="small" onClick={undoForm}>
              Undo
            </Button>
          )}
          <IconButton label="Dismiss" onClick={dismissUndo}>
            <X size={16} aria-hidden />
          </IconButton>
        </p>
      )}
    </div>
  )
}
