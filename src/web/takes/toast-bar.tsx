import { X } from 'lucide-react'
import { Button, IconButton } from '../ui/button.tsx'
import { dismissToast, undoLast, useToast } from './acts/toast.ts'

/** What was just done, with the way back, or what could not be. */
export const ToastBar = () => {
  const { toast } = useToast()
  return (
    <div role={toast?.kind === 'problem' ? 'alert' : 'status'} className="shrink-0 bg-raised">
      {toast && (
        <p className="flex items-center gap-2 py-1 pr-2 pl-3">
          <span className={`min-w-0 flex-1 ${toast.kind === 'problem' ? 'text-trouble' : 'text-soft'}`}>
            {toast.message}
          </span>
          {toast.kind === 'done' && toast.undo && (
            <Button size="small" aria-keyshortcuts="control+z" data-tip="Undo" data-keys="mod+z" onClick={undoLast}>
              Undo
            </Button>
          )}
          <IconButton label="Dismiss" onClick={dismissToast}>
            <X size={16} aria-hidden />
          </IconButton>
        </p>
      )}
    </div>
  )
}
