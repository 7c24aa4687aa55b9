import { Dices, X } from 'lucide-react'
import { SEED_MAX } from '../../shared/models/fields.ts'
import type { ControlProps } from '../state/control-props.ts'
import { IconButton } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Field, INPUT } from '../ui/field.tsx'

/** A seed drawn evenly from all there are. */
const drawSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0

export const SeedControl = ({ meta, value, error, onChange }: ControlProps<'seed'>) => (
  <Field
    label={meta.title}
    hint={`${meta.description} From 0 to ${SEED_MAX}.${value === undefined ? '' : ' Fixed: every take uses it until it is cleared.'}`}
    note={value !== undefined && <span className="text-ink"> · fixed</span>}
    aside={value !== undefined && <span className="truncate text-xs text-faint">every take until cleared</span>}
    error={error}
  >
    {(props) => (
      <div className="flex items-center gap-1">
        <div className="relative flex-1">
          <input
            {...props}
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => onChange(event.target.value)}
            inputMode="numeric"
            autoComplete="off"
            placeholder="Random"
            className={classes(INPUT, 'h-8 pr-8 pointer-coarse:h-11')}
          />
          {value !== undefined && (
            <button
              type="button"
              aria-label="Clear seed"
              title="Clear seed"
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
    )}
  </Field>
)
