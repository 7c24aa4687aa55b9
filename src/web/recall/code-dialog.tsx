import { useQuery } from '@tanstack/react-query'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { create } from 'zustand'
import { meOptions } from '../data/me.ts'
import type { Take } from '../data/take.ts'
import { Button } from '../ui/button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { Modal } from '../ui/modal.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { codeFor, type Language } from './code-for.ts'
import { useCall } from './use-call.ts'

/** The language that was looked at last: most people write in one. */
const useLanguage = create<{ language: Language }>()(() => ({ language: 'typescript' }))

const OPTIONS = [
  { value: 'typescript', label: 'TypeScript' },
  { value: 'python', label: 'Python' },
  { value: 'curl', label: 'curl' },
] as const

const NEEDS: Readonly<Record<Language, string>> = {
  typescript: 'Runs in Node 20 and newer with rushes-client, which is built from Rushes’ own folder packages/client.',
  python: 'Runs in Python 3.10 and newer.',
  curl: 'For a shell such as bash or zsh.',
}

type Copying = { name: 'idle' } | { name: 'copied'; code: string } | { name: 'refused' }

/** A take, or the form as it stands, as code that asks this server for the same. */
export const CodeDialog = ({ take, onClose }: { take: Take | null; onClose: () => void }) => {
  const { language } = useLanguage()
  const { data: me } = useQuery(meOptions)
  const needsToken = Boolean(me?.person)
  const call = { ...useCall(take), needsToken }
  const code = codeFor(language, call)
  const [copying, setCopying] = useState<Copying>({ name: 'idle' })
  const copied = copying.name === 'copied' && copying.code === code
  const copy = () =>
    void copyText(code).then(
      () => setCopying({ name: 'copied', code }),
      () => setCopying({ name: 'refused' }),
    )
  const uploads = call.inputs.some(({ value }) => value.kind === 'upload')
  return (
    <Modal
      title={take ? 'The take as code' : 'The form as code'}
      onClose={onClose}
      footer={
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p role="status" className="min-w-0 flex-1 text-xs text-soft">
            {copying.name === 'refused'
              ? 'The browser did not let it be copied. Select the code and copy it by hand.'
              : copied
                ? 'The code is in the clipboard.'
                : `${NEEDS[language]}${uploads ? ' Files are those on this server.' : ''} ${needsToken ? 'It reads your API token, of Settings, Account, from RUSHES_TOKEN.' : 'There is no key in it.'}`}
          </p>
          <Button variant="accent" onClick={copy}>
            {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            {copied ? 'Copied' : 'Copy'}
          </Button>
        </div>
      }
    >
      <div className="flex flex-col gap-3 p-4">
        <Segmented
          label="Language"
          value={language}
          options={OPTIONS}
          onChange={(next) => useLanguage.setState({ language: next })}
        />
        <textarea
          readOnly
          aria-label="Code"
          translate="no"
          spellCheck={false}
          wrap="off"
          rows={Math.min(20, code.split('\n').length)}
          value={code}
          className="scrollbar-quiet w-full resize-none rounded border border-line bg-raised/40 p-3 font-mono text-xs leading-5"
        />
      </div>
    </Modal>
  )
}
