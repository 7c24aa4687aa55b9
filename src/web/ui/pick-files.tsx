import { type ReactNode, useRef } from 'react'

/** What asks for files by the browser's dialog: `children` draws the button and calls what it is given. */
export const PickFiles = ({
  label,
  accept,
  onPick,
  children,
}: {
  /** The name of the input itself. */
  label: string
  accept: string
  onPick: (files: readonly File[]) => void
  children: (open: () => void) => ReactNode
}) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        accept={accept}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])]
          // The same files may be picked again.
          currentTarget.value = ''
          if (files.length > 0) onPick(files)
        }}
      />
      {children(() => input.current?.click())}
    </>
  )
}
