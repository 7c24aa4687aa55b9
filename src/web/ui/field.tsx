import { type ReactNode, useId } from 'react'

/** What a control must put on itself to belong to its field. */
export type FieldControlProps = {
  id: string
  'aria-invalid': boolean
  'aria-describedby': string | undefined
}

/** One field owns its id, label, description and error; the control inside only takes the props. */
export const Field = ({
  label,
  hint,
  error,
  remark,
  note,
  optional = false,
  aside,
  children,
}: {
  label: string
  /** Told to those who cannot see, and shown as a tooltip on the label. */
  hint?: string
  error?: string | undefined
  /** What happened at the field without making it wrong. */
  remark?: string | undefined
  /** What the field's state means, after the label but no part of the control's name. */
  note?: ReactNode
  optional?: boolean
  aside?: ReactNode
  children: (props: FieldControlProps) => ReactNode
}) => {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex min-h-5 items-center justify-between gap-2">
        <span className="whitespace-nowrap">
          <label htmlFor={id} className="font-medium text-soft" data-tip={hint}>
            {label}
            {optional && <span className="font-normal text-faint"> · optional</span>}
          </label>
          {note}
        </span>
        {aside}
      </div>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': described === '' ? undefined : described,
      })}
      {hint && (
        <span id={`${id}-hint`} className="sr-only">
          {hint}
        </span>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="verbatim break-words text-trouble">
          {error}
        </p>
      )}
      {remark && (
        <p role="alert" className="verbatim break-words text-soft">
          {remark}
        </p>
      )}
    </div>
  )
}

/** The look of everything that is typed into. */
export const INPUT =
  'w-full rounded border border-edge/60 bg-sunken px-2.5 text-ink placeholder:text-faint hover:border-edge aria-invalid:border-trouble pointer-coarse:text-base'
