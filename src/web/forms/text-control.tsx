import type { ControlProps } from '../state/control-props.ts'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'

export const TextControl = ({ field, meta, value, error, onChange }: ControlProps<'text'>) => (
  <Field label={meta.title} hint={meta.description} optional={!field.required} error={error}>
    {(props) => (
      <textarea
        {...props}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value)}
        placeholder={meta.assumed}
        rows={2}
        className={classes(INPUT, 'field-sizing-content max-h-48 min-h-16 resize-none py-2 leading-5')}
      />
    )}
  </Field>
)
