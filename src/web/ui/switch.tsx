/** On or off, as a checkbox that says so. */
export const Switch = ({
  checked,
  onChange,
  ...rest
}: {
  id?: string
  disabled?: boolean
  'aria-label'?: string
  checked: boolean
  onChange: (checked: boolean) => void
  'aria-invalid'?: boolean
  'aria-describedby'?: string | undefined
}) => (
  <input
    type="checkbox"
    role="switch"
    checked={checked}
    aria-checked={checked}
    onChange={(event) => onChange(event.target.checked)}
    className="switch"
    {...rest}
  />
)
