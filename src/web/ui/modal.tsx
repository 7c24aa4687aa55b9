import { X } from 'lucide-react'
import { type ReactNode, useId, useRef } from 'react'
import { IconButton } from './button.tsx'
import { useShownModal } from './use-shown-modal.ts'

/**
 * A dialog over the page, which waits meanwhile (see `isBehindModal`): the focus stays in it and goes back where it was.
 * Escape and the cross close it; a press beside it does not, for it may hold what was
 * typed. It fills a small screen.
 */
export const Modal = ({
  title,
  onClose,
  children,
  footer,
}: {
  title: string
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
}) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useShownModal(dialog)
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        // The one who opened it takes it away.
        event.preventDefault()
        onClose()
      }}
      className="modal m-auto flex max-h-[calc(100dvh-3rem)] w-[min(46rem,calc(100vw-3rem))] flex-col overflow-hidden rounded-lg border border-edge bg-panel p-0 text-ink"
    >
      <header className="flex h-12 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        <IconButton label="Close" data-keys="escape" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className="scrollbar-quiet min-h-0 flex-1 overflow-y-auto">{children}</div>
      {footer && <footer className="shrink-0 border-t border-line px-4 py-3">{footer}</footer>}
    </dialog>
  )
}
