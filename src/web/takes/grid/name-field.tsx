import { useLayoutEffect, useRef } from 'react'
import { MAX_NAME } from '../../../shared/library.ts'
import type { Take } from '../../data/take.ts'
import { isComposing } from '../../ui/pressed-key.ts'
import { nameJob } from '../acts/tidy.ts'

/** Writes a take's name: Enter keeps it, Escape does not. Without one it is called by its prompt. */
export const NameField = ({ take, onClose }: { take: Take; onClose: () => void }) => {
  const isOver = useRef(false)
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.select(), [])
  const end = (name: string | null) => {
    if (isOver.current) return
    isOver.current = true
    if (name !== null && take.jobId !== null && name.trim() !== (take.name ?? '')) void nameJob(take.jobId, name)
    onClose()
  }
  return (
    <input
      aria-label="Name of the take"
      ref={field}
      defaultValue={take.name ?? ''}
      placeholder={take.prompt}
      maxLength={MAX_NAME}
      className="absolute inset-x-0 bottom-0 z-20 h-8 rounded-sm border border-edge bg-sunken px-2 text-ink"
      onBlur={({ currentTarget }) => end(currentTarget.value)}
      onKeyDown={(event) => {
        // The keys of the grid are letters here.
        event.stopPropagation()
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Escape') end(null)
        if (event.key === 'Enter') end(event.currentTarget.value)
      }}
    />
  )
}
