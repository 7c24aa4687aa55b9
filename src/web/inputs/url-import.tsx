import { Link } from 'lucide-react'
import { useState } from 'react'
import { isHttpUrl } from '../../shared/models/file-input.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { INPUT } from '../ui/field.tsx'
import { isComposing } from '../ui/pressed-key.ts'

const WORDS = 'From an address'

/** Whoever opened the field means to type into it. */
const focusOnce = (input: HTMLInputElement | null) => input?.focus()

const OpenButton = ({ brief, onOpen }: { brief: boolean; onOpen: () => void }) => (
  <button
    type="button"
    data-tip={brief ? WORDS : undefined}
    onClick={onOpen}
    className={classes(
      'flex items-center justify-center gap-1.5 border-line text-xs text-faint hover:text-ink',
      brief ? 'w-11 border-l' : 'h-8 basis-full border-t pointer-coarse:h-11',
    )}
  >
    <Link size={brief ? 14 : 12} aria-hidden />
    <span className={classes(brief && 'sr-only')}>{WORDS}</span>
  </button>
)

/** The server fetches it; the page could not, from most of the web. */
export const UrlImport = ({
  title,
  brief,
  failed,
  onImport,
}: {
  title: string
  /** Whether it stands beside something else, as its icon alone, until it is pressed. */
  brief: boolean
  /** The address that could not be fetched just now: it stays, to be mended. */
  failed: string | null
  onImport: (url: string) => void
}) => {
  const [open, setOpen] = useState(failed !== null)
  const [text, setText] = useState(failed ?? '')
  const [wrong, setWrong] = useState(false)
  const submit = () => {
    const url = text.trim()
    if (isHttpUrl(url)) onImport(url)
    else setWrong(true)
  }
  if (!open) return <OpenButton brief={brief} onOpen={() => setOpen(true)} />
  return (
    <div className="basis-full border-t border-line p-1.5">
      <div className="flex gap-1">
        <input
          ref={focusOnce}
          type="url"
          aria-label={`${title} address`}
          aria-invalid={wrong}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setWrong(false)
          }}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent)) return
            if (event.key === 'Escape') setOpen(false)
            // The form must not take the Enter that is meant for the address.
            if (event.key === 'Enter' && !event.metaKey && !event.ctrlKey) {
              event.preventDefault()
              submit()
            }
          }}
          placeholder="https://"
          className={classes(INPUT, 'verbatim h-8 min-w-0 flex-1 pointer-coarse:h-11')}
        />
        <Button onClick={submit}>Import</Button>
      </div>
      {wrong && <p className="pt-1 text-trouble">An address begins with http:// or https://.</p>}
    </div>
  )
}
