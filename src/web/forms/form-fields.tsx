import { ChevronRight } from 'lucide-react'
import { createElement, type ReactElement, useState } from 'react'
import { type Field, fieldsOf } from '../../shared/models/describe.ts'
import type { ControlName, ControlProps, Controls, MetaOf } from '../state/control-props.ts'
import { type DraftValue, slotOf } from '../state/draft.ts'
import { useModel, useStudio } from '../state/studio.ts'
import { classes } from '../ui/classes.ts'
import { asSentence } from './problem-words.ts'

/** The map's component for the field's control; the two agree because they are looked up by the same name. */
const createControl = <C extends ControlName>(
  controls: Controls,
  meta: MetaOf<C>,
  rest: Omit<ControlProps, 'meta'>,
): ReactElement => createElement(controls[meta.control], { ...rest, meta })

const FormField = ({ field, controls }: { field: Field; controls: Controls }) => {
  const slot = slotOf(field)
  const value = useStudio((state) => state.draft[slot])
  const problem = useStudio((state) => state.problems.fields[field.name])
  const setValue = useStudio((state) => state.setValue)
  const { meta } = field
  const rest = {
    field,
    slot,
    value,
    error: problem === undefined ? undefined : asSentence(meta.title, problem),
    onChange: (next: DraftValue | undefined) => setValue(slot, next),
  }
  return createControl(controls, meta, rest)
}

/** Shape and size, which one thinks of together, stand in one row; each is a field of its own. */
const SHAPE = ['orientation', 'resolution']

const isShape = ({ name, meta }: Field): boolean => SHAPE.includes(name) && meta.control === 'choice'

const rowsOf = (fields: readonly Field[]): Field[][] => {
  const shape = fields.filter(isShape).toSorted((a, b) => SHAPE.indexOf(a.name) - SHAPE.indexOf(b.name))
  const first = fields.find(isShape)
  return fields.flatMap((field) => (field === first ? [shape] : isShape(field) ? [] : [[field]]))
}

/** The chosen model's fields, in the order of its schema: media first, since the prompt speaks about it. */
export const FormFields = ({ controls }: { controls: Controls }) => {
  const model = useModel()
  const problems = useStudio((state) => state.problems.fields)
  const [opened, setOpened] = useState(false)
  const fields = fieldsOf(model).sort((a, b) => Number(b.meta.control === 'media') - Number(a.meta.control === 'media'))
  const shown = fields.filter(({ meta }) => !meta.advanced)
  const advanced = fields.filter(({ meta }) => meta.advanced)
  // A complaint must not hide under a closed lid.
  const open = opened || advanced.some(({ name }) => problems[name] !== undefined)
  return (
    <>
      {rowsOf(shown).map((row) =>
        row.length === 1 ? (
          row.map((field) => <FormField key={slotOf(field)} field={field} controls={controls} />)
        ) : (
          <div key={row.map(slotOf).join()} className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-3">
            {row.map((field) => (
              <FormField key={slotOf(field)} field={field} controls={controls} />
            ))}
          </div>
        ),
      )}
      {advanced.length > 0 && (
        <div>
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpened(!open)}
            className="touch-target -ml-1 flex h-7 items-center gap-1 rounded pr-2 font-medium text-soft hover:text-ink"
          >
            <ChevronRight size={16} aria-hidden className={classes(open && 'rotate-90')} />
            More
          </button>
          {open && (
            <div className="mt-3 flex flex-col gap-4">
              {advanced.map((field) => (
                <FormField key={slotOf(field)} field={field} controls={controls} />
              ))}
            </div>
          )}
        </div>
      )}
    </>
  )
}
