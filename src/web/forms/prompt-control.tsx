import { PROMPT_MAX } from '../../shared/models/fields.ts'
import type { ControlProps } from '../state/control-props.ts'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'

/** From here on, how much room is left is worth knowing. */
const COUNT_FROM = PROMPT_MAX - 150

export const PromptControl = ({ field, meta, value, error, onChange }: ControlProps<'prompt'>) => {
  const text = typeof value === 'string' ? value : ''
  const length = text.trim().length
  return (
    <Field
      label={meta.title}
      hint={meta.description}
      optional={!field.required}
      error={error}
      aside={
        length >= COUNT_FROM && (
          <span className={classes('text-xs', length > PROMPT_MAX ? 'text-trouble' : 'text-faint')} role="status">
            {length.toLocaleString('en')} / {PROMPT_MAX.toLocaleString('en')}
          </span>
        )
      }
    >
      {(props) => (
        <textarea
          {...props}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          placeholder={meta.placeholder}
          rows={4}
          className={classes(INPUT, 'field-sizing-content max-h-72 min-h-24 resize-none py-2 leading-5')}
        />
      )}
    </Field>
  )
}
