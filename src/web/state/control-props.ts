import type { ReactNode } from 'react'
import type { Field } from '../../shared/models/describe.ts'
import type { Control, FieldMeta } from '../../shared/models/fields.ts'
import type { DraftValue } from './draft.ts'

export type ControlName = Control['control']
export type MetaOf<C extends ControlName> = { [N in ControlName]: Extract<FieldMeta, { control: N }> }[C]

/** What a field's component is given. `error` is a whole sentence. */
export type ControlProps<C extends ControlName = ControlName> = {
  field: Field
  meta: MetaOf<C>
  slot: string
  value: DraftValue | undefined
  error: string | undefined
  onChange: (value: DraftValue | undefined) => void
}

/** The component of each kind of field: a model's form is its schema read through this map, and nothing more. */
export type Controls = { [C in ControlName]: (props: ControlProps<C>) => ReactNode }
