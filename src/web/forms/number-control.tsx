import type { ControlProps } from '../state/control-props.ts'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'

export const NumberControl = ({ meta, value, error, onChange }: ControlProps<'number'>) => (
  <Field label={meta.title} hint={meta.description} error={error}>
    {(props) => (
      <input
        {...props}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value)}
        inputMode={Number.isInteger(meta.step) ? 'numeric' : 'decimal'}
        autoComplete="off"
        placeholder={meta.assumed === undefined ? `${meta.min} to ${meta.max}` : String(meta.assumed)}
        className={classes(INPUT, 'h-8 pointer-coarse:h-11')}
      />
    )}
  </Field>
)
