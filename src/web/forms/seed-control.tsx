import { Dices, X } from 'lucide-react'
import { SEED_MAX } from '../../shared/models/fields.ts'
import type { ControlProps } from '../state/control-props.ts'
import { modelOf, useStudio } from '../state/studio.ts'
import { IconButton } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'
import { drawSeed } from './draw-seed.ts'

/** That the seed went with the model that it was fixed for, and a way to have it for this one. */
const ReleasedSeed = ({ onRestore }: { onRestore: (seed: string) => void }) => {
  const releasedSeed = useStudio((state) => state.releasedSeed)
  return (
    <p role="status" className="text-xs text-soft" hidden={!releasedSeed}>
      {releasedSeed && (
        <>
          Seed {releasedSeed.seed} let go: it was fixed for {modelOf(releasedSeed.from).title}.{' '}
          <button
            type="button"
            className="min-h-6 underline decoration-edge underline-offset-2 hover:text-ink pointer-coarse:min-h-11"
            onClick={() => onRestore(releasedSeed.seed)}
          >
            Keep it
          </button>
        </>
      )}
    </p>
  )
}

export const SeedControl = ({ field, meta, value, error, onChange }: ControlProps<'seed'>) => {
  const judge = useStudio((state) => state.judge)
  return (
    <Field
      label={meta.title}
      hint={`${meta.description} From 0 to ${SEED_MAX}.${value === undefined ? '' : ' Fixed for this model: every take uses it until it is cleared.'}`}
      note={value !== undefined && <span className="text-ink"> · fixed</span>}
      aside={value !== undefined && <span className="truncate text-xs text-faint">every take until cleared</span>}
      error={error}
    >
      {(props) => (
        <>
          <div className="flex items-center gap-1">
            <div className="relative flex-1">
              <input
                {...props}
                value={typeof value === 'string' ? value : ''}
                onChange={(event) => onChange(event.target.value)}
                onBlur={() => value !== undefined && judge(field.name)}
                inputMode="numeric"
                autoComplete="off"
                placeholder="Random"
                className={classes(INPUT, 'h-8 pr-8 pointer-coarse:h-11')}
              />
              {value !== undefined && (
                <button
                  type="button"
                  aria-label="Clear seed"
                  data-tip="Clear seed"
                  onClick={() => onChange(undefined)}
                  className="absolute inset-y-0 right-0 flex w-8 items-center justify-center text-soft hover:text-ink pointer-coarse:w-11"
                >
                  <X size={14} aria-hidden />
                </button>
              )}
            </div>
            <IconButton label="Draw a seed" className="size-8" onClick={() => onChange(String(drawSeed()))}>
              <Dices size={16} aria-hidden />
            </IconButton>
          </div>
          <ReleasedSeed onRestore={onChange} />
        </>
      )}
    </Field>
  )
}
