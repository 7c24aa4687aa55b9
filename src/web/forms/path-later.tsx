import type { ControlProps } from '../state/control-props.ts'
import { Field } from '../ui/field.tsx'
import { later } from '../ui/later.tsx'

/** The path's control, which few models have. */
export const PathControl = later<ControlProps<'path'>>(
  async () => (await import('./path-control.tsx')).PathControl,
  ({ meta }) => <Field label={meta.title}>{() => <div className="h-12 rounded border border-edge/60" />}</Field>,
)
