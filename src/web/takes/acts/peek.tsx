import { takeName } from '../../data/take-title.ts'
import { useLayoutEffect, useRef } from 'react'
import '../../ui/modal.css'
import { routes } from '../../../shared/routes.ts'
import type { Take } from '../../data/take.ts'
import { releaseVideo } from '../../ui/release-video.ts'
import { pressedKey } from '../../ui/pressed-key.ts'
import { jobIdOf } from '../grid/cards.ts'
import { type GridAct, onGridKey } from '../grid/use-grid-keys.ts'
import { takeLabel } from '../take-words.ts'

const Media = ({ take, label }: { take: Take; label: string }) => {
  const { state } = take
  const src = routes.jobContent(jobIdOf(take))
  if (state.name !== 'done') return <p className="text-faint">There is nothing to see: it has no result.</p>
  if (state.output.duration === null) return <img src={src} alt={label} className="peeked" />
  return (
    <video
      key={src}
      ref={releaseVideo}
      src={src}
      aria-label={label}
      autoPlay
      loop
      muted
      playsInline
      className="peeked"
    />
  )
}

/** One take as large as the window, until the next press of Space. Arrows lead on, S stars, X bins. */
export const Peek = ({
  take,
  onClose,
  onKey,
}: {
  take: Take
  onClose: () => void
  onKey: (asked: GridAct) => boolean
}) => {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    if (shown && !shown.open) shown.showModal()
    return () => shown?.close()
  }, [])
  const label = takeLabel(take, 0)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      aria-label={label}
      className="modal m-auto h-dvh max-h-none w-screen max-w-none bg-room p-0 text-ink"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={onClose}
      onKeyDown={(event) => {
        // What is under it hears nothing.
        event.stopPropagation()
        if (pressedKey(event) === ' ' || event.key === 'Enter') {
          event.preventDefault()
          onClose()
        } else onGridKey(onKey)(event)
      }}
    >
      <div className="flex size-full flex-col">
        <div className="flex min-h-0 flex-1 items-center justify-center p-4">
          <Media take={take} label={label} />
        </div>
        <p className="truncate px-4 pb-3 text-center text-xs text-soft">
          {takeName(take)}
          {take.seed !== null && ` · seed ${take.seed}`}
          {take.starred && ' · starred'}
        </p>
      </div>
    </dialog>
  )
}
