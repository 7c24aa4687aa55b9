import { useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { Field, INPUT } from '../../ui/field.tsx'
import { isComposing } from '../../ui/pressed-key.ts'
import { formatMoment, parseMoment } from './part.ts'

/** A time of the clip, to read and to type into: Enter or leaving the field takes it. */
export const MomentField = ({
  label,
  seconds,
  onChange,
}: {
  label: string
  seconds: number
  onChange: (seconds: number) => void
}) => {
  const [draft, setDraft] = useState<{ text: string; problem?: string } | null>(null)
  const take = () => {
    if (!draft) return
    const typed = parseMoment(draft.text)
    if ('problem' in typed) return setDraft({ ...draft, problem: typed.problem })
    setDraft(null)
    // What was not changed names a time that is cut off: the frame would be another.
    if (draft.text !== formatMoment(seconds)) onChange(typed.seconds)
  }
  return (
    <Field label={label} error={draft?.problem}>
      {(props) => (
        <input
          {...props}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          value={draft?.text ?? formatMoment(seconds)}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setDraft({ text: event.target.value })}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || isComposing(event.nativeEvent)) return
            event.preventDefault()
            take()
          }}
          className={classes(INPUT, 'h-8 tabular-nums pointer-coarse:h-11')}
        />
      )}
    </Field>
  )
}
