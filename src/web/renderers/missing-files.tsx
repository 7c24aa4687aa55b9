import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { MissingFile } from '../../shared/renderers.ts'
import { Button } from '../ui/button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { formatBytes } from '../ui/format.ts'

/** Milliseconds for which a button says that it has copied. */
const SAID_FOR = 1500

const CopyAddress = ({ file, url }: { file: string; url: string }) => {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  useEffect(() => {
    if (state !== 'copied') return
    const timer = setTimeout(() => setState('idle'), SAID_FOR)
    return () => clearTimeout(timer)
  }, [state])
  const copy = () =>
    void copyText(url).then(
      () => setState('copied'),
      () => setState('refused'),
    )
  if (state === 'refused') return <span className="verbatim text-xs break-all select-all">{url}</span>
  return (
    <Button size="small" aria-label={`Copy the address of ${file}`} data-tip={url} onClick={copy}>
      {state === 'copied' ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
      {state === 'copied' ? 'Copied' : 'Copy address'}
    </Button>
  )
}

/** A file belongs below the folder of models; a node comes with a package, or with a newer ComfyUI. */
const placeWords = (folder: string): string => (folder.startsWith('models') ? `into ${folder}` : `comes with ${folder}`)

/** The files or nodes that an engine lacks: what each is called, where it belongs and where it is to be had. */
export const MissingFiles = ({ missing }: { missing: readonly MissingFile[] }) => (
  <>
    <p className="mt-1 text-trouble">Missing there:</p>
    <ul className="mt-1 flex flex-col gap-2" aria-label="Missing">
      {missing.map(({ file, folder, url, bytes, licence }) => (
        <li key={`${folder}/${file}`} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <div className="min-w-0 flex-1 basis-56 leading-[18px]">
            <p className="verbatim font-mono text-xs break-all text-ink">{file}</p>
            <p className="verbatim text-xs break-words text-faint">
              {[bytes === null ? null : formatBytes(bytes), licence, placeWords(folder)]
                .filter((fact) => fact !== null)
                .join(' · ')}
            </p>
          </div>
          {url !== null && <CopyAddress file={file} url={url} />}
        </li>
      ))}
    </ul>
  </>
)
