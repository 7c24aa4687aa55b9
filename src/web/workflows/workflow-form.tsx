import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Settable, WorkflowDetail } from '../../shared/workflows.ts'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { InputRow } from './input-row.tsx'
import { placeKey, type Use, usageAt, type Uses } from './uses.ts'

export type WorkflowDraft = { name: string; output: string; uses: Uses }

/** Which of its results is the take, where a workflow has several. */
const OutputField = ({
  outputs,
  value,
  onPick,
}: {
  outputs: WorkflowDetail['outputs']
  value: string
  onPick: (node: string) => void
}) => (
  <Field label="The take is">
    {({ id }) => (
      <Select
        id={id}
        value={value}
        groups={[
          {
            items: outputs.map(({ node, title, kind }) => ({
              value: node,
              label: `${title} · ${kind === 'video' ? 'clip' : 'picture'}`,
            })),
          },
        ]}
        onPick={onPick}
      />
    )}
  </Field>
)

/** The other inputs, behind a lid, which is always open where `isOpen`. */
const OtherInputs = ({ count, isOpen, children }: { count: number; isOpen: boolean; children: ReactNode }) => {
  const [opened, setOpened] = useState(false)
  const expanded = opened || isOpen
  return (
    <div>
      <button
        type="button"
        aria-expanded={expanded}
        onClick={() => setOpened(!opened)}
        className="touch-target -ml-1 flex h-7 items-center gap-1 rounded pr-2 font-medium text-soft hover:text-ink"
      >
        <ChevronRight size={16} aria-hidden className={classes(expanded && 'rotate-90')} />
        {count === 1 ? 'One other input' : `${count} other inputs`}
      </button>
      {expanded && <ul className="mt-1">{children}</ul>}
    </div>
  )
}

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
  // What was taken for something stays in sight also when that is undone.
  const [inSight] = useState(() => new Set(draft.uses.keys()))
  const why = new Map(detail.bindings.map((each) => [placeKey(each), each.why]))
  const first = detail.settable.filter((each) => inSight.has(placeKey(each)))
  const others = detail.settable.filter((each) => !inSight.has(placeKey(each)))
  const rowOf = (settable: Settable) => {
    const key = placeKey(settable)
    const change = (use: Use) => onChange({ ...draft, uses: new Map([...draft.uses, [key, use]]) })
    const use = usageAt(draft.uses, settable)
    return <InputRow key={key} settable={settable} use={use} why={why.get(key) ?? null} onChange={change} />
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
        <OutputField
          outputs={detail.outputs}
          value={draft.output}
          onPick={(output) => onChange({ ...draft, output })}
        />
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
        <OtherInputs count={others.length} isOpen={first.length === 0}>
          {others.map(rowOf)}
        </OtherInputs>
      )}
    </div>
  )
}
