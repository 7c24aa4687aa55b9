import { useRef, useState } from 'react'
import { PROMPT_MAX } from '../../shared/models/fields.ts'
import type { ControlProps } from '../state/control-props.ts'
import { useModel } from '../state/studio.ts'
import { replaceForm } from '../state/undo.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'
import { later } from '../ui/later.tsx'
import { PromptReading, SavePreset } from './prompt/later.tsx'
import { type Preset, withPreset } from './prompt/presets.ts'
import { useHistoryKeys } from './prompt/use-history-keys.ts'
import { withThousands } from '../../shared/thousands.ts'

/** From here on, how much room is left is worth knowing. */
const COUNT_FROM = PROMPT_MAX - 150

/** What decides where the words stand, for the field and for the lines under its words alike. */
const WORDS = 'py-2 px-2.5 leading-5 pointer-coarse:text-base'

/** There are none on a first visit. */
const PresetRow = later<{ onPick: (preset: Preset) => void }>(
  async () => (await import('./prompt/preset-row.tsx')).PresetRow,
)

/** How much room is left, once that is worth knowing. */
const Room = ({ length }: { length: number }) =>
  length >= COUNT_FROM && (
    <span className={classes('text-xs', length > PROMPT_MAX ? 'text-trouble' : 'text-faint')} role="status">
      {withThousands(length)} / {withThousands(PROMPT_MAX)}
    </span>
  )

export const PromptControl = ({ field, meta, value, error, onChange }: ControlProps<'prompt'>) => {
  const written = useRef<HTMLTextAreaElement>(null)
  const [saving, setSaving] = useState(false)
  const text = typeof value === 'string' ? value : ''
  const length = text.trim().length
  const model = useModel()
  const historyKeys = useHistoryKeys(written, text, onChange)
  const insert = (preset: Preset) => {
    const said = withPreset(text, preset)
    replaceForm(
      said === text ? `The prompt says “${preset.name}” already.` : `“${preset.name}” stands in the prompt.`,
      () => said !== text && onChange(said),
    )
    written.current?.focus()
  }
  const endSaving = () => {
    setSaving(false)
    written.current?.focus()
  }
  return (
    <Field
      label={meta.title}
      hint={meta.description}
      optional={!field.required}
      error={error}
      aside={
        <span className="flex items-center gap-2">
          <Room length={length} />
          {length > 0 && !saving && (
            <Button variant="quiet" size="small" className="-my-1 h-6 text-faint" onClick={() => setSaving(true)}>
              Save as preset…
            </Button>
          )}
        </span>
      }
    >
      {(props) => (
        <>
          {saving && <SavePreset text={text} onEnd={endSaving} />}
          <PresetRow onPick={insert} />
          <div className="relative flex flex-col gap-1.5">
            <textarea
              {...props}
              ref={written}
              value={text}
              onChange={(event) => onChange(event.target.value)}
              onKeyDown={historyKeys}
              placeholder={meta.placeholder}
              rows={3}
              className={classes(INPUT, WORDS, 'field-sizing-content max-h-72 min-h-[78px] resize-none')}
            />
            <PromptReading field={written} model={model} text={text} look={WORDS} />
          </div>
        </>
      )}
    </Field>
  )
}
