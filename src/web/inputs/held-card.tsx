import { Scissors, X } from 'lucide-react'
import type { Held } from '../data/uploads.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { releaseVideo } from '../ui/release-video.ts'
import { useObjectUrl } from '../ui/use-object-url.ts'
import { usedWords } from './file-words.ts'

/** A clip that is longer than what is used of it, before anything of it is sent. */
export const HeldCard = ({
  id,
  held,
  onTrim,
  onRemove,
}: {
  id: string
  held: Held
  onTrim: () => void
  onRemove: () => void
}) => {
  const { file, seconds, most, send } = held
  const url = useObjectUrl(file)
  return (
    <>
      <div className="flex h-32 items-center justify-center bg-room">
        {url && <video ref={releaseVideo} src={url} muted playsInline className="max-h-full max-w-full" />}
      </div>
      <div className="flex items-center gap-1 border-t border-line py-1 pr-1 pl-2.5">
        <div className="min-w-0 flex-1 leading-4">
          <p className="verbatim truncate" title={file.name}>
            {file.name}
          </p>
          <p className="text-xs leading-4 text-faint">Not sent yet</p>
        </div>
        <IconButton label="Remove the clip" onClick={onRemove}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <div className="flex flex-col gap-1.5 border-t border-line px-2.5 py-1.5">
        <p role="status" className="text-xs leading-4 text-soft">
          {usedWords(seconds, most)}
        </p>
        <div className="flex flex-wrap gap-1">
          <Button id={id} aria-label="Trim…" size="small" onClick={onTrim}>
            <Scissors size={14} aria-hidden />
            Trim…
          </Button>
          <Button size="small" variant="quiet" onClick={() => void send()}>
            Send all of it
          </Button>
        </div>
      </div>
    </>
  )
}
