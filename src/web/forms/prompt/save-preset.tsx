import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { INPUT } from '../../ui/field.tsx'
import { isComposing } from '../../ui/pressed-key.ts'
import { NAME_MAX, savePreset } from './presets.ts'

/** Asks for the name under which the words are kept. */
export const SavePreset = ({ text, onEnd }: { text: string; onEnd: () => void }) => {
  const [name, setName] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const save = () => {
    if (name.trim() === '') return
    savePreset(name, text)
    onEnd()
  }
  return (
    <div role="group" aria-label="New preset" className="flex items-center gap-1">
      <input
        ref={field}
        aria-label="Name of the preset"
        placeholder="Name of the preset"
        maxLength={NAME_MAX}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return
          if (event.key === 'Escape') onEnd()
          else if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
          // Enter in a form's field would ask for a take.
          else save()
          event.preventDefault()
          event.stopPropagation()
        }}
        className={classes(INPUT, 'h-7 min-w-0 flex-1 pointer-coarse:h-11')}
      />
      <Button size="small" onClick={save} disabled={name.trim() === ''}>
        Save
      </Button>
      <Button size="small" variant="quiet" onClick={onEnd}>
        Cancel
      </Button>
    </div>
  )
}
