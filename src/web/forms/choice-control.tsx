import { RectangleHorizontal, RectangleVertical } from 'lucide-react'
import type { ReactNode } from 'react'
import { choicesOf } from '../../shared/models/describe.ts'
import type { ControlProps } from '../state/control-props.ts'
import { useModel } from '../state/studio.ts'
import { useMakers } from '../state/wanted.ts'
import { Field } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { madeChoice } from './made-choices.ts'

/** What counts where nothing was chosen: `720p` or `landscape` where they are offered, else the first. */
const assumed = (choices: readonly string[]): string =>
  choices.find((choice) => choice === '720p' || choice === 'landscape') ?? choices[0] ?? ''

/** What is seen quicker than read. */
const PICTURES: Readonly<Record<string, ReactNode>> = {
  landscape: <RectangleHorizontal size={16} aria-hidden />,
  portrait: <RectangleVertical size={16} aria-hidden />,
}

export const ChoiceControl = ({ field, meta, value, error, onChange }: ControlProps<'choice'>) => {
  const choices = choicesOf(field)
  const { wanted } = useMakers(useModel())
  const asked = choices.find((choice) => choice === value) ?? assumed(choices)
  const { value: chosen, refused, remark } = madeChoice(field, asked, wanted)
  const pictured = choices.every((choice) => PICTURES[choice] !== undefined)
  const hint = [meta.description, ...refused.values()].join(' ')
  return (
    <Field label={meta.title} hint={hint} error={error} remark={remark ?? undefined}>
      {(props) =>
        choices.length === 1 ? (
          <p id={props.id} className="flex h-8 items-center text-ink">
            {meta.labels[chosen] ?? chosen}
            <span className="text-faint">&nbsp;· the only one</span>
          </p>
        ) : (
          <Segmented
            label={meta.title}
            aria-describedby={props['aria-describedby']}
            value={chosen}
            options={choices.map((choice) => ({
              value: choice,
              label: meta.labels[choice] ?? choice,
              refused: refused.get(choice),
              ...(pictured && { icon: PICTURES[choice] }),
            }))}
            pictures={pictured}
            onChange={onChange}
          />
        )
      }
    </Field>
  )
}
