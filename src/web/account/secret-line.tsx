import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { copyText } from '../ui/copy-text.ts'

/** A link or a token that is shown this once, to be copied. */
export const SecretLine = ({ secret, label, about }: { secret: string; label: string; about: string }) => {
  const [state, setState] = useState<'shown' | 'copied' | 'not copied'>('shown')
  const copy = () =>
    void copyText(secret).then(
      () => setState('copied'),
      () => setState('not copied'),
    )
  return (
    <div role="group" aria-label={label} className="flex flex-col gap-2 rounded border border-edge/60 bg-sunken p-3">
      <p className="verbatim break-all">{secret}</p>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={copy}>
          {state === 'copied' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          {state === 'copied' ? 'Copied' : 'Copy'}
        </Button>
        <p role="status" className="min-w-0 flex-1 basis-48 text-xs text-soft">
          {state === 'not copied' ? 'The browser did not let it be copied: mark it, and copy it by hand.' : about}
        </p>
      </div>
    </div>
  )
}
