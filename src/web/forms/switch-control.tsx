import type { ControlProps } from '../state/control-props.ts'
import { Field } from '../ui/field.tsx'
import { Switch } from '../ui/switch.tsx'

export const SwitchControl = ({ meta, value, error, onChange }: ControlProps<'switch'>) => (
  <Field label={meta.title} hint={meta.description} error={error}>
    {(props) => (
      <div className="flex items-start justify-between gap-3">
        <p className="text-faint" aria-hidden>
          {meta.description}
        </p>
        <Switch {...props} checked={typeof value === 'boolean' ? value : meta.assumed} onChange={onChange} />
      </div>
    )}
  </Field>
)
