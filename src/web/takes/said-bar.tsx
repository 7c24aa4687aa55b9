import { X } from 'lucide-react'
import { Button, IconButton } from '../ui/button.tsx'
import { sayNothing, undoLast, useSaid } from './acts/toast.ts'

/** What was just done, with the way back, or what could not be. */
export const SaidBar = () => {
  const { said } = useSaid()
  return (
    <div role={said?.kind === 'problem' ? 'alert' : 'status'} className="shrink-0 bg-raised">
      {said && (
        <p className="flex items-center gap-2 py-1 pr-2 pl-3">
          <span className={`min-w-0 flex-1 ${said.kind === 'problem' ? 'text-trouble' : 'text-soft'}`}>
            {said.message}
          </span>
          {said.kind === 'done' && said.undo && (
            <Button size="small" aria-keyshortcuts="control+z" data-tip="Undo" data-keys="mod+z" onClick={undoLast}>
              Undo
            </Button>
          )}
          <IconButton label="Dismiss" onClick={sayNothing}>
            <X size={16} aria-hidden />
          </IconButton>
        </p>
      )}
    </div>
  )
}
