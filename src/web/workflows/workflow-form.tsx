import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Settable, WorkflowDetail } from '../../shared/workflows.ts'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { InputRow } from './input-row.tsx'
import { placeKey, type Use, usageAt, type Uses } from './uses.ts'

export type WorkflowDraft = { name: string; output: string; uses: Uses }

/** Name, result, and what every input is for: those that play a part first, all others behind a lid. */
export const WorkflowForm = ({
  detail,
  draft,
  nameProblem,
  onChange,
}: {
  detail: WorkflowDetail
  draft: WorkflowDraft
  nameProblem: string | undefined
  onChange: (draft: WorkflowDraft) => void
}) => {
  const [opened, setOpened] = useState(false)
  // What was taken for something stays in sight also when that is undone.
  const [inSight] = useState(() => new Set(draft.uses.keys()))
  const why = new Map(detail.bindings.map((each) => [placeKey(each), each.why]))
  const first = detail.settable.filter((each) => inSight.has(placeKey(each)))
  const others = detail.settable.filter((each) => !inSight.has(placeKey(each)))
  const rowOf = (settable: Settable) => {
    const key = placeKey(settable)
    const change = (use: Use) => onChange({ ...draft, uses: new Map([...draft.uses, [key, use]]) })
    return (
      <InputRow
        key={key}
        settable={settable}
        use={usageAt(draft.uses, settable)}
        why={why.get(key) ?? null}
        onChange={change}
      />
    )
  }
  return (
    <div className="flex flex-col gap-5">
      <Field label="Name" error={nameProblem}>
        {(props) => (
          <input
            {...props}
            value={draft.name}
            maxLength={80}
            onChange={({ target }) => onChange({ ...draft, name: target.value })}
            className={classes(INPUT, 'h-9 pointer-coarse:h-11')}
          />
        )}
      </Field>
      {detail.outputs.length > 1 && (
        <Field label="The take is">
          {({ id }) => (
            <Select
              id={id}
              value={draft.output}
              groups={[
                {
                  items: detail.outputs.map(({ node, title, kind }) => ({
                    value: node,
                    label: `${title} · ${kind === 'video' ? 'clip' : 'picture'}`,
                  })),
                },
              ]}
              onPick={(output) => onChange({ ...draft, output })}
            />
          )}
        </Field>
      )}
      <div>
        <h3 className="font-medium text-soft">What the form asks for</h3>
        {first.length === 0 ? (
          <p className="text-faint">Nothing was recognised. Choose below what the form shall ask for.</p>
        ) : (
          <ul className="mt-1">{first.map(rowOf)}</ul>
        )}
      </div>
      {others.length > 0 && (
        <div>
          <button
            type="button"
            aria-expanded={opened || first.length === 0}
            onClick={() => setOpened(!opened)}
            className="touch-target -ml-1 flex h-7 items-center gap-1 rounded pr-2 font-medium text-soft hover:text-ink"
          >
            <ChevronRight size={16} aria-hidden className={classes((opened || first.length === 0) && 'rotate-90')} />
            {others.length === 1 ? 'One other input' : `${others.length} other inputs`}
          </button>
          {(opened || first.length === 0) && <ul className="mt-1">{others.map(rowOf)}</ul>}
        </div>
      )}
    </div>
  )
}
