import type { ControlProps } from '../state/control-props.ts'
import { useStudio } from '../state/studio.ts'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'

export const NumberControl = ({ field, meta, value, error, onChange }: ControlProps<'number'>) => {
  const judge = useStudio((state) => state.judge)
  return (
    <Field label={meta.title} hint={meta.description} error={error}>
      {(props) => (
        // A field for text: one for numbers rounds, drops what it cannot read, and changes under the wheel.
        <input
          {...props}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value)}
          onBlur={() => value !== undefined && judge(field.name)}
          inputMode={Number.isInteger(meta.step) ? 'numeric' : 'decimal'}
          autoComplete="off"
          placeholder={meta.assumed === undefined ? `${meta.min} to ${meta.max}` : String(meta.assumed)}
          className={classes(INPUT, 'h-8 pointer-coarse:h-11')}
        />
      )}
    </Field>
  )
}
